# RUN: %python %s %source %build
"""Every public header of looprt has an example, which is compiled, and prints what its last lines say."""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

source, build = pathlib.Path(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))


class Examples(unittest.TestCase):
    def test_every_header_has_one(self):
        headers = {path.stem for path in (source / "include/looprt").glob("*.h")}
        examples = {path.stem for path in (source / "examples/looprt").glob("*.cpp")}
        # What is included by the header that it belongs to needs none.
        self.assertEqual({name for name in headers if not name.endswith("_impl")}, examples)

    def test_the_page_shows_what_is_compiled(self):
        programs = "\n".join(path.read_text() for path in (source / "examples/looprt").glob("*.cpp"))
        page = (source / "docs/looprt/cpp.md").read_text()
        blocks = re.findall(r"^```cpp\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        self.assertTrue(blocks)
        for block in blocks:
            self.assertIn(block, programs)
        for name in re.findall(r"`(\w+)\.h`", page):
            self.assertTrue((source / f"include/looprt/{name}.h").exists(), name)

    def test_a_job_that_is_none_does_not_compile(self):
        commands = json.loads((build / "compile_commands.json").read_text())
        [command] = [each for each in commands if each["file"].endswith("examples/looprt/scheduler.cpp")]
        words = shlex.split(command["command"])
        words = words[:words.index("-o")]
        program = (source / "examples/looprt/scheduler.cpp").read_text()
        right = 'configure_task("greet", greet);'
        self.assertIn(right, program)
        wrong = {
            'configure_task("greet", [](looprt::job_context job) { looprt::run(greet(job)); });': "LOOP301",
            'configure_task("greet", greet({}));': "LOOP302",
            right: None,
        }
        for written, code in wrong.items():
            with self.subTest(written):
                said = subprocess.run([*words, "-fsyntax-only", "-x", "c++", "-"], input=program.replace(right, written),
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=build)
                self.assertEqual(said.returncode == 0, code is None, said.stdout)
                if code:
                    self.assertRegex(said.stdout, rf"a job is a coroutine function.*\[{code}\]")

    def test_each_prints_what_it_says(self):
        for path in sorted((source / "examples/looprt").glob("*.cpp")):
            with self.subTest(path.stem):
                lines = path.read_text().splitlines()
                self.assertIn(f'#include "looprt/{path.stem}.h"', lines)
                expected = [line[len("// prints: "):] for line in lines if line.startswith("// prints: ")]
                self.assertTrue(expected)
                run = subprocess.run([build / "examples/looprt" / path.stem], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     text=True, timeout=60)
                self.assertEqual((run.stdout.splitlines(), run.returncode), (expected, 0))


if __name__ == "__main__":
    unittest.main()
