#!/usr/bin/env python3
"""Breaks the code on purpose, one patch at a time, and expects the unit or fault tests to notice (README.md).

run.py                all patches
run.py --changed      those whose file, or which themselves, changed against origin/main (or the last commit)
run.py NAME...        those whose name contains a word
Exits 1 if a mutant survived, does not compile, or a patch no longer applies.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time

import mutants
import tree

ROOT = pathlib.Path(__file__).resolve().parents[2]
JOBS = str(os.cpu_count() or 1)
TEST_LIMIT_SECONDS = 600  # a mutant that hangs is caught too


class Runner:
    """Builds and tests the copy of the tree. `programs` are the test executables that a mutant may be caught by."""

    def __init__(self, copy, programs):
        self.copy = copy
        self.build_folder = copy / "build" / "ci"
        self.programs = programs

    def configure(self):
        self.call(["cmake", "--preset", "ci", "-D", "ZIGE_WERROR=OFF"], "configure")

    def build(self, only=None):
        """True if it compiled: all programs, or the one that `only` names."""
        programs = [only[0]] if only else self.programs
        command = ["cmake", "--build", str(self.build_folder), "--parallel", JOBS, "--target"] + programs
        return self.run(command).returncode == 0

    def first_failure(self, only=None):
        """What failed, or None. `only` is a (program, filter) that must notice by itself."""
        for program in [only[0]] if only else self.programs:
            words = only[1] if only else []
            command = [str(self.build_folder / "tests" / program)] + words
            try:
                result = self.run(command, timeout=TEST_LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                return f"{program}: time limit"
            if result.returncode == 2:
                raise SystemExit(f"{' '.join(command)}: nothing ran\n{result.stdout}")
            if result.returncode not in (0, 77):
                failed = re.search(r"^FAILED (\S+)", result.stdout, re.MULTILINE)
                return failed.group(1) if failed else f"{program}: exit {result.returncode}"
        return None

    def run(self, command, timeout=None):
        return subprocess.run(command, cwd=self.copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", timeout=timeout, stdin=subprocess.DEVNULL)

    def call(self, command, what):
        result = self.run(command)
        if result.returncode != 0:
            raise SystemExit(f"mutate: {what} failed\n{result.stdout[-4000:]}")


def test_programs(root):
    """unit_tests, and fault_tests once there are fault tests."""
    lists = [root / "tests/fault/CMakeLists.txt", *root.glob("tests/fault/*/CMakeLists.txt")]
    return ["unit_tests"] + (["fault_tests"] if any(path.exists() for path in lists) else [])


def judge(runner, mutant):
    """(verdict, by what) of one mutant; the copy is as before when it returns."""
    with mutant.applied(runner.copy) as applies:
        if not applies:
            return "stale", "the patch no longer applies"
        if not runner.build(mutant.only):
            return "broken", "does not compile: no test was asked"
        failure = runner.first_failure(mutant.only)
    return ("caught", failure) if failure else ("survived", "no test failed")


def run_all(runner, chosen):
    runner.configure()
    if not runner.build():
        raise SystemExit("mutate: the unbroken tree does not build")
    failure = runner.first_failure()
    if failure:
        raise SystemExit(f"mutate: the unbroken tree fails {failure}; nothing can be said about mutants")
    bad = 0
    for number, mutant in enumerate(chosen, 1):
        began = time.monotonic()
        verdict, by = judge(runner, mutant)
        bad += verdict != "caught"
        seconds = time.monotonic() - began
        print(f"{number:3}/{len(chosen)} {verdict:8} {mutant.name:44} {mutant.target:36} {seconds:5.1f} s  {by}", flush=True)
    print(f"{len(chosen) - bad} of {len(chosen)} mutants caught")
    return 1 if bad else 0


def main(arguments):
    parser = argparse.ArgumentParser(description="mutation tests")
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args(arguments)
    chosen = mutants.load(ROOT / "tests" / "mutate" / "patches")
    if options.changed:
        changed = tree.changed_files(ROOT)
        chosen = [mutant for mutant in chosen if {mutant.target, mutant.path} & changed]
    if options.names:
        chosen = [mutant for mutant in chosen if any(word in mutant.name for word in options.names)]
    if not chosen:
        print("mutate: no mutant of a changed file" if options.changed else "mutate: no such mutant")
        return 0 if options.changed else 1
    copy = ROOT / "build" / "mutate"
    tree.mirror(ROOT, copy)
    return run_all(Runner(copy, test_programs(ROOT)), chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
