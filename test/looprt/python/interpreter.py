# RUN: %python %s %source %build
"""The same tests with the interpreter that the package is built for (`Python_EXECUTABLE`), where that is another version than
Debian's, with which all others here run."""
import os
import pathlib
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor

source, build = (pathlib.Path(path) for path in sys.argv[1:3])
del sys.argv[1:]
folder = pathlib.Path(__file__).parent
# What belongs to another program than the interpreter, or is a module of the tests.
LEFT_OUT = {"interpreter", "typed", "under_uvloop", "virtual"}


def interpreter():
    for line in (build / "CMakeCache.txt").read_text().splitlines():
        if line.startswith("Python_EXECUTABLE:"):
            return line.partition("=")[2]
    return sys.executable


def answer(command):
    return subprocess.run([interpreter(), "-c", command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True).stdout.strip()


def run(path):
    """How the test ended, and what it said. Its first line tells its arguments."""
    line = path.read_text().split("\n", 1)[0].split(": ", 1)[1]
    for name, value in ("%looprt-python", interpreter()), ("%source", source), ("%build", build), ("%s", path):
        line = line.replace(name, str(value))
    process = subprocess.run(line.split(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900,
                             env=dict(os.environ, PYTHONPATH=str(build / "python"), PYTHONDONTWRITEBYTECODE="1"))
    return path.stem, process.returncode, process.stdout


class OtherInterpreter(unittest.TestCase):
    def test_all(self):
        if answer("import sys; print(sys.version_info[:2])") == str(sys.version_info[:2]):
            self.skipTest("it is Debian's version")
        # Debian's packages are for Debian's interpreter; another may have none.
        lacks = set() if answer("import pytest; print(1)") else {"fixture"}
        paths = [path for path in sorted(folder.glob("*.py")) if path.stem not in LEFT_OUT | lacks]
        self.assertGreater(len(paths), 10)
        with ThreadPoolExecutor(2) as pool:
            for name, status, said in pool.map(run, paths):
                with self.subTest(name, interpreter=interpreter()):
                    self.assertEqual(status, 0, said)


if __name__ == "__main__":
    unittest.main()
