# RUN: not %looplint check --select=LOOP102 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Callbacks of a toolkit run where somebody turns it: here a coroutine does, or
# the toolkit's own loop, beside which none runs.
import asyncio
import tkinter


async def send():
    await asyncio.sleep(0)


def FP_on_key(event):
    asyncio.create_task(send())


def on_click_bad():
    asyncio.create_task(send())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


async def polls():
    window = tkinter.Tk()
    window.bind("<Return>", FP_on_key)
    while True:
        window.update()
        await asyncio.sleep(0.05)


def turns():
    window = tkinter.Tk()
    tkinter.Button(window, command=on_click_bad)
    window.mainloop()


if __name__ == "__main__":
    turns()
    asyncio.run(polls())
