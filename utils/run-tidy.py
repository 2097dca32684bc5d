#!/usr/bin/env python3
"""Runs clang-tidy over the sources of a build, two at a time, and says how many are clean.

usage: run-tidy.py BUILD [FILE...]

Without FILE, everything in the compilation database that is ours. Exit status 1 if a file is not clean.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OURS = ("lib", "tools", "bench")


def ours(build):
    database = json.loads((build / "compile_commands.json").read_text())
    files = {pathlib.Path(entry["file"]).resolve() for entry in database}
    return sorted(file for file in files if any(file.is_relative_to(ROOT / folder) for folder in OURS))


def tidy(build, file):
    command = ["clang-tidy-22", "--quiet", "-p", build, file]
    run = subprocess.run(command, capture_output=True, text=True)
    return run.stdout if run.returncode else ""


def unseen(said, seen):
    """What clang-tidy said without the defects that another file's run said: a header's, which are everybody's."""
    defects = re.split(r"^(?=\S+:\d+:\d+: (?:error|warning):)", said, flags=re.MULTILINE)
    fresh = [defect for defect in defects if defect.partition("\n")[0] not in seen]
    seen.update(defect.partition("\n")[0] for defect in fresh)
    return "".join(fresh)


def main():
    build = pathlib.Path(sys.argv[1])
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]] or ours(build)
    dirty, seen = 0, set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(lambda file: tidy(build, file), files):
            dirty += bool(said)
            print(unseen(said, seen), end="", flush=True)
    print(f"{len(files) - dirty} of {len(files)} files are clean")
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
