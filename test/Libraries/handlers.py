# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What bots give to their handlers: a coroutine is told by the object it comes from.
import asyncio

import nextcord
from aiogram import F, Router
from discord import Interaction, ui
from discord.ext import commands, tasks
from pyrogram import Client
from telegram import Update
from telegram.ext import CallbackContext, CommandHandler, ContextTypes, MessageHandler
from telethon import TelegramClient, events
from twitchio.ext import commands as twitch


class Music(commands.Cog):
    def __init__(self, bot):
        self.bot = bot

    @commands.command()
    @commands.has_permissions(administrator=True)
    async def play(self, context):
        asyncio.get_running_loop().call_soon(context.send("playing"))
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]
        await context.send("playing")
        asyncio.get_running_loop().call_soon(context.typing)

    @play.error
    async def play_error(self, context, error):
        asyncio.run(self.report())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    async def report(self): ...

    @commands.Cog.listener()
    async def on_message(self, message):
        self.helper_bad()

    def helper_bad(self):
        asyncio.run(self.report())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    @tasks.loop(seconds=5)
    async def tick(self):
        self.helper_bad()


class Panel(ui.View):
    @ui.button(label="Go")
    async def go(self, interaction: Interaction, button):
        asyncio.get_running_loop().call_soon(interaction.response.send_message("a"))
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]


class Bot(nextcord.Client):
    async def on_message(self, message):
        asyncio.get_running_loop().call_soon(message.channel.send("a"))
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]
        asyncio.get_running_loop().call_soon(message.reply)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP303]


async def start(update, context):
    asyncio.get_running_loop().call_soon(update.message.reply_text("a"))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE):
    asyncio.get_running_loop().call_soon(update.effective_message.reply_text("a"))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    asyncio.get_running_loop().call_soon(context.bot.send_message(1, "a"))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


# Of 13, whose methods block.
def old_ok(update: Update, context: CallbackContext):
    print(update.message.reply_text("a"))
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


CommandHandler("start", start)
MessageHandler(None, echo)
CommandHandler("old", old_ok)

router = Router()


@router.message(F.text == "a")
async def answer(message):
    asyncio.get_running_loop().call_soon(message.answer("a"))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


@router.callback_query()
def in_thread_bad(query):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@router.startup()
async def on_startup_ok():
    await asyncio.sleep(1)


@Client.on_message()
async def on_message(client, message):
    asyncio.get_running_loop().call_soon(message.reply("a"))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


async def main():
    client = TelegramClient("a", 1, "b")

    @client.on(events.NewMessage)
    async def handler(event):
        asyncio.get_running_loop().call_soon(event.respond("a"))
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]


class Stream(twitch.Bot):
    @twitch.command()
    async def hello(self, context):
        asyncio.get_running_loop().call_soon(context.send("a"))
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]

    async def event_ready(self):
        asyncio.run(self.close())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]
