# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: cd %t/wrong && not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: cd %t/right && %looplint check .
# RUN: cd %t/wrong && not %python %t/run.py 2>&1 | FileCheck %s --check-prefix=FAILS
# RUN: cd %t/right && %python %t/run.py 2>&1 | FileCheck %s --check-prefix=WORKS
# FAILS: RuntimeError: There is no current event loop in thread 'ScriptRunner.scriptThread'
# WORKS: write 4.5
#
# Streamlit runs a page on a thread of its own, and the page's imports with it;
# a library that looks the loop up while it is imported fails there, although
# the same import works in a script. Streamlit is not in Debian, so run.py
# stands in for it.

#--- wrong/app.py
import streamlit as st

import quotes

st.write(quotes.price("TEA"))

#--- wrong/quotes/__init__.py
from .session import Session

_session = Session()


def price(symbol):
    return _session.price(symbol)

#--- wrong/quotes/session.py
import asyncio


class Session:
    def __init__(self):
        self._loop = asyncio.get_event_loop()
        # CHECK: session.py:[[#@LINE-1]]:22: {{warning|error}}: {{.*}} [LOOP10{{[13]}}]

    async def price_async(self, symbol):
        await asyncio.sleep(0)
        return len(symbol) * 1.5

    def price(self, symbol):
        return self._loop.run_until_complete(self.price_async(symbol))

#--- right/app.py
import streamlit as st

import quotes

st.write(quotes.price("TEA"))

#--- right/quotes/__init__.py
from .session import Session

_session = Session()


def price(symbol):
    return _session.price(symbol)

#--- right/quotes/session.py
import asyncio


class Session:
    async def price_async(self, symbol):
        await asyncio.sleep(0)
        return len(symbol) * 1.5

    def price(self, symbol):
        return asyncio.run(self.price_async(symbol))

#--- run.py
import os
import runpy
import sys
import threading
import traceback
import types

streamlit = types.ModuleType("streamlit")
streamlit.write = lambda value: print("write", value)
sys.modules["streamlit"] = streamlit
sys.path.insert(0, os.getcwd())
failures = []


def page():
    try:
        runpy.run_path("app.py", run_name="__main__")
    except RuntimeError:
        failures.append(traceback.format_exc())


thread = threading.Thread(target=page, name="ScriptRunner.scriptThread")
thread.start()
thread.join()
sys.exit(failures[0] if failures else 0)
