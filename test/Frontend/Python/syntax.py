# RUN: %looplint check -q %s | count 0
# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s
# Valid Python, 3.6 to 3.14, some of which the grammar does not know.
type Alias[T = int, *Ts = *tuple[int], **P = [int, str]] = dict[T, "Alias"]
type Short = int
type = 5
type(type).attribute = called()
# CHECK:      Alias = ?dict{{\[}}(?T, Alias)]
# CHECK-NEXT: Short = ?int
# CHECK-NEXT: type = 5
# CHECK-NEXT: #[[#ONE:]] call called()
# CHECK-NEXT: #[[#TWO:]] call type(type)
# CHECK-NEXT: result #[[#TWO]].attribute = result #[[#ONE]]


class Generic[T: (int, str) = int](Base[T]):
    def method[U, *Us](self, x: U, *args: *Us) -> T:
        return x


def called(): ...


text = "x"
f"{text['a']}"
f'{text['b']}'
f"{f"{f"{called()}"}"}"
f"""{
    called()  # comment
    :>{called()}}"""
t"template {called()}"
rt"raw {called()}" f"and {text!r:^{called()}}"
f"{called():=^30} {(text := called()):=^{30}}"
# CHECK:      text = "x"
# CHECK-COUNT-7: call called()

try:
    called()
except ValueError, TypeError:
    pass
# CHECK: except (?ValueError, ?TypeError)

try:
    called()
except* ValueError, TypeError:
    pass
# CHECK: except* (?ValueError, ?TypeError)

if text:
    chained = (text.
  strip(
  ).lower())
# CHECK:      #[[#STRIP:]] call text.strip()
# CHECK-NEXT: #[[#LOWER:]] call result #[[#STRIP]].lower()
# CHECK-NEXT: chained = result #[[#LOWER]]

checked: Short[text, called[int](text="e")] = text
plain: called[int]().items[text] | None
type Checked = Short[int, called[int] + called[str]]
# CHECK:      #[[#CHECKED:]] call called[?int](text="e")
# CHECK-NEXT: checked: Short[(text, result #[[#CHECKED]])]
# CHECK-NEXT: checked = text
# CHECK-NEXT: #[[#PLAIN:]] call called[?int]()
# CHECK-NEXT: plain: unknown(result #[[#PLAIN]].items[text], None)
# CHECK-NEXT: Checked = Short[(?int, unknown(called[?int], called[?str]))]

several = text, *[called(), 1], *(text), *"ab", *not_called[0]
first, *(rest) = several
for first, *[rest] in several, *[called()]: ...
several[*called().parts, *-1]
f"{*[called()], *(1, 2)}"
def spread() -> Short[*[int, str]]:
    yield None, *[called() for _ in text]
    return several, *called()
# CHECK-NEXT: #[[#ONE:]] call called()
# CHECK-NEXT: several = (text, *[result #[[#ONE]], 1], *text, *"ab", *?not_called[0])
# CHECK-NEXT: first = element 0 (several)
# CHECK-NEXT: rest = element
# CHECK-NEXT: #[[#ONE:]] call called()
# CHECK-NEXT: loop
# CHECK-NEXT:   iterate (several, *[result #[[#ONE]]])
# CHECK-NEXT:   first = element
# CHECK-NEXT:   rest = element
# CHECK-NEXT: end loop
# CHECK-NEXT: #[[#ONE:]] call called()
# CHECK-NEXT: evaluate several[(*result #[[#ONE]].parts, *
# CHECK-NEXT: #[[#ONE:]] call called()
# CHECK-NEXT: evaluate {{.*}}*[result #[[#ONE]]], *(1, 2)

match, case, print, exec = 1, 2, 3, 4
match *[case],:
    case _: ...
match[case] = print
exec(match)
(lambda *args, **kwargs: (yield))
[*text, *text.strip()]
with (open(text) as first, open(text) as second,):
    pass
@text if text else called
def decorated(a, /, b, *, c): ...
x: int = 5 if text else 6
async def coroutine():
    await(called())
    return [y async for y in text if await y]
# CHECK-LABEL: {{^}}generator def spread()
# CHECK-SAME:  -> Short[*[?int, ?str]]
# CHECK:       yield (None, *[result #{{[0-9]+}}, ...])
# CHECK:       return (<module>:several, *result
# CHECK-LABEL: {{^}}async def coroutine()
# CHECK-NEXT:  #0 call <module>:called()
# CHECK-NEXT:  #1 await result #0 discarded
