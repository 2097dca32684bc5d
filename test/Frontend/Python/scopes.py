# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s --strict-whitespace
# Which variable a name means: the language decides by where it is bound
# anywhere in the function, before or after the use.
import builtins

counter = 0


def outer(argument):
    def inner():
        nonlocal argument
        global counter, fresh
        argument = counter
        fresh = late
        return print
    late = 1
    del late
    return inner


class Box:
    counter = 1
    own = counter

    def read(self):
        return counter, own


def comprehension(x):
    pairs = [(x, y) for x in x for y in x if x]
    lambdas = [lambda: x for x in range(3)]
    return x, pairs, lambdas, (last := [y := x for x in pairs]), y


def read_fresh():
    return fresh

# CHECK-LABEL: {{^}}module
# CHECK-NEXT:   builtins = module builtins
# CHECK-NEXT:   counter = 0
# CHECK-NEXT:   outer = function outer
# CHECK-NEXT:   Box = class Box
# CHECK-NEXT:   comprehension = function comprehension
# CHECK-NEXT:   read_fresh = function read_fresh

# CHECK-LABEL: {{^}}def outer(argument)
# CHECK-NEXT:   inner = function outer.inner
# CHECK-NEXT:   late = 1
# CHECK-NEXT:   unbind late
# CHECK-NEXT:   return inner

# CHECK-LABEL: {{^}}def outer.inner()
# CHECK-NEXT:   outer:argument = <module>:counter
# CHECK-NEXT:   <module>:fresh = outer:late
# CHECK-NEXT:   return ?print

# CHECK-LABEL: {{^}}class Box
# CHECK-NEXT:   counter = 1
# CHECK-NEXT:   own = counter
# CHECK-NEXT:   read = function Box.read

# Methods do not see the names of their class.
# CHECK-LABEL: {{^}}def Box.read(self)
# CHECK-NEXT:   return (<module>:counter, ?own)

# The first iterable is evaluated outside; what a comprehension binds is seen
# by nobody else, what an assignment expression in it binds is.
# CHECK-LABEL: {{^}}def comprehension(x)
# CHECK-NEXT:   loop
# CHECK-NEXT:     iterate x
# CHECK-NEXT:     <x> = element(x)
# CHECK-NEXT:     loop
# CHECK-NEXT:       iterate <x>
# CHECK-NEXT:       <y> = element(<x>)
# CHECK-NEXT:       if <x>
# CHECK-NEXT:       end if
# CHECK-NEXT:     end loop
# CHECK-NEXT:   end loop
# CHECK-NEXT:   pairs = [(<x>, <y>), ...]
# CHECK-NEXT:   #11 call ?range(3)
# CHECK-NEXT:   loop
# CHECK-NEXT:     iterate result #11
# CHECK-NEXT:     <x> = element(result #11)
# CHECK-NEXT:   end loop
# CHECK-NEXT:   lambdas = [function comprehension.<lambda>, ...]
# CHECK-NEXT:   loop
# CHECK-NEXT:     iterate pairs
# CHECK-NEXT:     <x> = element(pairs)
# CHECK-NEXT:     y = <x>
# CHECK-NEXT:   end loop
# CHECK-NEXT:   last = [y, ...]
# CHECK-NEXT:   return (x, pairs, lambdas, last, y)

# CHECK-LABEL: {{^}}def comprehension.<lambda>()
# CHECK-NEXT:   return comprehension:<x>

# CHECK-LABEL: {{^}}def read_fresh()
# CHECK-NEXT:   return <module>:fresh
