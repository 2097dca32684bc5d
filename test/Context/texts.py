# RUN: not %looplint check --confidence=possible --select=LOOP201,LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A text that the callee compares to another decides which way it goes: each
# caller goes the way of its own text, and a text that is not known goes both.
import asyncio
import time


async def fetch():
    return 1


def by_equality(kind):
    if kind == "sync":
        return asyncio.run(fetch())
    return fetch()


def by_default(kind="async"):
    if kind != "async":
        time.sleep(1)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]
    return kind


def by_match(kind, *, isLoud=False):
    match kind:
        case "sync" | "blocking":
            time.sleep(2)
            # CHECK: :[[#@LINE-1]]:13: warning: {{.*}} [LOOP601]
        case "async":
            return fetch()
        case _:
            return None


def by_match_ok(kind):
    match kind:
        case "sync":
            time.sleep(3)
        case _:
            return None


def reversed_and_joined(kind, url):
    if url and not "async" == kind:
        time.sleep(4)


def through(kind):
    return by_equality(kind)


def of_unknown(kind):
    if kind == "sync":
        time.sleep(5)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]


async def main(given):
    await by_equality("async")
    await by_equality(kind="async")
    by_default()
    by_default("sync")
    await by_match("async")
    by_match("blocking")
    by_match_ok("async")
    by_match_ok(kind="other")
    reversed_and_joined("async", "https://host")
    of_unknown(given)


def sync_main():
    # Here no loop runs yet: the blocking way is the right one.
    through("sync")
    reversed_and_joined("sync", "https://host")
    by_match_ok("sync")


if __name__ == "__main__":
    sync_main()
    asyncio.run(main(input()))
