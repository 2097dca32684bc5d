# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
"""The name of an event of discord.py says what its handler is given, without
annotations."""
import discord
from discord.ext import commands

bot = commands.Bot("!")
client = discord.Client()


@bot.event
async def on_message(message):
    message.reply("x")
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `{{.*}}Message.reply` is dropped {{.*}} [LOOP701]
    await message.reply("x")
    message.channel.send("x")
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `{{.*}}send` is dropped {{.*}} [LOOP701]


@client.event
async def on_member_join(member):
    member.send("x")
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `{{.*}}send` is dropped {{.*}} [LOOP701]


@bot.listen()
async def on_reaction_add(reaction, user):
    user.send("x")
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `{{.*}}send` is dropped {{.*}} [LOOP701]


class Greeter(commands.Cog):
    @commands.Cog.listener()
    async def on_message(self, message):
        message.reply("x")
        # CHECK: :[[#@LINE-1]]:9: error: the coroutine of `{{.*}}Message.reply` is dropped {{.*}} [LOOP701]

    async def on_message_edit(self, before, after):
        # No listener.
        after.reply("x")


@bot.event
async def on_ready():
    pass


@bot.event
async def on_something_else(message):
    # Nobody knows what that is given.
    message.reply("x")


bot.run("token")
