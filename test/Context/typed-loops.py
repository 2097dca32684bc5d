# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %if tornado %{ %python %S/../Rules/Inputs/prove.py %s "loop is running|already running|running event loop" %}
#
# An annotation tells what a parameter is; a method's name alone tells nothing.
import asyncio
from typing import Optional

from tornado.ioloop import IOLoop


async def fetch():
    await asyncio.sleep(0)


def on_asyncio(loop: asyncio.AbstractEventLoop):
    coroutine = fetch()
    loop.run_until_complete(coroutine)
    # CHECK: :[[#@LINE-1]]:5: error: `AbstractEventLoop.run_until_complete` {{.*}} [LOOP201]


async def asyncio_bad():
    on_asyncio(asyncio.new_event_loop())


def on_tornado(loop: IOLoop):
    loop.run_sync(fetch)
    # CHECK: :[[#@LINE-1]]:5: error: `IOLoop.run_sync` {{.*}} [LOOP201]


async def tornado_bad():
    on_tornado(IOLoop.current())


def on_optional(loop: Optional[IOLoop] = None):
    loop = loop or IOLoop.current()
    loop.run_sync(fetch)
    # CHECK: :[[#@LINE-1]]:5: error: `IOLoop.run_sync` {{.*}} [LOOP201]


async def optional_bad():
    on_optional()


class Queue:
    def run_until_complete(self, job):
        job.close()

    def run_sync(self, job):
        return job


def on_own(loop: Queue):
    loop.run_until_complete(fetch())
    loop.run_sync(fetch)


async def own_class_ok():
    on_own(Queue())


def adds(loop: IOLoop):
    loop.add_callback(fetch)


async def callback_ok():
    adds(IOLoop.current())
    await asyncio.sleep(0.01)


class Holder:
    loop: asyncio.AbstractEventLoop

    def run(self):
        self.loop.run_until_complete(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def attribute_bad():
    holder = Holder()
    holder.loop = asyncio.new_event_loop()
    holder.run()


if __name__ == "__main__":
    on_asyncio(asyncio.new_event_loop())
