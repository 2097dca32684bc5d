# RUN: not %looplint check --select=LOOP501 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What is for the loop's own thread, used on another one.
import asyncio
import threading


async def transport_bad():
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_connection(asyncio.Protocol, "host", 1)

    def send():
        transport.write(b"x")
        # CHECK: :[[#@LINE-1]]:9: error: `WriteTransport.write` is called on a worker thread{{.*}} [LOOP501]
        transport.close()
        # CHECK: :[[#@LINE-1]]:9: error: `BaseTransport.close` is called on a worker thread{{.*}} [LOOP501]

    threading.Thread(target=send).start()
    await asyncio.sleep(1)


async def stream_bad():
    reader, writer = await asyncio.open_connection("host", 1)

    def send():
        writer.write(b"x")
        # CHECK: :[[#@LINE-1]]:9: error: `StreamWriter.write` {{.*}} [LOOP501]

    threading.Thread(target=send).start()
    await reader.read()


class Slots:
    def __init__(self):
        self.lock = asyncio.Lock()

    async def take(self):
        await self.lock.acquire()
        threading.Thread(target=self.work).start()
        await self.lock.acquire()

    def work(self):
        self.lock.release()
        # CHECK: :[[#@LINE-1]]:9: error: `Lock.release` {{.*}} [LOOP501]


async def lock_bad():
    await Slots().take()


async def FN_method_as_target():
    future = asyncio.get_running_loop().create_future()
    threading.Thread(target=future.set_result, args=(1,)).start()
    # CHECK: :[[#@LINE-1]]:5: error: `Future.set_result` {{.*}} [LOOP501]
    await future


class Server:
    def __init__(self):
        self.loop = asyncio.new_event_loop()

    def serve(self):
        self.loop.run_forever()

    def end(self):
        self.loop.stop()
        # CHECK: :[[#@LINE-1]]:9: error: `AbstractEventLoop.stop` is called on the main thread{{.*}} [LOOP501]


def stop_bad():
    server = Server()
    threading.Thread(target=server.serve).start()
    server.end()


async def FP_by_the_loop():
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection("host", 1)

    def send():
        loop.call_soon_threadsafe(writer.write, b"x")
        loop.call_soon_threadsafe(lambda: writer.close())

    threading.Thread(target=send).start()
    await reader.read()


if __name__ == "__main__":
    asyncio.run(transport_bad())
    asyncio.run(stream_bad())
    asyncio.run(lock_bad())
    asyncio.run(FN_method_as_target())
    stop_bad()
    asyncio.run(FP_by_the_loop())
