# RUN: %looplint check --select=LOOP101 %s
# RUN: %python %S/Inputs/prove.py %s "no current event loop in thread"
import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


def install_here():
    asyncio.set_event_loop(asyncio.new_event_loop())


def installs_first():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    asyncio.get_event_loop().run_until_complete(fetch())
    loop.close()


def worker_installs_loop_ok():
    threading.Thread(target=installs_first).start()


def ask():
    return asyncio.get_event_loop()


def installs_then_helper():
    install_here()
    ask()


def helper_asks_after_install_ok():
    threading.Thread(target=installs_then_helper).start()


def initializer_ok():
    with ThreadPoolExecutor(1, initializer=install_here) as pool:
        pool.submit(ask).result()


def try_or_make():
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop.run_until_complete(fetch())


def caught_and_made_ok():
    threading.Thread(target=try_or_make).start()


def runs_own():
    asyncio.run(fetch())


def own_run_ok():
    threading.Thread(target=runs_own).start()


async def asks_inside():
    return asyncio.get_event_loop()


def coroutine_on_worker_asks_ok():
    threading.Thread(target=lambda: asyncio.run(asks_inside())).start()


def with_runner():
    with asyncio.Runner() as runner:
        runner.run(asks_inside())


def runner_on_worker_ok():
    threading.Thread(target=with_runner).start()


def hands_over(loop):
    asyncio.run_coroutine_threadsafe(fetch(), loop).result()


async def loop_is_passed_ok():
    await asyncio.to_thread(hands_over, asyncio.get_running_loop())


def only_on_main():
    if threading.current_thread() is threading.main_thread():
        return asyncio.get_event_loop()
    return None


def thread_test_ok():
    threading.Thread(target=only_on_main).start()


async def handler():
    return asyncio.get_event_loop()


async def on_the_loop_ok():
    threading.Thread(target=time.sleep, args=(0,)).start()
    return await handler()


def get_event_loop():
    return None


def own_function_of_that_name_ok():
    threading.Thread(target=get_event_loop).start()


def asks_when_started():
    return asyncio.get_event_loop()


def never_started_ok():
    return threading.Thread(target=asks_when_started)


if __name__ == "__main__":
    worker_installs_loop_ok()
    helper_asks_after_install_ok()
    initializer_ok()
    caught_and_made_ok()
    own_run_ok()
    coroutine_on_worker_asks_ok()
    runner_on_worker_ok()
    thread_test_ok()
    own_function_of_that_name_ok()
    never_started_ok()
