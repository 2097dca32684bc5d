# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Objects that take their loop when they are made.
import asyncio
import threading

import aiohttp
import grpc
import janus
import nest_asyncio
from aiodataloader import DataLoader
from tornado.ioloop import IOLoop, PeriodicCallback


async def load(keys): ...


def session_bad():
    aiohttp.ClientSession()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def channel_bad():
    grpc.aio.insecure_channel("host")
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def queue_bad():
    janus.Queue()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def loader_bad():
    DataLoader(load)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def ioloop_bad():
    IOLoop.current()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def patch_bad():
    nest_asyncio.apply()
    # CHECK-DAG: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]
    # CHECK-DAG: :[[#@LINE-2]]:5: warning: {{.*}} [LOOP202]


def ioloop_ok():
    loop = IOLoop()
    IOLoop.current()
    loop.start()


for target in (session_bad, channel_bad, queue_bad, loader_bad, ioloop_bad, patch_bad, ioloop_ok):
    threading.Thread(target=target).start()


async def main_ok():
    async with aiohttp.ClientSession() as session:
        await session.get("a")
    grpc.aio.insecure_channel("host")
    DataLoader(load)
    PeriodicCallback(load, 1000).start()
    await asyncio.Event().wait()


asyncio.run(main_ok())
