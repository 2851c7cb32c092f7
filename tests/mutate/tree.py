"""The tree as git sees it: what changed, and a copy in which mutants live, so that a broken source is never in yours."""

import shutil
import subprocess


def git(root, *arguments):
    result = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return result.stdout if result.returncode == 0 else None


def names(output):
    return {name for name in (output or "").split("\0") if name}


def base_of_changes(root):
    """Where our work left origin/main; the last commit's parent if we are on it; None without a history."""
    merge_base = git(root, "merge-base", "HEAD", "origin/main")
    head = git(root, "rev-parse", "HEAD")
    if merge_base and merge_base != head:
        return merge_base.strip()
    parent = git(root, "rev-parse", "--verify", "--quiet", "HEAD~1")
    return parent.strip() if parent else None


def changed_files(root):
    """Paths changed since base_of_changes(), whether committed or not."""
    base = base_of_changes(root)
    changed = names(git(root, "diff", "--name-only", "-z", base)) if base else set()
    return changed | names(git(root, "ls-files", "-z", "--others", "--exclude-standard"))


def mirror(root, copy):
    """Makes `copy` hold root's files, as they are now. Equal files keep their time, so that nothing is rebuilt for them."""
    listing = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listing is None:
        raise SystemExit("mutate: not a git checkout")
    wanted = {name for name in names(listing) if (root / name).is_file()}
    for name in wanted:
        source, target = root / name, copy / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            shutil.copymode(source, target)
    for path in list(copy.rglob("*")):
        name = str(path.relative_to(copy))
        if path.is_file() and name not in wanted and not name.startswith("build/"):
            path.unlink()
