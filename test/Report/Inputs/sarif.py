"""Checks a SARIF 2.1.0 log: `sarif.py LOG`.

What the standard's schema says of everything that looplint writes, and nothing else: a member that is not listed here is a
mistake, so whoever writes a new one has to look it up. Where the standard's own schema lies beside (`sarif.py LOG SCHEMA`) and
python3-jsonschema is installed, that is asked as well.
"""
import json
import re
import sys

TEXT = str
COUNT = int  # from 1 on


class One(frozenset):
    """One of these words."""


def many(kind, at_least=0, unique=False):
    return [kind, at_least, unique]


# Members in capitals are required.
LEVEL = One({"none", "note", "warning", "error"})
MESSAGE = {"TEXT": TEXT}
REGION = {"STARTLINE": COUNT, "startColumn": COUNT, "endLine": COUNT, "endColumn": COUNT}
ARTIFACT = {"URI": TEXT}
LOCATION = {
    "physicalLocation": {"ARTIFACTLOCATION": ARTIFACT, "region": REGION},
    "logicalLocations": many({"name": TEXT, "fullyQualifiedName": TEXT}, unique=True),
    "message": MESSAGE,
}
FIX = {
    "description": MESSAGE,
    "ARTIFACTCHANGES": many({
        "ARTIFACTLOCATION": ARTIFACT,
        "REPLACEMENTS": many({"DELETEDREGION": REGION, "insertedContent": {"text": TEXT}}, at_least=1),
    }, at_least=1, unique=True),
}
RESULT = {
    "ruleId": TEXT, "level": LEVEL, "MESSAGE": MESSAGE, "locations": many(LOCATION),
    "codeFlows": many({"THREADFLOWS": many({"LOCATIONS": many({"location": LOCATION}, at_least=1)}, at_least=1)}),
    "fixes": many(FIX, unique=True), "partialFingerprints": {"looplint/v1": TEXT},
    "properties": {"confidence": TEXT, "context": TEXT},
}
RULE = {"ID": TEXT, "name": TEXT, "shortDescription": MESSAGE, "defaultConfiguration": {"level": LEVEL}}
RUN = {
    "TOOL": {"DRIVER": {"NAME": TEXT, "version": TEXT, "rules": many(RULE, unique=True)}},
    "columnKind": One({"utf16CodeUnits", "unicodeCodePoints"}), "results": many(RESULT),
}
LOG = {"$schema": TEXT, "VERSION": One({"2.1.0"}), "RUNS": many(RUN)}


def check_object(value, kind, path):
    assert isinstance(value, dict), f"{path}: an object is expected"
    known = {name.lower(): name for name in kind}
    for name in value:
        assert name.lower() in known, f"{path}: `{name}` is not in the schema"
        check(value[name], kind[known[name.lower()]], f"{path}.{name}")
    present = {name.lower() for name in value}
    for lower, name in known.items():
        assert not name.isupper() or lower in present, f"{path}: `{lower}` is missing"


def check_array(value, kind, path):
    element, at_least, unique = kind
    assert isinstance(value, list) and len(value) >= at_least, f"{path}: an array of at least {at_least}"
    texts = [json.dumps(each, sort_keys=True) for each in value]
    assert not unique or len(set(texts)) == len(texts), f"{path}: something is there twice"
    for number, each in enumerate(value):
        check(each, element, f"{path}[{number}]")


def check(value, kind, path):
    if isinstance(kind, dict):
        check_object(value, kind, path)
    elif isinstance(kind, list):
        check_array(value, kind, path)
    elif isinstance(kind, One):
        assert value in kind, f"{path}: {value!r} is not one of {sorted(kind)}"
    elif kind is COUNT:
        assert type(value) is int and value >= 1, f"{path}: {value!r} is no number from 1 on"
    else:
        assert isinstance(value, kind), f"{path}: {value!r} is no text"
    if path.endswith(".uri"):
        assert re.fullmatch(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})*", value), f"{path}: {value!r} is no URI"


def check_rules(log):
    for run in log["runs"]:
        known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        for result in run["results"]:
            assert result["ruleId"] in known, f"no rule {result['ruleId']}"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        log = json.load(file)
    check(log, LOG, "log")
    check_rules(log)
    if len(sys.argv) > 2:
        import jsonschema
        with open(sys.argv[2], encoding="utf-8") as file:
            jsonschema.validate(log, json.load(file))
    print("valid, with", sum(len(run["results"]) for run in log["runs"]), "results")
