# RUN: not %looplint check --confidence=possible --select=LOOP101,LOOP201,LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefixes=DEFINITE,LIKELY,POSSIBLE
# RUN: not %looplint check --select=LOOP101,LOOP201,LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefixes=DEFINITE,LIKELY
# RUN: not %looplint check --confidence=definite --select=LOOP101,LOOP201,LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefixes=DEFINITE
#
# Each line of docs/confidence.md: what makes a finding definite, likely or possible, and what
# is no finding at all.
import asyncio
import sys
import threading
import time

legacy = len(sys.argv) > 1


# --- definite: every step has one possible target ------------------------------
def refresh():
    asyncio.get_event_loop()
    # DEFINITE: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]{{$}}


def start(job):
    threading.Thread(target=job).start()


# --- likely: some step chooses among several -----------------------------------
def handed_on_perhaps():
    asyncio.get_event_loop()
    # LIKELY: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101] (likely)


def given_perhaps():
    asyncio.get_event_loop()
    # LIKELY: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101] (likely)


def called_perhaps():
    asyncio.get_event_loop()
    # LIKELY: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101] (likely)


def noop(): ...


def call_one():
    chosen = called_perhaps if legacy else noop
    chosen()


class Slow:
    def fetch(self):
        time.sleep(1)
        # LIKELY: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601] (likely)


class Fast:
    def fetch(self): ...


async def a_method_of_one_of_several_classes():
    source = Slow() if legacy else Fast()
    source.fetch()


# --- possible: a state that is not known decides -------------------------------
class Client:
    def __init__(self, asynchronous):
        self.asynchronous = asynchronous

    async def fetch(self): ...

    def get(self):
        if self.asynchronous:
            return self.fetch()
        return asyncio.run(self.fetch())
        # POSSIBLE: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201] (possible)


async def use(client: Client):
    client.get()


# --- possible: it finds out in its own way whether a loop runs ------------------
def in_async_context():
    return bool(sys._getframe(2).f_code.co_flags & 128)


def fetch_now():
    time.sleep(1)
    # POSSIBLE: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601] (possible)


async def fetch_later(): ...


def fetch():
    return fetch_later() if in_async_context() else fetch_now()


async def dispatches():
    await fetch()


# --- nothing: what is not known at all is no step --------------------------------
def kick(anything):
    anything.refresh()


class Unknown:
    def refresh(self):
        asyncio.get_event_loop()


threading.Thread(target=kick).start()
start(refresh)
handler = handed_on_perhaps if legacy else noop
start(handler)
threading.Thread(target=given_perhaps if legacy else noop).start()
threading.Thread(target=call_one).start()
asyncio.run(use(Client(legacy)))
