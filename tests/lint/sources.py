#!/usr/bin/env python3
"""Lints of the text of the sources: sources.py [ROOT] prints file:line: rule, and exits 1 if there is a finding.
sources.py --lengths [ROOT] reports the longest files."""

import argparse
import pathlib
import re
import subprocess
import sys

MAX_LINES = 450
CODE = (".h", ".cpp", ".c")
TEXT = CODE + (".py", ".sh", ".cmake", ".txt", ".md", ".json", ".cddl", ".sql", ".yml", "")

# rule: (what it says, pattern, endings of the files it reads, start of the paths it reads, paths that may)
RULES = [
    ("using namespace in a header", r"^\s*using\s+namespace\b", (".h",), "", ()),
    ("the wall clock is read in one file only; take a Clock&",
     r"(system_clock|utc_clock)::now|\bstd::time\s*\(|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|\bgettimeofday\b|clock_gettime\s*\(\s*CLOCK_REALTIME"
     r"|Poco::(Timestamp|DateTime|LocalDateTime)\b",
     CODE, "", ("shared/posix/", "shared/poco/")),
    ("a path of somebody's machine", r"/(home|root|work|Users)/[a-z]|/tmp/[a-z]", TEXT, "", ()),
    ("a document that is not in this repository", r"\b(DESIGN|RULES|STYLE|FACTS|DOMAIN)[.]md\b", TEXT, "", ()),
    ("unfinished: do it or delete it", r"\b(TODO|FIXME|XXX|HACK)\b", TEXT, "", ()),
    ("a sleep in a test", r"\b(sleep_for|sleep_until|usleep|nanosleep)\b|\btime\.sleep\b|^\s*sleep\s+[0-9]", TEXT,
     "tests/", ("tests/support/memory_vfs.cpp",)),  # SQLite itself waits there for another connection's lock
    ("an exception swallowed without a word", r"catch\s*\(\s*\.\.\.\s*\)\s*\{\s*\}", CODE, "", ()),
    ("a mutable global", r"^(static\s+)?(inline\s+)?(std::(string|vector|map|mutex|atomic)\b[^()]*)\s+g_?\w+\s*(=.*)?;",
     CODE, "", ()),
    ("a private key", r"BEGIN [A-Z ]*PRIVATE KEY", TEXT, "", ("shared/openssl/", "tests/")),
]
MEANINGLESS = re.compile(r"(utils?|manager|helpers?|common)\b", re.IGNORECASE)
MAY_NAME_PATTERNS = {"tests/lint/sources.py", "tests/lint/sources_test.py"}


def files(root):
    """Paths of the repository's own files, relative to root."""
    if (root / ".git").exists():
        listing = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root,
                                 check=True, capture_output=True).stdout.decode()
        names = [name for name in listing.split("\0") if name]
    else:
        names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    return sorted(name for name in names if (root / name).is_file() and not (root / name).is_symlink())


def read(root, name):
    return (root / name).read_text(encoding="utf-8", errors="replace").splitlines()


def findings_in(name, lines):
    suffix = pathlib.PurePath(name).suffix
    active = [(what, re.compile(pattern)) for what, pattern, suffixes, start, allowed in RULES
              if suffix in suffixes and name.startswith(start) and not name.startswith(allowed or ("\0",))]
    for number, line in enumerate(lines, 1):
        for what, pattern in active:
            if pattern.search(line):
                yield f"{name}:{number}: {what}"
    if suffix in CODE + (".py", ".sh") and len(lines) > MAX_LINES:
        yield f"{name}:{len(lines)}: longer than {MAX_LINES} lines"
    if suffix in CODE and MEANINGLESS.search(pathlib.PurePath(name).stem):
        yield f"{name}:1: a name that says nothing"
    if suffix == ".h" and "#pragma once" not in lines and not any("#ifndef" in line for line in lines):
        yield f"{name}:1: no #pragma once"


def check(root):
    found = []
    for name in files(root):
        if name not in MAY_NAME_PATTERNS and pathlib.PurePath(name).suffix in TEXT:
            found += findings_in(name, read(root, name))
    return found


def lengths(root):
    sized = [(len(read(root, name)), name) for name in files(root) if name.endswith(CODE)]
    for size, name in sorted(sized, reverse=True)[:20]:
        print(f"{size:5} {name}")
    print(f"{sum(size for size, _ in sized):5} lines in {len(sized)} files")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lengths", action="store_true")
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    options = parser.parse_args()
    if options.lengths:
        lengths(options.root)
        return 0
    found = check(options.root)
    print("\n".join(found) if found else f"{len(files(options.root))} files, nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
