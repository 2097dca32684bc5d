# REQUIRES: uvloop
# RUN: %looprt-python %s
"""The tests of what runs on the user's loop once more, with uvloop's loops in the place of asyncio's."""
import pathlib
import subprocess
import sys
import unittest

folder = pathlib.Path(__file__).parent
UNDER_UVLOOP = """
import runpy, sys, uvloop
uvloop.install()
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv.pop(1))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class UnderUvloop(unittest.TestCase):
    def test_all(self):
        for name, *only in ["bridges"], ["compat"], ["loader"], ["run_sync"], ["scheduler"], ["store", "Store"]:
            with self.subTest(name):
                run = subprocess.run([sys.executable, "-c", UNDER_UVLOOP, folder / f"{name}.py", folder, *only],
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=200)
                self.assertEqual(run.returncode, 0, run.stdout)


if __name__ == "__main__":
    unittest.main()
