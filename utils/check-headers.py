#!/usr/bin/env python3
"""Checks that every header of include/ compiles alone, so that no file depends on what another includes before it.

usage: check-headers.py ROOT BUILD

Flags are taken from the compilation database in BUILD. Exit status 1 if a header does not compile.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def flags(build, product):
    """How a source of looplint or looprt is compiled, without its name and its output."""
    database = json.loads((build / "compile_commands.json").read_text())
    command = next(entry["command"] for entry in database if f"/lib/{product}/" in entry["file"])
    words = [word for word in shlex.split(command) if not word.endswith("ccache")]
    return words[:words.index("-o")]


def main():
    root, build = (pathlib.Path(argument) for argument in sys.argv[1:3])
    include = root / "include"
    commands = {product: flags(build, product) for product in ("looplint", "looprt")}

    def compile_alone(header):
        command = commands.get(header.relative_to(include).parts[0], commands["looplint"])
        return subprocess.run([*command, "-fsyntax-only", "-x", "c++-header", header], capture_output=True, text=True)

    headers = sorted(include.rglob("*.h"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failures = [run.stderr for run in pool.map(compile_alone, headers) if run.returncode]
    print("\n".join(failures), end="")
    return 1 if failures or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
