# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Servers that run their handlers on one loop: what blocks there stops them all; the
# sync views of Quart and what is handed to an executor run elsewhere.

#--- aiohttp_app.py
import asyncio
import time

import requests
from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/slow")
async def slow(request):
    time.sleep(1)
    # CHECK: {{^}}aiohttp_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return web.Response(text="a")


class Page(web.View):
    async def get(self):
        asyncio.run(self.render())
        # CHECK: {{^}}aiohttp_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]
        await self.render()
        return web.Response()

    async def render(self): ...


@web.middleware
async def count(request, handler):
    response = await handler(request)
    requests.post("http://stats")
    # CHECK: {{^}}aiohttp_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return response


async def begin(app):
    app["db"] = await asyncio.to_thread(requests.get, "http://db")
    time.sleep(2)
    # CHECK: {{^}}aiohttp_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def right(request):
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, time.sleep, 1)
    return web.Response()


async def database(app):
    requests.get("http://x")
    # CHECK: {{^}}aiohttp_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    yield


app = web.Application(middlewares=[count])
app.add_routes(routes)
app.router.add_get("/right", right)
app.router.add_view("/page", Page)
app.on_startup.append(begin)
app.cleanup_ctx.append(database)
web.run_app(app)

#--- quart_app.py
import asyncio
import time

from quart import Blueprint, Quart, websocket
from quart.utils import run_sync

app = Quart(__name__)
part = Blueprint("b", __name__)


@app.route("/")
async def home():
    time.sleep(1)
    # CHECK: {{^}}quart_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return "a"


@app.get("/s")
def sync_home():
    time.sleep(1)
    asyncio.get_event_loop()
    # CHECK: {{^}}quart_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
    return "a"


@app.before_serving
async def begin():
    time.sleep(1)
    # CHECK: {{^}}quart_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


@app.websocket("/ws")
async def feed():
    time.sleep(1)
    # CHECK: {{^}}quart_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


@part.post("/right")
async def right():
    await run_sync(time.sleep)(1)
    app.add_background_task(work)
    await asyncio.to_thread(time.sleep, 1)
    return "a"


@part.before_request
async def before():
    time.sleep(1)
    # CHECK: {{^}}quart_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def work():
    asyncio.run(more())
    # CHECK: {{^}}quart_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


async def more(): ...


app.register_blueprint(part)
app.run()

#--- sanic_app.py
import asyncio
import time

from sanic import Blueprint, Sanic
from sanic.response import json
from sanic.views import HTTPMethodView

app = Sanic("a")
part = Blueprint("b")


@app.get("/")
async def home(request):
    time.sleep(1)
    # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return json({})


@app.route("/s")
def sync_home(request):
    time.sleep(1)
    # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return json({})


@app.on_request
async def before(request):
    time.sleep(1)
    # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


@app.middleware("response")
async def after(request, response):
    time.sleep(1)
    # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


@app.before_server_start
async def setup(app, loop):
    time.sleep(1)
    # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


@app.listener("after_server_start")
async def started(app, loop):
    asyncio.run(work())
    # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


class Users(HTTPMethodView):
    async def get(self, request):
        time.sleep(1)
        # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def work():
    await asyncio.sleep(1)


@part.post("/right")
async def right(request):
    request.app.add_task(work())
    await asyncio.to_thread(time.sleep, 1)
    return json({})


@app.websocket("/ws")
async def feed(request, ws):
    time.sleep(1)
    # CHECK: {{^}}sanic_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


app.add_route(Users.as_view(), "/users")
app.blueprint(part)
if __name__ == "__main__":
    app.run()

#--- tornado_app.py
import asyncio
import time

import tornado.ioloop
import tornado.web
from tornado import gen
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.websocket import WebSocketHandler


class Main(tornado.web.RequestHandler):
    def prepare(self):
        time.sleep(1)
        # CHECK: {{^}}tornado_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]

    async def get(self):
        time.sleep(1)
        # CHECK: {{^}}tornado_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        self.write("a")

    def post(self):
        time.sleep(2)
        # CHECK: {{^}}tornado_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]

    @gen.coroutine
    def put(self):
        yield gen.sleep(1)
        yield self.work()

    @gen.coroutine
    def work(self):
        yield gen.sleep(1)

    async def delete(self):
        await IOLoop.current().run_in_executor(None, time.sleep, 1)
        await self.work()


class Socket(WebSocketHandler):
    def on_message(self, message):
        time.sleep(1)
        # CHECK: {{^}}tornado_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


def poll():
    time.sleep(1)
    # CHECK: {{^}}tornado_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def poll_ok():
    await gen.sleep(1)


def make():
    return tornado.web.Application([(r"/", Main), (r"/ws", Socket)])


if __name__ == "__main__":
    make().listen(8888)
    PeriodicCallback(poll, 1000).start()
    PeriodicCallback(poll_ok, 1000).start()
    tornado.ioloop.IOLoop.current().start()
