# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What connects or serves is awaited, entered or iterated over; until then there is
# nothing but an object.
import asyncio
import time

import websockets
from websockets.asyncio.client import connect


async def handler(connection):
    time.sleep(1)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]
    connection.send("hello")
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP701]
    await connection.send("hello")


async def dropped_bad():
    websockets.serve(handler, "localhost", 8765)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP701]
    connect("ws://localhost")
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP701]
    await asyncio.sleep(1)


async def entered_ok():
    async with websockets.serve(handler, "localhost", 8765) as server:
        await server.serve_forever()
    start = websockets.serve(handler, "localhost", 8766)
    async with start:
        await asyncio.sleep(1)


async def awaited_ok():
    connection = await websockets.connect("ws://localhost")
    async with connection:
        await connection.send("hello")
    first, second = await asyncio.gather(connect("ws://a"), connect("ws://b"))
    await first.send("hello")
    await asyncio.wait_for(connect("ws://c"), 3)


async def reconnecting_ok():
    async for connection in connect("ws://localhost"):
        await connection.send("hello")


asyncio.run(dropped_bad())
asyncio.run(entered_ok())
