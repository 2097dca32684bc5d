# RUN: not %looplint check --select=LOOP101 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "no current event loop in thread"
#
# Functions that are kept in a container and called by who takes them out.
import asyncio
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

HOOKS = []
COMMANDS = {}
CALLED_HERE = []


def hook(function):
    HOOKS.append(function)
    return function


def command(name):
    def register(function):
        COMMANDS[name] = function
        return function

    return register


@hook
def hooked():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def run_hooks():
    for function in HOOKS:
        function()


def list_of_hooks_bad():
    threading.Thread(target=run_hooks).start()


@command("load")
def loads():
    return asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


def table_of_commands_bad():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(COMMANDS["load"]).result()


def table_with_default_bad():
    threading.Thread(target=lambda: COMMANDS.get("load", print)()).start()


class Bus:
    def __init__(self):
        self.listeners = {}

    def on(self, event, listener):
        self.listeners.setdefault(event, []).append(listener)

    def emit(self, event):
        for listener in self.listeners.get(event, []):
            listener()


def listens():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def bus_bad():
    bus = Bus()
    bus.on("tick", listens)
    threading.Thread(target=bus.emit, args=("tick",)).start()


def queued():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def work(jobs):
    while True:
        job = jobs.get()
        if job is None:
            return
        job()


def queue_bad():
    jobs = queue.Queue()
    jobs.put(queued)
    jobs.put(None)
    threading.Thread(target=work, args=(jobs,)).start()


def called_here():
    asyncio.set_event_loop(asyncio.new_event_loop())
    asyncio.get_event_loop().close()


def other_list_ok():
    # Another list than the one that the worker goes through.
    CALLED_HERE.append(called_here)
    for function in CALLED_HERE:
        function()


if __name__ == "__main__":
    list_of_hooks_bad()
    table_of_commands_bad()
    table_with_default_bad()
    bus_bad()
    queue_bad()
    other_list_ok()
