# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
"""More objects of a class in one place than are told apart: what the class does
is still known, and that some of them are of another one is, too."""
import asyncio
import time


class Store:
    def __init__(self, name):
        self.name = name

    def save(self):
        time.sleep(1)


class Quick:
    def save(self):
        pass


class Service:
    store = None
    quick = None

    async def handle(self):
        # CHECK: [[#@LINE-13]]:9: warning: `time.sleep` stops the running loop for 1 s
        # CHECK: many-objects.py:[[#@LINE-2]]:15: note: `Service.handle` is a coroutine: a loop runs it
        # CHECK: note: `Service.handle` calls `Store.save`
        self.store.save()
        self.quick.save()


Service.store = Store("1")
Service.store = Store("2")
Service.store = Store("3")
Service.store = Store("4")
Service.store = Store("5")
Service.store = Store("6")
Service.store = Store("7")
Service.store = Store("8")
Service.store = Store("9")
Service.store = Store("10")
Service.store = Store("11")
Service.store = Store("12")
Service.store = Store("13")
Service.store = Store("14")
Service.quick = Quick()

asyncio.run(Service().handle())
