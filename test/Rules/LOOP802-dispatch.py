# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP601,LOOP802 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A wrapper that calls the one form or the other, as it finds a loop or not.

#--- client.py
import asyncio
import functools
import inspect
import time

import dispatches


def in_async_context(settings={}):
    return settings.get("asynchronous", True)


def dispatches_to(async_form):
    def decorate(sync_form):
        @functools.wraps(sync_form)
        def wrapper(*args, **kwargs):
            is_sync = not in_async_context()
            chosen = sync_form if is_sync else async_form
            return chosen(*args, **kwargs)

        return wrapper

    return decorate


class Client:
    async def asave(self):
        await asyncio.sleep(1)

    @dispatches_to(asave)
    def save(self):
        time.sleep(1)

    async def aload(self):
        await asyncio.sleep(1)

    def load(self):
        time.sleep(1)
        # CHECK: client.py:[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]


async def FP_dispatches(client: Client):
    saved = client.save()
    await saved


class Deployment:
    async def aapply(self):
        await asyncio.sleep(1)

    @dispatches.between(aapply)
    def apply(self):
        self.send()

    async def asend(self):
        await asyncio.sleep(1)

    def send(self):
        time.sleep(1)


async def FP_awaited_later(deployment: Deployment):
    # Whatever the decorator does, what it gives is awaited.
    applied = deployment.apply()
    assert applied
    await applied


async def awaited_if_need_be_bad(client: Client):
    loaded = client.load()
    # CHECK: client.py:[[#@LINE-1]]:14: warning: `load` stops {{.*}} [LOOP802]
    if inspect.isawaitable(loaded):
        await loaded


class Runner:
    def __init__(self, is_async):
        self.is_async = is_async

    async def arun(self):
        await asyncio.sleep(1)

    def _run(self):
        time.sleep(1)

    def run(self):
        if self.is_async:
            return self.arun()
        return self._run()


async def FP_dispatches_itself(runner: Runner):
    running = runner.run()
    await running


class Planner:
    async def aplan(self):
        await self.aask()

    def plan(self):
        # Below a call that is to be replaced there is nothing to report.
        self.ask()

    async def aask(self):
        await asyncio.sleep(1)

    def ask(self):
        time.sleep(1)
        # CHECK: client.py:[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]


def prepare(planner: Planner):
    planner.plan()
    # CHECK: client.py:[[#@LINE-1]]:5: warning: `plan` {{.*}} [LOOP802]


async def outermost_bad(planner: Planner):
    prepare(planner)


async def not_dispatched_bad(client: Client):
    client.load()
    # CHECK: client.py:[[#@LINE-1]]:5: warning: `load` stops {{.*}} [LOOP802]


def chosen_handler(fast):
    handler = time.sleep if fast else pause
    handler(1)
    # CHECK: client.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


def pause(seconds):
    time.sleep(seconds)
    # CHECK: client.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


async def either_way_bad(fast):
    chosen_handler(fast)


#--- files.py
# A file is read within microseconds, unless `--blocking-tier file` says that
# it is not.
class Store:
    def read(self):
        with open("store") as file:
            return file.read()

    async def aread(self):
        return self.read()


async def FP_file(store: Store):
    return store.read()


#--- notebook.ipynb
{"cells": [
 {"cell_type": "code", "source": ["import nest_asyncio\n", "nest_asyncio.apply()"]},
 {"cell_type": "code", "source": ["from client2 import Api\n", "Api().get()"]}
], "metadata": {"kernelspec": {"name": "python3", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}

#--- client2.py
import asyncio


class Api:
    async def aget(self):
        await asyncio.sleep(0)

    def get(self):
        asyncio.get_event_loop().run_until_complete(self.aget())
