#!/usr/bin/env python3
"""Every row of docs/policy-coverage.md has tests by its tags, and they pass.

coverage.py PROGRAM...    the test programs that carry tags
A row whose third cell begins with "in part: " says what is not there, and has tests of the rest; their number is printed.
"nothing for software: " needs none.
Exits 1 and names the rows that are missing, or that nothing shows."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/policy-coverage.md"
IN_PART = "in part: "
NOTHING = "nothing for software: "
TAG = re.compile(r"[A-Za-z0-9:._\[\]-]+")


def expected_rows():
    """Each article of Xinyang, each numbered item of the others."""
    rows = [f"XY-{number}" for number in range(1, 55)]
    rows += ["WH-1", "WH-2"]
    for item, count in enumerate((5, 4, 2, 4), 1):
        rows += [f"WH-3-{item}"] + [f"WH-3-{item}-{each}" for each in range(1, count + 1)]
    rows += [f"WH-4-{item}" for item in range(1, 5)] + ["WH-5", "WH-5-1", "WH-5-2", "WH-6"]
    rows += ["GD-1", "GD-2", "GD-3"] + [f"GD-4-{item}" for item in range(1, 6)]
    rows += ["JN-1-1"] + [f"JN-1-2-{item}" for item in range(1, 5)]
    rows += [f"JN-2-1-{item}" for item in range(1, 6)] + [f"JN-2-2-{item}" for item in range(1, 8)]
    rows += [f"JN-3-{item}" for item in range(1, 5)] + ["JN-4"]
    for item, count in enumerate((8, 5, 4, 6), 1):
        rows += [f"JN-4-{item}"] + [f"JN-4-{item}-{each}" for each in range(1, count + 1)]
    rows += [f"JN-5-{item}" for item in range(1, 4)] + [f"JN-6-{item}" for item in range(1, 5)] + ["JN-A1", "JN-A2"]
    return rows


def read_rows(text):
    """[(id, what the program does, tags)] of the tables."""
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and re.fullmatch(r"[A-Z]+-[A-Z0-9-]+", cells[0]):
            rows.append((cells[0], cells[2], cells[3].split()))
    return rows


def mistakes_of_page(rows, expected):
    """What is wrong with the page itself."""
    ids = [row[0] for row in rows]
    found = [f"{each}: no row" for each in expected if each not in ids]
    found += [f"{each}: two rows" for each in sorted(set(ids)) if ids.count(each) > 1]
    for row, does, tags in rows:
        if not does or does in (IN_PART.strip(), NOTHING.strip()):
            found.append(f"{row}: does not say what the program does")
        if any(not TAG.fullmatch(tag) for tag in tags):
            found.append(f"{row}: a bad tag")
        if does.startswith(IN_PART) and "; not here: " not in does:
            found.append(f"{row}: does not say what is not here")
        if does.startswith(NOTHING) and tags:
            found.append(f"{row}: nothing for software has no tests")
        if not does.startswith(NOTHING) and not tags:
            found.append(f"{row}: names no tag")
    return found


def wanted_tags(rows):
    """tag -> rows that want a test by it."""
    wanted = {}
    for row, does, tags in rows:
        if not does.startswith(NOTHING):
            for tag in tags:
                wanted.setdefault(tag, []).append(row)
    return wanted


def tagged_tests(program):
    """tag -> names of tests of this program."""
    listing = subprocess.run([program, "--tags"], check=True, capture_output=True, text=True).stdout
    tests = {}
    for line in listing.splitlines():
        name, tag = line.split("\t")
        tests.setdefault(tag, []).append(name)
    return tests


def unproven(wanted, programs):
    """Rows whose tag has no test, or a failing one."""
    by_program = {program: tagged_tests(program) for program in programs}
    found = [f"{', '.join(rows)}: no test has the tag {tag}" for tag, rows in wanted.items()
             if not any(tag in tests for tests in by_program.values())]
    for program, tests in by_program.items():
        names = sorted({name for tag in wanted for name in tests.get(tag, [])})
        if not names:
            continue
        result = subprocess.run([program, "--exact", *names], capture_output=True, text=True)
        failed = re.findall(r"^(?:FAILED|SKIPPED) (\S+)", result.stdout, re.MULTILINE)
        if result.returncode != 0 or failed:
            found += [f"{name.rstrip(':')} fails" for name in failed] or [f"{program}: exit {result.returncode}"]
    return found


def main(programs):
    rows = read_rows(PAGE.read_text(encoding="utf-8"))
    wanted = wanted_tags(rows)
    found = mistakes_of_page(rows, expected_rows()) + unproven(wanted, programs)
    in_part = sum(does.startswith(IN_PART) for _, does, _ in rows)
    nothing = sum(does.startswith(NOTHING) for _, does, _ in rows)
    print("\n".join(found))
    print(f"{len(rows)} rows: {len(rows) - nothing} by {len(wanted)} tags ({in_part} in part), "
          f"{nothing} nothing for software")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
