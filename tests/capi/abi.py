#!/usr/bin/env python3
"""The binary interface is the one that was committed: abi.py LIBRARY HEADERS TEXT, or abi.py --write LIBRARY HEADERS TEXT.
What only adds (a function, a field at the end of a struct that states its size) is written anew; all else moves the soname."""
import os
import subprocess
import sys
import tempfile

DUMP = ["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-elf-needed",
        "--exported-interfaces-only", "--no-show-locs", "--drop-private-types", "--drop-undefined-syms"]


def dump(library, headers, to):
    subprocess.run(DUMP + ["--headers-dir", headers, "--out-file", to, library], check=True)


def compare(old, new):
    done = subprocess.run(["abidiff", "--no-show-locs", old, new], capture_output=True, text=True)
    print(done.stdout + done.stderr, end="")
    return done.returncode


def main():
    if sys.argv[1] == "--write":
        dump(*sys.argv[2:])
        return 0
    library, headers, text = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="zige-abi-") as folder:
        now = os.path.join(folder, "now.abi")
        dump(library, headers, now)
        return compare(text, now)


if __name__ == "__main__":
    sys.exit(main())
