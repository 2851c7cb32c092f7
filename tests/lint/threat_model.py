"""docs/threat-model.md and docs/architecture.md name tests, rules and registry rows that exist.

Of each attack the threat model says what stops it, which tests show it, what an operator sees and what remains."""

import json
import pathlib
import re
import sys

LABELS = ("Stops", "Shown by", "Seen", "Remains")
# What the page must speak of, by the first words of a title.
ATTACKS = ("Replay", "Rollback", "Freeze", "Fast-forward", "Mix-and-match", "Endless and slow data", "Bomb", "Stolen online key",
           "Stolen root key", "Stolen agent key", "Stolen slip", "Clone", "Folder put back", "Hub put back", "Backup of the hub stolen",
           "Split view", "Poisoned delta", "Clock of the PC", "Clock of the hub", "Alias trick", "Carried file", "Insider at the bureau",
           "HIS or clerk that lies", "Clerks who share a key", "Phone code", "Downgrade", "Log injection", "Local attacker", "Disk filled up")
NAME = re.compile(r"`([A-Za-z]\w*\.\w+)(?:/([\w-]+))?`")
ROW_NAME = re.compile(r"`([a-z]+(?:_[a-z0-9]+)+)`")
RULE = re.compile(r"\b(?:CBOR|ENV|VER|LIMIT|STATE|DELTA|BLOB|JRN|SYNC|TRUST|SEAL|PHONE|LIFE|REC|STMT|FIL)-[0-9]+\b")


def tests_of(root):
    """name -> text in which the rows of a table stand"""
    found = {}
    for path in root.glob("tests/**/*.cpp"):
        text = path.read_text(encoding="utf-8")
        for suite, name in re.findall(r"\bTEST(?:_EACH)?\(\s*(\w+),\s*(\w+)", text):
            found[f"{suite}.{name}"] = text
    for path in root.glob("tests/**/CMakeLists.txt"):
        text = path.read_text(encoding="utf-8")
        found.update((name, "") for name in re.findall(r"add_test\(NAME ([\w.]+)", text))
        found.update((f"Lint.{name}", "") for name in re.findall(r"^zige_lint\((\w+)", text, re.M))
    index = root / "protocol/vectors/index.json"
    vectors = json.loads(index.read_text(encoding="utf-8")) if index.exists() else []
    for kind, test in (("good/", "Vectors.takes"), ("bad/", "Vectors.refuses")):
        rows = (row["file"][len(kind):-len(".hex")] for row in vectors if row["file"].startswith(kind))
        found[test] = "".join(f'"{row}"' for row in rows)
    return found


def registry_of(root):
    names = set()
    for path in root.glob("protocol/registry/**/*.json"):
        names.update(row["name"] for row in json.loads(path.read_text(encoding="utf-8"))["rows"])
    return names


def attacks_of(page):
    """[(title, {label: text})]"""
    parts = re.split(r"^\*\*(.+?)\*\*\n", page, flags=re.M)[1:]
    return [(title, dict(re.findall(r"^- ([A-Z][a-z ]+): (.+)$", body, re.M))) for title, body in zip(parts[::2], parts[1::2])]


def check_tests(where, text, tests):
    for name, row in NAME.findall(text):
        if name.split(".")[-1] in ("md", "json", "db", "cpp", "h", "py", "sock"):
            continue
        if name not in tests:
            yield f"{where}: no test {name}"
        elif row and f'"{row}"' not in tests[name]:
            yield f"{where}: {name} has no row {row}"


def check(root):
    tests, registry = tests_of(root), registry_of(root)
    rules = set(RULE.findall((root / "protocol/SPEC.md").read_text(encoding="utf-8")))
    page = (root / "docs/threat-model.md").read_text(encoding="utf-8")
    attacks = attacks_of(page)
    for wanted in ATTACKS:
        if not any(title.startswith(wanted) for title, _ in attacks):
            yield f"threat-model.md: nothing of {wanted}"
    for title, said in attacks:
        for label in LABELS:
            if label not in said:
                yield f"{title}: nothing after {label}"
        if not NAME.search(said.get("Shown by", "")):
            yield f"{title}: no test shows it"
        for name in ROW_NAME.findall(said.get("Seen", "") + said.get("Remains", "")):
            if name not in registry:
                yield f"{title}: no row {name} in the registry"
    yield from (f"threat-model.md: no rule {rule}" for rule in sorted(set(RULE.findall(page)) - rules))
    yield from check_tests("threat-model.md", page, tests)
    yield from check_tests("architecture.md", (root / "docs/architecture.md").read_text(encoding="utf-8"), tests)


if __name__ == "__main__":
    findings = list(check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
    print("\n".join(findings) or "ok")
    sys.exit(1 if findings else 0)
