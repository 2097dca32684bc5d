# RUN: not %looplint check --select=LOOP701 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# `:=` in a condition keeps the coroutine, which is true whatever its result would be.


class Session:
    async def next(self): ...

    async def if_bad(self):
        if (item := self.next()):
            # CHECK: :[[#@LINE-1]]:21: error: the coroutine of `Session.next` is kept in `item`, which is used as if it were the result, and never awaited: its body never runs [LOOP701]
            print("one")

    async def used_bad(self):
        if (item := self.next()):
            # CHECK: :[[#@LINE-1]]:21: error: {{.*}} [LOOP701]
            print(item)

    async def while_bad(self):
        while (item := self.next()) is not None:
            # CHECK: :[[#@LINE-1]]:24: error: {{.*}} [LOOP701]
            print(item)

    async def not_bad(self):
        if not (item := self.next()):
            # CHECK: :[[#@LINE-1]]:25: error: {{.*}} [LOOP701]
            return
        print(item)

    async def and_bad(self, wanted):
        if wanted and (item := self.next()):
            # CHECK: :[[#@LINE-1]]:32: error: {{.*}} [LOOP701]
            print(item)

    async def awaited_ok(self):
        if (item := await self.next()):
            print(item)

    async def awaited_later_ok(self, wanted):
        if wanted and (coming := self.next()):
            print(await coming)

    async def list_ok(self):
        return [item async for item in self.all() if (shown := item)]

    async def all(self):
        yield 1
