#!/usr/bin/env python3
"""Runs lit over a build folder and closes with one line that counts: `N passed, N failed, N skipped`.

usage: run-tests.py BUILD [PATH...]

PATH is a folder or file under test/; without one, everything runs. An expected failure (XFAIL) counts as passed, a test
that this machine cannot run (UNSUPPORTED) as skipped, everything else as failed. Exit status: 0, or 1 where a test failed
or none ran.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys

LIT = "/usr/lib/llvm-22/bin/lit"
PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}


def test_paths(build, given):
    """lit finds a suite by its site configuration, which is in the build folder."""
    tests = pathlib.Path(__file__).resolve().parent.parent / "test"
    if not given:
        return [build / "test", build / "test" / "unit"]
    return [build / "test" / pathlib.Path(path).resolve().relative_to(tests) for path in given]


def main():
    build, given = pathlib.Path(sys.argv[1]), sys.argv[2:]
    results = build / "test" / "results.json"
    results.unlink(missing_ok=True)
    plain = os.environ.get("CI") or not sys.stdout.isatty()
    command = [sys.executable, LIT, "-sv", "--order=smart", "-o", results,
               *(["--no-progress-bar"] if plain else []), *test_paths(build, given)]
    status = subprocess.run(command).returncode
    if not results.exists():
        return status or 1

    codes = collections.Counter(test["code"] for test in json.loads(results.read_text())["tests"])
    passed = sum(codes[code] for code in PASSED)
    skipped = sum(codes[code] for code in SKIPPED)
    failed = codes.total() - passed - skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or not passed else status


if __name__ == "__main__":
    sys.exit(main())
