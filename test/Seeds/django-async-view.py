# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: cd %t/wrong && not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: cd %t/right && %looplint check .
# RUN: %if django %{ not %python %t/wrong/serve.py 2>&1 | FileCheck %s --check-prefix=FAILS %}
# RUN: %if django %{ %python %t/right/serve.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# FAILS: RuntimeError: asyncio.run() cannot be called from a running event loop
# WORKS: {{.*}}12 12 12
#
# An async view runs on a loop under WSGI as well as under ASGI. Django calls
# plain views where no loop runs.

#--- wrong/serve.py
import django
from django.conf import settings
from django.test import Client

settings.configure(ROOT_URLCONF="urls", ALLOWED_HOSTS=["*"], SECRET_KEY="-")
django.setup()
print(Client().get("/price").content)

#--- wrong/urls.py
from django.urls import path

import views

urlpatterns = [path("price", views.price)]

#--- wrong/views.py
import asyncio

from django.http import HttpResponse


async def load(symbol):
    await asyncio.sleep(0)
    return 12


def load_sync(symbol):
    return asyncio.run(load(symbol))
    # CHECK: views.py:[[#@LINE-1]]:12: error: `asyncio.run` {{.*}} [LOOP201]


async def price(request):
    return HttpResponse(load_sync("tea"))
    # CHECK: views.py:[[#@LINE-1]]:25: note:

#--- right/serve.py
import django
from django.conf import settings
from django.test import Client

settings.configure(ROOT_URLCONF="urls", ALLOWED_HOSTS=["*"], SECRET_KEY="-")
django.setup()
pages = ["/price", "/plain", "/thread"]
print(*(Client().get(page).content.decode() for page in pages))

#--- right/urls.py
from django.urls import path

import views

urlpatterns = [
    path("price", views.price),
    path("plain", views.plain),
    path("thread", views.thread),
]

#--- right/views.py
import asyncio

from asgiref.sync import sync_to_async
from django.http import HttpResponse


async def load(symbol):
    await asyncio.sleep(0)
    return 12


def load_sync(symbol):
    return asyncio.run(load(symbol))


async def price(request):
    return HttpResponse(await load("tea"))


def plain(request):
    return HttpResponse(load_sync("tea"))


async def thread(request):
    rows = await sync_to_async(load_sync, thread_sensitive=False)("tea")
    return HttpResponse(rows)
