"""Runs the programs of a test and sees whether their names tell the truth.

usage: prove.py FILE TEXT [HARMLESS]

When it runs, every function `*_bad` and `FN_*` of FILE prints TEXT (a regular
expression), and no `*_ok` or `FP_*` does, unless HARMLESS matches its name.
Coroutine functions run under asyncio.run. Each program has a process of its
own, so that threads, exit handlers and unraisable errors are seen too; one
that still runs after a minute, or after five seconds where that is what is to
be proved, is ended and counts as printing `hangs`.
"""
import inspect
import re
import runpy
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

RUN = """
import asyncio, inspect, runpy, sys
program = runpy.run_path(sys.argv[1], run_name="tested")[sys.argv[2]]
asyncio.run(program()) if inspect.iscoroutinefunction(program) else program()
"""


def output(path, name, patience):
    command = [sys.executable, "-W", "always", "-c", RUN, path, name]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=patience,
                              stderr=subprocess.STDOUT, text=True)
    except subprocess.TimeoutExpired:
        return "hangs"
    return done.stdout


def main(path, text, harmless="(?!)"):
    names = [name for name, value in
             runpy.run_path(path, run_name="tested").items()
             if inspect.isfunction(value)
             and re.search("_bad$|_ok$|^F[NP]_", name)
             and not re.search(harmless, name)]
    patience = 5 if re.search(text, "hangs") else 60
    with ThreadPoolExecutor(4) as pool:
        outputs = list(pool.map(lambda name: output(path, name, patience), names))

    wrong = 0
    for name, said in zip(names, outputs):
        fails = re.search(text, said) is not None
        if fails != (name.endswith("_bad") or name.startswith("FN_")):
            wrong += 1
            print(f"{name} {'fails' if fails else 'works'}:\n{said}")
    print(f"{len(names)} programs run, {wrong} not as named")
    return 1 if wrong or not names else 0


sys.exit(main(*sys.argv[1:]))
