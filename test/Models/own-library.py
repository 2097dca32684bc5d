# A user's model is as good as a built-in one: here a runner, a pool that calls what it is given on a thread, and a hook.
# RUN: rm -rf %t && split-file %s %t
# RUN: not %looplint check --config %t/looplint.toml --output-format=concise %t/use.py \
# RUN:   | FileCheck %t/use.py --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check --config %t/none.toml --output-format=concise %t/use.py | count 0

#--- none.toml
#--- looplint.toml
models = ["ourlib.toml"]
#--- ourlib.toml
[library]
name = "ourlib"
language = "python"

[functions."ourlib.run"]
parameters = ["main"]
run_loop = { loop = "fresh", drives = "main" }

[types."ourlib.Pool".methods]
submit = { parameters = ["job", "*args"], invokes = { callable = "job", arguments = "args", on = "worker", timing = "later" } }

[types."ourlib.Plugin".entries]
"on_*" = { on = "worker" }

[[entries]]
imports = "ourlib"
function = "*Step.run"
on = "worker"

[[entries]]
imports = "ourlib"
function = "*.step"
on = "worker"
#--- use.py
import asyncio
import ourlib

async def fetch(): ...

async def nested():
    ourlib.run(fetch())
    # CHECK: use.py:[[#@LINE-1]]:5: error: {{.*}}[LOOP201]

def job():
    asyncio.get_event_loop()
    # CHECK: use.py:[[#@LINE-1]]:5: error: {{.*}}[LOOP101]

ourlib.Pool().submit(job)

class Ours(ourlib.Plugin):
    def on_message(self):
        asyncio.get_event_loop()
        # CHECK: use.py:[[#@LINE-1]]:9: error: {{.*}}[LOOP101]

    def off_message(self):
        asyncio.get_event_loop()

class LastStep:
    def run(self):
        asyncio.get_event_loop()
        # CHECK: use.py:[[#@LINE-1]]:9: error: {{.*}}[LOOP101]

    def stop(self):
        asyncio.get_event_loop()

class Walk:
    def run(self):
        asyncio.get_event_loop()

def make():
    def step():
        asyncio.get_event_loop()
        # CHECK: use.py:[[#@LINE-1]]:9: error: {{.*}}[LOOP101]
    return step

def step():
    pass

asyncio.run(nested())
