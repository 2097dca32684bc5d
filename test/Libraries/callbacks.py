# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Libraries that call back from threads of their own, or drop what they are given.
import asyncio
import tkinter

import celery
import click
import param
import sounddevice
import typer
from pynput import keyboard
from PyQt5.QtCore import QThread, pyqtSignal
from RPi import GPIO
from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer


async def fetch(*args): ...


class Watcher(FileSystemEventHandler):
    async def on_modified(self, event): ...
    # CHECK: :[[#@LINE-1]]:15: error: {{.*}} [LOOP303]

    def on_created(self, event):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]

    def on_deleted(self, event):
        asyncio.run(fetch())


observer = Observer()
observer.schedule(Watcher(), ".")


class Worker(QThread):
    done = pyqtSignal(int)

    def run(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


worker = Worker()
worker.done.connect(fetch)
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]


# Under qasync a loop runs here.
def slot_ok():
    asyncio.create_task(fetch())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP702]


worker.done.connect(slot_ok)
worker.start()


def audio_bad(data, frames, time, status):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def pressed_bad(key):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def edge_bad(channel):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


sounddevice.InputStream(callback=audio_bad)
keyboard.Listener(on_press=pressed_bad)
GPIO.add_event_detect(4, GPIO.RISING, callback=edge_bad)

window = tkinter.Tk()
window.after(100, fetch)
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]

application = celery.Celery("a")


@application.task
async def task_bad(): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


@application.task(bind=True)
async def bound_task_bad(self): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


@celery.shared_task(name="b")
def shared_task_ok():
    asyncio.run(fetch())


@click.group()
def cli(): ...


@cli.command()
@click.option("--name")
async def command_bad(name): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


commands = typer.Typer()


@commands.command()
async def typer_bad(): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


def execute(callback):
    if param.parameterized.iscoroutinefunction(callback):
        return param.parameterized.async_executor(callback)
    return callback()


async def refresh():
    await asyncio.sleep(1)


execute(refresh)
