"""Writes compile_commands.json for the C and C++ files below a folder: compile-commands.py FOLDER [FLAG...]"""
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1]).resolve()
units = sorted(path for path in folder.rglob("*") if path.suffix in (".c", ".cpp"))
commands = [{"directory": str(folder), "file": str(unit),
             "arguments": ["c++" if unit.suffix == ".cpp" else "cc", *sys.argv[2:], "-c", str(unit)]} for unit in units]
(folder / "compile_commands.json").write_text(json.dumps(commands))
