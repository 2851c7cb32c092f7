#!/usr/bin/env python3
"""The library exports what the list says, the header declares it, and PowerBuilder's declarations name the same:
symbols.py LIBRARY HEADER LIST POWERBUILDER"""
import pathlib
import re
import subprocess
import sys


def exported(library):
    listing = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in listing.splitlines()]
    return sorted(row[2] for row in rows if row[1] != "A")  # A: the name of the version itself


def soname(library):
    listing = subprocess.run(["readelf", "-d", library], check=True, capture_output=True, text=True).stdout
    return re.search(r"\(SONAME\).*\[(.*)\]", listing).group(1)


def declared(header):
    return sorted(re.findall(r"^ZIGE_API [^;]*?ZIGE_CALL (zige_\w+)\(", header, re.M | re.S))


def same(what, expected, found):
    if expected == found:
        return True
    print(f"{what}: missing {sorted(set(expected) - set(found))}, too many {sorted(set(found) - set(expected))}")
    return False


def main():
    library, header, symbols, powerbuilder = sys.argv[1:]
    texts = [pathlib.Path(name).read_text(encoding="utf-8") for name in (header, symbols, powerbuilder)]
    listed = texts[1].split()
    names = [symbol.partition("@")[0] for symbol in listed]
    in_powerbuilder = re.findall(r'^(?:FUNCTION \w+|SUBROUTINE) (zige_\w+) *\(', texts[2], re.M | re.I)
    good = [same("exported symbols", listed, exported(library)), same("functions of the header", names, declared(texts[0])),
            same("functions of PowerBuilder", names, sorted(in_powerbuilder))]
    version = re.search(r"ZIGE_VERSION_NUMBER (\d+)", texts[0]).group(1)
    good.append(same("soname", [f"libzige.so.{int(version) // 1000000}"], [soname(library)]))
    return 0 if names and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
