# RUN: not %looplint check --select=LOOP202 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
import asyncio

import nest_asyncio
import nest_asyncio as nesting
from nest_asyncio import apply
from nest_asyncio import apply as allow_nesting

nest_asyncio.apply()
# CHECK: :[[#@LINE-1]]:1: warning: `nest_asyncio.apply` {{.*}} [LOOP202]


def in_function_bad():
    nesting.apply()
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP202]


def imported_name_bad():
    apply()
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP202]


def renamed_bad():
    allow_nesting(asyncio.new_event_loop())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP202]


def local_import_bad():
    import nest_asyncio as patch

    patch.apply()
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP202]


class Store:
    def __init__(self):
        nest_asyncio.apply()
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP202]


async def in_coroutine_bad():
    nest_asyncio.apply()
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP202]


class Rules:
    def apply(self):
        return None


def other_apply_ok():
    Rules().apply()


def named_only_ok():
    return nest_asyncio.apply


async def FN_imported_by_name():
    __import__("nest_" + "asyncio").apply()


if __name__ == "__main__":
    in_function_bad()
    imported_name_bad()
    renamed_bad()
    local_import_bad()
    Store()
    other_apply_ok()
