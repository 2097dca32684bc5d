# RUN: not %looplint check --select=LOOP201,LOOP901 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check --select=LOOP101,LOOP901 %s
import asyncio


async def fetch():
    await asyncio.sleep(0)


def nothing_here_bad():
    asyncio.run(fetch())  # noqa: LOOP201
    # CHECK: :[[#@LINE-1]]:[[#]]: warning: {{.*}}LOOP201{{.*}} [LOOP901]


async def among_other_codes_bad():
    await fetch()  # noqa: E501,LOOP201
    # CHECK: :[[#@LINE-1]]:[[#]]: warning: {{.*}}LOOP201{{.*}} [LOOP901]


# Right uses.


async def suppressed_ok():
    asyncio.run(fetch())  # noqa: LOOP201


async def bare_ok():
    asyncio.run(fetch())  # noqa


async def lower_case_ok():
    asyncio.run(fetch())  # NOQA:loop201


def bare_without_finding_ok():
    asyncio.run(fetch())  # noqa


def other_tool_ok():
    asyncio.run(fetch())  # noqa: E501, ASYNC100


def rule_not_enabled_ok():
    asyncio.run(fetch())  # noqa: LOOP303


def in_string_ok():
    return "asyncio.run(fetch())  # noqa: LOOP201"


def helper():
    return asyncio.run(fetch())


async def at_a_step_ok():
    # The way to the finding leads through this line.
    return helper()  # noqa: LOOP201


# Known limits.


async def FP_second_of_two():
    asyncio.run(fetch())  # noqa: LOOP201, E501
    # The first run raises, so nothing is known of the second.
    asyncio.run(fetch())  # noqa: LOOP201
    # CHECK: :[[#@LINE-1]]:[[#]]: warning: {{.*}}LOOP201{{.*}} [LOOP901]


if __name__ == "__main__":
    nothing_here_bad()
    bare_without_finding_ok()
    other_tool_ok()
    rule_not_enabled_ok()
