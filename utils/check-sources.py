#!/usr/bin/env python3
"""Checks what every file of the repository owes its readers.

usage: check-sources.py ROOT

No source file is longer than 400 lines (tables in .def files and data are exempt); a C++ file opens with a comment that
tells its idea; nothing names a folder of somebody's machine or a host that packages are downloaded from, since both differ
elsewhere. Prints one `path:line: message` for each defect; exit status 1 if there is one.
"""
import pathlib
import re
import sys

LONGEST = 400
CODE = {".cpp", ".h", ".py", ".cmake"}
TEXT = CODE | {".def", ".in", ".json", ".md", ".test", ".toml", ".txt", ".yaml", ""}
GENERATED = {".git", ".cache", "build", "node_modules", "__pycache__"}
FOLDER = re.compile(r"(?<![\w.$}/*-])/(?:home|root|work|Users)/\w|(?<![\w.$}/*-])/tmp/\w")
HOST = re.compile(r"https?://(?:[\w-]+\.)*(?:registry|deb|apt|mirrors?|snapshot|security|archive|files)\.[\w-]+\.\w+")


def files(root):
    waiting = [root]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.is_symlink() or path.name in GENERATED:
                continue
            if path.is_dir():
                waiting.append(path)
            elif path.suffix in TEXT:
                yield path


def check_file(path, is_test):
    try:
        lines = path.read_text().splitlines()
    except UnicodeDecodeError:
        return  # a test's input may be anything
    if path.suffix in CODE and not is_test and len(lines) > LONGEST:
        yield LONGEST + 1, f"the file has {len(lines)} lines, more than {LONGEST}"
    if path.suffix in {".cpp", ".h"} and not is_test and not (lines and lines[0].startswith("//")):
        yield 1, "the file does not open with a comment"
    for number, line in enumerate(lines, 1):
        if FOLDER.search(line):
            yield number, "this names a folder of one machine"
        if HOST.search(line):
            yield number, "this names a host of packages"


def main():
    root = pathlib.Path(sys.argv[1])
    defects = [(path.relative_to(root), *defect)
               for path in files(root) for defect in check_file(path, path.is_relative_to(root / "test"))]
    for path, number, message in sorted(defects):
        print(f"{path}:{number}: {message}")
    return 1 if defects else 0


if __name__ == "__main__":
    sys.exit(main())
