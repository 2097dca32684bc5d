# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s --strict-whitespace
# Types are values; one in quotes is what stands in the quotes.
import asyncio
from typing import Annotated, Literal, Optional

queue: asyncio.Queue
loop: "asyncio.AbstractEventLoop" = make()
wrong: "not a type" = None


class Holder:
    limit: "Optional[Holder]" = None

    def fill(self, a: asyncio.Queue | None, b: 'list["Holder"]',
             c: Literal["Holder", 1], d: Annotated["Holder", "text", Depends(make)],
             *e: "int", f: r"Holder" = None) -> "Holder | None":
        self.queue: asyncio.Queue[int] = a
        local: Annotated[int, make()]

# CHECK-LABEL: {{^}}module
# CHECK:        queue: asyncio.Queue
# CHECK-NEXT:   #[[#CALL:]] call ?make()
# CHECK-NEXT:   loop: asyncio.AbstractEventLoop
# CHECK-NEXT:   loop = result #[[#CALL]]
# CHECK-NEXT:   wrong: "not a type"
# CHECK-NEXT:   wrong = None

# What is evaluated when the function is defined stays an operation.
# CHECK-LABEL: {{^}}class Holder
# CHECK-NEXT:   limit: <module>:Optional[<module>:Holder]
# CHECK-NEXT:   limit = None
# CHECK-NEXT:   #2 call ?Depends(?make)
# CHECK-NEXT:   fill = function Holder.fill

# CHECK-LABEL: {{^}}def Holder.fill(
# CHECK-SAME:  self, a: unknown(<module>:asyncio.Queue, None)
# CHECK-SAME:  b: ?list[<module>:Holder]
# CHECK-SAME:  c: <module>:Literal[("Holder", 1)]
# CHECK-SAME:  d: <module>:Annotated[(<module>:Holder, "text", result #2)]
# CHECK-SAME:  *e: ?int
# CHECK-SAME:  *, f: <module>:Holder = None
# CHECK-SAME:  -> unknown(<module>:Holder, None)
# CHECK-NEXT:   self.queue: <module>:asyncio.Queue[?int]
# CHECK-NEXT:   self.queue = a
# CHECK-NEXT:   local: <module>:Annotated[(?int, unknown(?make))]
