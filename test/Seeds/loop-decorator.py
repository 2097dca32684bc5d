# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: cd %t/wrong && not %looplint check --select=LOOP201 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: cd %t/right && %looplint check --select=LOOP201 .
# RUN: %if flask %{ not %python %t/wrong/views.py 2>&1 | FileCheck %s --check-prefix=FAILS %}
# RUN: %if flask %{ %python %t/right/views.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# FAILS: RuntimeError: Cannot run the event loop while another loop is running
# WORKS: ['12', '12']
#
# A decorator that makes a loop by hand turns a coroutine function into a plain
# one. That suits a plain view; under an async view a loop runs already.

#--- wrong/loops.py
import asyncio
import functools


def on_new_loop(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            return loop.run_until_complete(function(*args, **kwargs))
            # CHECK: loops.py:[[#@LINE-1]]:20: error: {{.*}} [LOOP201]
        finally:
            loop.close()

    return wrapper

#--- wrong/prices.py
import asyncio

from loops import on_new_loop


@on_new_loop
async def load(symbol):
    await asyncio.sleep(0)
    return 12

#--- wrong/views.py
from flask import Flask

import prices

app = Flask(__name__)
app.testing = True


@app.get("/price/<symbol>")
async def show(symbol):
    return str(prices.load(symbol))
    # CHECK: views.py:[[#@LINE-1]]:16: note:


if __name__ == "__main__":
    print(app.test_client().get("/price/tea").text)

#--- right/loops.py
import asyncio
import functools


def on_new_loop(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            return loop.run_until_complete(function(*args, **kwargs))
        finally:
            loop.close()

    return wrapper

#--- right/prices.py
import asyncio


async def load(symbol):
    await asyncio.sleep(0)
    return 12

#--- right/views.py
from flask import Flask

import prices
from loops import on_new_loop

app = Flask(__name__)
app.testing = True


@app.get("/price/<symbol>")
async def show(symbol):
    return str(await prices.load(symbol))


@app.get("/again/<symbol>")
@on_new_loop
async def again(symbol):
    # Decorated, this is a plain view for Flask.
    return str(await prices.load(symbol))


if __name__ == "__main__":
    client = app.test_client()
    print([client.get(path).text for path in ["/price/tea", "/again/tea"]])
