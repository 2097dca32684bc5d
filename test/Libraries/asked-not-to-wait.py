# RUN: not %looplint check --select=LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What is asked not to wait does not: the same calls, with and without.
import asyncio
import select

import psycopg2

kqueue = select.kqueue()


async def right():
    kqueue.control([select.kevent(1)], 0)
    kqueue.control(None, 4, 0)
    connection = psycopg2.connect("dbname=a", async_=True)
    connection.cursor().execute("select 1")


async def bad(options):
    kqueue.control([select.kevent(1)], 4)
    # CHECK: :[[#@LINE-1]]:5: warning: `select.kqueue.control` stops the running loop{{.*}} [LOOP601]
    connection = psycopg2.connect("dbname=a")
    # CHECK: :[[#@LINE-1]]:18: warning: `psycopg2.connect` stops the running loop{{.*}} [LOOP601]
    connection.cursor().execute("select 1")
    # CHECK: :[[#@LINE-1]]:5: warning: `Cursor.execute` stops the running loop{{.*}} [LOOP601]
    psycopg2.connect(**options)
    # CHECK: :[[#@LINE-1]]:5: warning: `psycopg2.connect` stops the running loop{{.*}} [LOOP601]


asyncio.run(right())
asyncio.run(bad({}))
