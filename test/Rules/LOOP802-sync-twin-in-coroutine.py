# RUN: not %looplint check --select=LOOP802 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
import asyncio
import time

from asgiref.sync import sync_to_async
from django.core.cache import cache


async def library_bad():
    return cache.get("a")
    # CHECK: :[[#@LINE-1]]:12: warning: `{{.*}}get` stops the running loop {{.*}}; its async form is `{{.*}}aget` [LOOP802]


async def library_ok():
    return await cache.aget("a")


@sync_to_async
def load():
    return cache.get("a")


async def offloaded_ok():
    return await load()


class AsyncForms:
    async def get_async(self, key):
        await asyncio.sleep(0)
        return key

    async def aget_many(self, keys):
        return [await self.get_async(key) for key in keys]


class Store(AsyncForms):
    def get(self, key):
        time.sleep(1)
        return key

    def get_many(self, keys):
        # Its own async form would await the other one.
        return [self.get(key) for key in keys]

    def close(self):
        return None

    async def aclose(self):
        await asyncio.sleep(0)

    def put(self, key, value):
        time.sleep(1)

    async def put_async(self, batch):
        await asyncio.sleep(0)


async def method_bad(store: Store):
    store.get("a")
    # CHECK: :[[#@LINE-1]]:5: warning: `get` stops the running loop for 1 s; its async form is `AsyncForms.get_async` [LOOP802]
    # CHECK: note: the sync form is called here
    # CHECK: note: below it `time.sleep` stops the running loop for 1 s
    store.get_many(["a"])
    # CHECK: :[[#@LINE-1]]:5: warning: `get_many` {{.*}} `AsyncForms.aget_many` [LOOP802]


def run_service(name):
    return asyncio.run(run_service_async(name))


async def run_service_async(name):
    await asyncio.sleep(0)
    return name


async def function_bad():
    return run_service("a")
    # CHECK: :[[#@LINE-1]]:12: warning: `run_service` runs a loop where one runs; its async form is `run_service_async` [LOOP802]


class Chain:
    def invoke(self, x):
        time.sleep(1)
        return x

    async def ainvoke(self, x):
        return self.invoke(x)
        # CHECK: :[[#@LINE-1]]:16: warning: `Chain.ainvoke` only calls its sync form `invoke`, which {{.*}} [LOOP802]


async def harmless_ok(store: Store):
    store.close()


async def other_meaning_ok(store: Store):
    # The parameters tell that these are two things.
    await asyncio.to_thread(store.put, "a", 1)


async def awaited_ok(store: Store):
    await store.get_async("a")
    await asyncio.to_thread(store.get, "a")


def script_ok():
    Store().get("a")
    run_service("a")


# Other spellings, and forms that are far from what blocks.


class Api:
    def fetch(self):
        return self.send()

    async def fetchAsync(self):
        await asyncio.sleep(1)

    def load(self):
        return self.send()

    async def async_load(self):
        await asyncio.sleep(1)

    def send(self):
        return self.send_once()

    def send_once(self):
        time.sleep(1)


class Derived(Api):
    pass


def middle(api):
    api.fetch()
    # CHECK: :[[#@LINE-1]]:5: warning: `fetch` stops the running loop for 1 s; its async form is `Api.fetchAsync` [LOOP802]


async def FN_behind_a_helper(api: Api):
    middle(api)


async def FN_inherited():
    Derived().load()
    # CHECK: :[[#@LINE-1]]:5: warning: `load` stops the running loop for 1 s; its async form is `Api.async_load` [LOOP802]


def read():
    time.sleep(1)


async def aread():
    await asyncio.sleep(1)


async def FN_of_the_module():
    read()
    # CHECK: :[[#@LINE-1]]:5: warning: `read` stops the running loop for 1 s; its async form is `aread` [LOOP802]


class Elsewhere:
    def fetch(self):
        time.sleep(1)

    async def fetchAsync(self):
        await asyncio.sleep(1)


async def FP_on_a_worker(api: Elsewhere):
    await asyncio.to_thread(api.fetch)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: api.fetch())


# Known limits.


async def FN_other_name(store: Store):
    # `fetch` beside `get_async` is not seen to be the same.
    store.fetch = store.get


if __name__ == "__main__":
    script_ok()
