# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Callbacks of windows and pages, and what tests set up.

#--- gradio_app.py
import asyncio
import time

import gradio as gr
import requests


async def fetch(text):
    time.sleep(1)
    # CHECK: {{^}}gradio_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return text


def sync(text):
    time.sleep(1)
    return asyncio.get_event_loop()
    # CHECK: {{^}}gradio_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


def right(text):
    requests.get("http://a")
    return asyncio.run(fetch_ok(text))


async def fetch_ok(text):
    return await asyncio.to_thread(requests.get, text)


async def nested(text):
    asyncio.run(fetch_ok(text))
    # CHECK: {{^}}gradio_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


async def chat(message, history):
    requests.get("http://a")
    # CHECK: {{^}}gradio_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    yield "a"


with gr.Blocks() as demo:
    box = gr.Textbox()
    button = gr.Button("a")
    button.click(fetch, inputs=box, outputs=box)
    button.click(fn=sync, inputs=box, outputs=box).then(nested, box, box)
    box.change(right, box, box)
    gr.ChatInterface(chat)
    gr.Interface(fn=fetch_ok, inputs="text", outputs="text")
demo.launch()

#--- panel_app.py
import asyncio
import time

import panel as pn
import param
import requests


async def fetch():
    await asyncio.sleep(1)


def press(event):
    time.sleep(1)
    # CHECK: {{^}}panel_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


def run(event):
    time.sleep(0)
    asyncio.run(fetch())
    # CHECK: {{^}}panel_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


async def slow(event):
    requests.get("http://a")
    # CHECK: {{^}}panel_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def right(event):
    await asyncio.to_thread(requests.get, "http://a")


def poll():
    requests.get("http://a")
    # CHECK: {{^}}panel_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


button = pn.widgets.Button(name="a", on_click=press)
button.on_click(run)
button.on_click(slow)
button.on_click(right)
slider = pn.widgets.IntSlider(name="s")
slider.param.watch(slow, "value")


def view(value):
    time.sleep(1)
    # CHECK: {{^}}panel_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return value


pn.state.add_periodic_callback(poll, period=1000)
pn.Column(button, pn.bind(view, slider)).servable()

#--- streamlit_app.py
import asyncio
import time

import streamlit as st


async def fetch():
    await asyncio.sleep(1)


@st.cache_data
def load():
    return asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: {{^}}streamlit_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP103]


def press():
    asyncio.get_event_loop()
    # CHECK: {{^}}streamlit_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


async def never():
    await fetch()


st.button("a", on_click=press)
st.button("b", on_click=never)
# CHECK: {{^}}streamlit_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
st.text_input("x", on_change=press)
if st.button("c"):
    time.sleep(1)
    st.write(asyncio.run(fetch()))
load()

#--- test_pytest.py
import asyncio
import time

import pytest
import pytest_asyncio
import requests


async def fetch():
    await asyncio.sleep(1)


@pytest.fixture
def sync_fixture():
    return asyncio.run(fetch())


@pytest_asyncio.fixture
async def client():
    requests.get("http://a")
    yield 1


@pytest.fixture
async def loopy():
    asyncio.run(fetch())
    # CHECK: {{^}}test_pytest.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


@pytest.mark.asyncio
async def test_nested(client):
    fetch()
    # CHECK: {{^}}test_pytest.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await fetch()


def test_sync(sync_fixture):
    asyncio.run(fetch())


@pytest.mark.asyncio
async def test_task():
    asyncio.create_task(fetch())
    # CHECK: {{^}}test_pytest.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP702]
    await asyncio.to_thread(time.sleep, 1)


async def test_not_marked():
    await fetch()

#--- tk_app.py
import asyncio
import threading
import time
import tkinter as tk
from tkinter import ttk


async def fetch():
    await asyncio.sleep(1)


class App(tk.Tk):
    def __init__(self):
        super().__init__()
        self.button = tk.Button(self, text="a", command=self.press)
        self.never_button = ttk.Button(self, command=self.never)
        # CHECK: {{^}}tk_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
        self.bind("<Return>", self.enter)
        self.bind("<Key>", self.never)
        # CHECK: {{^}}tk_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
        self.after(100, self.poll)
        self.start = tk.Button(self, text="b", command=lambda: threading.Thread(target=self.work).start())
        self.start.config(command=self.never)
        # CHECK: {{^}}tk_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]

    def press(self):
        asyncio.create_task(fetch())
        # CHECK: {{^}}tk_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP102]

    def enter(self, event):
        asyncio.run(fetch())

    def poll(self):
        asyncio.run(fetch())
        self.after(100, self.poll)

    async def never(self, event=None):
        await fetch()

    def work(self):
        asyncio.get_event_loop()
        # CHECK: {{^}}tk_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        asyncio.run(fetch())


App().mainloop()
