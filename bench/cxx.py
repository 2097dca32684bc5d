#!/usr/bin/env python3
"""Measures looplint's C++ beside the compiler and clang-tidy, over the same translation units.

usage: cxx.py BIN BUILD_DIR [--root DIR]... [--units N] [--runs N]

BIN holds looplint and looplint-cxx; BUILD_DIR holds a compile_commands.json, of which N units (30) are taken, evenly spread.
They are read one after another by one looplint-cxx, as looplint feeds it, then by one clang++-22 -fsyntax-only each, then by
one clang-tidy-22 each, with its checks of coroutines and concurrency; in turns, so that a busy moment of the machine hits
all alike. A run that is not counted comes first. The project is what lies below the roots, by default what the units' files have in
common. Phase 2, from summaries to findings, is measured alone: looplint gets the answers of the first run from a program that
only repeats them, and whose own time is taken off. The exit status says nothing about the figures: a time is no test.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from bench import MEGA, verdict

CHECKS = "-*,concurrency-*,*coroutine*"
# Started by the interpreter itself, as a wrapper's processes would count as well. What no unit answers, a header alone, is asked of
# looplint-cxx once; that is in the run that is not counted.
REPEATER = """#!{python} -S
import pathlib, sys
sys.path.insert(0, {bench!r})
from cxx import repeat
repeat({worker!r}, pathlib.Path({folder!r}))
"""


class Command:
    """One entry of a compile_commands.json."""

    def __init__(self, entry):
        self.directory = entry["directory"]
        self.file = os.path.realpath(os.path.join(self.directory, entry["file"]))
        self.words = entry.get("arguments") or shlex.split(entry["command"])
        self.entry = {"directory": self.directory, "file": self.file, "arguments": self.words}

    def syntax_only(self):
        words = self.words[1:]
        if "-o" in words:
            at = words.index("-o")
            del words[at:at + 2]
        compiler = "clang-22" if self.file.endswith(".c") else "clang++-22"
        return [compiler, "-fsyntax-only", "-w", *(word for word in words if word != "-c")]


class Measured:
    """Wall and processor seconds of a run, and the largest peak memory of its processes in bytes."""

    def __init__(self):
        self.seconds, self.processor, self.memory = 0.0, 0.0, 0

    def end_of(self, process, start):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds += time.perf_counter() - start
        self.processor += usage.ru_utime + usage.ru_stime
        self.memory = max(self.memory, usage.ru_maxrss * 1024)


def send(other, message):
    other.sendall(len(message).to_bytes(8, sys.byteorder) + message)


def receive(other):
    """A message's bytes; none where the other side has gone."""
    def exactly(count):
        parts = []
        while count and (part := other.recv(min(count, 1 << 20))):
            parts.append(part)
            count -= len(part)
        return b"" if count else b"".join(parts)
    size = exactly(8)
    return exactly(int.from_bytes(size, sys.byteorder)) if size else b""


def start_worker(worker):
    """A looplint-cxx, and the socket that it listens to."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen([worker, "--worker"], stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL)
    theirs.close()
    return process, ours


def answer_file(folder, file):
    return folder / ("answer-" + hashlib.sha256(file.encode()).hexdigest())


def repeat(worker, folder):
    """Is a looplint-cxx that has answered before. Writes down what processor time that takes."""
    looplint = socket.socket(fileno=0)
    while request := receive(looplint):
        known = answer_file(folder, json.loads(request)["file"])
        if not known.exists():
            process, other = start_worker(worker)
            send(other, request)
            known.write_bytes(receive(other))
            other.close()
            process.wait()
        send(looplint, known.read_bytes())
        (folder / f"usage-{os.getpid()}").write_text(str(sum(os.times()[:4])))


def lower(worker, commands, roots, folder):
    """All units by one looplint-cxx. What it answers is kept in the folder."""
    measured = Measured()
    start = time.perf_counter()
    process, ours = start_worker(worker)
    for command in commands:
        request = {"directory": command.directory, "file": command.file, "command": command.words, "projectRoots": roots,
                   "defines": [], "contents": None}
        send(ours, json.dumps(request).encode())
        answer = receive(ours)
        if not answer:
            sys.exit(f"cxx: looplint-cxx ended at {command.file}")
        answer_file(folder, command.file).write_bytes(answer)
    ours.close()
    measured.end_of(process, start)
    return measured


def one_by_one(lines):
    """Runs each (command line, folder)."""
    measured = Measured()
    for line, folder in lines:
        start = time.perf_counter()
        process = subprocess.Popen(line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        measured.end_of(process, start)
    return measured


def phase_2(folder, binaries, roots):
    """looplint with all summaries at hand, without what repeats them. Returns what was measured, and how many summaries there are."""
    copy = folder / "looplint"
    if not copy.exists():
        shutil.copy(binaries / "looplint", copy)
        repeater = folder / "looplint-cxx"
        repeater.write_text(REPEATER.format(python=os.path.realpath(sys.executable), bench=str(pathlib.Path(__file__).resolve().parent),
                                            worker=str(binaries / "looplint-cxx"), folder=str(folder)))
        repeater.chmod(0o755)
    for usage in folder.glob("usage-*"):
        usage.unlink()
    report = folder / "report.json"
    line = [copy, "check", "--exit-zero", "--no-cache", "--jobs", "1", "--output-format", "json", "--output-file", report,
            "-p", folder, *roots]
    measured = one_by_one([(line, folder)])
    measured.processor -= sum(float(usage.read_text()) for usage in folder.glob("usage-*"))
    return measured, json.loads(report.read_text())["summary"]["parsed"]


def measure(arguments, folder):
    entries = json.loads((arguments.build / "compile_commands.json").read_text())
    step = max(1.0, len(entries) / arguments.units)
    commands = [Command(entries[int(i * step)]) for i in range(min(arguments.units, len(entries)))]
    (folder / "compile_commands.json").write_text(json.dumps([command.entry for command in commands]))
    roots = arguments.root or [os.path.commonpath([os.path.dirname(command.file) for command in commands])]
    roots = [os.path.realpath(root) for root in roots]

    worker = arguments.binaries / "looplint-cxx"
    programs = {"looplint-cxx": lambda: lower(worker, commands, roots, folder),
                "clang++ -fsyntax-only": lambda: one_by_one((each.syntax_only(), each.directory) for each in commands)}
    if shutil.which("clang-tidy-22"):
        tidy = ["clang-tidy-22", f"--checks={CHECKS}", "--quiet", "-p", folder]
        programs["clang-tidy"] = lambda: one_by_one(([*tidy, each.file], each.directory) for each in commands)
    runs = {name: [] for name in programs}
    for number in range(arguments.runs + 1):
        for name, program in programs.items():
            measured = program()
            if number:
                runs[name].append(measured)
    solved = [phase_2(folder, arguments.binaries, roots) for _ in range(arguments.runs + 1)][1:]
    report(runs, solved, len(commands), roots)


def report(runs, solved, units, roots):
    def median(list_of_runs, figure):
        return statistics.median(getattr(run, figure) for run in list_of_runs)

    ours = runs["looplint-cxx"]
    print(f"\n{units} units below {' '.join(roots)}, median of {len(ours)} runs")
    bars = {"looplint-cxx": None, "clang++ -fsyntax-only": (0.75, 1.2), "clang-tidy": (0.6, None)}
    for name, measured in runs.items():
        line = f"  {name:22} {median(measured, 'seconds'):8.2f} s {median(measured, 'memory') / MEGA:8.0f} MB"
        if bars[name]:
            share = statistics.median(own.seconds / other.seconds for own, other in zip(ours, measured))
            line += f"   looplint-cxx takes {share:.2f} × its time (bar {bars[name][0]}): {verdict(share, bars[name][0])}"
            line += f", {median(ours, 'processor') / median(measured, 'processor'):.2f} × its processor time"
        if bars[name] and bars[name][1]:
            share = median(ours, "memory") / median(measured, "memory")
            line += f", {share:.2f} × its memory (bar {bars[name][1]}): {verdict(share, bars[name][1])}"
        print(line)
    seconds = median([measured for measured, _ in solved], "processor")
    summaries = solved[0][1]
    each = seconds / summaries * 1000
    print(f"  phase 2, {summaries} summaries: {seconds:.2f} s of processor time, {each:.2f} s for 1,000 (bar 1): {verdict(each, 1)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries", type=lambda name: pathlib.Path(name).resolve())
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--root", action="append")
    parser.add_argument("--units", type=int, default=30)
    parser.add_argument("--runs", type=int, default=3)
    with tempfile.TemporaryDirectory() as folder:
        measure(parser.parse_args(), pathlib.Path(folder))


if __name__ == "__main__":
    main()
