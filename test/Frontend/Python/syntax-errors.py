# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s
# RUN: not %looplint check --select=LOOP900 --output-format=concise %s | FileCheck %s --check-prefix=FINDING
# An error costs the statement it is in; the rest is lowered.
import asyncio


def before():
    asyncio.run()


def broken(:
    asyncio.run(


def after():
    asyncio.run(1)

print "Python 2"
exec "code" in {}
x = `1` <> 10L
# CHECK-DAG: {{^}}def before()
# CHECK-DAG: {{^}}def after()
# CHECK-DAG: call <module>:asyncio.run(1) discarded
# FINDING: syntax-errors.py:11:
