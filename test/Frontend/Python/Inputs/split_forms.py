"""Writes each form of a list to a file of its own, named after its line. A line that begins with `|` belongs to the form before it.
A form that the Python at hand should know and does not is said."""
import pathlib
import sys
import warnings

HEAD = "import asyncio\nasync def main(): asyncio.run(main())\n"
ALWAYS = (99, 0)


def version(text):
    return tuple(int(part) for part in text.split("."))


def forms(path):
    """Yields the versions that a form came and went with, its line, its text."""
    first, last, lines = None, ALWAYS, []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.startswith("|") and lines:
            yield first, last, begin, "\n".join(lines)
            lines = []
        if line.startswith("#--- "):
            first, _, gone = line[5:].partition(" -")
            first, last = version(first), version(gone) if gone else ALWAYS
        elif first:
            if not lines:
                begin = number
            lines.append(line[1:] if line.startswith("|") else line)
    yield first, last, begin, "\n".join(lines)


warnings.simplefilter("ignore")
for first, last, begin, text in forms(pathlib.Path(sys.argv[1])):
    program = HEAD + text + "\n"
    path = pathlib.Path(sys.argv[2], "line{}.py".format(begin))
    path.write_bytes(program.encode("utf-8"))
    if first <= sys.version_info[:2] <= last:
        try:
            compile(program, str(path), "exec")
        except SyntaxError as error:
            print("{}:{}: {}".format(sys.argv[1], begin, error.msg))
