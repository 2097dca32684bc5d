# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check %t/both %t/other.py \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Scripts of one folder are programs of their own: that one runs a loop of
# asyncio's making says nothing of the other's, whose library runs the loop that
# its object was made for.

#--- both/mixed.py
import asyncio

from pyrogram import Client

app = Client("mixed")
# CHECK: mixed.py:[[#@LINE-1]]:7: warning: {{.*}} [LOOP103]


async def main(): ...


if __name__ == "__main__":
    asyncio.run(main())
    app.run(main())

#--- both/FP_own.py
from pyrogram import Client, idle

app = Client("own")


async def main():
    async with app:
        await idle()


app.run(main())

#--- other.py
import asyncio


async def main(): ...


asyncio.run(main())
