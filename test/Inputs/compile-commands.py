"""Writes compile_commands.json for the C and C++ files below a folder: compile-commands.py FOLDER [FLAG...]

The flag -python stands for the headers of this Python, -glib for GLib's."""
import json
import pathlib
import shlex
import subprocess
import sys
import sysconfig

folder = pathlib.Path(sys.argv[1]).resolve()
units = sorted(path for path in folder.rglob("*") if path.suffix in (".c", ".cpp"))


def spelled(flag):
    if flag == "-python":
        return [f"-isystem{sysconfig.get_path('include')}"]
    if flag == "-glib":
        found = subprocess.run(["pkg-config", "--cflags", "glib-2.0"], stdout=subprocess.PIPE, text=True, check=True)
        return shlex.split(found.stdout.replace("-I", "-isystem"))
    return [flag]


flags = [spelling for flag in sys.argv[2:] for spelling in spelled(flag)]
commands = [{"directory": str(folder), "file": str(unit),
             "arguments": ["c++" if unit.suffix == ".cpp" else "cc", *flags, "-c", str(unit)]} for unit in units]
(folder / "compile_commands.json").write_text(json.dumps(commands))
