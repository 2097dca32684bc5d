# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "running event loop"
#
# What is declared is believed where nobody knows better.
from __future__ import annotations

import asyncio
import typing
from typing import Optional, Union


if typing.TYPE_CHECKING:
    from typing import Self


async def fetch():
    return 1


def build():
    return eval("Client()")


class Client:
    def one(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def two(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def three(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def four(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def five(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def six(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def seven(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def eight(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def nine(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def ten(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def eleven(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def twelve(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def thirteen(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def fourteen(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def fifteen(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def sixteen(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def seventeen(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def eighteen(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def nineteen(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def me(self) -> "Self": return build()
    def me2(self) -> "typing.Self": return build()
    def me3(self) -> Client: return build()
    @classmethod
    def make(cls) -> "Self": return build()
    def __enter__(self) -> "Self": return build()
    def __exit__(self, *a): ...
    @property
    def parent(self) -> "Optional[Client]": return build()


def r1() -> Client: return build()
def r2() -> "Client": return build()
def r3() -> Optional["Client"]: return build()
def r4() -> "Optional[Client]": return build()
def r5() -> Client | None: return build()
def r6() -> Union[Client, None]: return build()
async def r7() -> Client: return build()


async def return_annotation_bad(): r1().one()
async def string_annotation_bad(): r2().two()
async def optional_string_bad(): r3().three()
async def string_optional_bad(): r4().four()
async def union_none_bad(): r5().five()
async def union_of_bad(): r6().six()
async def of_coroutine_bad(): (await r7()).seven()
async def of_self_bad(): r1().me().eight()
async def of_typing_self_bad(): Client().me2().nine()
async def of_class_bad(): Client().me3().ten()
async def of_class_method_self_bad(): Client.make().eleven()
async def of_with_bad():
    with Client() as c:
        c.twelve()
async def of_property_bad(): Client().parent.thirteen()
def uses(c: "Optional[Client]" = None): c.fourteen()
async def of_parameter_bad(): uses(build())
async def of_variable_bad():
    client: Client = build()
    client.fifteen()


class Holder:
    field: Client
    optional: "Optional[Client]" = None

    def __init__(self, given: Client):
        self.given = given
        self.made: "Client" = build()
        self.got = self.get()

    def get(self) -> Client: return build()


async def of_given_field_bad(): Holder(build()).given.sixteen()
async def of_declared_field_bad(): Holder(1).made.seventeen()
async def of_field_got_bad(): Holder(1).got.eighteen()


class Declared(typing.Protocol):
    def client(self) -> Client: ...


def implementation():
    return eval("type('Given', (), {'client': lambda self: Client()})()")


def uses_protocol(given: Declared): given.client().nineteen()
async def of_protocol_bad(): uses_protocol(implementation())


class Maker:
    def client(self):
        raise NotImplementedError


def uses_abstract(maker: Maker):
    maker.client()
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def behind_abstract_bad(): uses_abstract(implementation())


class Harmless:
    def one(self): return 1


def harmless() -> Harmless: return eval("Harmless()")
def perhaps() -> Optional[Client]: return eval("None")
def several() -> "typing.List[Client]": return [build()]


async def other_class_ok(): harmless().one()
async def perhaps_none_ok():
    if perhaps() is not None:
        return 1
async def container_ok(): several().clear()


class Children:
    def one(self): asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]
    def child(self) -> "Self": return eval("type(self)()")


class Subclass(Children):
    def one(self): return 1


async def self_of_subclass_ok(): Subclass().child().one()
async def self_of_base_bad(): Children().child().one()


