#!/usr/bin/env python3
"""Checks that the example of README.md is true: its first python block, linted, prints its first text block.

usage: check-readme.py ROOT BINARY

The file's name is read off the output. Prints the difference; exit status 1 if there is one.
"""
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile


def block(text, language):
    return re.search(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL).group(1)


def main():
    root, binary = pathlib.Path(sys.argv[1]), sys.argv[2]
    readme = (root / "README.md").read_text()
    program, claimed = block(readme, "python"), block(readme, "text")
    name = claimed.partition(":")[0]
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / name).write_text(program)
        run = subprocess.run([binary, "check", "--no-cache", name], cwd=folder, capture_output=True, text=True)
    difference = list(difflib.unified_diff(claimed.splitlines(), run.stdout.splitlines(), "README.md", "printed", lineterm=""))
    print("\n".join([*difference, run.stderr]) if difference else "", end="")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main())
