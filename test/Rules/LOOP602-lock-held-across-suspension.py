# RUN: not %looplint check --select=LOOP602 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
import asyncio
import contextlib
import multiprocessing
import threading


class Store:
    def __init__(self):
        self._lock = threading.Lock()
        self._again = threading.RLock()
        self._condition = threading.Condition()
        self._places = threading.Semaphore(4)
        self._awaited = asyncio.Lock()
        self.rows = []

    async def block_bad(self):
        with self._lock:
            # CHECK: :[[#@LINE-1]]:9: warning: this `threading.Lock` stays taken while the coroutine is suspended, and whoever wants it next on this thread stops the thread, so that it is never given back; use `asyncio.Lock` [LOOP602]
            # CHECK: note: `Store.block_bad` is a coroutine: a loop runs it
            # CHECK: :[[#@LINE+1]]:13: note: the coroutine is suspended here, and the lock stays taken
            await asyncio.sleep(1)

    async def reentrant_bad(self):
        with self._again:
            # CHECK: :[[#@LINE-1]]:9: warning: this `threading.RLock` stays taken while the coroutine is suspended, and keeps out nobody else on this thread, {{.*}} [LOOP602]
            await asyncio.sleep(1)

    async def condition_bad(self):
        with self._condition:
            # CHECK: :[[#@LINE-1]]:9: warning: this `threading.Condition` {{.*}}; use `asyncio.Condition` [LOOP602]
            await asyncio.sleep(1)

    async def semaphore_bad(self):
        with self._places:
            # CHECK: :[[#@LINE-1]]:9: warning: this `threading.Semaphore` {{.*}} [LOOP602]
            await asyncio.sleep(1)

    async def acquired_bad(self):
        self._lock.acquire()
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP602]
        try:
            await asyncio.sleep(1)
        finally:
            self._lock.release()

    async def generator_bad(self):
        with self._lock:
            # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP602]
            for row in self.rows:
                yield row

    async def iteration_bad(self):
        with self._lock:
            # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP602]
            async for row in self.generator_bad():
                print(row)

    async def entered_bad(self):
        with self._lock:
            # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP602]
            async with self._awaited:
                self.rows.clear()

    def take(self):
        self._lock.acquire()

    def give_back(self):
        self._lock.release()

    async def FN_through_helpers(self):
        self.take()
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP602]
        await asyncio.sleep(1)
        self.give_back()

    @contextlib.contextmanager
    def locked(self):
        with self._lock:
            yield self.rows

    async def FN_through_a_context_manager(self):
        with self.locked() as rows:
            # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP602]
            rows.append(await asyncio.sleep(1, 2))

    async def awaited_ok(self):
        async with self._awaited:
            await asyncio.sleep(1)

    async def given_back_ok(self):
        with self._lock:
            row = self.rows.pop()
        await asyncio.sleep(row)

    async def FP_given_back_by_helpers(self):
        self.take()
        self.rows.clear()
        self.give_back()
        await asyncio.sleep(1)

    async def FP_behind_the_context_manager(self):
        with self.locked() as rows:
            rows.clear()
        await asyncio.sleep(1)

    async def FP_left_by_break(self):
        while True:
            with self._lock:
                if self.rows:
                    break
        await asyncio.sleep(1)

    def first(self):
        with self._lock:
            return self.rows[0]

    async def FP_left_by_return(self):
        await asyncio.sleep(self.first())

    async def FP_left_by_exception(self):
        try:
            with self._lock:
                raise LookupError
        except LookupError:
            await asyncio.sleep(1)

    async def _count(self):
        return len(self.rows)

    async def FP_awaits_what_never_suspends(self):
        with self._lock:
            return await self._count()

    async def FP_does_not_wait(self):
        if self._lock.acquire(blocking=False):
            await asyncio.sleep(1)
            self._lock.release()

    async def FP_steps_aside(self):
        with self._lock:
            self._lock.release()
            await asyncio.sleep(1)
            self._lock.acquire()

    async def FP_waits_for_an_event(self):
        # Whoever has made something gives it back.
        self._places.acquire()
        await asyncio.sleep(1)

    async def FP_gives_it_away(self, cleanup: contextlib.ExitStack):
        cleanup.enter_context(self._lock)
        cleanup.close()
        await asyncio.sleep(1)


class Guard:
    def __init__(self, lock: threading.Lock):
        self._lock = lock

    def __enter__(self):
        self._lock.acquire()

    def __exit__(self, *raised):
        self._lock.release()


processes = multiprocessing.Lock()


async def FN_through_a_guard():
    with Guard(threading.Lock()):
        # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP602]
        await asyncio.sleep(1)


async def FN_of_processes():
    with processes:
        # CHECK: :[[#@LINE-1]]:5: warning: this `multiprocessing.Lock` {{.*}} [LOOP602]
        await asyncio.sleep(1)


async def FP_behind_a_guard():
    with Guard(threading.Lock()):
        pass
    await asyncio.sleep(1)


def FP_is_no_coroutine():
    with threading.Lock():
        yield 1
