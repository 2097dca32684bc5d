# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s --strict-whitespace
# Calls and awaits in the order in which Python makes them, and under the
# condition under which it makes them.


async def order(a, b, c):
    a(b(), *c(), key=a.b.c(d=1), **b)(2)
    # CHECK-LABEL: {{^}}async generator def order(
    # CHECK-NEXT:  #0 call b()
    # CHECK-NEXT:  #1 call c()
    # CHECK-NEXT:  #2 call a.b.c(d=1)
    # CHECK-NEXT:  #3 call a(result #0, *result #1, key=result #2, **b)
    # CHECK-NEXT:  #4 call result #3(2) discarded
    await (await a()).b()
    # CHECK-NEXT:  #5 call a()
    # CHECK-NEXT:  #6 await result #5
    # CHECK-NEXT:  #7 call awaited #6.b()
    # CHECK-NEXT:  #8 await result #7 discarded
    x = a or b() or c
    # CHECK-NEXT:  if not(a)
    # CHECK-NEXT:    #10 call b()
    # CHECK-NEXT:  end if
    # CHECK-NEXT:  x = or(a, result #10, c)
    x = a and b() and c()
    # CHECK-NEXT:  if a
    # CHECK-NEXT:    #14 call b()
    # CHECK-NEXT:    if result #14
    # CHECK-NEXT:      #16 call c()
    # CHECK-NEXT:    end if
    # CHECK-NEXT:  end if
    # CHECK-NEXT:  x = and(a, result #14, result #16)
    x = a and b or c
    # CHECK-NEXT:  x = or(and(a, b), c)
    x = b() if a() else c()
    # CHECK-NEXT:  #21 call a()
    # CHECK-NEXT:  if result #21
    # CHECK-NEXT:    #23 call b()
    # CHECK-NEXT:  else
    # CHECK-NEXT:    #25 call c()
    # CHECK-NEXT:  end if
    # CHECK-NEXT:  x = (result #21 ? result #23 : result #25)
    x = b if a else c()
    # CHECK-NEXT:  if a
    # CHECK-NEXT:  else
    # CHECK-NEXT:    #30 call c()
    # CHECK-NEXT:  end if
    # CHECK-NEXT:  x = (a ? b : result #30)
    x = a() < b() <= c()
    # CHECK-NEXT:  #33 call a()
    # CHECK-NEXT:  #34 call b()
    # CHECK-NEXT:  if (result #33 < result #34)
    # CHECK-NEXT:    #36 call c()
    # CHECK-NEXT:  end if
    # CHECK-NEXT:  x = and((result #33 < result #34), not((result #36 < result #34)))
    x = a is not None, b not in c, a >= 1, not a != b
    # CHECK-NEXT:  x = (not((a is None)), not((b in c)), not((a < 1)), not(not((a == b))))
    assert a, b()
    # CHECK-NEXT:  if not(a)
    # CHECK-NEXT:    #41 call b()
    # CHECK-NEXT:    raise ?AssertionError
    # CHECK-NEXT:  end if
    x = [a[b():c(), 1], {**a, b(): c()}, {1}, -a + b]
    # CHECK-NEXT:  #44 call b()
    # CHECK-NEXT:  #45 call c()
    # CHECK-NEXT:  #46 call b()
    # CHECK-NEXT:  #47 call c()
    # CHECK-NEXT:  x = [a[(unknown(result #44, result #45), 1)], {**a, result #46: result #47}, set(1), unknown(unknown(a), b)]
    x = [*a(), *b.c(1).d]
    # CHECK-NEXT:  #49 call a()
    # CHECK-NEXT:  #50 call b.c(1)
    # CHECK-NEXT:  x = [*result #49, *result #50.d]
    x.y[a()] += b()
    # CHECK-NEXT:  #52 call a()
    # CHECK-NEXT:  #53 call b()
    # CHECK-NEXT:  x.y[result #52] = unknown(x.y[result #52], result #53)
    x = y = a()
    # CHECK-NEXT:  #55 call a()
    # CHECK-NEXT:  x = result #55
    # CHECK-NEXT:  y = result #55
    a, b = b, a
    # CHECK-NEXT:  <temporary> = a
    # CHECK-NEXT:  a = b
    # CHECK-NEXT:  b = <temporary>
    a, (b, *c), x.y = x()
    # CHECK-NEXT:  #61 call x()
    # CHECK-NEXT:  a = element 0 (result #61)
    # CHECK-NEXT:  b = element 0 (element 1 (result #61))
    # CHECK-NEXT:  c = [element(element 1 (result #61)), ...]
    # CHECK-NEXT:  x.y = element 2 (result #61)
    f"{a()!r:>{b()}} {c}" "x"
    # CHECK-NEXT:  #66 call a()
    # CHECK-NEXT:  #67 call b()
    # CHECK-NEXT:  evaluate unknown({{.*}})
    yield (yield from a)
    # CHECK-NEXT:  #69 yield from a
    # CHECK-NEXT:  #70 yield received #69
    print >>a, b()
    # CHECK-NEXT:  evaluate unknown({{.*}})
    # CHECK-NEXT:  #72 call b() discarded
    "a string is no operation"


def sync():
    if (x := a()) and x.b():
        pass
    # CHECK-NEXT: {{^}}def sync(
    # CHECK-NEXT:  #0 call ?a()
    # CHECK-NEXT:  x = result #0
    # CHECK-NEXT:  if x
    # CHECK-NEXT:    #3 call x.b()
    # CHECK-NEXT:  end if
    # CHECK-NEXT:  if and(x, result #3)
    # CHECK-NEXT:  end if


def operators():
    x = a() | b() | c
    x = a() + b()
    # CHECK-NEXT: {{^}}def operators(
    # CHECK-NEXT:  #0 call ?a()
    # CHECK-NEXT:  #1 call ?b()
    # CHECK-NEXT:  x = or(or(result #0, result #1), ?c)
    # CHECK-NEXT:  #3 call ?a()
    # CHECK-NEXT:  #4 call ?b()
    # CHECK-NEXT:  x = unknown(result #3, result #4)
