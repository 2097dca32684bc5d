# REQUIRES: mypy
# RUN: %looprt-python %s %build
"""The package's types, as mypy sees them: a program that uses looprt, and the stub of the compiled core."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

package = pathlib.Path(sys.argv.pop(1)) / "python"
program = pathlib.Path(__file__).parent / "Inputs/typed_program.py"


def said_by(*module, **environment):
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([sys.executable, "-m", *module], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=600, cwd=folder, env=dict(os.environ, MYPYPATH=str(package), **environment)).stdout


def without_modules(text):
    """`builtins.list[looprt.schedules.JobInfo]` as the program writes it."""
    names = re.sub(r"\b(?:\w+\.)+(?=\w)", "", text)
    names = re.sub(r"Tuple\[(?:[^\[\]]|\[[^\[\]]*\])*, fallback=(\w+)\]", r"\1", names)  # a named tuple
    return re.sub(r"\b(list|dict|tuple)\b", lambda name: name[0].title(), names)


class Types(unittest.TestCase):
    maxDiff = None

    def test_of_a_program(self):
        expected = {}
        for number, line in enumerate(program.read_text().splitlines(), 1):
            mark = re.search(r"#([:!]) (.*)", line)
            if mark:
                expected[number] = mark[2]
        self.assertGreater(len(expected), 20)
        found = {}
        # What a checker thinks of the inside of the package is not the program's business.
        for line in said_by("mypy", "--strict", "--follow-imports=silent", str(program)).splitlines():
            said = re.match(r'.*typed_program\.py:(\d+): (?:note: Revealed type is "(.*)"|error: .*\[([\w-]+)\])', line)
            if said:
                found[int(said[1])] = without_modules(said[2]) if said[2] else said[3]
        self.assertEqual(found, expected)

    def test_of_the_core_are_those_of_its_stub(self):
        with tempfile.NamedTemporaryFile("w") as allowed:  # what pybind11's and C's classes cannot say about themselves
            allowed.write("looprt\\._core\\.(Driver|Options|Trigger)\nlooprt\\._core\\.(LoaderState|Trigger)\\.__init__\n")
            allowed.flush()
            said = said_by("mypy.stubtest", "looprt._core", "--ignore-missing-stub", "--allowlist", allowed.name)
        self.assertIn("Success", said)


if __name__ == "__main__":
    unittest.main()
