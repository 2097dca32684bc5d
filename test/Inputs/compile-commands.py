"""Writes compile_commands.json for the C and C++ files below a folder: compile-commands.py FOLDER [FLAG...]

The flag -python stands for the headers of this Python."""
import json
import pathlib
import sys
import sysconfig

folder = pathlib.Path(sys.argv[1]).resolve()
units = sorted(path for path in folder.rglob("*") if path.suffix in (".c", ".cpp"))
flags = [f"-isystem{sysconfig.get_path('include')}" if flag == "-python" else flag for flag in sys.argv[2:]]
commands = [{"directory": str(folder), "file": str(unit),
             "arguments": ["c++" if unit.suffix == ".cpp" else "cc", *flags, "-c", str(unit)]} for unit in units]
(folder / "compile_commands.json").write_text(json.dumps(commands))
