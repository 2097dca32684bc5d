# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . | FileCheck %s --implicit-check-not='{{error|warning|info}}:'
#
# What is called for the user by its name, by a decorator, or from a field.

#--- jobs.py
import asyncio


class Refresh:
    @staticmethod
    def run():
        asyncio.get_event_loop()
        # CHECK-DAG: jobs.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


def refresh():
    asyncio.get_event_loop()
    # CHECK-DAG: jobs.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def never_named():
    asyncio.get_event_loop()

#--- main.py
import asyncio
import signal
import threading
import time
from collections import defaultdict
from dataclasses import dataclass

import aiohttp
import telebot
from apscheduler.schedulers.background import BackgroundScheduler
from channels.generic.websocket import AsyncWebsocketConsumer
from homeassistant.core import callback
from homeassistant.helpers.entity import Entity
from kivy.uix.button import Button
from PySide6.QtWidgets import QPushButton
from qasync import asyncSlot
from telebot.async_telebot import AsyncTeleBot
from tornado.concurrent import run_on_executor

scheduler = BackgroundScheduler()
scheduler.add_job("jobs:refresh", "interval", seconds=5)
scheduler.add_job("jobs:Refresh.run", "interval", seconds=5)
scheduler.add_job("jobs.missing", "interval", seconds=5)


async def work(): ...


class Consumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.accept()
        # CHECK-DAG: main.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP701]
        await self.channel_layer.group_add("all", self.channel_name)


bot = telebot.TeleBot("token")
async_bot = AsyncTeleBot("token")


@bot.message_handler(commands=["start"])
def start(message):
    asyncio.get_event_loop()
    # CHECK-DAG: main.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP101]
    bot.reply_to(message, "hello")


@async_bot.message_handler(commands=["start"])
async def start_async(message):
    async_bot.reply_to(message, "hello")
    # CHECK-DAG: main.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP701]
    await async_bot.send_message(1, "hello")


async def pressed(button): ...


button = Button(text="Go", on_press=pressed)
# CHECK-DAG: main.py:[[#@LINE-1]]:10: error: {{.*}} [LOOP303]
button.bind(on_release=pressed)
# CHECK-DAG: main.py:[[#@LINE-1]]:1: error: {{.*}} [LOOP303]


class Window:
    def __init__(self):
        QPushButton("FP_slot").clicked.connect(self.load)
        QPushButton("plain").clicked.connect(self.save)
        # CHECK-DAG: main.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP303]

    @asyncSlot()
    async def load(self): ...

    async def save(self): ...


Window()


class Pool:
    @run_on_executor
    def pause(self):
        time.sleep(1)

    async def FP_on_executor(self):
        await self.pause()


class Sensor(Entity):
    def __init__(self, hass):
        self.hass = hass

    def update(self):
        self.hass.async_create_task(work())
        # CHECK-DAG: main.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP501]
        self.hass.add_job(work())  # a coroutine is welcome there

    def FP_listens(self):
        @callback
        def changed(event):
            self.hass.async_create_task(work())

        self.hass.bus.async_listen("changed", changed)


def FP_after_a_session():
    # Old versions of the library make the session without a running loop.
    session = aiohttp.ClientSession()
    asyncio.run(session.close())


class Emitter:
    def __init__(self):
        self.handlers = defaultdict(list)

    def on(self, name, handler):
        self.handlers[name].append(handler)

    def emit(self, name):
        for handler in self.handlers[name]:
            handler()


emitter = Emitter()


def handle():
    asyncio.get_running_loop()
    # CHECK-DAG: main.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


emitter.on("data", handle)
threading.Thread(target=lambda: emitter.emit("data")).start()


class Store:
    def read(self):
        raise NotImplementedError


class Disk(Store):
    def read(self):
        time.sleep(1)
        # CHECK-DAG: main.py:[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]


@dataclass
class Context:
    store: Store
    name: str = ""


async def read(context: Context):
    context.store.read()


def stop(*arguments):
    asyncio.run(work())
    # CHECK-DAG: main.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def main():
    signal.signal(signal.SIGTERM, stop)
    await read(Context(Disk()))
    loop = asyncio.get_running_loop()

    def tell():
        loop.create_task(work())
        # CHECK-DAG: main.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP501]

    threading.Thread(target=tell).start()


asyncio.run(main())
