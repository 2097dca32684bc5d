# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "running event loop"
#
# A generator's body runs where it is gone through.
import asyncio


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


def pages():
    for n in range(2):
        yield asyncio.run(fetch(n))
        # CHECK: :[[#@LINE-1]]:15: error: {{.*}} [LOOP201]


async def for_bad():
    for page in pages():
        print(page)


def rows():
    yield asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP201]


def all_rows():
    yield from rows()


async def yield_from_bad():
    return list(all_rows())


def first():
    yield asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP201]


async def next_bad():
    return next(first())


def functions():
    yield lambda: asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:19: error: {{.*}} [LOOP201]


async def yielded_function_bad():
    for function in functions():
        function()


async def expression_bad():
    return sum(asyncio.run(fetch(n)) for n in range(2))
    # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


def only_from_main():
    yield asyncio.run(fetch())


def main_ok():
    list(only_from_main())


def on_worker():
    yield asyncio.run(fetch())


def consume(items):
    return [item for item in items]


async def consumed_on_worker_ok():
    await asyncio.to_thread(consume, on_worker())


# Known limits.


def passed_on():
    yield asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP201]


async def consume_on_worker(items):
    await asyncio.to_thread(list, items)


async def FP_passed_on():
    # The body is taken to run where the generator is made.
    await consume_on_worker(passed_on())


if __name__ == "__main__":
    main_ok()
