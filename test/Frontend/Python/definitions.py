# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s --strict-whitespace
import functools


@first(1)
@second.attribute
async def decorated(a, b=make(), /, c: int = 3, *rest, d, e=lambda: 1, **more) -> str:
    """A docstring is no operation."""

# The decorators' expressions come first, then the defaults; what they decorate
# is passed from the inside out.
# CHECK-LABEL: {{^}}module
# CHECK-NEXT:   functools = module functools
# CHECK-NEXT:   #1 call ?first(1)
# CHECK-NEXT:   #2 call ?make()
# CHECK-NEXT:   #3 decorate ?second.attribute(function decorated)
# CHECK-NEXT:   #4 decorate result #1(result #3)
# CHECK-NEXT:   decorated = result #4
# CHECK-NEXT:   #6 call ?meta(1)
# CHECK-NEXT:   #7 decorate ?register(class Widget)
# CHECK-NEXT:   Widget = result #7
# CHECK:      {{^}}async def decorated(/a, /b = result #2, c: ?int = 3, *rest, *, d, *, e = function <lambda>, **more) -> ?str
# CHECK-NEXT: {{^}}def <lambda>()


@register
class Widget(Base, other.Mixin, metaclass=meta(1)):
    """Neither is this."""
    size = 1

    @staticmethod
    def static(): ...

    @classmethod
    def alternative(cls):
        super().alternative()
        return super(Widget, cls).size

    @property
    @functools.cache
    def color(self): ...

    @color.setter
    def color(self, value): ...

    @functools.cached_property
    def cached(self): ...

    async def generate(self):
        yield 1

        def helper():
            pass

# CHECK-LABEL: {{^}}class Widget
# CHECK-NEXT:   size = 1
# CHECK-NEXT:   static = function Widget.static
# CHECK-NEXT:   alternative = function Widget.alternative
# CHECK-NEXT:   #3 decorate <module>:functools.cache(function Widget.color)
# CHECK-NEXT:   color = result #3
# The setter does not replace the getter.
# CHECK-NEXT:   evaluate function Widget.color
# CHECK-NEXT:   cached = function Widget.cached
# CHECK-NEXT:   generate = function Widget.generate
# CHECK-LABEL: {{^}}static def Widget.static()
# CHECK-LABEL: {{^}}classmethod def Widget.alternative(cls)
# CHECK-NEXT:   #0 call super.alternative() discarded
# CHECK-NEXT:   #1 call ?super(<module>:Widget, cls)
# CHECK-NEXT:   return result #1.size
# CHECK-LABEL: {{^}}property def Widget.color(self)
# CHECK-LABEL: {{^}}setter def Widget.color(self, value)
# CHECK-LABEL: {{^}}property def Widget.cached(self)
# CHECK-LABEL: {{^}}async generator def Widget.generate(self)
# CHECK-NEXT:   #0 yield 1
# CHECK-NEXT:   helper = function Widget.generate.helper
# CHECK-LABEL: {{^}}def Widget.generate.helper()
