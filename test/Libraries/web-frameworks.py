# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Frameworks with sync and async views, dependencies, background tasks, middleware and
# commands: the sync ones run on worker threads, the async ones on a loop.

#--- django_app.py
import asyncio
import time

import requests
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import models
from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import async_only_middleware, sync_and_async_middleware, sync_only_middleware
from django.utils.deprecation import MiddlewareMixin
from django.views import View


class Poll(models.Model):
    name = models.TextField()


def sync_view(request):
    time.sleep(1)
    asyncio.get_event_loop()
    # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
    return JsonResponse({})


async def async_view(request):
    time.sleep(1)
    # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    Poll.objects.get(pk=1)
    # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    await Poll.objects.aget(pk=1)
    await sync_to_async(Poll.objects.get)(pk=1)
    return JsonResponse({})


class Async(View):
    async def get(self, request):
        requests.get("http://a")
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def work():
    await asyncio.sleep(1)


class Old(MiddlewareMixin):
    def process_request(self, request):
        asyncio.get_event_loop()
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


class CountMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asyncio.get_event_loop()
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        async_to_sync(work)()
        return self.get_response(request)


class SlowMiddleware:
    async_capable = True
    sync_capable = False

    def __init__(self, get_response):
        self.get_response = get_response

    async def __call__(self, request):
        time.sleep(1)
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        return await self.get_response(request)


@sync_and_async_middleware
def both(get_response):
    if asyncio.iscoroutinefunction(get_response):

        async def middleware(request):
            time.sleep(1)
            # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
            return await get_response(request)

    else:

        def middleware(request):
            time.sleep(1)
            asyncio.get_event_loop()
            # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
            return get_response(request)

    return middleware


@sync_only_middleware
def only_sync(get_response):
    def middleware(request):
        asyncio.get_event_loop()
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        return get_response(request)

    return middleware


def plain(get_response):
    def middleware(request):
        asyncio.get_event_loop()
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        return get_response(request)

    return middleware


@async_only_middleware
def only_async(get_response):
    async def middleware(request):
        time.sleep(1)
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        return await get_response(request)

    return middleware


class Command(BaseCommand):
    def handle(self, *args, **options):
        asyncio.run(work())
        time.sleep(1)
        asyncio.run(self.inner())

    async def inner(self):
        asyncio.run(work())
        # CHECK: {{^}}django_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


urlpatterns = [path("s", sync_view), path("a", async_view), path("v", Async.as_view())]

#--- fastapi_app.py
import asyncio
import time
from contextlib import asynccontextmanager
from typing import Annotated

import requests
from fastapi import BackgroundTasks, Depends, FastAPI, WebSocket


@asynccontextmanager
async def lifespan(app):
    requests.get("http://model")
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    yield


app = FastAPI(lifespan=lifespan)


def sync_dependency():
    asyncio.get_event_loop()
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
    time.sleep(1)
    yield 1


async def async_dependency():
    time.sleep(1)
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return 1


class Settings:
    def __init__(self, name: str):
        self.name = name
        time.sleep(1)


def note(address):
    asyncio.get_event_loop()
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


async def slow_note(address):
    time.sleep(1)
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


def right_note(address):
    time.sleep(1)
    asyncio.run(slow_note_ok(address))


async def slow_note_ok(address):
    await asyncio.sleep(1)


@app.get("/a", dependencies=[Depends(async_dependency)])
async def endpoint(tasks: BackgroundTasks, value: Annotated[int, Depends(sync_dependency)]):
    tasks.add_task(note, "a")
    tasks.add_task(slow_note, "a")
    tasks.add_task(right_note, "a")
    tasks.add_task(slow_note_ok, "a")


@app.get("/b")
def sync_endpoint(settings: Settings = Depends()):
    time.sleep(1)
    return requests.get("http://a").json()


@app.get("/c")
def sync_endpoint_bad():
    time.sleep(1)
    return asyncio.get_event_loop().run_until_complete(slow_note_ok("a"))
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


@app.websocket("/ws")
async def socket(socket: WebSocket):
    await socket.accept()
    requests.get("http://a")
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(requests.get, "http://a")


@app.middleware("http")
async def timing(request, call_next):
    time.sleep(0.1)
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return await call_next(request)


@app.exception_handler(ValueError)
async def on_value(request, error):
    requests.post("http://log")
    # CHECK: {{^}}fastapi_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


@app.on_event("startup")
def begin():
    asyncio.get_running_loop()

#--- flask_app.py
import asyncio
import time
import requests
from flask import Blueprint, Flask

app = Flask(__name__)


async def fetch():
    await asyncio.sleep(1)


@app.route("/")
def home():
    loop = asyncio.get_event_loop()
    # CHECK: {{^}}flask_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
    return loop.run_until_complete(fetch())


@app.get("/a")
async def async_view():
    time.sleep(1)
    # CHECK: {{^}}flask_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return "a"


@app.get("/right")
def right():
    time.sleep(1)
    requests.get("http://a")
    return asyncio.run(fetch())


@app.post("/right")
async def right_async():
    await asyncio.to_thread(time.sleep, 1)
    return await fetch()


@app.post("/kept")
async def fire():
    asyncio.create_task(fetch())
    # CHECK: {{^}}flask_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP702]
    return "a"

#--- starlette_app.py
import asyncio
import time

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, WebSocketRoute


async def home(request):
    time.sleep(1)
    # CHECK: {{^}}starlette_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return JSONResponse({}, background=BackgroundTask(later, 1))


def later(number):
    asyncio.get_event_loop()
    # CHECK: {{^}}starlette_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
    time.sleep(1)


def sync_home(request):
    time.sleep(1)
    return JSONResponse({})


async def right(request):
    await run_in_threadpool(time.sleep, 1)
    return JSONResponse({})


class User(HTTPEndpoint):
    async def get(self, request):
        time.sleep(1)
        # CHECK: {{^}}starlette_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]

    def post(self, request):
        time.sleep(1)
        asyncio.get_event_loop()
        # CHECK: {{^}}starlette_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


class Echo(WebSocketEndpoint):
    async def on_receive(self, websocket, data):
        time.sleep(1)
        # CHECK: {{^}}starlette_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


class Slow(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        time.sleep(1)
        # CHECK: {{^}}starlette_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        return await call_next(request)


class Pure:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        time.sleep(1)
        # CHECK: {{^}}starlette_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        await self.app(scope, receive, send)


app = Starlette(
    routes=[Route("/", home), Route("/s", sync_home), Route("/r", right), Mount("/u", routes=[Route("/", User)]), WebSocketRoute("/ws", Echo)],
    middleware=[Middleware(Slow), Middleware(Pure)],
)
