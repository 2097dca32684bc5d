# RUN: %looplint check --select=LOOP201 %s
# RUN: %python %S/Inputs/prove.py %s \
# RUN:   "running event loop|another loop is running|already running"
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


class Client:
    def load(self):
        return asyncio.run(fetch())


def main_ok():
    asyncio.run(fetch())


def one_run_after_another_ok():
    asyncio.run(fetch(1))
    asyncio.run(fetch(2))


def own_loop_ok():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(fetch())
    loop.run_until_complete(fetch())
    loop.close()


def fresh_loop_here():
    return asyncio.run(fetch())


async def to_thread_ok():
    return await asyncio.to_thread(fresh_loop_here)


async def executor_ok():
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, fresh_loop_here)


async def executor_lambda_ok():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:
        return await loop.run_in_executor(pool, lambda: asyncio.run(fetch()))


async def thread_target_ok():
    thread = threading.Thread(target=fresh_loop_here)
    thread.start()
    await asyncio.to_thread(thread.join)


async def run_as_thread_target_ok():
    thread = threading.Thread(target=asyncio.run, args=(fetch(),))
    thread.start()
    await asyncio.to_thread(thread.join)


def in_pool(function):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function).result()


async def own_helper_hops_ok():
    return in_pool(fresh_loop_here)


async def passed_but_not_called_ok():
    return [fresh_loop_here, Client().load]


async def defined_but_not_called_ok():
    def later():
        return asyncio.run(fetch())

    return later


class run:
    """Not the one of asyncio."""

    @staticmethod
    def run(coroutine):
        coroutine.close()


async def same_name_ok():
    run.run(fetch())


if __name__ == "__main__":
    main_ok()
    one_run_after_another_ok()
    own_loop_ok()
