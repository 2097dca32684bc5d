"""Compares the models in a folder with what a Python's asyncio offers: compare_surface.py FOLDER SURFACE.json"""
import json
import pathlib
import sys
import tomllib

# What holds a number or says how things are, and the forms of `with lock:` and `yield from` of old.
PLAIN = {"Barrier.broken", "Barrier.n_waiting", "Barrier.parties", "Queue.maxsize", "PriorityQueue.maxsize", "LifoQueue.maxsize",
         "Server.sockets", "Lock.__await__", "Condition.__await__", "Semaphore.__await__", "BoundedSemaphore.__await__"}

models = {"functions": {}, "types": {}, "aliases": {}}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.toml")):
    for kind, entries in tomllib.loads(path.read_text("utf-8")).items():
        if kind in models:
            models[kind].update(entries)
offered = json.loads(pathlib.Path(sys.argv[2]).read_text())
running, surface = tuple(offered["version"]), offered["surface"]


def resolved(path):
    module, _, name = path.rpartition(".")
    path = "{}.{}".format(models["aliases"].get(module, module), name)
    return models["aliases"].get(path, path)


def described_members(path):
    """Of a type and its bases: what is said of each member."""
    entry, members = models["types"].get(path, {}), {}
    for base in entry.get("bases", ()):
        members.update(described_members(resolved(base)))
    for kind in ("methods", "attributes", "entries"):
        members.update(entry.get(kind, {}))
    return members


def check_version(path, entry):
    if not isinstance(entry, dict):
        return
    since, removed = (tuple(map(int, entry.get(key, "0").split("."))) for key in ("since", "removed"))
    if since > running:
        print(path, "is described as new in", entry["since"])
    if (0,) < removed <= running:
        print(path, "is described as removed in", entry["removed"])


for path, members in sorted(surface.items()):
    model = resolved(path)
    entry = models["functions"].get(model, models["types"].get(model))
    if entry is None:
        print(path, "is not described")
        continue
    check_version(path, entry)
    described = described_members(model)
    for member in members:
        name = "{}.{}".format(path, member)
        known = described.get(member, models["functions"].get("{}.{}".format(model, member)))
        if known is not None:
            check_version(name, known)
        elif "{}.{}".format(path.rpartition(".")[2], member) not in PLAIN:
            print(name, "is not described")
