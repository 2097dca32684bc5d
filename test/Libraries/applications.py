# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Where web frameworks and user interfaces run what they are given.
import asyncio

import bottle
import chainlit
import customtkinter
import falcon.asgi
import gradio
import litestar
import taskiq
import wx
from arq import cron
from nicegui import ui
from pyramid.view import view_config
from sanic import Sanic
from textual import work
from textual.app import App


async def fetch(): ...


def look_up_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@bottle.route("/")
def bottle_view():
    look_up_bad()


@bottle.get("/")
async def bottle_coroutine_bad(): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


@view_config(route_name="a")
async def pyramid_coroutine_bad(request): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


@view_config(route_name="b")
def pyramid_view_ok(request):
    asyncio.run(fetch())


@litestar.get("/")
async def litestar_view() -> str:
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


server = Sanic("a")


@server.before_server_start
async def before_start(application):
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


@server.middleware("request")
def middleware(request):
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


@chainlit.on_message
def on_message(message):
    asyncio.get_running_loop().call_soon(message.send())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


def click_bad():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


ui.button("a", on_click=click_bad)
# CHECK: :[[#@LINE-1]]:1: warning: {{.*}} [LOOP301]
ui.button("b").on_click(fetch)


def predict_bad(text):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


with gradio.Blocks() as blocks:
    gradio.Button("a").click(predict_bad).then(fetch)

customtkinter.CTkButton(None, command=fetch)
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]
wx.CallAfter(fetch)
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]

broker = taskiq.InMemoryBroker()


@broker.task
async def job():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


@broker.task(retries=3)
def plain_job_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


async def scheduled(context):
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


cron(scheduled, hour=3)


class Terminal(App):
    def on_mount(self):
        self.set_interval(1, fetch)
        asyncio.get_running_loop().call_soon(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]

    @work(thread=True)
    def load_bad(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]
        self.call_from_thread(print)

    async def action_reload(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]
