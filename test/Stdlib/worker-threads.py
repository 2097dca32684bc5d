# RUN: not %looplint check --select=LOOP101 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "no current event loop"
#
# Everything in the standard library that runs a function on another thread.
import _thread
import asyncio
import http.client
import http.server
import queue
import socketserver
import threading
import time
import urllib.request
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.pool import ThreadPool


async def fetch(*arguments):
    await asyncio.sleep(0)


# threading.


def started(n):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def low_level_bad():
    _thread.start_new_thread(started, (1,))
    time.sleep(0.1)


class Alarm(threading.Timer):
    def run(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


def timer_subclass_bad():
    Alarm(0, print).start()


def keyword(*, n):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def keywords_bad():
    threading.Thread(target=keyword, kwargs={"n": 1}, daemon=False).start()


def meets():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def barrier_bad():
    barrier = threading.Barrier(1, meets)
    threading.Thread(target=barrier.wait).start()


# Pools.


def mapped(n):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def thread_pool_bad():
    with ThreadPool(1) as pool:
        pool.map(mapped, [1])


def done(result):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def pool_callback_bad():
    with ThreadPool(1) as pool:
        pool.apply_async(abs, (1,), callback=done)
        time.sleep(0.1)


def finished(future):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def done_callback_bad():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(time.sleep, 0.1).add_done_callback(finished)


class Jobs:
    def __init__(self):
        self.pool = ThreadPoolExecutor(1)

    def add(self, job):
        return self.pool.submit(job)


def added():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def pool_in_field_bad():
    Jobs().add(added).result()


waiting = queue.Queue()


def work():
    waiting.get()()


def queued():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def queue_bad():
    threading.Thread(target=work).start()
    waiting.put(queued)


# Servers: the mix-in moves each request to a thread.


class Threaded(socketserver.ThreadingMixIn, http.server.HTTPServer):
    pass


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]

    def log_message(self, *arguments):
        pass


def serve_one(server):
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        urllib.request.urlopen("http://localhost:%d" % server.server_port)
    except http.client.HTTPException:
        pass
    finally:
        server.shutdown()
        server.server_close()


def threaded_server_bad():
    serve_one(Threaded(("localhost", 0), Page))


class Line(socketserver.StreamRequestHandler):
    def handle(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


def tcp_server_bad():
    with socketserver.ThreadingTCPServer(("localhost", 0), Line) as server:
        server.server_port = server.server_address[1]
        serve_one(server)


# Right uses.


def install():
    asyncio.set_event_loop(asyncio.new_event_loop())


def prepared(n):
    asyncio.get_event_loop().run_until_complete(fetch())


def initializer_ok():
    # Each thread calls it before its first job.
    with ThreadPoolExecutor(1, initializer=install) as pool:
        pool.submit(prepared, 1).result()


def thread_pool_initializer_ok():
    with ThreadPool(1, install) as pool:
        pool.map(prepared, [1, 2])


def in_child(n):
    # A child process runs it on its own main thread.
    asyncio.get_event_loop()


def process_pool_ok():
    with ProcessPoolExecutor(1) as pool:
        pool.submit(in_child, 1).result()


async def threadsafe_callback_ok():
    # The loop itself finishes such a future, so this runs on its thread.
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(fetch(), loop)
    future.add_done_callback(lambda done: asyncio.get_event_loop())
    await asyncio.sleep(0.01)


def runs_fresh_loop():
    asyncio.run(fetch())


def fresh_loop_ok():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(runs_fresh_loop).result()


if __name__ == "__main__":
    low_level_bad()
    timer_subclass_bad()
    keywords_bad()
    barrier_bad()
    thread_pool_bad()
    pool_callback_bad()
    done_callback_bad()
    pool_in_field_bad()
    queue_bad()
    threaded_server_bad()
    tcp_server_bad()
    initializer_ok()
    thread_pool_initializer_ok()
    process_pool_ok()
    fresh_loop_ok()
