#!/usr/bin/env python3
"""Applies patches that break a promise, one at a time, to a copy of the tree, and says after how many seeds the simulation found each.

patch.py [--seeds N] [--seed N] FILE...    each FILE is a unified diff of the tree (git diff at its top), from anywhere

FOUND or NOT FOUND, the seed, the promise that did not hold, and the command that replays it. --seed tries that seed alone and shows
all that the program says. The tree itself is never changed: the copy lies below build/.
Exits 0 if each patch was found, 1 if one was not, 2 if one does not apply or compile.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "mutate"))
import tree  # noqa: E402

COPY = ROOT / "build" / "simulate-patch"
PROGRAM = COPY / "build" / "ci" / "tests" / "simulation_tests"


def call(command, **more):
    return subprocess.run(command, cwd=COPY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, check=False, **more)


def build():
    """None, or what the compiler said. Both trees have the same objects as far as the compiler's cache can tell."""
    surroundings = {**os.environ, "CCACHE_BASEDIR": str(COPY), "CCACHE_NOHASHDIR": "1"}
    steps = [["cmake", "--build", "--preset", "ci", "--target", "simulation_tests"]]
    # With the flags of `make test`, whose objects are cached; a patch that leaves something unused costs a whole build.
    for strict in ("ON", "OFF"):
        for step in [["cmake", "--preset", "ci", "-D", f"ZIGE_WERROR={strict}"], *steps]:
            result = call(step, env=surroundings)
            if result.returncode != 0:
                break
        if result.returncode == 0:
            return None
        if "-Werror" not in result.stdout:
            break
    return result.stdout[-3000:]


def apply(patch):
    # Not as part of the surrounding checkout, where git would leave out ignored folders.
    outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(COPY.resolve().parent)}
    return call(["git", "apply", "-p1", str(patch.resolve())], env=outside).returncode == 0


def run(**wish):
    surroundings = {**os.environ, "ZIGE_SEEDS": "", "ZIGE_SEED": "", "ZIGE_FROM": "", "ZIGE_STOP_AT_FIRST": "1", **wish}
    return call([str(PROGRAM), "keeps_the_promises_through_faults_and_converges"], env=surroundings)


def first_failure(seeds):
    """(seed, what broke) of the first story that failed, or None."""
    result = run(ZIGE_SEEDS=str(seeds))
    found = re.search(r"^seed (\d+) (\(.*?\)) failed in step (\".*?\"): (.*?)^  replay", result.stdout, re.MULTILINE | re.DOTALL)
    if found:
        why = [line[2:] for line in found.group(4).splitlines() if line.startswith("- ")]
        return int(found.group(1)), f"{why[-1] if why else found.group(4).strip()} {found.group(2)} in {found.group(3)}"
    if result.returncode == 0:
        return None
    # It did not come to an end of its own: the first seed that does the same alone.
    done = re.findall(r"^(\d+) of \d+ seeds", result.stdout, re.MULTILINE)
    begin = int(done[-1]) if done else 0
    for seed in range(max(1, begin), min(seeds, begin + 200) + 1):
        if run(ZIGE_SEED=str(seed)).returncode != 0:
            return seed, f"the program ends with {result.returncode}"
    return begin + 1, f"the program ends with {result.returncode}: {result.stdout[-300:].strip()}"


def judge(patch, options):
    """(exit code, verdict)"""
    tree.mirror(ROOT, COPY)
    if not apply(patch):
        return 2, "does not apply"
    failed = build()
    if failed:
        return 2, "does not compile\n" + failed
    if options.seed:
        result = run(ZIGE_SEED=str(options.seed))
        return (0, "FOUND\n" + result.stdout) if result.returncode else (1, "NOT FOUND by this seed\n" + result.stdout)
    began = time.monotonic()
    found = first_failure(options.seeds)
    seconds = time.monotonic() - began
    if not found:
        return 1, f"NOT FOUND after {options.seeds} seeds in {seconds:.0f} s"
    return 0, (f"FOUND after {found[0]} seeds in {seconds:.1f} s: {found[1]}\n"
               f"{'':28} replay it: make simulate-patch PATCH={patch} SEED={found[0]}")


def main(arguments):
    parser = argparse.ArgumentParser(description="patches that break a promise, against the simulation")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--seed", type=int)
    parser.add_argument("patches", nargs="+", type=pathlib.Path)
    options = parser.parse_args(arguments)
    worst = 0
    for patch in options.patches:
        code, verdict = judge(patch, options) if patch.is_file() else (2, "no such file")
        worst = max(worst, code)
        print(f"{patch.stem:28} {verdict}", flush=True)
    tree.mirror(ROOT, COPY)  # the copy is unbroken again
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
