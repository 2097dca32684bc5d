# RUN: %looprt-python %s %source
"""Runs every block of Python on the guide's pages, and compares what it prints with the block of text below it."""
import pathlib
import re
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

pages = pathlib.Path(sys.argv.pop(1)) / "docs/looprt"
BLOCK = re.compile(r"^```python(?: before=(\w+))?\n(.*?)^```\n(?:```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)


def run(program):
    return subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=120)


class Pages(unittest.TestCase):
    def test_blocks(self):
        for name, least in ("guide.md", 5), ("coming-from-apscheduler.md", 4), ("coming-from-aiodataloader.md", 3):
            blocks = BLOCK.findall((pages / name).read_text())
            self.assertGreaterEqual(len(blocks), least, name)
            for library, program, _ in blocks:
                compile(program, name, "exec")
            runnable = [block for block in blocks if not block[0] or find_spec(block[0])]
            with ThreadPoolExecutor(2) as pool:
                runs = list(pool.map(run, [program for _, program, _ in runnable]))
            for (library, program, expected), process in zip(runnable, runs):
                with self.subTest(f"{name}: {program}"):
                    self.assertEqual(process.returncode, 0, process.stdout)
                    if not library:
                        self.assertEqual(process.stdout, expected)

    def test_pages_name_what_there_is(self):
        import looprt
        for page in pages.glob("*.md"):
            text = page.read_text()
            for name in re.findall(r"looprt\.(\w+)", text):
                self.assertTrue(hasattr(looprt, name) or find_spec(f"looprt.{name}"), f"{page.name}: looprt.{name}")


if __name__ == "__main__":
    unittest.main()
