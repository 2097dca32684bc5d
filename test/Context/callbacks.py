# RUN: rm -rf %t && split-file %s %t
# RUN: not %looplint check --ignore=LOOP401,LOOP403 --config %t/looplint.toml %t/bot.py | FileCheck %t/bot.py --implicit-check-not='{{error|warning}}:'
#
# What a library gives to callbacks, and on which object it calls the methods
# that a decorator has handed to it.

#--- looplint.toml
models = ["kit.toml"]
#--- kit.toml
[library]
name = "kit"
language = "python"

[functions."kit.command"]
parameters = ["func"]
invokes = { callable = "func", on = "loop", accepts = "coroutine-function", timing = "later", gives = ["any", "kit.Context"] }
returns = { parameter = "func" }

[types."kit.Base"]

[types."kit.Context"]
bases = ["kit.Base"]

[types."kit.Context".methods]
run = { run_loop = { loop = "fresh" } }
go = {}

[types."kit.Store".methods]
__getattr__ = { returns = "kit.Context" }
__getitem__ = { returns = "kit.Context" }
flush = { coroutine = { needs = "running" } }

[types."kit.Client".entries]
"on_*" = { on = "loop", accepts = "coroutine-function", gives = ["kit.Context"] }

[functions."kit.later"]
parameters = ["func"]
invokes = { callable = "func", on = "loop", sync_on = "worker", accepts = "both", timing = "later" }

[functions."kit.choose"]
parameters = ["func"]
invokes = [
    { callable = "func", on = "loop", accepts = "coroutine-function", timing = "later", gives = ["kit.Context"], if = "func coroutine-function" },
    { callable = "func", on = "loop", accepts = "both", timing = "later", if = "func plain-function" },
]

[functions."kit.quick"]
parameters = ["func"]
invokes = { callable = "func", on = "loop", accepts = "sync", timing = "later", pins = true }
returns = { same_as = "func" }

[functions."kit.open"]
returns = { tuple = ["kit.Base", "kit.Context"] }

[functions."kit.lock"]
parameters = ["blocking"]
run_loop = [
    { loop = "fresh", if = "blocking true" },
    { loop = "fresh", if = "blocking absent" },
]
#--- bot.py
import asyncio
import kit


async def fetch(): ...


@kit.command
async def plain(message, context):
    context.go()
    context.run()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


class Other:
    def run(self): ...


@kit.command
async def declared_ok(message, context: Other):
    context.run()


@kit.command
async def declared_base(message, context: kit.Base):
    context.run()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


class Cog:
    def helper_bad(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    @kit.command
    async def command(self, message, context):
        self.helper_bad()

    @kit.command
    async def other_command(self, message, context):
        context.run()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


class Client(kit.Client):
    async def on_ready(self, context):
        context.run()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    async def on_number(self, context):
        kit.lock(0)
        kit.lock(False)

    async def on_numbers(self, context):
        kit.lock(1)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


def on_worker_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@kit.quick
def on_loop_ok():
    asyncio.get_event_loop()


def by_kind(context):
    context.run()


async def by_kind_bad(context):
    context.run()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


store = kit.Store()


async def by_name_bad():
    store.users.run()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def by_key_bad():
    store["users"].run()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def flushed_bad():
    asyncio.get_running_loop().call_soon(store.flush())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


def flushed_ok():
    asyncio.new_event_loop().call_soon(store.flush())


async def unpacked_bad():
    base, context = kit.open()
    context.run()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def generator_bad():
    yield
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


kit.later(generator_bad)
kit.choose(by_kind)
kit.choose(by_kind_bad)
kit.later(on_worker_bad)
kit.later(on_loop_ok)
kit.lock(2)
