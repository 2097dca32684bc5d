# RUN: not %looplint check --select=LOOP101 %s | FileCheck %s
#
# The story says who starts the thread, and that its work runs there.
import asyncio
import threading


class Base:
    def start(self):
        threading.Thread(target=self.run_loop).start()


class Worker(Base):
    def run_loop(self):
        self.fetch()

    def fetch(self):
        return asyncio.get_event_loop()


Worker().start()
# CHECK: :18:16: error: {{.*}} [LOOP101]
# CHECK: note: the top level of `{{.*}}` calls `Base.start`
# CHECK: :10:9: note: `threading.Thread.{{start|run}}` {{.*}}`Worker.run_loop`{{.*}} on a worker thread
# CHECK: note: `Worker.run_loop` calls `Worker.fetch`
# CHECK: :18:16: note: `asyncio.get_event_loop` asks for the thread's current loop
