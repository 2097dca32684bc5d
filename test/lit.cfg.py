# The lit suite: every program under test/ with a RUN line is a test. Substitutions:
#   %looplint  the binary; the RUN line says the command (`%looplint check %s`)
#   %looplint-cxx  the C++ frontend
#   %compile-commands FOLDER [FLAG...]  writes compile_commands.json for the C and C++ in the folder
#   %python    Debian's Python 3, which has the libraries that executed programs import
#   %looprt-python  the same, with the package looprt of the build
#   %shared    what may lie beside the repository; %codes the codes of all rules
#   %utils     the repository's checkers; %source is the repository, %build the build folder
import os
import re
import shutil
import subprocess

import lit.formats

binaries = os.path.join(config.looplint_binary_directory, "bin")

config.name = "looplint"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".py", ".cpp", ".c", ".test", ".ipynb", ".toml", ".md"]
config.excludes = ["Inputs", "unit", "lit.cfg.py", "CMakeLists.txt"]
config.test_source_root = os.path.join(config.looplint_source_directory, "test")
config.test_exec_root = os.path.join(config.looplint_binary_directory, "test")

config.substitutions += [
    ("%looplint-unit", os.path.join(binaries, "looplint-unit")),
    ("%looplint-cxx", os.path.join(binaries, "looplint-cxx")),
    ("%looplint", os.path.join(binaries, "looplint")),
    ("%looprt-python", "env PYTHONPATH=" + os.path.join(config.looplint_binary_directory, "python") + " /usr/bin/python3"),
    ("%compile-commands", "/usr/bin/python3 " + os.path.join(config.looplint_source_directory, "test/Inputs/compile-commands.py")),
    ("%python", "/usr/bin/python3"),
    ("%utils", os.path.join(config.looplint_source_directory, "utils")),
    ("%build", config.looplint_binary_directory),
    ("%source", config.looplint_source_directory),
]

# FileCheck and not; a test never finds them by the user's PATH.
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools_directory, "/usr/bin", "/bin"])
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"
# Nobody's own cache is filled by tests.
config.environment["LOOPLINT_CACHE_DIR"] = os.path.join(config.test_exec_root, "cache")

# LLVM gives a thread that writes a temporary file an alternate stack, which AddressSanitizer would free as its own.
config.environment["ASAN_OPTIONS"] = "use_sigaltstack=0"

# A test executes a program only where the library it imports is installed:
# `%if flask %{ … %}`.
libraries = ["aiohttp", "apscheduler", "django", "fastapi", "flask",
             "nest_asyncio", "starlette", "tornado", "uvicorn", "uvloop", "watchdog"]
config.available_features.update(subprocess.run(
    ["/usr/bin/python3", "-c",
     "import sys; from importlib.util import find_spec\n"
     "print(*filter(find_spec, sys.argv[1:]))", *libraries],
    stdout=subprocess.PIPE, text=True, check=True).stdout.split())

config.available_features.update(
    tool for tool in ("clang-apply-replacements", "mypy", "node", "vim") if shutil.which(tool, path=config.environment["PATH"]))

# Labelled programs may lie beside the repository; they are no part of it.
shared = os.path.join(os.path.dirname(config.looplint_source_directory), "shared")
if os.path.exists(os.path.join(shared, "tools", "score")):
    config.available_features.add("labelled-cases")
with open(os.path.join(config.looplint_source_directory, "include/looplint/Rules/Rules.def")) as rules:
    codes = re.findall(r"^(?:DRIVER_)?RULE\((\d+)", rules.read(), re.MULTILINE)
config.substitutions += [
    ("%shared", shared),
    ("%codes", ",".join("LOOP" + code for code in codes)),
]
