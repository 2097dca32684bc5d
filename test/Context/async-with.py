# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "running event loop"
#
# What `async with` enters and leaves runs on the loop, like its block.
import asyncio


async def fetch():
    return 1


def closed_all_paths():
    asyncio.run(fetch())


class Res:
    async def __aenter__(self):
        self.loop = asyncio.get_running_loop()
        return self

    async def __aexit__(self, *a):
        self.loop = None

    def use(self):
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def async_with_bad():
    async with Res() as r:
        r.use()


async def async_with_ok():
    async with Res() as r:
        await asyncio.to_thread(closed_all_paths)


class Own:
    async def __aenter__(self):
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]

    async def __aexit__(self, *a):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def enter_bad():
    async with Own():
        pass


class OwnExit:
    async def __aenter__(self):
        return 1

    async def __aexit__(self, *a):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def exit_bad():
    async with OwnExit():
        pass
