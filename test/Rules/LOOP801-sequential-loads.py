# RUN: not %looplint check --select=LOOP801 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: env PYTHONPATH=%S/Inputs/libraries %python %S/Inputs/prove.py %s "more batches than needed"
#
# Every program tells how few batches would do.
import asyncio

from aiodataloader import DataLoader

USERS = {1: 2, 2: 3, 3: None}


class Users(DataLoader):
    batches = 0

    async def batch_load_fn(self, keys):
        self.batches += 1
        return [USERS.get(key) for key in keys]

    def expect(self, needed):
        if self.batches > needed:
            print("more batches than needed:", self.batches)


# One by one.


async def for_bad(keys=(1, 2, 3)):
    users = Users()
    found = []
    for key in keys:
        found.append(await users.load(key))
        # CHECK: :[[#@LINE-1]]:22: warning: `DataLoader.load` is awaited one by one in a loop: {{.*}} [LOOP801]
    users.expect(1)


async def comprehension_bad(keys=(1, 2, 3)):
    users = Users()
    names = [await users.load(key) for key in keys]
    # CHECK: :[[#@LINE-1]]:14: warning: {{.*}} [LOOP801]
    users.expect(1)
    return names


async def chief(users, key):
    return await users.load(key)


async def through_helper_bad(keys=(1, 2, 3)):
    users = Users()
    for key in keys:
        print(await chief(users, key))
        # CHECK: :[[#@LINE-1]]:15: warning: {{.*}} [LOOP801]
    users.expect(1)


async def in_a_row_bad():
    users = Users()
    first = await users.load(1)
    second = await users.load(2)
    # CHECK: :[[#@LINE-1]]:14: warning: `DataLoader.load` is awaited right after another one{{.*}} [LOOP801]
    users.expect(1)
    return first, second


class Member:
    def __init__(self, users, key):
        self.users = users
        self.key = key

    async def chief(self):
        key = self.key
        return await self.users.load(key)


async def FN_method_of_what_is_iterated():
    users = Users()
    for member in [Member(users, 1), Member(users, 2)]:
        print(await member.chief())
        # CHECK: :[[#@LINE-1]]:15: warning: {{.*}} [LOOP801]
    users.expect(1)


async def chief_again(users, key):
    return await chief(users, key)


async def FN_two_calls_deep(keys=(1, 2, 3)):
    users = Users()
    for key in keys:
        print(await chief_again(users, key))
        # CHECK: :[[#@LINE-1]]:15: warning: {{.*}} [LOOP801]
    users.expect(1)


async def FN_in_a_dictionary(keys=(1, 2, 3)):
    users = Users()
    chiefs = {key: await users.load(key) for key in keys}
    # CHECK: :[[#@LINE-1]]:20: warning: {{.*}} [LOOP801]
    users.expect(1)
    return chiefs


# Right.


async def gather_ok(keys=(1, 2, 3)):
    users = Users()
    await asyncio.gather(*(users.load(key) for key in keys))
    users.expect(1)


async def load_many_ok(keys=(1, 2, 3)):
    users = Users()
    await users.load_many(keys)
    users.expect(1)


async def asked_first_ok(keys=(1, 2, 3)):
    users = Users()
    futures = [users.load(key) for key in keys]
    for future in futures:
        await future
    users.expect(1)


async def FP_walks_from_result_to_result(key=1):
    users = Users()
    while key is not None:
        key = await users.load(key)
    users.expect(3)


async def FP_needs_the_one_before():
    users = Users()
    first = await users.load(1)
    second = await users.load(first)
    users.expect(2)
    return second


async def FP_walks_in_a_for():
    users = Users()
    key = 1
    for _ in range(3):
        key = await users.load(key)
    users.expect(3)


async def FP_stops_at_the_first(keys=(1, 2, 3)):
    users = Users()
    for key in keys:
        if await users.load(key):
            break
    users.expect(1)


async def numbers():
    for number in (1, 2):
        yield number
        await asyncio.sleep(0)


async def FP_keys_come_one_by_one():
    users = Users()
    async for key in numbers():
        await users.load(key)
    users.expect(2)


async def FP_one_of_each():
    for users in (Users(), Users()):
        await users.load(1)
        users.expect(1)
