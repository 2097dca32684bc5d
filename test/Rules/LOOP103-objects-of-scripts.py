# RUN: not %looplint check --select=LOOP102,LOOP103 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A script's top level makes an object that has to be made where a loop runs.
import asyncio

import aiohttp

session = aiohttp.ClientSession()
# CHECK: :[[#@LINE-1]]:11: warning: `aiohttp.ClientSession` needs a running loop while the module is imported [LOOP103]


async def main():
    async with session.get("https://example.org") as response:
        print(response.status)


asyncio.run(main())
