# RUN: not %looplint check --select=LOOP201,LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A generator that is given to another thread, or kept by an object of a library,
# is gone through there.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

app = FastAPI()
pool = ThreadPoolExecutor()


@app.get("/response")
async def response_ok():
    def rows():
        time.sleep(1)
        yield "row"

    return StreamingResponse(rows())


@app.get("/named")
async def named_ok():
    def rows():
        time.sleep(1)
        yield "row"

    body = rows()
    return StreamingResponse(content=body, media_type="text/plain")


@app.get("/iterated")
async def iterated_ok():
    def rows():
        time.sleep(1)
        yield "row"

    async for row in iterate_in_threadpool(rows()):
        print(row)


@app.get("/threads")
async def threads_ok():
    def rows():
        time.sleep(1)
        yield "row"

    await run_in_threadpool(list, rows())
    await asyncio.to_thread(next, rows())
    await asyncio.get_running_loop().run_in_executor(pool, list, rows())
    pool.submit(list, rows())


@app.get("/here")
async def here_bad():
    def rows():
        time.sleep(1)
        # CHECK: :[[#@LINE-1]]:9: warning: `time.sleep` {{.*}} [LOOP601]
        yield "row"

    return list(rows())


@app.get("/loop")
async def for_bad():
    def rows():
        time.sleep(2)
        # CHECK: :[[#@LINE-1]]:9: warning: `time.sleep` {{.*}} [LOOP601]
        yield "row"

    for row in rows():
        print(row)


@app.get("/both")
async def both_bad():
    def rows():
        time.sleep(3)
        # CHECK: :[[#@LINE-1]]:9: warning: `time.sleep` {{.*}} [LOOP601]
        yield "row"

    print(list(rows()))
    return StreamingResponse(rows())
