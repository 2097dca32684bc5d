# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s --strict-whitespace


async def loops(xs):
    for i, (j, xs[0]) in xs():
        if i:
            break
        elif j:
            continue
        else:
            pass
    else:
        i()
    while i():
        pass
    async for k in xs:
        pass
    # CHECK-LABEL: {{^}}async def loops(xs)
    # CHECK-NEXT:  #0 call xs()
    # CHECK-NEXT:  loop
    # CHECK-NEXT:    iterate result #0
    # CHECK-NEXT:    i = element 0 (element(result #0))
    # CHECK-NEXT:    j = element 0 (element 1 (element(result #0)))
    # CHECK-NEXT:    xs[0] = element 1 (element 1 (element(result #0)))
    # CHECK-NEXT:    if i
    # CHECK-NEXT:      break
    # CHECK-NEXT:    else
    # CHECK-NEXT:      if j
    # CHECK-NEXT:        continue
    # CHECK-NEXT:      else
    # CHECK-NEXT:      end if
    # CHECK-NEXT:    end if
    # CHECK-NEXT:  loop else
    # CHECK-NEXT:    #15 call i() discarded
    # CHECK-NEXT:  end loop
    # CHECK-NEXT:  loop
    # CHECK-NEXT:    #18 call i()
    # CHECK-NEXT:    while result #18
    # CHECK-NEXT:  end loop
    # CHECK-NEXT:  loop
    # CHECK-NEXT:    async iterate xs
    # CHECK-NEXT:    k = element(xs)
    # CHECK-NEXT:  end loop


async def handlers(a):
    try:
        a()
    except (ValueError, TypeError) as error:
        raise error from None
    except a.B:
        raise
    except:
        return
    else:
        a.c()
    finally:
        a.d()
    # CHECK-LABEL: {{^}}async def handlers(a)
    # CHECK-NEXT:  try
    # CHECK-NEXT:    #1 call a() discarded
    # CHECK-NEXT:  #2 except (?ValueError, ?TypeError)
    # CHECK-NEXT:    error = caught #2
    # CHECK-NEXT:    raise error
    # CHECK-NEXT:  #5 except a.B
    # CHECK-NEXT:    raise
    # CHECK-NEXT:  #7 except{{$}}
    # CHECK-NEXT:    return
    # CHECK-NEXT:  try else
    # CHECK-NEXT:    #10 call a.c() discarded
    # CHECK-NEXT:  finally
    # CHECK-NEXT:    #12 call a.d() discarded
    # CHECK-NEXT:  end try


async def managers(a, b):
    with a() as x, b:
        pass
    with (a as (x, y), b as x.z,):
        pass
    with (a, b):
        pass
    with (a, b) as x:
        pass
    async with (a() as x):
        pass
    # CHECK-LABEL: {{^}}async def managers(a, b)
    # CHECK-NEXT:  #0 call a()
    # CHECK-NEXT:  #1 with result #0
    # CHECK-NEXT:    x = entered #1
    # CHECK-NEXT:    #3 with b
    # CHECK-NEXT:    end with
    # CHECK-NEXT:  end with
    # CHECK-NEXT:  #6 with a
    # CHECK-NEXT:    x = element 0 (entered #6)
    # CHECK-NEXT:    y = element 1 (entered #6)
    # CHECK-NEXT:    #9 with b
    # CHECK-NEXT:      x.z = entered #9
    # CHECK-NEXT:    end with
    # CHECK-NEXT:  end with
    # CHECK-NEXT:  #13 with a
    # CHECK-NEXT:    #14 with b
    # CHECK-NEXT:    end with
    # CHECK-NEXT:  end with
    # CHECK-NEXT:  #17 with (a, b)
    # CHECK-NEXT:    x = entered #17
    # CHECK-NEXT:  end with
    # CHECK-NEXT:  #20 call a()
    # CHECK-NEXT:  #21 async with result #20
    # CHECK-NEXT:    x = entered #21
    # CHECK-NEXT:  end with


def deletes(a, b, c):
    del a, (b.c, c[a()])
    # CHECK-LABEL: {{^}}def deletes(a, b, c)
    # CHECK-NEXT:  unbind a
    # CHECK-NEXT:  #1 call a()
    # CHECK-NOT:   {{.}}
