# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/Inputs/prove.py %s \
# RUN:   "running event loop|another loop is running|already running"
import asyncio
import functools


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


# The plain forms of running a loop.


async def direct_bad():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.run` {{.*}} [LOOP201]
    # CHECK: note: {{.*}}`direct_bad`


async def in_expression_bad():
    return [1, asyncio.run(fetch())]
    # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


async def fresh_loop_bad():
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]
    finally:
        loop.close()


async def same_loop_bad():
    loop = asyncio.get_running_loop()
    loop.run_until_complete(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def policy_loop_bad():
    asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def forever_bad():
    asyncio.new_event_loop().run_forever()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def runner_bad():
    with asyncio.Runner() as runner:
        runner.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


# Through helpers. The finding stands where the loop is run; the notes tell
# the way from the coroutine to it.


def innermost():
    return asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]
    # CHECK: note: {{.*}}`through_helpers_bad`
    # CHECK: note: {{.*}}`middle`


def middle():
    return innermost()


async def through_helpers_bad():
    return middle()


class Client:
    def load(self):
        return asyncio.run(self.load_async())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]

    async def load_async(self):
        return await fetch()

    @property
    def size(self):
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]

    @classmethod
    def make(cls):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]
        return cls()

    @staticmethod
    def check():
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    def __enter__(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]
        return self

    def __exit__(self, *exc):
        pass

    def __iter__(self):
        yield asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:15: error: {{.*}} [LOOP201]

    def __getitem__(self, key):
        return asyncio.run(fetch(key))
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]

    def __call__(self):
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


async def method_bad():
    return Client().load()


async def attribute_bad():
    client = Client()
    return client.size


async def classmethod_bad():
    Client.make()


async def staticmethod_bad():
    Client.check()


async def context_manager_bad():
    with Client() as client:
        return client


async def iterator_bad():
    for item in Client():
        return item


async def subscript_bad():
    return Client()["key"]


async def call_operator_bad():
    client = Client()
    return client()


class Base:
    def go(self):
        return self.step()

    def step(self):
        return None


class Derived(Base):
    def step(self):
        super().step()
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


async def override_bad():
    return Derived().go()


class Constructed:
    def __init__(self):
        self.first = asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:22: error: {{.*}} [LOOP201]


async def constructor_bad():
    return Constructed()


# Through values.


async def lambda_bad():
    load = lambda: asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:20: error: {{.*}} [LOOP201]
    return load()


async def partial_bad():
    load = functools.partial(asyncio.run, fetch())
    return load()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def nested_function_bad():
    def load():
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]

    return load()


def call_it(function):
    return function()


def called_by_call_it():
    return asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def passed_to_helper_bad():
    return call_it(called_by_call_it)


def synchronous(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]

    return wrapper


@synchronous
async def decorated():
    return await fetch()


async def decorator_bad():
    return decorated()


def make_loader(n):
    def loader():
        return asyncio.run(fetch(n))
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]

    return loader


async def returned_closure_bad():
    loader = make_loader(3)
    return loader()


def of_table():
    return asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


COMMANDS = {"load": of_table}


async def table_bad():
    return COMMANDS["load"]()


# Code that the loop calls runs on the loop as well.


def soon():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def call_soon_bad():
    asyncio.get_running_loop().call_soon(soon)
    await asyncio.sleep(0.01)


def when_done(task):
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def done_callback_bad():
    task = asyncio.create_task(fetch())
    task.add_done_callback(when_done)
    await task
    await asyncio.sleep(0.01)


async def in_comprehension_bad():
    return [asyncio.run(fetch(n)) for n in range(2)]
    # CHECK: :[[#@LINE-1]]:13: error: {{.*}} [LOOP201]


async def generator():
    yield asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP201]


async def async_generator_bad():
    async for item in generator():
        return item


# Known limits.


async def FN_through_getattr():
    # The name is made at run time.
    name = "".join(["r", "un"])
    getattr(asyncio, name)(fetch())
