# RUN: %looprt-python %s %source
"""The cache of models, as an example that runs: with SQLite, and with Redis where there is one."""
import pathlib
import shutil
import subprocess
import sys
import unittest

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
        self.assertIn("calls: [1, 0, 2]", self.run_it("--redis"))


if __name__ == "__main__":
    unittest.main()
