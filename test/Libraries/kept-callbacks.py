# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What a library keeps, and calls on the thread that asks it to: a job runs where
# `run_pending` is called, a client's callback where its loop is run.
import asyncio
import sched
import threading
import time

import paho.mqtt.client as mqtt
import schedule
import websocket
from schedule import every, repeat


async def fetch(city): ...


def on_a_thread(city):
    asyncio.get_event_loop().run_until_complete(fetch(city))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} on a worker thread {{.*}} [LOOP101]


@repeat(every(10).minutes)
def repeated():
    asyncio.create_task(fetch("Oslo"))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} on a worker thread {{.*}} [LOOP101]


def right():
    asyncio.run(fetch("Rome"))


every().day.at("10:30").do(on_a_thread, "Bonn")
every().hour.do(right)
every().day.do(fetch, "Kyiv")
# CHECK: :[[#@LINE-1]]:1: error: `Scheduler.do` calls the coroutine function `fetch` {{.*}} [LOOP303]


def pump():
    while True:
        schedule.run_pending()
        time.sleep(1)


threading.Thread(target=pump).start()

# A scheduler of its own, pumped in a coroutine.
scheduler = schedule.Scheduler()


def in_a_coroutine():
    asyncio.run(fetch("Graz"))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


def quick():
    print("tick")


async def main():
    scheduler.every(5).seconds.do(in_a_coroutine)
    scheduler.every(5).seconds.do(quick)
    while True:
        scheduler.run_pending()
        await asyncio.sleep(1)


asyncio.run(main())

# The standard library's.
timers = sched.scheduler(time.time, time.sleep)


def action(city):
    asyncio.create_task(fetch(city))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} on a worker thread {{.*}} [LOOP101]


timers.enter(3, 1, action, argument=("Lima",))
threading.Thread(target=timers.run).start()


# Callbacks given to the constructor, or put in their places later.
def on_open(socket):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} on a worker thread {{.*}} [LOOP101]


def on_message(socket, text):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} on a worker thread {{.*}} [LOOP101]


async def on_error(socket, error): ...


socket = websocket.WebSocketApp("wss://example.org", on_message=on_message)
socket.on_open = on_open
socket.on_error = on_error
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} `on_error` {{.*}} [LOOP303]
threading.Thread(target=socket.run_forever).start()


class Bridge:
    def __init__(self, loop):
        self.loop = loop
        self.messages = asyncio.Queue()
        self.client = mqtt.Client()
        self.client.on_message = self.on_message
        self.client.on_connect = self.on_connect
        self.client.loop_start()

    def on_connect(self, client, data, flags, code):
        self.loop.call_soon_threadsafe(self.messages.put_nowait, None)

    def on_message(self, client, data, message):
        self.messages.put_nowait(message)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} on a worker thread, while its loop runs on another{{.*}} [LOOP501]


async def listen():
    bridge = Bridge(asyncio.get_running_loop())
    while True:
        print(await bridge.messages.get())


asyncio.run(listen())


# `loop_forever` calls back on its caller's thread, where nothing is wrong.
def on_main(client, data, message):
    asyncio.run(fetch("Bern"))


receiver = mqtt.Client()
receiver.on_message = on_main
receiver.loop_forever()
