# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A Telethon client asks for its loop whenever it needs it: on the threads of a
# server there is none.

#--- listener.py
import threading

from telethon import TelegramClient, events

client = TelegramClient("session", 1, "hash")


@client.on(events.NewMessage)
async def answer(event):
    client.send_message("me", "hello")
    # CHECK: {{^}}listener.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP701]
    client.disconnect()
    # CHECK: {{^}}listener.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP701]
    await client.send_message("me", "hello")


def listen():
    client.run_until_disconnected()
    # CHECK: {{^}}listener.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


threading.Thread(target=listen).start()

#--- runs.py
import asyncio

from flask import Flask
from telethon import TelegramClient

app = Flask(__name__)
client = TelegramClient("session", 1, "hash")
# CHECK: {{^}}runs.py:[[#@LINE-1]]:10: error: {{.*}} [LOOP404]


async def send(text):
    await client.connect()
    await client.send_message("me", text)


@app.route("/run")
def run_bad():
    asyncio.run(send("hello"))
    return "sent"


#--- script_ok.py
from telethon.sync import TelegramClient

client = TelegramClient("session", 1, "hash")
client.start()
client.send_message("me", "hello")
print(client.get_me())
with client:
    client.loop.run_until_complete(client.send_message("me", "again"))
client.disconnect()

#--- views.py
import asyncio

from flask import Flask
from telethon.sync import TelegramClient

app = Flask(__name__)
client = TelegramClient("session", 1, "hash")


@app.route("/send")
def send_bad():
    client.send_message("me", "hello")
    # CHECK: {{^}}views.py:[[#@LINE-1]]:5: error: {{.*}} on a worker thread that has no event loop raises RuntimeError [LOOP101]
    return "sent"


@app.route("/loop")
def loop_bad():
    client.loop.run_until_complete(work())
    # CHECK: {{^}}views.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP101]
    return "sent"


@app.route("/made")
def made_bad():
    with TelegramClient("other", 1, "hash") as other:
        # CHECK: {{^}}views.py:[[#@LINE-1]]:10: error: {{.*}} [LOOP101]
        other.get_me()
    return "sent"


@app.route("/own")
def own_loop_ok():
    asyncio.run(work())
    return "sent"


async def work():
    async with TelegramClient("third", 1, "hash") as third:
        await third.send_message("me", "hello")
