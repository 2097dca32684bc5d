# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Bridges between threads and loops.
import asyncio

import anyio
import trio
import uvloop
from aiohttp import web
from asgiref.sync import async_to_sync, sync_to_async
from tornado.ioloop import IOLoop


async def fetch(): ...


def in_thread_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def in_anyio_thread_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@sync_to_async
def decorated_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@sync_to_async(thread_sensitive=False)
def decorated_with_arguments_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@async_to_sync
async def entry(): ...


async def to_threads():
    await sync_to_async(in_thread_bad)()
    await anyio.to_thread.run_sync(in_anyio_thread_bad)
    await decorated_bad()
    await decorated_with_arguments_bad()
    await sync_to_async(entry)()


async def nested_bridge_bad():
    async_to_sync(fetch)()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def nested_entry_bad():
    entry()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def nested_anyio_bad():
    anyio.run(fetch)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def nested_tornado_bad():
    IOLoop.current().run_sync(fetch)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def nested_server_bad():
    web.run_app(web.Application())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def nested_uvloop_bad():
    uvloop.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


def from_main_ok():
    entry()
    async_to_sync(fetch)()
    anyio.run(fetch)
    trio.run(fetch)


from_main_ok()
asyncio.run(to_threads())
