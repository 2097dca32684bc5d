# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
"""A field that holds more objects than are told apart: what their classes do is
still known."""
import time


class Store:
    def save(self):
        # CHECK: [[@LINE+1]]:9: warning: `time.sleep` stops the running loop for 1 s
        time.sleep(1)


class Disk(Store):
    pass


class Memory(Store):
    def save(self):
        pass


class Remote(Store):
    pass


class Cached(Store):
    pass


class Shared(Store):
    pass


class Service:
    def __init__(self, store):
        self.store = store

    async def handle(self):
        # CHECK: [[@LINE-1]]:15: note: `Service.handle` is a coroutine: a loop runs it
        # CHECK: note: `Service.handle` calls `Store.save`
        # CHECK-NEXT: self.store.save()
        self.store.save()


async def serve(service: Service):
    await service.handle()


services = [
    Service(Disk()), Service(Disk()), Service(Disk()), Service(Memory()), Service(Memory()),
    Service(Memory()), Service(Remote()), Service(Remote()), Service(Remote()), Service(Cached()),
    Service(Cached()), Service(Cached()), Service(Shared()), Service(Shared()), Service(Shared()),
]
