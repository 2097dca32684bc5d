# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP803 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: env PYTHONPATH=%S/Inputs/libraries %python old_answers.py | FileCheck %s --check-prefix=STALE
# STALE: [1, 1]
#
# A loader remembers for good: what changes later it never sees.

#--- handlers.py
import strawberry.dataloader
from aiodataloader import DataLoader
from aiohttp import web


async def load(keys):
    return list(keys)


# Kept for the life of the process.
users = DataLoader(load)
# CHECK: handlers.py:[[#@LINE-1]]:9: warning: `aiodataloader.DataLoader` makes a loader that is kept {{.*}} [LOOP803]
teams = strawberry.dataloader.DataLoader(load)
# CHECK: handlers.py:[[#@LINE-1]]:9: warning: {{.*}} [LOOP803]
uncached = DataLoader(load, cache=False)
cleared = DataLoader(load)


class Loaders:
    rooms = strawberry.dataloader.DataLoader(load)
    # CHECK: handlers.py:[[#@LINE-1]]:13: warning: {{.*}} [LOOP803]


_lazy = None


def FN_lazy():
    global _lazy
    if _lazy is None:
        _lazy = strawberry.dataloader.DataLoader(load)
        # CHECK: handlers.py:[[#@LINE-1]]:17: warning: {{.*}} [LOOP803]
    return _lazy


async def show(request):
    await users.load(1)
    await teams.load(1)
    await Loaders.rooms.load(1)
    await FN_lazy().load(1)
    await uncached.load(1)


async def FP_cleared(request):
    cleared.clear_all()
    await cleared.load(1)


registered = {}


def registered_loader(name):
    if name not in registered:
        registered[name] = DataLoader(load)
        # CHECK: handlers.py:[[#@LINE-1]]:28: warning: {{.*}} [LOOP803]
    return registered[name]


class Registry:
    def __init__(self):
        self.loaders = {}

    def loader(self, name):
        if name not in self.loaders:
            self.loaders[name] = DataLoader(load)
        return self.loaders[name]

    def reset(self):
        self.loaders = {}


registry = Registry()


async def registered_bad(request):
    await registered_loader("users").load(1)


async def FP_registry_is_emptied_first(request):
    registry.reset()
    await registry.loader("users").load(1)


async def own_ok(request):
    await DataLoader(load).load(1)


class Context:
    def __init__(self):
        self.users = DataLoader(load)


async def FP_of_a_context(request):
    await Context().users.load(1)


app = web.Application()
app.router.add_get("/", show)
app.router.add_get("/cleared", FP_cleared)
app.router.add_get("/registered", registered_bad)
app.router.add_get("/emptied", FP_registry_is_emptied_first)
app.router.add_get("/own", own_ok)
app.router.add_get("/context", FP_of_a_context)

#--- old_answers.py
# One loop, so nothing fails: the second request is answered with old data.
import asyncio

from aiodataloader import DataLoader

ROWS = {"a": 1}


async def load(keys):
    return [ROWS[key] for key in keys]


async def main():
    rows = DataLoader(load)
    before = await rows.load("a")
    ROWS["a"] = 2
    print([before, await rows.load("a")])


asyncio.run(main())
