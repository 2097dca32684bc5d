# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP201 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: not %python main.py 2>&1 | FileCheck %s --check-prefix=RUNS
# RUNS: RuntimeError: asyncio.run() cannot be called from a running event loop
#
# The run is three modules below the coroutine, behind a re-export, a relative
# import, an alias and an inherited method.

#--- shop/net.py
import asyncio as aio


async def request(item):
    await aio.sleep(0)
    return len(item)


def get(item):
    return aio.run(request(item))
    # CHECK: shop{{.}}net.py:[[#@LINE-1]]:12: error: {{.*}} [LOOP201]

#--- main.py
import asyncio

from shop import Basket


async def main():
    return Basket(["tea"]).total()
    # CHECK: main.py:[[#@LINE-1]]:12: note:


if __name__ == "__main__":
    asyncio.run(main())

#--- shop/__init__.py
from .basket import Basket

__all__ = ["Basket"]

#--- shop/base.py
class Priced:
    def __init__(self, items):
        self.items = items

    def price_of(self, item):
        raise NotImplementedError

    def total(self):
        return sum(self.price_of(item) for item in self.items)
        # CHECK: shop{{.}}base.py:[[#@LINE-1]]:20: note:

#--- shop/basket.py
from . import prices as price_list
from .base import Priced


class Basket(Priced):
    def price_of(self, item):
        return price_list.price(item)
        # CHECK: shop{{.}}basket.py:[[#@LINE-1]]:16: note:

#--- shop/prices.py
from .net import get


def price(item):
    return get(item)
    # CHECK: shop{{.}}prices.py:[[#@LINE-1]]:12: note:

#--- stock.py
import asyncio

from shop import Basket


def refill():
    return Basket(["tea"]).total()


async def main_ok():
    return await asyncio.to_thread(refill)
