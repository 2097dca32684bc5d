# RUN: not %looplint check --select=LOOP701 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
import asyncio
import functools
import unittest.mock
from unknown import command, transform


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


async def ready():
    return False


async def statement_bad():
    fetch()
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `fetch` is dropped and never awaited: its body never runs [LOOP701]
    # CHECK: note: `fetch` is an `async def`: to call it runs nothing
    asyncio.sleep(1)
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `asyncio.sleep` {{.*}} [LOOP701]


def nobody_known_calls_this_bad():
    fetch()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP701]


async def condition_bad():
    if ready():
        # CHECK: :[[#@LINE-1]]:8: error: the coroutine of `ready` is asked whether it is true, which it always is, and never awaited: {{.*}} [LOOP701]
        return 1


async def other_conditions_bad():
    while not ready():
        # CHECK: :[[#@LINE-1]]:15: error: {{.*}} [LOOP701]
        pass
    assert ready()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP701]


async def choice_bad():
    return 2 if ready() else 3
    # CHECK: :[[#@LINE-1]]:17: error: {{.*}} [LOOP701]


async def comparison_bad(names):
    if fetch() is not None:
        # CHECK: :[[#@LINE-1]]:8: error: the coroutine of `fetch` is compared, itself and not its result, {{.*}} [LOOP701]
        pass
    same = fetch() == 3
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP701]
    known = fetch() in names
    # CHECK: :[[#@LINE-1]]:13: error: {{.*}} [LOOP701]
    return same, known, [n for n in names if ready()]
    # CHECK: :[[#@LINE-1]]:46: error: {{.*}} [LOOP701]


async def value_bad():
    text = f"got {fetch()}"
    # CHECK: :[[#@LINE-1]]:19: error: the coroutine of `fetch` is used for a value, {{.*}} [LOOP701]
    total = fetch() + 1
    # CHECK: :[[#@LINE-1]]:13: error: {{.*}} [LOOP701]
    print(fetch())
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP701]
    return text, total, bool(total and ready())
    # CHECK: :[[#@LINE-1]]:40: error: {{.*}} [LOOP701]


async def short_circuit_bad(flag):
    flag and fetch()
    # CHECK: :[[#@LINE-1]]:14: error: {{.*}} [LOOP701]
    value = fetch() or 3
    # CHECK: :[[#@LINE-1]]:13: error: {{.*}} [LOOP701]
    [fetch(n) for n in range(3)]
    # CHECK: :[[#@LINE-1]]:6: error: {{.*}} [LOOP701]
    return value


async def unread_bad():
    task = fetch()
    # CHECK: :[[#@LINE-1]]:12: error: the coroutine of `fetch` is kept in `task`, which nothing reads, {{.*}} [LOOP701]
    _ = ready()
    # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP701]


class Base:
    async def close(self):
        await asyncio.sleep(0)

    def stop(self):
        self.close()
        # CHECK: :[[#@LINE-1]]:9: error: the coroutine of `Base.close` {{.*}} [LOOP701]


class Client(Base):
    def __del__(self):
        self.close()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP701]

    def closing(self):
        return self.close()

    def returned_bad(self):
        self.closing()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP701]

    async def bound_bad(self):
        close = self.close
        close()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP701]
        functools.partial(fetch, 2)()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP701]


def logged(function):
    @functools.wraps(function)
    async def wrapper(*args):
        return await function(*args)

    return wrapper


@logged
async def decorated():
    pass


async def decorated_bad():
    decorated()
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `decorated` {{.*}} [LOOP701]


async def numbers():
    yield 1


async def generator_bad():
    numbers()
    # CHECK: :[[#@LINE-1]]:5: error: the async generator `numbers` is dropped and never iterated over: {{.*}} [LOOP701]


# Right: somebody awaits it.


async def awaited_ok():
    await fetch()
    if await ready():
        return await fetch()
    pending = fetch()
    await asyncio.gather(pending, *[fetch(n) for n in range(3)])
    return fetch()


async def passed_on_ok(queue, jobs):
    queue.put_nowait(fetch())
    jobs.append(fetch())
    asyncio.create_task(fetch())
    await asyncio.wait_for(fetch(), 1)
    later = {"a": fetch()}
    return later, lambda: fetch()


async def asked_first_ok(flag):
    pending = fetch() if flag else None
    if pending:
        return await pending
    return None


async def closed_ok():
    coroutine = fetch()
    coroutine.close()


def yielded_ok():
    yield fetch()


def run(function):
    @functools.wraps(function)
    def wrapper(*args):
        return asyncio.run(function(*args))

    return wrapper


@run
async def main(n=1):
    await fetch(n)


def runs_ok():
    main()
    if main(2):
        pass


@command
async def tool():
    pass


def FP_unknown_decorator():
    # Nobody knows what `command` makes of it: it may run the coroutine.
    tool()


def FP_replaced_by_a_test():
    with unittest.mock.patch("__main__.fetch"):
        fetch()
    with unittest.mock.patch("__main__.ready"):
        fetch()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP701]


class Hook:
    async def changed(self):
        pass

    def notify(self):
        # A subclass makes it a plain function.
        self.changed()


class PlainHook(Hook):
    def changed(self):
        return None


async def numbers_ok():
    return [n async for n in numbers()]


class Aliased:
    async def go(self):
        return 1

    again = go


def handed_on(aliased):
    return aliased.go()


async def FN_by_an_alias(aliased: Aliased):
    aliased.again()
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `Aliased.go` is dropped {{.*}} [LOOP701]


async def FN_from_a_helper(aliased: Aliased):
    handed_on(aliased)
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `Aliased.go` is dropped {{.*}} [LOOP701]


async def FN_named_in_a_condition(aliased: Aliased):
    if found := aliased.go():
        # CHECK: :[[#@LINE-1]]:17: error: the coroutine of `Aliased.go` is kept in `found`, {{.*}} [LOOP701]
        return 1
    return 2


def FN_through_unknown():
    # A known limit: what `transform` makes of it is not known.
    transform(fetch)()


class Reply:
    status = 200


async def reply():
    return Reply()


async def numbers_and_more():
    yield 1


async def attribute_bad():
    return reply().status
    # CHECK: :[[#@LINE-1]]:12: error: the coroutine of `reply` is used for a value, itself and not its result, {{.*}} [LOOP701]


async def item_bad():
    first, second = reply()
    # CHECK: :[[#@LINE-1]]:21: error: the coroutine of `reply` {{.*}} [LOOP701]
    return reply()["body"], first, second
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP701]


async def kept_and_looked_at_bad():
    answer = reply()
    # CHECK: :[[#@LINE-1]]:14: error: the coroutine of `reply` is kept in `answer`, which is used as if it were the result, and never awaited: {{.*}} [LOOP701]
    if not answer:
        return None
    print(f"got {answer.status}")
    return answer.status + 1


async def kept_and_compared_bad():
    while True:
        line = fetch()
        # CHECK: :[[#@LINE-1]]:16: error: the coroutine of `fetch` is kept in `line`, {{.*}} [LOOP701]
        if line == 0:
            break


async def plain_loop_bad():
    for number in numbers_and_more():
        # CHECK: :[[#@LINE-1]]:19: error: the async generator `numbers_and_more` is iterated over by a plain `for`, which raises TypeError; `async for` is for that [LOOP701]
        print(number)
    names = [n for n in reply()]
    # CHECK: :[[#@LINE-1]]:25: error: the coroutine of `reply` is iterated over by a plain `for`, {{.*}} [LOOP701]
    return names, list(numbers_and_more())
    # CHECK: :[[#@LINE-1]]:24: error: {{.*}} [LOOP701]


async def FP_kept_and_awaited_later():
    answer = reply()
    if answer:
        print(answer.cr_frame)
    return (await answer).status


async def FP_kept_and_closed():
    answer = reply()
    answer.close()


async def FP_kept_and_handed_on(register):
    answer = reply()
    print(answer.status)
    register(answer)


async def FP_bound_again():
    answer = reply()
    answer = await answer
    return answer.status


def FP_driven_by_hand():
    reply().send(None)


async def FP_async_loop():
    async for number in numbers_and_more():
        print(number)
    return [n async for n in numbers_and_more()]


if __name__ == "__main__":
    runs_ok()
