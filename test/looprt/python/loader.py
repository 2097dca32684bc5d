# RUN: %looprt-python %s
"""The loader: one call per tick, a cache per scope, errors per key, and waiters that can leave without harm."""
import asyncio
import gc
import unittest

import looprt


class Doubles(looprt.DataLoader):
    def __init__(self, **options):
        super().__init__(**options)
        self.calls = []

    async def batch_load_fn(self, keys):
        self.calls.append(list(keys))
        await asyncio.sleep(0)
        return [KeyError(key) if key < 0 else 2 * key for key in keys]


def in_scope(function):
    """Runs the test's coroutine in a scope, and lets nothing be logged about errors that nobody fetched."""
    def test(self):
        complaints = []

        async def main():
            asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
            async with looprt.loader_scope():
                await asyncio.wait_for(function(self), 30)

        asyncio.run(main())
        gc.collect()
        self.assertEqual(complaints, [])
    return test


class Batches(unittest.TestCase):
    @in_scope
    async def test_gather_makes_one_call(self):
        loader = Doubles()
        self.assertEqual(await asyncio.gather(*[loader.load(key) for key in [1, 2, 1, 3]]), [2, 4, 2, 6])
        self.assertEqual(loader.calls, [[1, 2, 3]])

    @in_scope
    async def test_cache(self):
        loader = Doubles()
        self.assertEqual([await loader.load(1), await loader.load(1)], [2, 2])
        self.assertEqual(await loader.load_many([1, 2]), [2, 4])
        self.assertEqual(loader.calls, [[1], [2]])

    @in_scope
    async def test_loads_one_tick_later_catch_the_bus(self):
        loader = Doubles()

        async def late(key, ticks):
            for _ in range(ticks):
                await asyncio.sleep(0)
            return await loader.load(key)

        await asyncio.gather(late(0, 0), late(1, 1))
        self.assertEqual(loader.calls, [[0, 1]])

    @in_scope
    async def test_window(self):
        loader = Doubles(batch_window=0.05)

        async def late():
            await asyncio.sleep(0.001)
            return await loader.load(2)

        await asyncio.gather(loader.load(1), late())
        self.assertEqual(loader.calls, [[1, 2]])

    @in_scope
    async def test_sizes(self):
        loader = Doubles(max_batch_size=2)
        self.assertEqual(await loader.load_many(range(5)), [0, 2, 4, 6, 8])
        self.assertEqual(loader.calls, [[0, 1], [2, 3], [4]])
        single = Doubles(batch=False)
        await single.load_many([1, 2])
        self.assertEqual(single.calls, [[1], [2]])

    @in_scope
    async def test_concurrent_batches_are_limited(self):
        running = most = 0

        async def load(keys):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1
            return keys

        loader = looprt.DataLoader(load, max_batch_size=1, max_concurrent_batches=2)
        await loader.load_many(range(6))
        self.assertEqual(most, 2)

    @in_scope
    async def test_without_a_cache_equal_keys_still_share_a_batch(self):
        loader = Doubles(cache=False)
        await loader.load_many([1, 1])
        await loader.load(1)
        self.assertEqual(loader.calls, [[1], [1]])

    @in_scope
    async def test_cache_keys_and_maps(self):
        maps = []

        def new_map():
            maps.append({})
            return maps[-1]

        async def load(keys):
            return [sum(key) for key in keys]

        loader = looprt.DataLoader(load, get_cache_key=tuple, cache_map=new_map)
        self.assertEqual(await loader.load([1, 2]), 3)
        self.assertEqual(list(maps[0]), [(1, 2)])

    @in_scope
    async def test_prime_and_clear(self):
        loader = Doubles()
        loader.prime(1, "one").prime(1, "other").prime(2, KeyError("two"))
        self.assertEqual(await loader.load(1), "one")
        with self.assertRaises(KeyError):
            await loader.load(2)
        loader.clear(1).clear(99)
        self.assertEqual(await loader.load(1), 2)
        loader.clear_all()
        await loader.load(1)
        self.assertEqual(loader.calls, [[1], [1]])

    @in_scope
    async def test_clearing_what_is_under_way_asks_again(self):
        loader = Doubles()
        first = loader.load(1)
        loader.clear(1)
        second = loader.load(1)
        self.assertEqual([await first, await second], [2, 2])
        self.assertEqual(loader.calls, [[1, 1]])


class Errors(unittest.TestCase):
    @in_scope
    async def test_each_key_has_its_own(self):
        loader = Doubles()
        good, bad = await asyncio.gather(loader.load(1), loader.load(-1), return_exceptions=True)
        self.assertEqual(good, 2)
        self.assertIsInstance(bad, KeyError)

    @in_scope
    async def test_are_not_cached_unless_asked_for(self):
        for cached, calls in (False, 2), (True, 1):
            loader = Doubles(cache_errors=cached)
            for _ in range(2):
                with self.assertRaises(KeyError):
                    await loader.load(-1)
            self.assertEqual(len(loader.calls), calls)

    @in_scope
    async def test_load_many(self):
        loader = Doubles()
        values = await loader.load_many([1, -1, 2], return_exceptions=True)
        self.assertEqual([values[0], type(values[1]), values[2]], [2, KeyError, 4])
        with self.assertRaises(KeyError):
            await loader.load_many([-1, 5, -2])

    @in_scope
    async def test_a_failed_batch_says_nothing_about_its_keys(self):
        attempts = []

        async def load(keys):
            attempts.append(keys)
            if len(attempts) == 1:
                raise OSError("the backend is away")
            return keys

        loader = looprt.DataLoader(load)
        errors = await asyncio.gather(loader.load(1), loader.load(2), return_exceptions=True)
        self.assertEqual([type(error) for error in errors], [OSError, OSError])
        self.assertEqual(await loader.load(1), 1)

    @in_scope
    async def test_wrong_number_of_values(self):
        async def load(keys):
            return []

        with self.assertRaisesRegex(TypeError, "0 values for 1 keys"):
            await looprt.DataLoader(load).load(1)

    @in_scope
    async def test_stop_iteration_arrives(self):
        async def load(keys):
            return [StopIteration() for _ in keys]

        with self.assertRaisesRegex(RuntimeError, "StopIteration"):
            await looprt.DataLoader(load).load(1)

    def test_what_is_no_coroutine_function(self):
        with self.assertRaises(TypeError):
            looprt.DataLoader(lambda keys: keys)


class Cancellation(unittest.TestCase):
    @in_scope
    async def test_of_one_waiter_harms_nobody(self):
        gate = asyncio.Event()

        async def load(keys):
            await gate.wait()
            return keys

        loader = looprt.DataLoader(load)

        async def impatient():
            try:
                await asyncio.wait_for(loader.load(1), 0.001)
            except asyncio.TimeoutError:
                gate.set()

        other = asyncio.ensure_future(loader.load(1))
        await impatient()
        self.assertEqual(await other, 1)
        self.assertEqual(await loader.load(1), 1)

    @in_scope
    async def test_the_last_waiter_takes_the_batch_along(self):
        calls, cancelled = [], []

        async def load(keys):
            calls.append(keys)
            if len(calls) > 1:
                return keys
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(keys)
                raise

        loader = looprt.DataLoader(load)
        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.gather(loader.load(1), loader.load(2)), 0.01)
        await asyncio.sleep(0)
        self.assertEqual(cancelled, [[1, 2]])
        self.assertEqual(await loader.load(1), 1)

    @in_scope
    async def test_before_the_batch_leaves(self):
        loader = Doubles()
        loader.load(1).cancel()
        self.assertEqual(await loader.load(2), 4)
        self.assertEqual(loader.calls, [[2]])

    @in_scope
    async def test_within_the_backend_is_an_error_and_no_cancellation(self):
        async def load(keys):
            raise asyncio.CancelledError()

        with self.assertRaisesRegex(RuntimeError, "the batch was cancelled"):
            await looprt.DataLoader(load).load(1)

    @in_scope
    async def test_of_load_many(self):
        gate = asyncio.Event()

        async def load(keys):
            await gate.wait()
            return keys

        loader = looprt.DataLoader(load)
        many = asyncio.ensure_future(loader.load_many([1, 2]))
        one = asyncio.ensure_future(loader.load(1))
        await asyncio.sleep(0.001)
        many.cancel()
        gate.set()
        self.assertEqual(await one, 1)
        self.assertTrue((await asyncio.gather(many, return_exceptions=True))[0] is not None)


class Scopes(unittest.TestCase):
    def test_outside_a_scope(self):
        async def main():
            Doubles().load(1)

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP803")

    def test_each_run_starts_empty(self):
        loader = Doubles()

        async def main():
            async with looprt.loader_scope():
                return await loader.load(1)

        self.assertEqual([asyncio.run(main()), asyncio.run(main())], [2, 2])
        self.assertEqual(loader.calls, [[1], [1]])

    def test_a_task_that_outlives_the_scope(self):
        loader = Doubles()

        async def main():
            left = asyncio.Event()

            async def late():
                await left.wait()
                return await loader.load(1)

            async with looprt.loader_scope():
                task = asyncio.ensure_future(late())
            left.set()
            await task

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP803")

    def test_under_another_loop(self):
        loader = Doubles()

        async def load():
            return await loader.load(1)

        async def main():
            async with looprt.loader_scope():
                looprt.run_sync(load, in_thread=True)

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP404")

    def test_closing_cancels_what_is_under_way(self):
        cancelled = []

        async def load(keys):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(keys)
                raise

        loader = looprt.DataLoader(load)

        async def main():
            async with looprt.loader_scope():
                waiter = loader.load(1)
                await asyncio.sleep(0.001)
                never_sent = loader.load(2)
            return waiter.cancelled(), never_sent.cancelled()

        self.assertEqual(asyncio.run(main()), (True, True))
        self.assertEqual(cancelled, [[1]])

    def test_scopes_nest_and_hold_loaders(self):
        async def main():
            async with looprt.loader_scope():
                outer = looprt.get_loader(Doubles)
                async with looprt.loader_scope():
                    self.assertIsNot(looprt.get_loader(Doubles), outer)
                self.assertIs(looprt.get_loader(Doubles), outer)

        asyncio.run(main())


if __name__ == "__main__":
    unittest.main()
