# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Jobs of queues and flows: a plain one runs on a worker or in a process of its own, a
# coroutine on a loop where the library takes one, and nowhere where it does not.

#--- airflow_app.py
import asyncio
import time
from datetime import datetime

import requests
from airflow import DAG
from airflow.decorators import dag, task
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator
from airflow.triggers.base import BaseTrigger, TriggerEvent


async def fetch():
    await asyncio.sleep(1)


@task
def bad():
    return asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: {{^}}airflow_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP102]


@task
async def coroutine_task():
# CHECK: {{^}}airflow_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
    await fetch()


def right():
    time.sleep(1)
    return asyncio.run(fetch())


class Load(BaseOperator):
    def execute(self, context):
        time.sleep(1)
        asyncio.get_event_loop().run_until_complete(fetch())
        # CHECK: {{^}}airflow_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP102]


class Wait(BaseTrigger):
    async def run(self):
        time.sleep(1)
        # CHECK: {{^}}airflow_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        requests.get("http://a")
        # CHECK: {{^}}airflow_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        await asyncio.sleep(1)
        yield TriggerEvent(1)


with DAG("a", start_date=datetime(2024, 1, 1)):
    PythonOperator(task_id="right", python_callable=right)
    PythonOperator(task_id="wrong", python_callable=fetch)
    # CHECK: {{^}}airflow_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
    bad()

#--- arq_app.py
import asyncio
import time

import requests
from arq import create_pool, cron
from arq.connections import RedisSettings


async def download(ctx, url):
    requests.get(url)
    # CHECK: {{^}}arq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    return await asyncio.to_thread(requests.get, url)


async def startup(ctx):
    asyncio.run(fetch())
    # CHECK: {{^}}arq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


async def nightly(ctx):
    time.sleep(1)
    # CHECK: {{^}}arq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def fetch(): ...


class WorkerSettings:
    functions = [download]
    cron_jobs = [cron(nightly, hour=1)]
    on_startup = startup


async def main():
    redis = await create_pool(RedisSettings())
    redis.enqueue_job("download", "http://a")
    # CHECK: {{^}}arq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await redis.enqueue_job("download", "http://a")


asyncio.run(main())

#--- celery_app.py
import asyncio
import time

from celery import Celery, shared_task
from celery.signals import worker_process_init

app = Celery("a")


async def fetch():
    await asyncio.sleep(1)


@app.task
def bad():
    return asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: {{^}}celery_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP102]


@app.task(bind=True)
async def never(self):
# CHECK: {{^}}celery_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
    await fetch()


@shared_task
def right():
    time.sleep(1)
    return asyncio.run(fetch())


@shared_task
def nested():
    asyncio.run(inner())


async def inner():
    time.sleep(1)
    # CHECK: {{^}}celery_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    app.send_task("right").get()
    # CHECK: {{^}}celery_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]

#--- dask_app.py
import asyncio
import time

import dask
from dask.distributed import Client, get_client, worker_client
from distributed import Client as Same


async def fetch():
    await asyncio.sleep(1)


def job(x):
    time.sleep(1)
    loop = asyncio.get_event_loop()
    # CHECK: {{^}}dask_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
    return loop.run_until_complete(fetch())


def right(x):
    time.sleep(1)
    return asyncio.run(fetch())


async def on_loop(x):
    time.sleep(1)
    # CHECK: {{^}}dask_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await fetch()


def main():
    client = Client()
    client.submit(job, 1)
    client.map(right, [1])
    client.submit(on_loop, 1)
    client.gather([])


async def main_async():
    async with Client(asynchronous=True) as client:
        future = client.submit(right, 1)
        await future
        await client.gather([future])
        sync = Client("a")
        sync.submit(right, 2).result()
        # CHECK: {{^}}dask_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


main()
asyncio.run(main_async())

#--- dramatiq_app.py
import asyncio
import time

import dramatiq


async def fetch():
    await asyncio.sleep(1)


@dramatiq.actor
def bad():
    time.sleep(1)
    return asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: {{^}}dramatiq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


@dramatiq.actor(max_retries=3)
async def async_actor():
    time.sleep(1)
    # CHECK: {{^}}dramatiq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await fetch()


@dramatiq.actor(queue_name="a")
def right():
    time.sleep(1)
    return asyncio.run(fetch())


@dramatiq.actor
async def right_async():
    await asyncio.to_thread(time.sleep, 1)

#--- prefect_app.py
import asyncio
import time

import requests
from prefect import flow, task


async def fetch():
    await asyncio.sleep(1)


@task
def sync_task():
    time.sleep(1)
    return asyncio.run(fetch())


@task(retries=3)
async def async_task():
    time.sleep(1)
    # CHECK: {{^}}prefect_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


@flow
async def main():
    await async_task()
    asyncio.run(fetch())
    # CHECK: {{^}}prefect_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]
    await asyncio.to_thread(requests.get, "http://a")


@flow(name="right")
def right():
    sync_task()
    sync_task.submit()
    asyncio.run(fetch())


if __name__ == "__main__":
    asyncio.run(main())
    right()

#--- rq_app.py
import asyncio
import time

from redis import Redis
from rq import Queue
from rq.decorators import job

queue = Queue(connection=Redis())


async def fetch():
    time.sleep(1)
    # CHECK: {{^}}rq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


def work():
    return asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: {{^}}rq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP102]


def right():
    return asyncio.run(fetch())


@job("low", connection=Redis())
def decorated():
    return asyncio.run(fetch())


def main():
    queue.enqueue(work)
    queue.enqueue(right)
    queue.enqueue(fetch)


async def handler():
    queue.enqueue(right)
    # CHECK: {{^}}rq_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


main()
asyncio.run(handler())
