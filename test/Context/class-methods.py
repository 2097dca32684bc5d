# RUN: not %looplint check --select=LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A class method gets the class that it is asked of.
import time


class Model:
    @classmethod
    def make(cls):
        return cls()

    @classmethod
    async def make_async(cls):
        return cls()

    @classmethod
    def prepare(cls):
        cls.load()

    @classmethod
    def load(cls):
        pass

    def show(self):
        self.refresh()

    def refresh(self):
        pass


class Fast(Model):
    def refresh(self):
        return 1


class Slow(Model):
    @classmethod
    def load(cls):
        time.sleep(1)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]

    def refresh(self):
        time.sleep(2)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]


class Slower(Slow):
    @classmethod
    def make(cls):
        return super().make()

    def refresh(self):
        time.sleep(3)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]


class Unused(Model):
    def refresh(self):
        time.sleep(4)


async def main():
    Slow.make().show()
    Slower.make().show()
    (await Fast.make_async()).show()
    Slow.prepare()
