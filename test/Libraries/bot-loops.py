# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A bot's loop is run by its library, and never by a thread that the program
# starts, unless that thread runs a loop itself.
import threading

import discord

bot = discord.Client()


def on_a_thread():
    bot.loop.call_soon(print, "bad")
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP501]
    bot.loop.call_soon_threadsafe(print, "right")


def FP_runs_it_itself():
    bot.loop.call_soon(print, "right")
    bot.loop.run_forever()


threading.Thread(target=on_a_thread).start()
threading.Thread(target=FP_runs_it_itself).start()
