# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# aiohttp, asyncio's streams: what handlers are given, and what calls give back.
import asyncio

import aiohttp
from aiohttp import web


async def handler(request):
    asyncio.get_running_loop().call_soon(request.json())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    return web.json_response(await request.json())


@web.middleware
async def middleware(request, handler):
    asyncio.get_running_loop().call_soon(request.read())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    return await handler(request)


async def database(application):
    session = aiohttp.ClientSession()
    yield
    await session.close()


async def cache_bad(application):
    yield
    asyncio.run(asyncio.sleep(1))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def started(application):
    await application.startup()


application = web.Application(middlewares=[middleware])
application.router.add_get("/", handler)
application.cleanup_ctx.append(database)
application.cleanup_ctx.append(cache_bad)
application.on_startup.append(started)


async def connected(reader, writer):
    asyncio.get_running_loop().call_soon(writer.drain())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    asyncio.get_running_loop().call_soon(writer.close)


async def talk():
    reader, writer = await asyncio.open_connection("host", 1)
    asyncio.get_running_loop().call_soon(reader.readline())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    writer.write(await reader.readline())
    await writer.drain()


async def main():
    server = await asyncio.start_server(connected, "host", 1)
    async with server:
        await server.serve_forever()


asyncio.run(talk())
asyncio.run(main())
web.run_app(application)
