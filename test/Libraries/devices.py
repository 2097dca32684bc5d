# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Callbacks of brokers, pins, ports and file systems come on threads of their libraries;
# Home Assistant keeps a pool for what blocks.

#--- callbacks.py
import asyncio
import threading
import time

import paho.mqtt.client as mqtt
import RPi.GPIO as GPIO
import serial
import serial.threaded
from gpiozero import Button
from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer


async def work():
    await asyncio.sleep(1)


class Bridge:
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.client = mqtt.Client()
        self.client.on_message = self.on_message
        self.client.on_connect = self.on_connect
        self.client.connect("host")
        # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        self.client.loop_start()

    def on_message(self, client, userdata, message):
        self.loop.create_task(work())
        # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP501]
        time.sleep(1)

    def on_connect(self, client, userdata, flags, code):
        asyncio.run_coroutine_threadsafe(work(), self.loop)
        client.subscribe("a")


class Watch(FileSystemEventHandler):
    def __init__(self, loop: asyncio.AbstractEventLoop, queue: asyncio.Queue):
        self.loop = loop
        self.queue = queue

    def on_modified(self, event):
        self.queue.put_nowait(event)
        # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP501]
        asyncio.get_event_loop()
        # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]

    def on_created(self, event):
        self.loop.call_soon_threadsafe(self.queue.put_nowait, event)


class Lines(serial.threaded.LineReader):
    def handle_line(self, line):
        asyncio.get_event_loop()
        # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        time.sleep(1)


def edge(channel):
    asyncio.create_task(work())
    # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


def edge_ok(channel):
    asyncio.run(work())


async def never(channel):
    await work()


def pressed():
    asyncio.get_event_loop()
    # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


async def main():
    loop = asyncio.get_running_loop()
    bridge = Bridge(loop)
    observer = Observer()
    queue = asyncio.Queue()
    observer.schedule(Watch(loop, queue), ".")
    observer.start()
    GPIO.add_event_detect(17, GPIO.RISING, callback=edge)
    GPIO.add_event_detect(18, GPIO.RISING, callback=edge_ok)
    GPIO.add_event_detect(19, GPIO.RISING, callback=never)
    # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
    button = Button(2)
    button.when_pressed = pressed
    port = serial.Serial("/dev/ttyUSB0")
    port.readline()
    # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(port.readline)
    GPIO.wait_for_edge(17, GPIO.RISING)
    # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    observer.join()
    # CHECK: {{^}}callbacks.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    with serial.threaded.ReaderThread(port, Lines) as protocol:
        await queue.get()


asyncio.run(main())

#--- grpc_aio.py
import asyncio
import time

import grpc
import hello_pb2
import hello_pb2_grpc
import requests


async def fetch():
    await asyncio.sleep(1)


class Greeter(hello_pb2_grpc.GreeterServicer):
    async def SayHello(self, request, context):
        time.sleep(1)
        # CHECK: {{^}}grpc_aio.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        asyncio.run(fetch())
        # CHECK: {{^}}grpc_aio.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]
        await asyncio.to_thread(time.sleep, 1)
        return hello_pb2.HelloReply()


class Interceptor(grpc.aio.ServerInterceptor):
    async def intercept_service(self, continuation, details):
        requests.get("http://a")
        # CHECK: {{^}}grpc_aio.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        return await continuation(details)


async def serve():
    server = grpc.aio.server(interceptors=[Interceptor()])
    hello_pb2_grpc.add_GreeterServicer_to_server(Greeter(), server)
    server.start()
    # CHECK: {{^}}grpc_aio.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await server.start()
    await server.wait_for_termination()


async def client():
    with grpc.insecure_channel("a") as channel:
        stub = hello_pb2_grpc.GreeterStub(channel)
        stub.SayHello(hello_pb2.HelloRequest())
        # CHECK: {{^}}grpc_aio.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        grpc.channel_ready_future(channel).result()
        # CHECK: {{^}}grpc_aio.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    async with grpc.aio.insecure_channel("a") as channel:
        stub = hello_pb2_grpc.GreeterStub(channel)
        await stub.SayHello(hello_pb2.HelloRequest())


asyncio.run(serve())
asyncio.run(client())

#--- grpc_app.py
import asyncio
import time
from concurrent import futures

import grpc
import hello_pb2
import hello_pb2_grpc


async def fetch():
    await asyncio.sleep(1)


class GreeterServicer(hello_pb2_grpc.GreeterServicer):
    def SayHello(self, request, context):
        time.sleep(1)
        asyncio.get_event_loop()
        # CHECK: {{^}}grpc_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        asyncio.run(fetch())
        return hello_pb2.HelloReply()


def serve():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=10))
    hello_pb2_grpc.add_GreeterServicer_to_server(GreeterServicer(), server)
    server.add_insecure_port("[::]:50051")
    server.start()
    server.wait_for_termination()


serve()

#--- hass_app.py
import asyncio
import time

import requests
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import Entity


class Sensor(Entity):
    def __init__(self, hass):
        self.hass = hass

    def update(self):
        requests.get("http://a")
        self.hass.async_create_task(self.more())
        # CHECK: {{^}}hass_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP501]

    async def more(self):
        requests.get("http://a")
        # CHECK: {{^}}hass_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        await self.hass.async_add_executor_job(requests.get, "http://a")


class Async(Entity):
    async def async_update(self):
        time.sleep(1)
        # CHECK: {{^}}hass_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


def read():
    time.sleep(1)
    asyncio.get_event_loop()
    # CHECK: {{^}}hass_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


@callback
def on_event(event):
    time.sleep(1)
    # CHECK: {{^}}hass_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


def on_sync_event(event):
    time.sleep(1)


async def work(): ...


async def async_setup_entry(hass: HomeAssistant, entry):
    requests.get("http://a")
    # CHECK: {{^}}hass_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await hass.async_add_executor_job(read)
    hass.bus.async_listen("a", on_event)
    hass.bus.async_listen("b", on_sync_event)
    hass.async_add_executor_job(work)
    # CHECK: {{^}}hass_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
    return True


def setup(hass: HomeAssistant, config):
    time.sleep(1)
    return True
