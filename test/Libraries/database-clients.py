# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What a sync client blocks on in a coroutine, beside the async client's same calls.

#--- mongo_app.py
import asyncio

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import AsyncMongoClient, MongoClient

sync = MongoClient("mongodb://a")
motor = AsyncIOMotorClient("mongodb://a")


async def bad():
    sync.shop.orders.find_one({"a": 1})
    # CHECK: {{^}}mongo_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    sync["shop"]["orders"].insert_one({"a": 1})
    # CHECK: {{^}}mongo_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    db = sync.get_database("shop")
    db.orders.update_many({}, {})
    # CHECK: {{^}}mongo_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    for order in db.orders.find({}):
    # CHECK: {{^}}mongo_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        print(order)
    await asyncio.to_thread(db.orders.find_one, {})


async def right():
    await motor.shop.orders.find_one({})
    motor.shop.orders.insert_one({})
    async for order in motor.shop.orders.find({}):
        print(order)
    client = AsyncMongoClient("mongodb://a")
    await client.shop.orders.find_one({})
    client.shop.orders.insert_one({})
    # CHECK: {{^}}mongo_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]


asyncio.run(bad())
asyncio.run(right())

#--- pg_app.py
import asyncio

import asyncpg
import psycopg
import psycopg2


async def bad():
    connection = psycopg2.connect("a")
    # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    cursor = connection.cursor()
    cursor.execute("select 1")
    # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    cursor.fetchall()
    with psycopg.connect("a") as conn:
    # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        conn.execute("select 1")
        # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        with conn.cursor() as cur:
            cur.execute("select 1")
            # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(cursor.execute, "select 1")


async def right():
    connection = await asyncpg.connect("a")
    await connection.fetch("select 1")
    connection.execute("select 1")
    # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    pool = await asyncpg.create_pool("a")
    async with pool.acquire() as c:
        await c.fetchrow("select 1")
        c.fetch("select 1")
        # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    pool.close()
    # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    async with await psycopg.AsyncConnection.connect("a") as conn:
        await conn.execute("select 1")
        async with conn.cursor() as cur:
            await cur.execute("select 1")
            cur.execute("select 1")
            # CHECK: {{^}}pg_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]


asyncio.run(bad())
asyncio.run(right())

#--- redis_app.py
import asyncio

import redis
import redis.asyncio as aioredis
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

cache = Redis(host="a")


async def bad():
    cache.get("a")
    # CHECK: {{^}}redis_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    redis.StrictRedis().set("a", 1)
    # CHECK: {{^}}redis_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    redis.from_url("redis://a").hset("a", "b", 1)
    # CHECK: {{^}}redis_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    pubsub = cache.pubsub()
    for message in pubsub.listen():
    # CHECK: {{^}}redis_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        print(message)
    pipe = cache.pipeline()
    pipe.set("a", 1)
    pipe.execute()
    # CHECK: {{^}}redis_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(cache.get, "a")


async def right():
    client = AsyncRedis()
    await client.get("a")
    client.set("a", 1)
    # CHECK: {{^}}redis_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await aioredis.from_url("redis://a").get("a")
    async with client.pipeline() as pipe:
        await pipe.set("a", 1).execute()


asyncio.run(bad())
asyncio.run(right())

#--- session_classes.py
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession as ModelSession

engine = create_async_engine("sqlite+aiosqlite://")


class OurSession(AsyncSession): ...


class OurSyncSession(Session): ...


Awaited = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
Ours = sessionmaker(bind=engine, class_=OurSession)
Model = async_sessionmaker(engine, class_=ModelSession)
Blocks = sessionmaker(class_=OurSyncSession)


async def awaited_ok():
    async with Awaited() as session, session.begin():
        await session.execute(select(1))
        session.add(object())
    async with Awaited.begin() as session:
        await session.execute(select(1))
    async with Model() as session:
        await session.exec(select(1))


async def dropped_bad():
    async with Awaited() as session:
        session.commit()
        # CHECK: {{^}}session_classes.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP701]
    async with Ours() as session:
        session.commit()
        # CHECK: {{^}}session_classes.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP701]
    async with Model() as session:
        session.exec(select(1))
        # CHECK: {{^}}session_classes.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP701]


def in_sync_code_bad():
    session = Awaited()
    session.commit()
    # CHECK: {{^}}session_classes.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP701]


async def blocks_bad():
    Blocks().commit()
    # CHECK: {{^}}session_classes.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]

#--- sqlalchemy_app.py
import asyncio

from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("sqlite://")
Local = sessionmaker(bind=engine)
async_engine = create_async_engine("sqlite+aiosqlite://")
AsyncLocal = async_sessionmaker(async_engine, expire_on_commit=False)


async def bad():
    session = Local()
    session.execute(select(1))
    # CHECK: {{^}}sqlalchemy_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    session.commit()
    # CHECK: {{^}}sqlalchemy_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    with Session(engine) as other:
        other.scalars(select(1)).all()
        # CHECK: {{^}}sqlalchemy_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        other.query(int).filter(1).first()
        # CHECK: {{^}}sqlalchemy_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    with engine.connect() as connection:
    # CHECK: {{^}}sqlalchemy_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        connection.execute(text("select 1"))
        # CHECK: {{^}}sqlalchemy_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def right():
    async with AsyncLocal() as session:
        await session.execute(select(1))
        session.commit()
        # CHECK: {{^}}sqlalchemy_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
        await session.commit()
    async with async_engine.begin() as connection:
        await connection.execute(text("select 1"))
        await connection.run_sync(create_all)
    async with AsyncSession(async_engine) as third:
        await third.run_sync(load)
        third.add(object())


def create_all(connection):
    connection.execute(text("create"))


def load(session: Session):
    session.execute(select(1))


def sync_side():
    with Local() as session:
        session.execute(select(1))


asyncio.run(bad())
asyncio.run(right())
sync_side()

#--- two_drivers_app.py
import asyncio

import aiomysql
import aiopg


async def FP_closed_at_once():
    async with aiopg.create_pool("dbname=x") as pool, pool.acquire() as connection:
        cursor = await connection.cursor()
        await cursor.execute("select 1")
        cursor.close()
        cursor.execute("select 2")
        # CHECK: {{^}}two_drivers_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]


async def close_bad():
    connection = await aiomysql.connect()
    cursor = await connection.cursor()
    cursor.close()
    # CHECK: {{^}}two_drivers_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]


asyncio.run(FP_closed_at_once())
asyncio.run(close_bad())
