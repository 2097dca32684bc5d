# RUN: %looprt-python %s
"""Which callables give a coroutine, and which plain functions only drive one."""
import asyncio
import functools
import unittest

from looprt.callables import driven_coroutine, is_async_callable

URLS = ["a"]
SETTINGS = {"fetch": None}


async def fetch(urls=()):
    await asyncio.sleep(0)


class Client:
    async def fetch(self):
        pass

    async def __call__(self):
        pass

    def plain(self):
        pass


client = Client()


class AsyncCallables(unittest.TestCase):
    def test_are_seen_through_wrappers(self):
        for function in [fetch, functools.partial(fetch, URLS), functools.partial(functools.partial(fetch), 1), client.fetch,
                         client, functools.partial(client)]:
            self.assertTrue(is_async_callable(function), function)

    def test_plain_ones(self):
        for function in [print, len, client.plain, lambda: fetch(), Client, functools.partial(print), 3, None]:
            self.assertFalse(is_async_callable(function), function)


def by_run():
    asyncio.run(fetch(URLS))


def by_loop():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(fetch())
    finally:
        loop.close()


def by_current_loop():
    asyncio.get_event_loop().run_until_complete(fetch(urls=URLS))


def by_method():
    asyncio.run(client.fetch())


def closure():
    function = fetch

    def inner():
        return asyncio.run(function())
    return inner


def builds_arguments_ok():
    asyncio.run(fetch(list(URLS)))


def logs_ok():
    print("fetching")
    asyncio.run(fetch())


def branches_ok():
    if URLS:
        asyncio.run(fetch())


def stores_ok():
    SETTINGS["fetch"] = asyncio.run(fetch())


def runs_a_command_ok():
    import subprocess
    subprocess.run(["true"])


def nothing_ok():
    pass


class Wrappers(unittest.TestCase):
    def test_are_recognised(self):
        lambdas = [lambda: asyncio.run(fetch(URLS)), lambda: asyncio.get_event_loop().run_until_complete(fetch())]
        for function in [by_run, by_loop, by_current_loop, closure(), functools.partial(by_run), *lambdas]:
            self.assertIn(driven_coroutine(function), ("fetch", "function"), function)
        self.assertEqual(driven_coroutine(by_method), "client.fetch")

    def test_what_does_more_is_left_alone(self):
        for function in [builds_arguments_ok, logs_ok, branches_ok, stores_ok, runs_a_command_ok, nothing_ok, fetch, print,
                         lambda: 3, Client]:
            self.assertIsNone(driven_coroutine(function), function)


if __name__ == "__main__":
    unittest.main()
