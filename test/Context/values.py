# RUN: not %looplint check --select=LOOP101,LOOP501 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s \
# RUN:   "no current event loop in thread" "of_the_loop"
#
# Ways of the language by which a function comes to a thread: the thread asks
# for a loop and has none.
from __future__ import annotations
import asyncio
import contextlib
import functools
import threading
from dataclasses import dataclass, field
from typing import Callable, List, Optional, Union, TYPE_CHECKING


def in_thread(f, *a, **k):
    t = threading.Thread(target=f, args=a, kwargs=k)
    t.start()
    t.join()
    return t


@dataclass
class Job:
    function: Callable
    name: str = "x"
    hooks: List[Callable] = field(default_factory=list)

    def go(self):
        in_thread(self.function)

    def go_hooks(self):
        for h in self.hooks:
            in_thread(h)


def df1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def df2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def df3(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def df4(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def dataclass_field_bad():
    Job(df1).go()
    Job(function=df2, name="q").go()
    j = Job(print)
    j.hooks.append(df3)
    j.go_hooks()
    Job(print, hooks=[df4]).go_hooks()


def dataclass_here_ok():
    asyncio.set_event_loop(asyncio.new_event_loop())
    j = Job(ask_here)
    j.function()


def ask_here():
    return asyncio.get_event_loop()


@dataclass
class Worker:
    loop: asyncio.AbstractEventLoop

    def poke(self):
        self.loop.call_soon(print)
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP501]

    def poke_right(self):
        self.loop.call_soon_threadsafe(print)


async def of_the_loop_bad():
    w = Worker(asyncio.get_running_loop())
    await asyncio.to_thread(w.poke)
    await asyncio.to_thread(w.poke_right)


class Props:
    def __init__(self):
        self._target = None

    @property
    def target(self):
        return self._target

    @target.setter
    def target(self, value):
        self._target = value
        in_thread(value)

    @functools.cached_property
    def cached(self):
        return asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def pr1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def property_bad():
    p = Props()
    p.target = pr1
    in_thread(lambda: Props().cached)


class Meta:
    def set(self):
        self.fn = cm1

    def use(self):
        in_thread(self.fn)


def cm1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def set_in_other_method_bad():
    m = Meta()
    m.set()
    m.use()


class Sup(Meta):
    def use(self):
        super().use()

    def set(self):
        super(Sup, self).set()
        self.fn = cm2


def cm2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def super_bad():
    s = Sup()
    s.set()
    s.use()


def maker() -> "Poker":
    return load("poker")


def maker_opt() -> Optional[Poker]:
    return load("poker")


def maker_union() -> "Poker | None":
    return load("poker")


def load(x):
    return eval("Poker()")


class Poker:
    def poke(self):
        in_thread(an1)

    def poke2(self):
        in_thread(an2)

    def poke3(self):
        in_thread(an3)

    def poke4(self):
        in_thread(an4)

    def me(self) -> "Self":
        return load("poker")

    def poke5(self):
        in_thread(an5)

    def poke6(self):
        in_thread(an6)


def an1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def an2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def an3(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def an4(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def an5(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def an6(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def takes_optional(p: Optional["Poker"] = None):
    if p:
        p.poke4()


def takes_union(p: Union[Poker, None]):
    p.poke6()


def annotations_bad():
    maker().poke()
    maker_opt().poke2()
    maker_union().poke3()
    takes_optional(load("poker"))
    takes_union(load(""))
    maker().me().poke5()


class With:
    def __enter__(self):
        return wi1

    def __exit__(self, *a):
        pass

    async def __aenter__(self):
        return wi2

    async def __aexit__(self, *a):
        pass


def wi1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def wi2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def wi3(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def wi4(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


@contextlib.contextmanager
def cm():
    yield wi3


@contextlib.asynccontextmanager
async def acm():
    yield wi4, 1


def with_bad():
    with With() as w:
        in_thread(w)
    with cm() as x:
        in_thread(x)


async def async_with_bad():
    async with With() as w:
        await asyncio.to_thread(w)
    async with acm() as (x, n):
        await asyncio.to_thread(x)


def tu1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def tu2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def tu3(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def tu4(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def pair():
    return print, tu1


def unpack_bad():
    a, b = pair()
    in_thread(b)
    (c, (d, *e)) = 1, (tu2, tu3)
    in_thread(d)
    in_thread(e[0])
    for name, f in [("x", tu4)]:
        in_thread(f)


def unpack_ok():
    a, b = pair()
    in_thread(a)


def da1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def da2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def default(f=da1, *, g=da2):
    in_thread(f)
    in_thread(g)


def default_bad():
    default()


def default_ok():
    default(print, g=print)


def lo1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def lo2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def lo3(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def loop_variable_bad():
    for f in (print, lo1):
        in_thread(lambda: f())
    for g in [lo2]:
        in_thread(lambda g=g: g())
    fs = [lambda: h() for h in [lo3]]
    in_thread(fs[0])


def pa1(x): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]
def pa2(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def logged(f):
    @functools.wraps(f)
    def w(*a, **k):
        print("call")
        return f(*a, **k)
    return w


@logged
def wr1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def pm1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


class Steps:
    def step(self, how):
        how()

    fast = functools.partialmethod(step, pm1)


def partial_bad():
    in_thread(functools.partial(functools.partial(pa1), 1))
    in_thread(functools.partial(in_thread, pa2))
    in_thread(wr1)
    in_thread(Steps().fast)


def ge1(): asyncio.get_event_loop()
# CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def gen():
    yield ge1


def generator_bad():
    for f in gen():
        in_thread(f)


class GA:
    def one(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]

    def two(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def getattr_bad():
    in_thread(getattr(GA(), "one"))
    name = "two"
    in_thread(getattr(GA(), name))


def gl1(): asyncio.get_event_loop()


def globals_ok():
    f = globals()["gl1"]



if __name__ == "__main__":
    dataclass_field_bad()
    dataclass_here_ok()
    asyncio.run(of_the_loop_bad())
    property_bad()
    set_in_other_method_bad()
    super_bad()
    annotations_bad()
    with_bad()
    asyncio.run(async_with_bad())
    unpack_bad()
    unpack_ok()
    default_bad()
    default_ok()
    loop_variable_bad()
    partial_bad()
    generator_bad()
    getattr_bad()
    globals_ok()
