# RUN: %looplint check %s
#
# What belongs to the thread's current loop, in a program that runs that loop and
# no other.
from pyrogram import Client

application = Client("FP_made_at_import")


@application.on_message()
async def answer(client, message):
    await message.reply("hello")


application.run()
