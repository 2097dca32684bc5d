"""Prints what this Python's asyncio offers to the public, as JSON: each function, and each class with its methods and attributes.
Runs from Python 3.6 on."""
import asyncio
import asyncio.subprocess
import importlib
import inspect
import json
import pkgutil
import sys
import warnings

warnings.simplefilter("ignore")
PROTOCOLS = {"__aenter__", "__aexit__", "__aiter__", "__anext__", "__await__"}


def members(owner):
    return [name for name in dir(owner) if name in PROTOCOLS or not name.startswith("_")]


def entry(value):
    """None for what does nothing: constants, exceptions, enumerations."""
    if inspect.isclass(value):
        plain = issubclass(value, BaseException) or hasattr(value, "__members__")
        return None if plain else members(value)
    return [] if callable(value) else None


surface = {}
modules = [("asyncio", asyncio)]
for found in pkgutil.iter_modules(asyncio.__path__):
    if not found.name.startswith(("_", "windows", "tools")):
        name = "asyncio." + found.name
        modules.append((name, importlib.import_module(name)))
for path, module in modules:
    public = getattr(module, "__all__", ()) if module is not asyncio else dir(asyncio)
    for name in public:
        described = entry(getattr(module, name))
        if not name.startswith("_") and described is not None:
            surface["{}.{}".format(path, name)] = described
json.dump({"version": list(sys.version_info[:2]), "surface": surface}, sys.stdout)
