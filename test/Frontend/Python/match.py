# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s --strict-whitespace
# A match is a chain of conditions; what it captures is bound to a part of the
# subject.


def cases(command, other):
    match command.read():
        case 1 | "one" | None:
            first()
        case [x, (y, *rest)] if y():
            second()
        case {"key": {"inner": value}, **more}:
            pass
        case Point(0, x=zero, y=Color.RED) as point:
            pass
        case Color.BLUE:
            pass
        case everything:
            pass
    match command, other:
        case a, _:
            pass
    match = case = type = 1
    match.case(type)

# CHECK-LABEL: {{^}}def cases(command, other)
# CHECK-NEXT:   #0 call command.read()
# CHECK-NEXT:   if or((result #0 == 1), (result #0 == "one"), (result #0 is None))
# CHECK-NEXT:     #2 call ?first() discarded
# CHECK-NEXT:   else
# The guard sees the captures, and where it is false the next case is tried.
# CHECK-NEXT:     if unknown(result #0, unknown(element 1 (result #0)))
# CHECK-NEXT:       x = element 0 (result #0)
# CHECK-NEXT:       y = element 0 (element 1 (result #0))
# CHECK-NEXT:       rest = [element(element 1 (result #0)), ...]
# CHECK-NEXT:       #8 call y()
# CHECK-NEXT:     end if
# CHECK-NEXT:     if and(unknown(result #0, unknown(element 1 (result #0))), result #8)
# CHECK-NEXT:       #11 call ?second() discarded
# CHECK-NEXT:     else
# CHECK-NEXT:       if unknown(result #0, unknown(result #0["key"]))
# CHECK-NEXT:         value = result #0["key"]["inner"]
# CHECK-NEXT:         more = unknown(result #0)
# CHECK-NEXT:       else
# CHECK-NEXT:         #17 call ?isinstance(result #0, ?Point)
# CHECK-NEXT:         if and(result #17, unknown((unknown(result #0) == 0), (result #0.y == ?Color.RED)))
# CHECK-NEXT:           zero = result #0.x
# CHECK-NEXT:           point = result #0
# CHECK-NEXT:         else
# CHECK-NEXT:           if (result #0 == ?Color.BLUE)
# CHECK-NEXT:           else
# CHECK-NEXT:             if True
# CHECK-NEXT:               everything = result #0
# CHECK-NEXT:             end if
# CHECK-COUNT-5:       end if
# CHECK-NEXT:   if unknown((command, other))
# CHECK-NEXT:     a = element 0 ((command, other))
# CHECK-NEXT:   end if
# CHECK-NEXT:   match = 1
# CHECK-NEXT:   case = 1
# CHECK-NEXT:   type = 1
# CHECK-NEXT:   #[[#]] call match.case(type) discarded
