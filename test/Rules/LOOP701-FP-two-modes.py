# RUN: not %looplint check --select=LOOP701 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A client of two modes gives a coroutine only to those who asked for one, also
# where a method hands on what another one returns.
import asyncio


class Client:
    def __init__(self, asynchronous=False):
        self.asynchronous = asynchronous

    def sync(self, function, *arguments):
        if self.asynchronous:
            return function(*arguments)
        return asyncio.run(function(*arguments))

    async def _read(self, name):
        return {"name": name}

    def read(self, name):
        return self.sync(self._read, name)

    def only_if_named(self, name):
        if not name:
            return
        return self._read(name)

    def one_mode(self, name):
        return self._read(name)


def FP_sync_mode():
    client = Client()
    [name] = client.read("a").values()
    return name


def bad():
    client = Client()
    client.only_if_named("")
    client.one_mode("b")
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP701]
    [name] = client.one_mode("a").values()
    # CHECK: :[[#@LINE-1]]:14: error: {{.*}} [LOOP701]
    return name
