# RUN: not %looplint check --select=LOOP601,LOOP802 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Some libraries count in milliseconds, most in seconds.
import select
import threading

import zmq
from PyQt6.QtCore import QProcess, QThread


async def zmq_bad(socket: zmq.Socket, poller: zmq.Poller):
    socket.poll(1000)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}}up to 1 s{{[,;]}}
    poller.poll(250)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}}up to 250 ms{{[,;]}}


async def qt_bad(process: QProcess, thread: QThread):
    process.waitForFinished(1500)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}}up to 1.50 s{{[,;]}}
    thread.wait(2000)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}}up to 2 s{{[,;]}}


async def select_bad(files):
    select.poll().poll(500)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}}up to 500 ms{{[,;]}}
    select.epoll().poll(3)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}}up to 3 s{{[,;]}}


async def thread_bad(worker: threading.Thread):
    worker.join(4)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}}up to 4 s{{[,;]}}
