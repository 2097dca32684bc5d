#!/usr/bin/env python3
"""Measures looplint against tree-sitter alone, and prints the figures beside the bars that we hold ourselves to.

usage: bench.py BIN [--runs N] [--growth MB,MB,...] [FOLDER...]

BIN holds the programs looplint and parse-only. FOLDER is a tree of Python sources; without one, the library of the Python
that runs this. Every figure is the median of N runs (5) on one thread, taken in turns so that a busy moment of the machine
hits all alike; a first run that is not counted brings the files into the page cache and their summaries into looplint's
own, a folder made for this. The first check of a tree is measured as well: it does without that cache. The exit status says
nothing about the figures: a time is no test.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time

MEGA = 1_000_000
# With the cache, as a user runs it: the run that is not counted fills it. A first run is measured apart.
AGAIN = ["check", "--jobs", "1", "--exit-zero", "--output-format", "concise"]
CHECK = [*AGAIN, "--no-cache"]
# Machine formats carry fixes, and each fix is proved by analysing the program again.
PROVE = [*(word if word != "concise" else "json" for word in CHECK)]


class Run:
    """One process: wall seconds, processor seconds, peak memory in bytes, and what it printed."""

    def __init__(self, command, cwd=None):
        with tempfile.TemporaryFile() as output:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            self.output = output.read()
        if process.returncode:
            sys.exit(f"bench: exit status {process.returncode}: {' '.join(map(str, command))}")
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * 1024


class Series:
    """Runs of one command, as medians."""

    def __init__(self, name, command):
        self.name, self.command, self.runs = name, command, []

    def run(self):
        self.runs.append(Run(self.command))

    def __getattr__(self, figure):
        return statistics.median(getattr(run, figure) for run in self.runs)


def in_turns(series, runs):
    for one in series:
        Run(one.command)
    for _ in range(runs):
        for one in series:
            one.run()


def verdict(value, bar):
    return "ok" if value <= bar else "OVER"


def compare(binaries, folder, runs):
    """looplint and tree-sitter over one folder. Returns (bytes, parse, first check, check, the same two without skipping) in
    seconds."""
    parse = Series("tree-sitter alone", [binaries / "parse-only", folder])
    first = Series("first check", [binaries / "looplint", *CHECK, folder])
    check = Series("next check", [binaries / "looplint", *AGAIN, folder])
    first_whole = Series("first, --no-skip", [binaries / "looplint", *CHECK, "--no-skip", folder])
    whole = Series("next, --no-skip", [binaries / "looplint", *AGAIN, "--no-skip", folder])
    prove = Series("first, with fixes", [binaries / "looplint", *PROVE, folder])
    checks = [first, check, first_whole, whole, prove]
    in_turns([parse, *checks], runs)

    yardsticks = [json.loads(run.output) for run in parse.runs]
    size, files = yardsticks[0]["bytes"], yardsticks[0]["files"]
    parsing, processor = (statistics.median(yardstick[key] for yardstick in yardsticks) for key in ("seconds", "processor"))
    summary = json.loads(prove.runs[0].output)["summary"]
    print(f"\n{folder}: {files} files, {size / MEGA:.1f} MB, {summary['parsed']} of them parsed, "
          f"{summary['functions']} functions, {summary['calls']} calls")
    print(f"  {'':18} {'seconds':>9} {'× parsing':>9} {'processor':>9} {'× parsing':>9} {'peak MB':>9} {'× source':>9}")
    rows = [(parse, parsing, processor), *((series, series.seconds, series.processor) for series in checks)]
    for series, seconds, busy in rows:
        print(f"  {series.name:18} {seconds:9.3f} {seconds / parsing:9.2f} {busy:9.3f} {busy / processor:9.2f} "
              f"{series.memory / MEGA:9.1f} {series.memory / size:9.1f}")
    memory = max(series.memory for series in (first, check, first_whole, whole))
    print(f"  memory bar 12 × source + 50 MB = {12 * size / MEGA + 50:.0f} MB: {verdict(memory, 12 * size + 50 * MEGA)}")
    return size, parsing, first.seconds, check.seconds, first_whole.seconds, whole.seconds


def start_up(binaries, runs):
    with tempfile.TemporaryDirectory() as folder:
        seconds = statistics.median(Run([binaries / "looplint", *CHECK, "."], folder).seconds for _ in range(4 * runs))
    print(f"\nstart-up on an empty folder: {seconds * 1000:.1f} ms (bar 10 ms): {verdict(seconds, 0.010)}")


def fill(target, sources, size):
    """Copies files, over and over, each round into a folder of its own, until there are `size` bytes."""
    written = number = 0
    while written < size:
        for base, source in sources:
            copy = target / f"copy{number}" / source.relative_to(base)
            copy.parent.mkdir(parents=True, exist_ok=True)
            contents = source.read_bytes()
            copy.write_bytes(contents)
            written += len(contents)
            if written >= size:
                break
        number += 1
    return written


def growth(binaries, folders, sizes, runs):
    sources = [(folder, path) for folder in folders for path in sorted(folder.rglob("*.py")) if path.is_file()]
    print(f"\n{'growth':10} {'files MB':>9} {'seconds':>9} {'s per MB':>9} {'peak MB':>9}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as target:
            written = fill(pathlib.Path(target), sources, size * MEGA)
            check = Series("", [binaries / "looplint", *CHECK, target])
            in_turns([check], runs)
        print(f"{'':10} {written / MEGA:9.1f} {check.seconds:9.3f} {check.seconds / written * MEGA:9.4f} "
              f"{check.memory / MEGA:9.1f}", flush=True)


def main():
    with tempfile.TemporaryDirectory() as cache:
        os.environ["LOOPLINT_CACHE_DIR"] = cache
        measure()


def measure():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries", type=lambda name: pathlib.Path(name).resolve())
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", default="1,3,10,30,100", help="sizes in MB; empty for none")
    parser.add_argument("folders", nargs="*", type=pathlib.Path, default=[pathlib.Path(sysconfig.get_path("stdlib"))])
    arguments = parser.parse_intermixed_args()
    folders = [folder.resolve() for folder in arguments.folders]

    totals = [sum(column) for column in zip(*(compare(arguments.binaries, folder, arguments.runs) for folder in folders))]
    size, parsing, *checks = totals
    print(f"\nall together, {size / MEGA:.1f} MB:")
    rows = zip(["first check", "next check", "first check --no-skip", "next check --no-skip"], checks, [1.35, 1.35, 2.0, 2.0])
    for name, seconds, bar in rows:
        print(f"  {name:22} {seconds / parsing:5.2f} × parsing (bar {bar:.2f}): {verdict(seconds / parsing, bar)}")
    start_up(arguments.binaries, arguments.runs)
    if arguments.growth:
        sizes = [float(size) for size in arguments.growth.split(",")]
        growth(arguments.binaries, folders, sizes, max(1, arguments.runs // 2))


if __name__ == "__main__":
    main()
