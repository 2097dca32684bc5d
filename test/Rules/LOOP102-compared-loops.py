# RUN: not %looplint check --select=LOOP102 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A helper that gives the running loop or nothing is compared with the loop of an
# object: where none runs, they differ, whichever loops the object may have.
import asyncio
import contextlib


def running_loop():
    with contextlib.suppress(RuntimeError):
        return asyncio.get_running_loop()
    return None


class Engine:
    def __init__(self, first):
        if first:
            self.loop = asyncio.new_event_loop()
        else:
            self.loop = asyncio.new_event_loop()

    def FP_close(self):
        if running_loop() == self.loop:
            asyncio.get_running_loop()

    def close_bad(self):
        if running_loop() != self.loop:
            asyncio.get_running_loop()
            # CHECK: :[[#@LINE-1]]:13: error: `asyncio.get_running_loop` needs a running loop {{.*}} [LOOP102]


def main(first):
    engine = Engine(first)
    engine.FP_close()
    engine.close_bad()


if __name__ == "__main__":
    main(input())
