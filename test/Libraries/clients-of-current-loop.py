# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A browser that runs on the current loop, and a scheduler of coroutines on it.

#--- jobs.py
import asyncio

import aioschedule


async def work(name): ...


async def main():
    aioschedule.every().day.at("21:32").do(work, "a")
    aioschedule.every().day.at("21:32").do(work("a"))
    # CHECK: {{^}}jobs.py:[[#@LINE-1]]:5: error: a coroutine object is passed to `Scheduler.do`{{.*}} [LOOP302]
    while True:
        await aioschedule.run_pending()
        await asyncio.sleep(1)


asyncio.run(main())

#--- render.py
import asyncio
import threading

from requests_html import HTMLSession


def page(url):
    with HTMLSession() as session:
        response = session.get(url)
        response.html.render()
        # CHECK: {{^}}render.py:[[#@LINE-1]]:9: error: `HTML.render` on a worker thread that has no event loop raises RuntimeError [LOOP101]


def page_with_loop(url):
    asyncio.set_event_loop(asyncio.new_event_loop())
    try:
        HTMLSession().get(url).html.render()
    finally:
        asyncio.get_event_loop().close()


threading.Thread(target=page, args=("http://a",)).start()
threading.Thread(target=page_with_loop, args=("http://a",)).start()
