# RUN: not %looplint check --select=LOOP102 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A command line's function runs on the main thread of a program, where nobody
# has set a loop.
import asyncio

import click
import typer
from django.core.management.base import BaseCommand

app = typer.Typer()


async def fetch(): ...


@click.command()
def click_bad():
    asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP102]


@click.command()
def click_ok():
    asyncio.run(fetch())


@app.command()
def typer_bad():
    asyncio.get_event_loop().run_until_complete(fetch())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP102]


@app.command()
def typer_FP_sets_its_own():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    asyncio.get_event_loop().run_until_complete(fetch())


class Command(BaseCommand):
    def handle(self, *arguments, **options):
        asyncio.get_event_loop().run_until_complete(fetch())
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP102]
