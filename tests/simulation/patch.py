#!/usr/bin/env python3
"""Applies patches that break a promise, one at a time, to a copy of the tree, and says after how many seeds the simulation found each.

Each FILE is a unified diff of the tree (`git diff` at its top, or `diff -u a/ b/`) and may lie anywhere. It is applied to a copy below
build/simulate-patch, where only the simulation is built, each time in the same folder, so that only what the patch touches is compiled.
The tree itself is never changed. The first run builds that folder: minutes; later ones take seconds beside the seeds.

For each patch: FOUND or NOT FOUND, the seed, the promise that did not hold, and the command that replays it. --seed tries that seed alone
and shows all that the program says. A patch of our own may say in a line "Stopped by: ..." which other layer also holds the promise: then it
is not expected to be found.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests" / "mutate"))
import tree  # noqa: E402

COPY = ROOT / "build" / "simulate-patch"
PROGRAM = COPY / "build" / "ci" / "tests" / "simulation_tests"
TABLE = HERE / "README.md"
RULE = "|---|---|---:|---|\n"
SILENCE = 300  # seconds without a word of the program: it hangs
FOUND, NOT_FOUND, NOT_JUDGED = 0, 1, 2


def say(text):
    """Progress, for whoever waits."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def call(command, **more):
    return subprocess.run(command, cwd=COPY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, check=False, **more)


def build():
    """None, or what the compiler said."""
    surroundings = {**os.environ, "CCACHE_BASEDIR": str(COPY), "CCACHE_NOHASHDIR": "1"}
    # With the flags of `make test`, whose objects the compiler's cache may have; a patch that leaves something unused is built without
    # them, which costs a whole build once.
    for strict in ("ON", "OFF"):
        for step in (["cmake", "--preset", "ci", "-D", f"ZIGE_WERROR={strict}"], ["cmake", "--build", "--preset", "ci", "--target", "simulation_tests"]):
            result = call(step, env=surroundings)
            if result.returncode != 0:
                break
        if result.returncode == 0:
            return None
        if "-Werror" not in result.stdout:
            break
    return result.stdout[-3000:]


def apply(patch, where, *more):
    """None, or what git said. A tree that went on a little since the patch was made still takes it."""
    # Not as part of a surrounding checkout, where git would leave out ignored folders.
    outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(where.resolve().parent)}
    first = None
    for context in ([], ["-C1"]):
        result = subprocess.run(["git", "apply", "-p1", *context, *more, str(patch.resolve())], cwd=where, env=outside, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if result.returncode == 0:
            return None
        first = first or result.stdout.strip()
    return first


def run(progress="", **wish):
    """(exit code, output). A program that says nothing for long is ended."""
    surroundings = {**os.environ, "ZIGE_SEEDS": "", "ZIGE_SEED": "", "ZIGE_FROM": "", "ZIGE_STOP_AT_FIRST": "1", **wish}
    program = subprocess.Popen([str(PROGRAM), "keeps_the_promises_through_faults_and_converges"], cwd=COPY, env=surroundings,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, errors="replace")
    said = []
    while True:
        watch = threading.Timer(SILENCE, program.kill)
        watch.start()
        line = program.stdout.readline()
        watch.cancel()
        if not line:
            return program.wait(), "".join(said)
        said.append(line)
        if progress and "seeds/s" in line:
            say(f"{progress}: {line.strip()}")


def first_failure(name, seeds):
    """(seed, what broke) of the first story that failed, or None."""
    code, said = run(name, ZIGE_SEEDS=str(seeds))
    found = re.search(r"^seed (\d+) (\(.*?\)) failed in step (\".*?\"): (.*?)^  replay", said, re.MULTILINE | re.DOTALL)
    if found:
        why = [line[2:] for line in found.group(4).splitlines() if line.startswith("- ")]
        return int(found.group(1)), f"{why[-1] if why else found.group(4).strip()} {found.group(2)} in {found.group(3)}"
    if code == 0:
        return None
    # It did not come to an end of its own: the first seed that does the same alone.
    done = re.findall(r"^(\d+) of \d+ seeds", said, re.MULTILINE)
    begin = int(done[-1]) if done else 0
    for seed in range(max(1, begin), min(seeds, begin + 200) + 1):
        say(f"{name}: seed {seed} alone")
        if run(ZIGE_SEED=str(seed))[0] != 0:
            return seed, f"the program ends with {code}"
    return begin + 1, f"the program ends with {code}: {said[-300:].strip()}"


def judge(patch, options):
    """(exit code, verdict, seed or None, what broke)"""
    if not patch.is_file():
        return NOT_JUDGED, "no such file", None, ""
    say(f"{patch.stem}: copying")
    tree.mirror(ROOT, COPY)
    refused = apply(patch, COPY)
    if refused:
        return NOT_JUDGED, "does not apply\n" + refused, None, ""
    say(f"{patch.stem}: compiling")
    failed = build()
    if failed:
        return NOT_JUDGED, "does not compile\n" + failed, None, ""
    if options.seed:
        code, said = run(ZIGE_SEED=str(options.seed))
        return (FOUND, "FOUND\n" + said, options.seed, said) if code else (NOT_FOUND, "NOT FOUND by this seed\n" + said, None, "")
    began = time.monotonic()
    found = first_failure(patch.stem, options.seeds)
    seconds = time.monotonic() - began
    if not found:
        return NOT_FOUND, f"NOT FOUND after {options.seeds} seeds in {seconds:.0f} s", None, ""
    return FOUND, (f"FOUND after {found[0]} seeds in {seconds:.1f} s: {found[1]}\n"
                   f"{'':30} replay it: make simulate-patch PATCH={patch} SEED={found[0]}"), found[0], found[1]


def says(patch, what):
    """The rest of the line "what: ..." before the diff."""
    found = re.search(rf"^{what}: *(.+)$", patch.read_text().split("\n--- ")[0], re.MULTILINE) if patch.is_file() else None
    return found.group(1).strip() if found else ""


def row(patch, found, seeds):
    """How a line of the table in README.md begins is the patch's name."""
    seed, why = found
    why = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "…", why.rsplit(" in \"", 1)[0]).replace("|", "\\|").replace("\n", " ")
    after = f"{seed}" if seed else f"not in {seeds}"
    by = why if seed else "stopped by " + says(patch, "Stopped by") if says(patch, "Stopped by") else "**nothing**"
    return f"| `{patch.stem}` | {says(patch, 'Breaks')} | {after} | {by} |"


def write_table(judged, seeds):
    """Rows of patches that were judged are written anew, those of patches that are gone leave."""
    head, rows = TABLE.read_text().split(RULE, 1)
    known = {name: line for line, name in re.findall(r"^(\| `(\w+)` .*)$", rows, re.MULTILINE)}
    known.update({patch.stem: row(patch, found, seeds) for patch, found in judged.items()})
    ours = sorted(each.stem for each in (HERE / "patches").glob("*.patch"))
    TABLE.write_text(head + RULE + "".join(known[name] + "\n" for name in ours if name in known))


def check():
    """For the lint: each of our patches still applies to the tree as it is, and says what it breaks."""
    bad = 0
    for patch in sorted((HERE / "patches").glob("*.patch")):
        wrong = apply(patch, ROOT, "--check") or ("" if says(patch, "Breaks") else "has no line Breaks:")
        if wrong:
            bad += 1
            print(f"{patch.relative_to(ROOT)}: {wrong}")
    return 1 if bad else 0


def main(arguments):
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__,
                                     epilog="exit codes: 0 each patch was found (or is stopped by another layer, as it says), "
                                            "1 one was not found,\n2 one does not apply or compile")
    parser.add_argument("--seeds", type=int, default=1000, help="how many stories are told at most (1000)")
    parser.add_argument("--seed", type=int, help="this story alone")
    parser.add_argument("--all", action="store_true", help="all patches of tests/simulation/patches")
    parser.add_argument("--write-table", action="store_true", help="write what was found into tests/simulation/README.md")
    parser.add_argument("--check", action="store_true", help="only see whether all patches of tests/simulation/patches apply")
    parser.add_argument("patches", nargs="*", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args(arguments)
    if options.check:
        return check()
    patches = options.patches + (sorted((HERE / "patches").glob("*.patch")) if options.all else [])
    if not patches:
        parser.error("no patch is named")
    worst, judged = FOUND, {}
    for patch in patches:
        code, verdict, seed, why = judge(patch, options)
        if code != NOT_JUDGED and not options.seed:
            judged[patch] = (seed, why)
        if code == NOT_FOUND and says(patch, "Stopped by"):
            code, verdict = FOUND, f"{verdict}, stopped by {says(patch, 'Stopped by')}"
        worst = max(worst, code)
        say("")
        print(f"{patch.stem:30} {verdict}", flush=True)
        if options.write_table:
            write_table(judged, options.seeds)
    tree.mirror(ROOT, COPY)  # the copy is unbroken again
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
