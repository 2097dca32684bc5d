# RUN: not %looplint check --select=LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A blocking client may be written as coroutines that never wait, and drive them
# by hand: no loop runs there that a blocking call could hold up.
import socket
import threading
import time


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value
    raise RuntimeError("it waits for something")


class Connection:
    async def FP_connects(self, address):
        return socket.create_connection(address)

    async def FP_tries_again(self, address):
        time.sleep(1)
        return await self.FP_connects(address)


def connect(address):
    return drive(Connection().FP_tries_again(address))


async def serves_bad(address):
    return socket.create_connection(address)
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} [LOOP601]


class Holder:
    def __init__(self, released: threading.Event):
        self.released = released

    async def FP_waits(self):
        # Awaited by what is driven by hand, on an object that nobody knows.
        self.released.wait()


class Pool:
    def __init__(self, holders):
        self.holders = holders

    async def close(self):
        for holder in self.holders:
            await holder.FP_waits()


def close(holders):
    return drive(Pool(holders).close())


connect(("localhost", 80))
