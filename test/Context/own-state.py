# RUN: not %looplint check --select=LOOP101,LOOP102,LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: not %looplint check --select=LOOP102 --confidence=possible %s \
# RUN:   | FileCheck %s --check-prefix=POSSIBLE
#
# An object's own state tells its methods whether they run on a loop. What is
# behind such a test is not proved to run without one.
import asyncio
import enum
import threading


class Stage(enum.Enum):
    STOPPED = 1
    SERVING = 2


class Application:
    def __init__(self, asynchronous):
        self.is_started = False
        self.stage = Stage.STOPPED
        self.loop = None
        self.asynchronous = asynchronous

    async def start(self):
        self.is_started = True
        self.stage = Stage.SERVING

    async def work(self):
        await asyncio.sleep(0)

    def is_serving(self):
        return self.is_started and self.stage is Stage.SERVING

    def flag_ok(self):
        if self.is_started:
            return asyncio.ensure_future(self.work())
        # POSSIBLE: :[[#@LINE-1]]:20: {{.*}} [LOOP102] (possible)
        return None

    def stage_ok(self):
        if self.stage is not Stage.STOPPED:
            for task in asyncio.all_tasks():
                task.cancel()

    def early_return_ok(self):
        if not self.is_serving():
            return
        asyncio.all_tasks()

    def spawn(self):
        return asyncio.create_task(self.work())

    def through_a_call_ok(self):
        if self.is_started:
            self.spawn()

    def lazily_bad(self):
        # No state: asking for the field fills it.
        if self.loop is None:
            self.loop = asyncio.get_event_loop()
            # CHECK: :[[#@LINE-1]]:25: warning: {{.*}} [LOOP102]
        return self.loop

    def beside_bad(self):
        if self.is_started:
            print("started")
        return asyncio.get_running_loop()
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP102]

    async def in_a_coroutine_bad(self):
        # The body of a coroutine runs on a loop in every state.
        if self.is_started:
            asyncio.run(self.work())
            # CHECK: :[[#@LINE-1]]:13: error: {{.*}} [LOOP201]

    def run(self):
        if self.asynchronous:
            pass
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


def main():
    application = Application(False)
    application.lazily_bad()
    asyncio.run(application.start())
    application.flag_ok()
    application.stage_ok()
    application.early_return_ok()
    application.through_a_call_ok()
    asyncio.run(application.in_a_coroutine_bad())
    threading.Thread(target=application.run).start()
    application.beside_bad()


if __name__ == "__main__":
    main()
