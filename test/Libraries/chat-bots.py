# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Bots run a loop of their own; handlers are on it.
import asyncio

import discord
from discord.ext import commands, tasks
from telegram.ext import Application, CommandHandler


async def fetch(): ...


bot = commands.Bot("!")


@bot.command()
async def command_bad(context):
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


@bot.event
async def on_ready():
    tick.start()
    helper_bad()


def helper_bad():
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


class Client(discord.Client):
    async def on_message(self, message):
        self.run("token")
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


@tasks.loop(seconds=5)
async def tick(): ...


async def command(update, context): ...


async def nested_bad():
    application = Application.builder().token("token").build()
    application.add_handler(CommandHandler("a", command))
    application.run_polling()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


tick.start()
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP{{102|304}}]
Client().run("token")
bot.run("token")
asyncio.run(nested_bad())
