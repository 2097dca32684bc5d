# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check --select=LOOP201 %t/wrong.py \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check --select=LOOP201 %t/right.py
# RUN: %if tornado %{ not %python %t/wrong.py 2>&1 | FileCheck %s --check-prefix=FAILS %}
# RUN: %if tornado %{ %python %t/right.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# FAILS: RuntimeError: Cannot run the event loop while another loop is running
# WORKS: answer 12
#
# Tornado calls plain handlers on its loop, where the decorator's loop cannot
# run: the same decorator that suits a plain Flask view is wrong here.

#--- wrong.py
import asyncio
import functools

from tornado.httpclient import AsyncHTTPClient
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler


def on_new_loop(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(function(*args, **kwargs))
            # CHECK: wrong.py:[[#@LINE-1]]:20: error: {{.*}} [LOOP201]
        finally:
            loop.close()

    return wrapper


class Price(RequestHandler):
    @on_new_loop
    async def get(self):
        await asyncio.sleep(0)
        self.write("12")


async def main():
    socket, port = bind_unused_port()
    Application([("/", Price)]).listen(0).add_socket(socket)
    answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/")
    print("answer", answer.body.decode())


asyncio.run(main())

#--- right.py
import asyncio

from tornado.httpclient import AsyncHTTPClient
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler


class Price(RequestHandler):
    async def get(self):
        await asyncio.sleep(0)
        self.write("12")


async def main():
    socket, port = bind_unused_port()
    Application([("/", Price)]).listen(0).add_socket(socket)
    answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/")
    print("answer", answer.body.decode())


asyncio.run(main())
