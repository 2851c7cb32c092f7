#!/usr/bin/env python3
"""Applies patches that break a promise, one at a time, to a copy of the tree, and says after how many seeds the simulation found each.

patch.py [--seeds N] FILE...    each FILE is a unified diff (git diff) of the tree
Exits 0 if each was found, 1 if one survived, 2 if one does not apply or compile.
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
    if not (COPY / "build" / "ci" / "build.ninja").exists():
        steps.insert(0, ["cmake", "--preset", "ci", "-D", "ZIGE_WERROR=OFF"])
    for step in steps:
        result = call(step, env=surroundings)
        if result.returncode != 0:
            return result.stdout[-3000:]
    return None


def apply(patch):
    # Not as part of the surrounding checkout, where git would leave out ignored folders.
    outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(COPY.resolve().parent)}
    return call(["git", "apply", "-p1", str(patch.resolve())], env=outside).returncode == 0


def first_failure(seeds):
    """(seed, seeds run, message) of the first story that failed, or None."""
    surroundings = {**os.environ, "ZIGE_SEEDS": str(seeds), "ZIGE_SEED": "", "ZIGE_STOP_AT_FIRST": "1"}
    result = call([str(PROGRAM), "--exact", "Simulation.keeps_the_promises_through_faults_and_converges/seeds"], env=surroundings)
    found = re.search(r"^seed (\d+) (\(.*?\)) failed in step (\".*?\"): (.*?)^  replay", result.stdout, re.MULTILINE | re.DOTALL)
    if found:
        why = [line[2:] for line in found.group(4).splitlines() if line.startswith("- ")]
        return int(found.group(1)), f"{found.group(2)} in {found.group(3)}: {why[-1] if why else found.group(4).strip()}"
    if result.returncode != 0:  # it did not come to an end of its own
        done = re.findall(r"^(\d+) of \d+ seeds", result.stdout, re.MULTILINE)
        return int(done[-1]) + 1 if done else 1, f"exit {result.returncode}: {result.stdout[-300:].strip()}"
    return None


def judge(patch, seeds):
    tree.mirror(ROOT, COPY)
    if not apply(patch):
        return 2, "does not apply"
    failed = build()
    if failed:
        return 2, "does not compile\n" + failed
    began = time.monotonic()
    found = first_failure(seeds)
    seconds = time.monotonic() - began
    if not found:
        return 1, f"SURVIVED {seeds} seeds in {seconds:.0f} s"
    return 0, f"found after {found[0]} seeds in {seconds:.1f} s {found[1]}"


def main(arguments):
    parser = argparse.ArgumentParser(description="patches that break a promise, against the simulation")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("patches", nargs="+", type=pathlib.Path)
    options = parser.parse_args(arguments)
    worst = 0
    for patch in options.patches:
        code, verdict = judge(patch, options.seeds)
        worst = max(worst, code)
        print(f"{patch.stem:28} {verdict}", flush=True)
    tree.mirror(ROOT, COPY)  # the copy is unbroken again
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
