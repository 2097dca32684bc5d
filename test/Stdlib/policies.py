# RUN: not %looplint check --select=LOOP101 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefix=USUAL
# RUN: sed 's/UsualPolicy()/OwnPolicy()/' %s > %t.py
# RUN: %looplint check --select=LOOP101 %t.py \
# RUN:   | FileCheck %s --allow-empty --implicit-check-not='{{error|warning}}:' --check-prefix=OWN
# RUN: sed 's/UsualPolicy()/AnyThreadEventLoopPolicy()/' %s > %t.py
# RUN: %looplint check --select=LOOP101 %t.py \
# RUN:   | FileCheck %s --allow-empty --implicit-check-not='{{error|warning}}:' --check-prefix=OWN
#
# A policy that looks loops up in its own way may hand out one on any thread.
# OWN-NOT: LOOP101
import asyncio
import threading

from tornado.platform.asyncio import AnyThreadEventLoopPolicy


class UsualPolicy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        return super().new_event_loop()


class OwnPolicy(asyncio.DefaultEventLoopPolicy):
    def get_event_loop(self):
        try:
            return super().get_event_loop()
        except RuntimeError:
            self.set_event_loop(self.new_event_loop())
            return super().get_event_loop()


def job():
    asyncio.get_event_loop()
    # USUAL: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def main():
    asyncio.set_event_loop_policy(UsualPolicy())
    threading.Thread(target=job).start()


if __name__ == "__main__":
    main()
