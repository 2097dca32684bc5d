# RUN: not %looplint check --select=LOOP101 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "no current event loop in thread"
#
# Fields that a class only declares, tables of classes, methods with bound
# arguments, and `Self`.
from __future__ import annotations

import asyncio
import functools
import threading
import dataclasses
import typing
from dataclasses import dataclass, field


def in_thread(f, *a, **k):
    t = threading.Thread(target=f, args=a, kwargs=k)
    t.start()
    t.join()


def lo2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def loop_default_bad():
    for g in [lo2]:
        in_thread(lambda g=g: g())


def pm1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


class PM2:
    def step(self, how):
        how()

    fast = functools.partialmethod(step, pm1)


def partialmethod_bad():
    in_thread(PM2().fast)


class S:
    def run_loop(self): pass
    def start(self):
        threading.Thread(target=self.run_loop).start()


class Own3(S):
    def run_loop(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


KINDS = {"a": S, "b": None}
KINDS["b"] = Own3


def table_bad():
    KINDS["b"]().start()


class Own4(S):
    def run_loop(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


MORE = {}


def register(cls):
    MORE[cls.__name__] = cls
    return cls


@register
class Own5(S):
    def run_loop(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def registered_class_bad():
    for c in MORE.values():
        c().start()


CLASSES = [Own4]


def list_of_classes_bad():
    for c in CLASSES:
        c().start()


class P:
    def me(self) -> "Self":
        return eval("P()")

    def me2(self) -> typing.Self:
        return eval("P()")

    @classmethod
    def make(cls) -> "typing.Self":
        return eval("P()")

    def poke(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]

    def poke2(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]

    def poke3(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def self_bad():
    in_thread(P().me().poke)
    in_thread(P.make().poke2)
    in_thread(P().me2().poke3)


@dataclass
class Hooks:
    hooks: list = field(default_factory=list)
    table: dict = field(default_factory=dict)

    def fire(self):
        for h in self.hooks:
            in_thread(h)
        in_thread(self.table["a"])


def df3(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def df4(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def dataclass_factory_bad():
    h = Hooks()
    h.hooks.append(df3)
    h.table["a"] = df4
    h.fire()


@dataclass
class DBase:
    name: str


@dataclass
class DSub(DBase):
    f: typing.Callable

    def go(self):
        in_thread(self.f)


def df5(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def dataclass_inherited_bad():
    DSub("x", df5).go()


def df6(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


@dataclass
class DDefault:
    f: typing.Callable = df6
    g: "P" = None

    def go(self):
        in_thread(self.f)


def dataclass_default_bad():
    DDefault().go()


class NT(typing.NamedTuple):
    name: str
    f: typing.Callable


def df7(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def df8(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def namedtuple_bad():
    n = NT("a", df7)
    in_thread(n.f)
    m = NT("a", df8)
    name, f = m
    in_thread(f)


@dataclass
class Typed:
    p: "S"
    q: typing.Optional["P2"] = None

    def go(self):
        self.q.poke()


class P2:
    def poke(self):
        in_thread(df9)


def df9(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def uses(t: Typed):
    t.go()


def typed_field_bad():
    uses(eval("Typed(S(), P2())"))


if __name__ == "__main__":
    loop_default_bad()
    partialmethod_bad()
    table_bad()
    registered_class_bad()
    list_of_classes_bad()
    self_bad()
    dataclass_factory_bad()
    dataclass_inherited_bad()
    dataclass_default_bad()
    namedtuple_bad()
    typed_field_bad()
