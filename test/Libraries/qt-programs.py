# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: mkdir pyqt && sed s/PySide6/PyQt6/ qasync_app.py > pyqt/qasync_app.py && cd pyqt
# RUN: not %looplint check . \
# RUN:   | FileCheck qasync_app.py --implicit-check-not='{{error|warning}}:'
#
# Qt's threads and slots, alone and with a loop of asyncio in Qt's.

#--- qasync_app.py
import asyncio
import sys
import time

from PySide6.QtCore import QRunnable, QThread, QThreadPool
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
from qasync import QEventLoop, asyncSlot


async def fetch():
    await asyncio.sleep(1)


class Worker(QThread):
    def run(self):
        time.sleep(1)
        asyncio.get_event_loop()
        # CHECK: {{^}}qasync_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


class Job(QRunnable):
    def run(self):
        time.sleep(1)
        asyncio.run(fetch())


class Window(QMainWindow):
    def __init__(self):
        super().__init__()
        self.button = QPushButton("a")
        self.button.clicked.connect(self.on_click)
        self.button.pressed.connect(self.on_press)

    @asyncSlot()
    async def on_click(self):
        time.sleep(1)
        # CHECK: {{^}}qasync_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        await fetch()

    @asyncSlot()
    async def on_press(self):
        asyncio.run(fetch())
        # CHECK: {{^}}qasync_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]
        QThreadPool.globalInstance().start(Job())
        await asyncio.to_thread(time.sleep, 1)


def main():
    app = QApplication(sys.argv)
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    window = Window()
    window.show()
    worker = Worker()
    worker.start()
    with loop:
        loop.run_forever()


main()

#--- qt_plain.py
import asyncio
import sys

from PyQt5.QtCore import QThread
from PyQt5.QtWidgets import QApplication, QPushButton


async def fetch():
    await asyncio.sleep(1)


class Worker(QThread):
    def run(self):
        asyncio.create_task(fetch())
        # CHECK: {{^}}qt_plain.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP101]


class Window:
    def __init__(self):
        self.button = QPushButton("a")
        self.button.pressed.connect(self.never)
        # CHECK: {{^}}qt_plain.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP303]
        self.button.released.connect(self.right)

    async def never(self):
        await fetch()

    def right(self):
        asyncio.run(fetch())


app = QApplication(sys.argv)
window = Window()
worker = Worker()
worker.start()
sys.exit(app.exec_())
