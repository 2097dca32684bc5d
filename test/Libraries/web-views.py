# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Sync views are on worker threads, async ones on a loop, whichever it is.
import asyncio

from django.core.management.base import BaseCommand
from django.urls import path
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI
from flask import Blueprint, Flask
from flask.views import MethodView
from quart import Quart
from starlette.applications import Starlette
from starlette.routing import Route


async def fetch(): ...


app = Flask(__name__)
blueprint = Blueprint("b", __name__)


@app.route("/sync")
def flask_sync_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@app.get("/async")
async def flask_async_bad():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


@blueprint.before_request
def before_request_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


class FlaskView(MethodView):
    def get(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


@app.cli.command("sync")
async def flask_command_bad(): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


def django_sync_bad(request):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@csrf_exempt
def django_exempt_bad(request):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


class DjangoView(View):
    async def get(self, request):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


class Command(BaseCommand):
    async def handle(self, *args, **options): ...
    # CHECK: :[[#@LINE-1]]:15: error: {{.*}} [LOOP303]


urlpatterns = [
    path("a", django_sync_bad),
    path("b", django_exempt_bad),
    path("c", DjangoView.as_view()),
]

api = FastAPI()
router = APIRouter()


def dependency_bad():
    return asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


async def dependency_ok():
    return asyncio.get_event_loop()


@router.get("/sync")
def fastapi_sync_ok(loop=Depends(dependency_bad), other=Depends(dependency_ok)):
    rows = asyncio.run(fetch())
    print("rows", rows)
    return rows


@api.post("/async")
async def fastapi_async_bad(tasks: BackgroundTasks):
    tasks.add_task(fetch)
    tasks.add_task(lambda: asyncio.run(fetch()))
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]


@api.on_event("startup")
async def startup_bad():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


def endpoint_bad(request):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def started_ok():
    asyncio.get_running_loop()


Starlette(routes=[Route("/", endpoint_bad)], on_startup=[started_ok])

quart = Quart(__name__)


@quart.route("/")
def quart_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]
