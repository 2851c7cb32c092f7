"""Mutants: patch files that break one thing each."""

import contextlib
import os
import pathlib
import re
import subprocess


class Mutant:
    """One patch. Its head says what it breaks; `Run: fault_tests Journal` narrows which tests must notice."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        targets = re.findall(r"^\+\+\+ b/(\S+)", text, re.MULTILINE)
        if len(targets) != 1:
            raise SystemExit(f"{path.name}: a mutant changes exactly one file, this one {len(targets)}")
        head = text[:text.index("--- a/")]
        if not re.search(r"^Breaks: \S", head, re.MULTILINE):
            raise SystemExit(f"{path.name}: the head does not say what it `Breaks:`")
        run = re.search(r"^Run: (\S+) ?(.*)$", head, re.MULTILINE)
        self.file = path
        self.name = path.stem
        self.path = f"tests/mutate/patches/{path.name}"
        self.target = targets[0]
        self.only = (run.group(1), run.group(2).split()) if run else None

    @contextlib.contextmanager
    def applied(self, root):
        """Gives whether the patch applied to the tree at `root`; puts the file back at the end, whatever happens."""
        target = root / self.target
        if not target.exists():
            yield False
            return
        original = target.read_bytes()
        # Not as part of a surrounding checkout, where git would leave out ignored folders.
        outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(root.resolve().parent)}
        command = ["git", "apply", "-p1", str(self.file.resolve())]
        try:
            yield subprocess.run(command, cwd=root, env=outside, capture_output=True, check=False).returncode == 0
        finally:
            target.write_bytes(original)


def load(folder):
    """All mutants, those of one file next to each other so that less is rebuilt."""
    return sorted((Mutant(path) for path in pathlib.Path(folder).glob("*.patch")), key=lambda m: (m.target, m.name))
