# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A method that overrides the library's own does in its place what that one does:
# a state that its caller has tested decides whether it runs at all.
import os

import uvicorn


class Server(uvicorn.Server):
    def run(self, sockets=None):
        print("starting")
        super().run(sockets=sockets)


class Unguarded(uvicorn.Server):
    def run(self, sockets=None):
        super().run(sockets=sockets)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


def is_simulated():
    return "SIMULATED" in os.environ


def run(config):
    if is_simulated():
        return
    Server(config).run()


def run_always(config):
    Unguarded(config).run()


async def simulate_ok(config):
    os.environ["SIMULATED"] = "1"
    run(config)


async def serve_bad(config):
    run_always(config)


run(uvicorn.Config("app:app"))
