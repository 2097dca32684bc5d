# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Bots as their libraries' first pages write them. A handler that blocks stops the bot; a
# call that is not awaited sends nothing.

#--- aiogram_bot.py
import asyncio
import time

import requests
from aiogram import Bot, Dispatcher, Router, types
from aiogram.filters import CommandStart

dp = Dispatcher()
router = Router()


@dp.message(CommandStart())
async def start(message: types.Message):
    time.sleep(1)
    # CHECK: {{^}}aiogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    message.answer("a")
    # CHECK: {{^}}aiogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await message.answer("a")


@router.callback_query()
async def press(callback: types.CallbackQuery, bot: Bot):
    requests.get("http://a")
    # CHECK: {{^}}aiogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    bot.send_message(1, "a")
    # CHECK: {{^}}aiogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await callback.answer()


@router.message()
async def right(message: types.Message):
    await asyncio.to_thread(requests.get, "http://a")
    await message.reply("a")


@dp.startup()
async def begin():
    asyncio.run(fetch())
    # CHECK: {{^}}aiogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


async def fetch(): ...


async def main():
    bot = Bot("a")
    dp.include_router(router)
    await dp.start_polling(bot)


asyncio.run(main())

#--- discord_bot.py
import asyncio
import time

import discord
import requests
from discord import app_commands
from discord.ext import commands, tasks

bot = commands.Bot(command_prefix="!", intents=discord.Intents.default())


@bot.event
async def on_message(message: discord.Message):
    requests.get("http://a")
    # CHECK: {{^}}discord_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    message.channel.send("a")
    # CHECK: {{^}}discord_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await message.channel.send("a")


@bot.command()
async def slow(ctx):
    time.sleep(1)
    # CHECK: {{^}}discord_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await ctx.send("a")


@bot.tree.command(name="hi")
async def hi(interaction: discord.Interaction):
    time.sleep(1)
    # CHECK: {{^}}discord_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await interaction.response.send_message("a")


@tasks.loop(seconds=5)
async def tick():
    requests.get("http://a")
    # CHECK: {{^}}discord_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


class Voice(commands.Cog):
    @app_commands.command()
    async def play(self, interaction: discord.Interaction):
        def after(error):
            asyncio.run_coroutine_threadsafe(self.next(), bot.loop)
            bot.loop.create_task(self.next())
            # CHECK: {{^}}discord_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP501]

        interaction.guild.voice_client.play(discord.FFmpegPCMAudio("a"), after=after)

    async def next(self): ...

    @commands.Cog.listener()
    async def on_ready(self):
        await asyncio.to_thread(requests.get, "http://a")


class Own(discord.Client):
    async def setup_hook(self):
        asyncio.run(self.later())
        # CHECK: {{^}}discord_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]

    async def later(self): ...


bot.run("token")

#--- ptb.py
import asyncio
import time

import requests
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes, ConversationHandler, MessageHandler, filters


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE):
    time.sleep(1)
    # CHECK: {{^}}ptb.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    update.message.reply_text("a")
    # CHECK: {{^}}ptb.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await update.message.reply_text("a")


async def job(context):
    requests.get("http://a")
    # CHECK: {{^}}ptb.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


async def right(update, context):
    data = await asyncio.to_thread(requests.get, "http://a")
    context.application.create_task(start(update, context))
    await context.bot.send_message(1, data.text)


async def error(update, context):
    asyncio.run(job(context))
    # CHECK: {{^}}ptb.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]


async def post_init(application):
    time.sleep(1)
    # CHECK: {{^}}ptb.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]


def main():
    app = ApplicationBuilder().token("a").post_init(post_init).build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(MessageHandler(filters.TEXT, right))
    app.add_error_handler(error)
    app.job_queue.run_repeating(job, interval=60)
    app.run_polling()


main()

#--- pyrogram_bot.py
import asyncio
import time

import requests
from pyrogram import Client, filters, idle

app = Client("a")


@app.on_message(filters.private)
async def hello(client, message):
    time.sleep(1)
    # CHECK: {{^}}pyrogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    message.reply("a")
    # CHECK: {{^}}pyrogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await message.reply("a")


@app.on_message(filters.command("s"))
def sync_hello(client, message):
    time.sleep(1)
    message.reply_text("a")


@Client.on_callback_query()
async def press(client, query):
    requests.get("http://a")
    # CHECK: {{^}}pyrogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    client.send_message("me", "a")
    # CHECK: {{^}}pyrogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await client.send_message("me", "a")
    await asyncio.to_thread(requests.get, "http://a")


async def main():
    async with app:
        app.send_message("me", "a")
        # CHECK: {{^}}pyrogram_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
        await idle()


app.run(main())

#--- telethon_bot.py
import asyncio
import time

import requests
from telethon import TelegramClient, events

client = TelegramClient("a", 1, "b")


@client.on(events.NewMessage)
async def on_new(event):
    time.sleep(1)
    # CHECK: {{^}}telethon_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    event.reply("a")
    # CHECK: {{^}}telethon_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await event.reply("a")
    await client.send_message("me", "a")


@client.on(events.MessageEdited(pattern="a"))
async def on_edit(event):
    requests.get("http://a")
    # CHECK: {{^}}telethon_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(requests.get, "http://a")


async def main():
    client.send_message("me", "a")
    # CHECK: {{^}}telethon_bot.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await client.get_me()


with client:
    client.loop.run_until_complete(main())
    client.run_until_disconnected()
