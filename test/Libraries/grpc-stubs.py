# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
"""Stubs of gRPC whose generated code is not at hand: what their channel is says
whether a call blocks."""
import asyncio

import grpc

import echo_pb2
import echo_pb2_grpc
from protos import greeter_pb2_grpc as greeter
from protos.mail_pb2_grpc import MailStub


async def blocking_bad():
    with grpc.insecure_channel("host:1") as channel:
        stub = echo_pb2_grpc.EchoStub(channel)
        stub.Say(echo_pb2.Request())
        # CHECK: :[[#@LINE-1]]:9: warning: `{{.*}}MultiCallable` {{.*}} [LOOP601]
        greeter.GreeterStub(channel).Greet(echo_pb2.Request(), timeout=3)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]


class Mailer:
    def __init__(self):
        self.stub = MailStub(grpc.secure_channel("host:1", None))

    def post(self):
        return self.stub.Post(1)
        # CHECK: :[[#@LINE-1]]:16: warning: {{.*}} [LOOP601]


async def behind_a_method_bad():
    Mailer().post()


async def awaitable_ok():
    async with grpc.aio.insecure_channel("host:1") as channel:
        stub = echo_pb2_grpc.EchoStub(channel)
        await stub.Say(echo_pb2.Request())
        async for each in stub.List(echo_pb2.Request()):
            print(each)


async def in_a_thread_ok():
    channel = grpc.insecure_channel("host:1")
    stub = echo_pb2_grpc.EchoStub(channel)
    await asyncio.to_thread(stub.Say, echo_pb2.Request())


async def unknown_channel_ok(channel):
    await echo_pb2_grpc.EchoStub(channel).Say(echo_pb2.Request())


def sync_ok():
    with grpc.insecure_channel("host:1") as channel:
        echo_pb2_grpc.EchoStub(channel).Say(echo_pb2.Request())


sync_ok()
