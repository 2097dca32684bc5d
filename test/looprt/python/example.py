# RUN: %looprt-python %s %source
"""The cache of models, as an example that runs: with SQLite, and with Redis where there is one."""
import asyncio
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import looprt

folder = pathlib.Path(sys.argv.pop(1)) / "examples/looprt-cache"


class Library(unittest.TestCase):
    def run_it(self, *arguments):
        process = subprocess.run([sys.executable, str(folder / "library.py"), *arguments], stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, text=True, timeout=120)
        self.assertEqual(process.returncode, 0, process.stdout)
        return process.stdout.splitlines()

    def test_several_gets_make_one_call(self):
        said = self.run_it()
        self.assertIn("together: Lem Le Guin ['Solaris', 'Fiasco']", said)
        # Three queries of two models: one call. Known ones: none. Then one for nobody, and one for two more.
        self.assertIn("calls: [1, 0, 2]", said)
        self.assertIn("nobody: None", said)
        self.assertIn("some fail: Strugatsky True", said)

    def test_plain_views_have_a_scope_each(self):
        self.assertIn("views: Lem: Solaris, Fiasco | Le Guin: The Dispossessed | 2 calls", self.run_it())

    @unittest.skipUnless(shutil.which("redis-server"), "needs redis-server")
    def test_redis(self):
        said = self.run_it("--redis")
        self.assertIn("calls: [1, 0, 2]", said)
        self.assertIn("on a worker: Lem: Solaris, Fiasco", said)


class Models(unittest.TestCase):
    """Each call by itself, on a backend that counts, over a database that counts."""

    def setUp(self):
        sys.path.insert(0, str(folder))
        self.addCleanup(sys.path.remove, str(folder))
        import library
        import model_cache
        self.library, self.model_cache = library, model_cache
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        database = os.path.join(kept.name, "library.sqlite")
        library.make_database(database)
        self.asked, self.read, self.values = [], [], {}
        test = self

        class Counting(model_cache.Cache):
            def _read(self, queries):
                test.read.append([str(query) for query in queries])
                return super()._read(queries)

        model_cache.Model.cache = Counting(self, database)

    async def get_many(self, names):
        self.asked.append(list(names))
        return [self.values.get(name) for name in names]

    async def set_many(self, values):
        self.values.update(values)

    def in_scope(self, function):
        async def main():
            async with looprt.loader_scope():
                return await function()

        return looprt.run(main)

    def test_several_gets_are_one_call(self):
        async def main():
            return await asyncio.gather(*[self.library.Author.get_async(id=number) for number in (1, 2, 3, 1)])

        self.assertEqual([author.name for author in self.in_scope(main)], ["Lem", "Le Guin", "Strugatsky", "Lem"])
        self.assertEqual(self.asked, [["authors:id=1", "authors:id=2", "authors:id=3"]])
        self.assertEqual(len(self.read), 1)

    def test_the_local_cache_lives_until_the_scope_ends(self):
        async def main():
            return [(await self.library.Author.get_async(id=1)).name for _ in range(3)]

        for calls in 1, 2:
            self.assertEqual(self.in_scope(main), ["Lem"] * 3)
            self.assertEqual(len(self.asked), calls)
            self.assertEqual(len(self.read), 1)  # the second scope finds it in the backend

    def test_keys_and_filters(self):
        author, book = self.library.Author, self.library.Book

        async def main():
            with self.assertRaises(self.model_cache.DoesNotExist):
                await author.get_async(id=99)
            self.assertIsNone(await author.get_async_or_none(id=99))
            self.assertEqual((await author.get_async_or_none(id=2)).name, "Le Guin")
            self.assertEqual([each.title for each in await book.filter_async(author=1, year=1961)], ["Solaris"])
            self.assertEqual(await book.filter_async(year=1900), [])
            self.assertEqual((await author.resolve_async(id=3)).name, "Strugatsky")
            self.assertEqual([each.name for each in await author.resolve_async(country="PL")], ["Lem"])
            for wrong in author.get_async(name="Lem"), author.filter_async(name="Lem"), author.filter_async():
                with self.assertRaises(TypeError):
                    await wrong

        self.in_scope(main)

    def test_the_sync_view_has_a_scope_for_each_call(self):
        for calls in 1, 2:
            self.assertEqual(self.library.books_view(1), "Lem: Solaris, Fiasco")
            self.assertEqual(len(self.asked), calls)

    def test_outside_a_scope_it_is_refused(self):
        with self.assertRaises(looprt.LoopMisuseError) as raised:
            looprt.run(self.library.Author.get_async(id=1))
        self.assertEqual(raised.exception.code, "LOOP803")


if __name__ == "__main__":
    unittest.main()
