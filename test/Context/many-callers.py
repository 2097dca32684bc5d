# RUN: not %looplint check --select=LOOP101 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A helper that starts threads is as good for the fortieth function as for the
# first.
import asyncio
import threading


def in_thread(function, *arguments):
    thread = threading.Thread(target=function, args=arguments)
    thread.start()
    thread.join()


def job0(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job3(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job4(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job5(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job6(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job7(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job8(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job9(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job10(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job11(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job12(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job13(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job14(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job15(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job16(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job17(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job18(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job19(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job20(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job21(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job22(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job23(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job24(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job25(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job26(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job27(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job28(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job29(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job30(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job31(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job32(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job33(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job34(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job35(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job36(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job37(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job38(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def job39(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


if __name__ == "__main__":
    in_thread(job0)
    in_thread(job1)
    in_thread(job2)
    in_thread(job3)
    in_thread(job4)
    in_thread(job5)
    in_thread(job6)
    in_thread(job7)
    in_thread(job8)
    in_thread(job9)
    in_thread(job10)
    in_thread(job11)
    in_thread(job12)
    in_thread(job13)
    in_thread(job14)
    in_thread(job15)
    in_thread(job16)
    in_thread(job17)
    in_thread(job18)
    in_thread(job19)
    in_thread(job20)
    in_thread(job21)
    in_thread(job22)
    in_thread(job23)
    in_thread(job24)
    in_thread(job25)
    in_thread(job26)
    in_thread(job27)
    in_thread(job28)
    in_thread(job29)
    in_thread(job30)
    in_thread(job31)
    in_thread(job32)
    in_thread(job33)
    in_thread(job34)
    in_thread(job35)
    in_thread(job36)
    in_thread(job37)
    in_thread(job38)
    in_thread(job39)
