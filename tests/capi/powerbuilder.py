#!/usr/bin/env python3
"""PowerBuilder's declarations take what the header's functions take, in the same order: powerbuilder.py HEADER POWERBUILDER"""
import pathlib
import re
import sys

NUMBERS = {"int32_t": "long", "zige_status": "long", "uint32_t": "ulong", "size_t": "longptr"}


def of_c(words):
    """The type that PowerBuilder has for a parameter of C."""
    words = re.sub(r"\s+", " ", words.replace("*", " * ")).strip()
    base, stars = words.replace("const ", "").split(" ")[0], words.count("*")
    if base == "char":
        return "string" if words.startswith("const ") else "ref string"
    if base == "zige_agent":
        return "longptr" if stars == 1 else "ref longptr"
    if base in NUMBERS:
        return ("ref " if stars else "") + NUMBERS[base]
    return "ref blob"  # a struct


def in_header(text):
    found = {}
    for result, name, parameters in re.findall(r"^ZIGE_API (?:ZIGE_MUST_USE )?([^;()]*?) ?ZIGE_CALL (zige_\w+)\(([^;]*)\);", text, re.M):
        listed = [] if parameters.strip() == "void" else [of_c(parameter) for parameter in parameters.split(",")]
        found[name] = ("" if result == "void" else of_c(result), listed)
    return found


def in_powerbuilder(text):
    found = {}
    pattern = r"^(?:FUNCTION (\w+)|SUBROUTINE) (zige_\w+) \(([^)]*)\) LIBRARY"
    for result, name, parameters in re.findall(pattern, text, re.M):
        listed = [re.sub(r" \w+$", "", parameter.strip()) for parameter in parameters.split(",") if parameter.strip()]
        found[name] = (result, listed)
    return found


def texts_are_ansi(text):
    """A string goes as bytes only where ";ansi" stands behind the name."""
    lines = [line for line in text.splitlines() if line.startswith(("FUNCTION", "SUBROUTINE"))]
    return [line for line in lines if ("string" in line) != (";ansi" in line)]


def main():
    header, powerbuilder = (pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    wanted, given = in_header(header), in_powerbuilder(powerbuilder)
    bad = [name for name in sorted(wanted.keys() | given.keys()) if wanted.get(name) != given.get(name)]
    for name in bad:
        print(f"{name}: the header has {wanted.get(name)}, PowerBuilder {given.get(name)}")
    for line in texts_are_ansi(powerbuilder):
        print(f";ansi: {line}")
    return 1 if bad or texts_are_ansi(powerbuilder) or len(wanted) < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
