#!/usr/bin/env python3
"""Checks that every rule is whole: a line in Rules.def, a page, a test; and that the page tells the truth.

usage: check-catalogue.py ROOT [BINARY]

The codes in include/looplint/Rules/Rules.def, the pages docs/rules/LOOPnnn.md and the tests test/Rules/LOOPnnn-*.py must
be the same set; every rule that lib/looplint/Rules defines must be in Rules.def; a page has its five headings in order
and may have two more.
With BINARY, the first example of each page is linted and must give its code and no other, the second must give nothing.
Prints one `path: message` for each defect; exit status 1 if there is one.
"""
import json
import pathlib
import re
import subprocess
import sys
import sysconfig
import tempfile

RULE = re.compile(r'^(?:DRIVER_)?RULE\((\d+),\s*(\w+),\s*"([^"]+)"', re.MULTILINE)
RULE_FUNCTION = re.compile(r"^Findings\s+(?:\w+::)*check(\w+)\(", re.MULTILINE)
EXAMPLE = re.compile(r"^```(python|cpp)\n(.*?)^```", re.MULTILINE | re.DOTALL)
HEADINGS = ["What it does", "Why is this bad?", "Example", "Fix safety", "Known limits"]
OPTIONAL_HEADINGS = {"Which cure fits", "References"}


def codes_of(paths):
    return {match.group() for path in paths if (match := re.match(r"LOOP\d+", path.name))}


def check_sets(root, rules):
    places = {"docs/rules": codes_of((root / "docs/rules").glob("LOOP*.md")),
              "test/Rules": codes_of((root / "test/Rules").glob("LOOP*"))}
    for place, codes in places.items():
        for code in sorted(rules.keys() - codes):
            yield f"{place}: nothing for {code}, which is in Rules.def"
        for code in sorted(codes - rules.keys()):
            yield f"{place}: {code} is not in Rules.def"

    listed = {name for name, _ in rules.values()}
    for path in sorted((root / "lib/looplint/Rules").glob("*.cpp")):
        for name in RULE_FUNCTION.findall(path.read_text()):
            if name not in listed:
                yield f"{path.relative_to(root)}: check{name} is not in Rules.def"


def check_page(path, spelling, binary):
    code, text = path.stem, path.read_text()
    title, _, _ = text.partition("\n")
    if title != f"# {code} {spelling}":
        yield f"the first line is not `# {code} {spelling}`"
    headings = [heading for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)
                if heading not in OPTIONAL_HEADINGS]
    if headings != HEADINGS:
        yield f"the headings are not {', '.join(HEADINGS)}"

    examples = EXAMPLE.findall(text)
    if len(examples) < 2:
        yield "there are no two examples, one wrong and one right"
    elif binary:
        for example, expected in zip(examples, ([code], [])):
            found = findings(binary, example)
            if found != expected:
                yield f"an example gives {found or 'nothing'} where {expected or 'nothing'} belongs:\n{example[1]}"


def findings(binary, example):
    """The codes that looplint reports for a program of one file, each once."""
    with tempfile.TemporaryDirectory() as folder:
        language, text = example
        if language == "cpp":
            python_headers = sysconfig.get_path("include")
            command = {"directory": folder, "file": "example.cpp", "command": f"g++-12 -std=c++20 -isystem{python_headers} -c example.cpp"}
            (pathlib.Path(folder) / "compile_commands.json").write_text(json.dumps([command]))
        (pathlib.Path(folder) / f"example.{'cpp' if language == 'cpp' else 'py'}").write_text(text)
        run = subprocess.run([binary, "check", "--no-cache", "--output-format=json", "."], cwd=folder,
                             capture_output=True, text=True, timeout=60)
    if run.returncode not in (0, 1):
        return [f"exit status {run.returncode}: {run.stderr}"]
    return sorted({diagnostic["code"] for diagnostic in json.loads(run.stdout)["diagnostics"]})


def check(root, binary):
    text = (root / "include/looplint/Rules/Rules.def").read_text()
    rules = {f"LOOP{code}": (name, spelling) for code, name, spelling in RULE.findall(text)}
    yield from check_sets(root, rules)
    for code, (_, spelling) in sorted(rules.items()):
        page = root / f"docs/rules/{code}.md"
        if page.exists():
            yield from (f"docs/rules/{code}.md: {defect}" for defect in check_page(page, spelling, binary))


def main():
    root, binary = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    defects = list(check(root, binary))
    print("\n".join(defects), end="\n" if defects else "")
    return 1 if defects else 0


if __name__ == "__main__":
    sys.exit(main())
