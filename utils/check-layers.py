#!/usr/bin/env python3
"""Checks the walls between the rooms, as utils/layers.txt draws them.

usage: check-layers.py ROOT

ROOT is the repository (or a small copy of its shape). Prints one `path:line: message` for each breach; exit status 1 if
there is one. What an include or a string is, is read off the text line by line: no preprocessor, so that a breach in code
that this machine does not compile is seen too.
"""
import pathlib
import posixpath
import re
import sys
import tomllib

INCLUDE = re.compile(r'\s*#\s*include\s*["<]([^">]+)[">]')
STRING_OR_COMMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|//.*')
LINKS = re.compile(r"looplint_room\(\s*(\S+)(?:\s+USES\s+([^)]*))?\)")


class Layers:
    def __init__(self, text):
        self.uses, self.only, self.hidden, self.nameless, self.words = {}, [], [], [], set()
        for number, line in enumerate(text.splitlines(), 1):
            verb, _, rest = line.partition("#")[0].strip().partition(" ")
            left, _, right = (part.split() for part in rest.partition(":"))
            if verb == "room":
                self.uses[left[0]] = right
            elif verb == "only":
                self.only.append((left, right))
            elif verb == "hide":
                self.hidden.append((left[0], right))
            elif verb == "nameless":
                self.nameless = left
            elif verb == "words":
                self.words = set(left)
            elif verb:
                sys.exit(f"layers.txt:{number}: unknown word `{verb}`")

    def visible(self, room):
        """The rooms that `room` may use, itself included."""
        seen, waiting = set(), [room]
        while waiting:
            name = waiting.pop()
            if name not in self.uses:
                sys.exit(f"layers.txt: `{name}` is used and is no room")
            if name not in seen:
                seen.add(name)
                waiting += self.uses[name]
        return seen

    def room_of(self, path):
        """The room that a path below lib/looplint, include/looplint or the root lies in, or None."""
        names = [name for name in self.uses if path.startswith(name + "/")]
        return max(names, key=len, default=None)


def libraries(root):
    """Every name that a model gives a library, and the module that it is imported as."""
    names = set()
    for path in sorted(root.glob("models/*/*.toml")):
        try:
            model = tomllib.loads(path.read_text())
        except tomllib.TOMLDecodeError:
            continue  # broken models are the business of the Models room
        names.add(model.get("library", {}).get("name", path.stem))
        for table in ("functions", "types"):
            # A name of C++ without a namespace (`sleep`) may be any word.
            separator = "::" if model.get("library", {}).get("language") == "cpp" else "."
            names |= {
                name.split(separator)[0]
                for name in model.get(table, {})
                if separator == "." or separator in name
            }
    return names - {"builtins"}


def naming(layers, root):
    """A pattern that matches inside a string that names a library."""
    names = libraries(root)
    plain = "|".join(map(re.escape, sorted(names - layers.words)))
    qualified = "|".join(map(re.escape, sorted(names)))
    alternatives = [rf"\b(?:{qualified})\.\w"] + ([rf"\b(?:{plain})\b"] if plain else [])
    return re.compile("|".join(alternatives)) if names else re.compile(r"(?!)")


def check_include(layers, room, folder, header):
    """`folder` is where the including file is, below its base."""
    if header.startswith("looplint/"):
        owner = layers.room_of(header.removeprefix("looplint/"))
        if owner is None:
            return f"`{header}` belongs to no room"
        if owner not in layers.visible(room):
            return f"{room} may not use {owner} (`{header}`)"
        if any(header == hidden and room in rooms for hidden, rooms in layers.hidden):
            return f"{room} may not see `{header}`"
    if header.startswith("../") and layers.room_of(posixpath.normpath(f"{folder}/{header}")) != room:
        return f"`{header}` climbs over the wall; include it as `looplint/…`"
    for rooms, prefixes in layers.only:
        if header.startswith(tuple(prefixes)) and room not in rooms:
            return f"only {' and '.join(rooms)} may include `{header}`"
    return None


def check_file(layers, room, base, path, names):
    folder = path.parent.relative_to(base).as_posix()
    for number, line in enumerate(path.read_text().splitlines(), 1):
        include = INCLUDE.match(line)
        if include:
            breach = check_include(layers, room, folder, include.group(1))
            if breach:
                yield number, breach
            continue
        for string in STRING_OR_COMMENT.findall(line) if room in layers.nameless else ():
            named = names.search(string)
            if named:
                yield number, f"{room} names the library `{named.group(0)}`; that is a model's business"


def check_links(layers, path):
    """The rooms that a CMakeLists.txt links its room to."""
    text = path.read_text()
    for match in LINKS.finditer(text):
        # A part of a room that is linked on its own (Models/Code) obeys the walls of the room.
        room, used = layers.room_of(match.group(1) + "/"), (match.group(2) or "").split()
        number = text.count("\n", 0, match.start()) + 1
        if room is None:
            yield number, f"`{match.group(1)}` is no room of layers.txt"
            continue
        for name in used:
            if layers.room_of(name + "/") not in layers.visible(room):
                yield number, f"{room} links to {name}, which it may not use"


def check(root):
    layers = Layers((root / "utils/layers.txt").read_text())
    names = naming(layers, root)
    # A room of the tools is named with its folder: tools/looplint.
    for below, base in (("include/looplint",) * 2, ("lib/looplint",) * 2, ("tools", ".")):
        for path in sorted((root / below).rglob("*")):
            if path.name == "CMakeLists.txt":
                yield from ((path, *breach) for breach in check_links(layers, path))
            if path.suffix not in {".h", ".cpp", ".def"}:
                continue
            room = layers.room_of(path.relative_to(root / base).as_posix())
            if room is None:
                yield path, 1, "this folder is no room of layers.txt"
                continue
            yield from ((path, *breach) for breach in check_file(layers, room, root / base, path, names))


def main():
    root = pathlib.Path(sys.argv[1])
    breaches = list(check(root))
    for path, number, message in breaches:
        print(f"{path.relative_to(root)}:{number}: {message}")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
