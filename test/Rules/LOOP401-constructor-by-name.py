# RUN: not %looplint check --select=LOOP101,LOOP401 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A base's constructor that is called by the name of its class makes nothing new:
# it makes ready what it is given.
import asyncio
import selectors
import threading


class FP_ByName(asyncio.SelectorEventLoop):
    def __init__(self):
        asyncio.SelectorEventLoop.__init__(self, selectors.DefaultSelector())


def closes():
    loop = FP_ByName()
    try:
        loop.run_until_complete(asyncio.sleep(0))
    finally:
        loop.close()


class Left(asyncio.SelectorEventLoop):
    def __init__(self):
        asyncio.SelectorEventLoop.__init__(self)
        # CHECK: :[[#@LINE-1]]:9: warning: the loop that `asyncio.SelectorEventLoop` makes is not closed on every path{{.*}} [LOOP401]


def leaves():
    Left().run_until_complete(asyncio.sleep(0))


class FN_Worker(threading.Thread):
    def __init__(self):
        threading.Thread.__init__(self, target=self.work)

    def work(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: `asyncio.get_event_loop` on a worker thread that has no event loop raises RuntimeError [LOOP101]


closes()
leaves()
FN_Worker().start()
