# RUN: %looplint check --exit-zero --blocking-tier file --select=LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What stops the loop stands behind helpers, properties and setters more often
# than in the coroutine itself.
import asyncio
import sqlite3
import ssl
import time

import zmq


def rest():
    time.sleep(1)
    # CHECK: :[[#@LINE-1]]:5: warning: `time.sleep` {{.*}} [LOOP601]


def default_context():
    return ssl.create_default_context()
    # CHECK: :[[#@LINE-1]]:12: warning: `ssl.create_default_context` {{.*}} [LOOP601]


def own_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations("roots.pem")
    # CHECK: :[[#@LINE-1]]:5: warning: `SSLContext.load_verify_locations` {{.*}} [LOOP601]
    context.load_cert_chain("own.pem")
    # CHECK: :[[#@LINE-1]]:5: warning: `SSLContext.load_cert_chain` {{.*}} [LOOP601]
    return context


def read(path):
    with open(path) as file:
        # CHECK: :[[#@LINE-1]]:10: warning: `builtins.open` {{.*}} [LOOP601]
        return file.read()


def query(path):
    database = sqlite3.connect(path)
    # CHECK: :[[#@LINE-1]]:16: warning: `sqlite3.connect` {{.*}} [LOOP601]
    return database.execute("select 1")
    # CHECK: :[[#@LINE-1]]:12: warning: `Connection.execute` {{.*}} [LOOP601]


class Reader:
    def __init__(self):
        self.socket = zmq.Context().socket(zmq.PULL)
        self.latest = None

    def wait(self):
        return self.socket.poll(1000)
        # CHECK: :[[#@LINE-1]]:16: warning: `Socket.poll` {{.*}} [LOOP601]

    def look(self):
        return self.socket.poll(0)

    @property
    def value(self):
        return self.socket.recv()
        # CHECK: :[[#@LINE-1]]:16: warning: `Socket.recv` {{.*}} [LOOP601]

    @property
    def settled(self):
        time.sleep(2)
        # CHECK: :[[#@LINE-1]]:9: warning: `time.sleep` {{.*}} 2 s{{.*}} [LOOP601]
        return self.latest

    @settled.setter
    def settled(self, value):
        time.sleep(3)
        # CHECK: :[[#@LINE-1]]:9: warning: `time.sleep` {{.*}} 3 s{{.*}} [LOOP601]
        self.latest = value

    @property
    def unused(self):
        time.sleep(4)
        return self.latest


async def main():
    rest()
    default_context()
    own_context()
    read("settings")
    query("rows")
    reader = Reader()
    if reader.look():
        reader.wait()
    print(reader.value, reader.settled)
    reader.settled = 1


if __name__ == "__main__":
    asyncio.run(main())
