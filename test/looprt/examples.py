# RUN: %python %s %source %build
"""Every public header of looprt has an example, which is compiled, and prints what its last lines say."""
import pathlib
import re
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
