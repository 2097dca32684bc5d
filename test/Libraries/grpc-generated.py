# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Generated code tells which methods of a servicer serve, and what a stub's channel makes
# of a call.

#--- ask.py
import asyncio

import grpc
import route_pb2
import route_pb2_grpc


async def bad():
    with grpc.insecure_channel("localhost:50051") as channel:
        stub = route_pb2_grpc.RouteStub(channel)
        stub.Find(route_pb2.Place())
        # CHECK: {{^}}ask.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        await asyncio.to_thread(stub.Find, route_pb2.Place())


async def right():
    async with grpc.aio.insecure_channel("localhost:50051") as channel:
        stub = route_pb2_grpc.RouteStub(channel)
        await stub.Find(route_pb2.Place())


asyncio.run(bad())
asyncio.run(right())

#--- route_pb2_grpc.py
import grpc

import route_pb2 as route__pb2


class RouteStub(object):
    def __init__(self, channel):
        self.Find = channel.unary_unary(
            "/route.Route/Find",
            request_serializer=route__pb2.Place.SerializeToString,
            response_deserializer=route__pb2.Way.FromString,
        )
        self.Watch = channel.unary_stream(
            "/route.Route/Watch",
            request_serializer=route__pb2.Place.SerializeToString,
            response_deserializer=route__pb2.Way.FromString,
        )


class RouteServicer(object):
    def Find(self, request, context):
        context.set_code(grpc.StatusCode.UNIMPLEMENTED)
        raise NotImplementedError("Method not implemented!")

    def Watch(self, request, context):
        context.set_code(grpc.StatusCode.UNIMPLEMENTED)
        raise NotImplementedError("Method not implemented!")


def add_RouteServicer_to_server(servicer, server):
    rpc_method_handlers = {
        "Find": grpc.unary_unary_rpc_method_handler(
            servicer.Find,
            request_deserializer=route__pb2.Place.FromString,
            response_serializer=route__pb2.Way.SerializeToString,
        ),
        "Watch": grpc.unary_stream_rpc_method_handler(
            servicer.Watch,
            request_deserializer=route__pb2.Place.FromString,
            response_serializer=route__pb2.Way.SerializeToString,
        ),
    }
    generic_handler = grpc.method_handlers_generic_handler("route.Route", rpc_method_handlers)
    server.add_generic_rpc_handlers((generic_handler,))

#--- serve_async.py
import asyncio
import time

import grpc
import route_pb2_grpc


class Walker(route_pb2_grpc.RouteServicer):
    async def Find(self, request, context):
        time.sleep(1)
        # CHECK: {{^}}serve_async.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        await asyncio.to_thread(time.sleep, 1)

    def Watch(self, request, context):
        asyncio.get_event_loop()
        # CHECK: {{^}}serve_async.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        time.sleep(1)


async def main():
    server = grpc.aio.server()
    route_pb2_grpc.add_RouteServicer_to_server(Walker(), server)
    await server.start()
    await server.wait_for_termination()


asyncio.run(main())

#--- serve_sync.py
import asyncio
import time
from concurrent import futures

import grpc
import route_pb2_grpc


async def plan():
    await asyncio.sleep(1)


class Finder(route_pb2_grpc.RouteServicer):
    def Find(self, request, context):
        asyncio.get_event_loop()
        # CHECK: {{^}}serve_sync.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]
        time.sleep(1)

    def Watch(self, request, context):
        time.sleep(1)
        yield asyncio.run(plan())


server = grpc.server(futures.ThreadPoolExecutor(max_workers=10))
route_pb2_grpc.add_RouteServicer_to_server(Finder(), server)
server.start()
server.wait_for_termination()
