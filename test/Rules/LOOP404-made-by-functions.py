# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP404 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# An object of one loop that a function makes, used through what it opens.

#--- twice.py
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://u:p@host/db")
# CHECK: twice.py:[[#@LINE-1]]:10: error: `sqlalchemy.ext.asyncio.AsyncEngine` of one loop is used under another{{.*}} [LOOP404]


async def FN_query():
    async with engine.begin() as connection:
        await connection.execute(text("select 1"))


asyncio.run(FN_query())
asyncio.run(FN_query())

#--- pooled.py
# Nothing stays open for another loop.
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg://u:p@host/db", poolclass=NullPool)


async def FP_query():
    async with engine.begin() as connection:
        await connection.execute(text("select 1"))


asyncio.run(FP_query())
asyncio.run(FP_query())

#--- disposed.py
# Each run lets go of the connections that it made.
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://u:p@host/db")


async def FP_query():
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))
    await engine.dispose()


asyncio.run(FP_query())
asyncio.run(FP_query())

#--- once.py
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://u:p@host/db")


async def FP_query():
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))


asyncio.run(FP_query())
