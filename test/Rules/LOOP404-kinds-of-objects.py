# RUN: not %looplint check --select=LOOP404 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What belongs to one loop, kept by an object whose methods are run by two.
import asyncio

import aiohttp
import asyncpg
import grpc
from aiodataloader import DataLoader


async def load(keys):
    return keys


async def start():
    return asyncio.create_task(asyncio.sleep(1))


async def finish(task):
    await task


def task_bad():
    task = asyncio.run(start())
    asyncio.run(finish(task))
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.Task` of one loop is used under another{{.*}} [LOOP404]


class Session:
    async def open(self):
        self.session = aiohttp.ClientSession()

    async def use(self):
        await self.session.get("https://example.org")


def session_bad():
    session = Session()
    asyncio.run(session.open())
    asyncio.run(session.use())
    # CHECK: :[[#@LINE-1]]:5: error: `aiohttp.ClientSession` {{.*}} [LOOP404]


class Stream:
    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("host", 1)

    async def use(self):
        await self.reader.read(1)


def stream_bad():
    stream = Stream()
    asyncio.run(stream.open())
    asyncio.run(stream.use())
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.StreamReader` {{.*}} [LOOP404]


class Pool:
    async def open(self):
        self.pool = await asyncpg.create_pool("dsn")

    async def use(self):
        await self.pool.fetch("select 1")


def pool_bad():
    pool = Pool()
    asyncio.run(pool.open())
    asyncio.run(pool.use())
    # CHECK: :[[#@LINE-1]]:5: error: `asyncpg.Pool` {{.*}} [LOOP404]


class Channel:
    async def open(self):
        self.channel = grpc.aio.insecure_channel("host")

    async def use(self):
        await self.channel.channel_ready()


def channel_bad():
    channel = Channel()
    asyncio.run(channel.open())
    asyncio.run(channel.use())
    # CHECK: :[[#@LINE-1]]:5: error: `grpc.aio.Channel` {{.*}} [LOOP404]


class Loader:
    async def open(self):
        self.loader = DataLoader(load)

    async def use(self):
        await self.loader.load(1)


def loader_bad():
    loader = Loader()
    asyncio.run(loader.open())
    asyncio.run(loader.use())
    # CHECK: :[[#@LINE-1]]:5: error: `aiodataloader.DataLoader` {{.*}} [LOOP404]


class All:
    async def use(self):
        self.session = aiohttp.ClientSession()
        self.reader, self.writer = await asyncio.open_connection("host", 1)
        self.pool = await asyncpg.create_pool("dsn")
        self.channel = grpc.aio.insecure_channel("host")
        self.loader = DataLoader(load)
        await self.session.get("https://example.org")
        await self.reader.read(1)
        await self.pool.fetch("select 1")
        await self.channel.channel_ready()
        await self.loader.load(1)


def FP_each_run_makes_its_own():
    everything = All()
    asyncio.run(everything.use())
    asyncio.run(everything.use())


def FP_one_runner():
    session = Session()
    pool = Pool()
    with asyncio.Runner() as runner:
        runner.run(session.open())
        runner.run(pool.open())
        runner.run(session.use())
        runner.run(pool.use())


if __name__ == "__main__":
    task_bad()
    session_bad()
    stream_bad()
    pool_bad()
    channel_bad()
    loader_bad()
    FP_each_run_makes_its_own()
    FP_one_runner()
