# RUN: not %looplint check --select=LOOP101,LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s \
# RUN:   "running event loop|another loop is running|no current event loop"
#
# What a context manager does before and after its block is done there.
import asyncio
import contextlib
import threading


async def fetch():
    await asyncio.sleep(0)


@contextlib.contextmanager
def opened():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]
    yield 1


async def before_the_block_bad():
    with opened():
        pass


@contextlib.contextmanager
def closing():
    try:
        yield 1
    finally:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def after_the_block_bad():
    with closing():
        pass


class OwnLoop:
    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)

    def __exit__(self, *error):
        asyncio.set_event_loop(None)
        self.loop.close()


def under_own_loop():
    with OwnLoop():
        asyncio.get_event_loop().run_until_complete(fetch())


def own_loop_ok():
    threading.Thread(target=under_own_loop).start()


def behind_own_loop():
    with OwnLoop():
        pass
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def behind_own_loop_bad():
    threading.Thread(target=behind_own_loop).start()


@contextlib.contextmanager
def gives_loop():
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


async def what_it_gives_bad():
    with gives_loop() as loop:
        loop.run_until_complete(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def exit_bad():
    with Manager():
        pass


@contextlib.asynccontextmanager
async def session():
    await fetch()
    yield 1


async def async_ok():
    async with session():
        await fetch()


# Known limits.


@contextlib.contextmanager
def own_loop():
    asyncio.set_event_loop(asyncio.new_event_loop())
    try:
        yield
    finally:
        asyncio.get_event_loop().close()
        asyncio.set_event_loop(None)


def under_generator():
    with own_loop():
        asyncio.get_event_loop()


def generator_with_finally_ok():
    threading.Thread(target=under_generator).start()


class ForStack(Manager):
    def __exit__(self, *error):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def exit_stack_bad():
    with contextlib.ExitStack() as stack:
        stack.enter_context(ForStack())


async def entered_bad():
    with contextlib.ExitStack() as stack:
        loop = stack.enter_context(gives_loop_to_stack())
        loop.run_until_complete(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


@contextlib.contextmanager
def gives_loop_to_stack():
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


class Client:
    async def __aenter__(self):
        return Api()

    async def __aexit__(self, *error): ...


class Api:
    def call(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


@contextlib.asynccontextmanager
async def gives_second():
    yield Second()


class Second:
    def call(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def entered_async_bad():
    async with contextlib.AsyncExitStack() as stack:
        client = await stack.enter_async_context(Client())
        client.call()


async def entered_second_bad():
    async with contextlib.AsyncExitStack() as stack:
        second = await stack.enter_async_context(gives_second())
        second.call()


def stack_on_main_ok():
    with contextlib.ExitStack() as stack:
        stack.enter_context(OnMain())


class OnMain:
    def __enter__(self):
        asyncio.run(fetch())

    def __exit__(self, *error):
        asyncio.run(fetch())


if __name__ == "__main__":
    own_loop_ok()
    stack_on_main_ok()
    generator_with_finally_ok()
