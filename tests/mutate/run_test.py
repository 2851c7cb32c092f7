"""The harness tells caught from survived, stale and broken, and leaves the tree as it was."""

import contextlib
import io
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import mutants  # noqa: E402
import run  # noqa: E402
import tree  # noqa: E402

SOURCE = "one\ntwo\nthree\n"


def patch(old, new, head="Breaks: a line\n", name="shared/a.txt"):
    lines = "".join(("-" + old + "\n+" + new + "\n") if line == old else " " + line + "\n" for line in SOURCE.split())
    return f"{head}\n--- a/{name}\n+++ b/{name}\n@@ -1,3 +1,3 @@\n{lines}"


class ScriptedRunner(run.Runner):
    """Instead of compiler and tests: a source with `syntax` does not compile, the test wants the line `two`."""

    def __init__(self, copy):
        super().__init__(copy, ["unit_tests"])
        self.seen = []

    def configure(self):
        pass

    def source(self):
        return (self.copy / "shared" / "a.txt").read_text(encoding="utf-8")

    def build(self, only=None):
        return "syntax" not in self.source()

    def first_failure(self, only=None):
        self.seen.append(only)
        return None if "two" in self.source().split() else "Suite.wants_two"


class Harness(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name) / "repo"
        self.write("shared/a.txt", SOURCE)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def mutant(self, text):
        return mutants.Mutant(self.write("tests/mutate/patches/m.patch", text))

    def judge(self, text):
        verdict = run.judge(ScriptedRunner(self.root), self.mutant(text))[0]
        self.assertEqual(SOURCE, (self.root / "shared/a.txt").read_text(encoding="utf-8"))
        return verdict

    def test_caught(self):
        self.assertEqual("caught", self.judge(patch("two", "2")))

    def test_survived(self):
        self.assertEqual("survived", self.judge(patch("three", "3")))

    def test_broken(self):
        self.assertEqual("broken", self.judge(patch("two", "syntax")))

    def test_stale_context(self):
        self.assertEqual("stale", self.judge(patch("two", "2").replace(" three", " four")))

    def test_stale_file(self):
        self.assertEqual("stale", self.judge(patch("two", "2", name="shared/gone.txt")))

    def test_the_file_is_put_back_when_the_run_is_broken_off(self):
        with self.assertRaises(KeyboardInterrupt):
            with self.mutant(patch("two", "2")).applied(self.root) as applies:
                self.assertTrue(applies)
                raise KeyboardInterrupt
        self.assertEqual(SOURCE, (self.root / "shared/a.txt").read_text(encoding="utf-8"))

    def test_one_survivor_fails_the_whole_run(self):
        caught = self.mutant(patch("two", "2"))
        survivor = mutants.Mutant(self.write("tests/mutate/patches/n.patch", patch("three", "3")))
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            self.assertEqual(0, run.run_all(ScriptedRunner(self.root), [caught]))
            self.assertEqual(1, run.run_all(ScriptedRunner(self.root), [caught, survivor]))
        self.assertIn("1 of 2 mutants caught", shown.getvalue())

    def test_an_unbroken_tree_that_fails_says_nothing(self):
        self.write("shared/a.txt", "one\nthree\n")
        with self.assertRaisesRegex(SystemExit, "unbroken tree fails"):
            run.run_all(ScriptedRunner(self.root), [])

    def test_a_narrowed_mutant_asks_only_its_tests(self):
        mutant = self.mutant(patch("two", "2", head="Breaks: a line\nRun: fault_tests Journal Replica\n"))
        runner = ScriptedRunner(self.root)
        run.judge(runner, mutant)
        self.assertEqual([("fault_tests", ["Journal", "Replica"])], runner.seen)

    def test_a_patch_must_say_what_it_breaks_and_change_one_file(self):
        with self.assertRaisesRegex(SystemExit, "Breaks"):
            self.mutant(patch("two", "2", head=""))
        with self.assertRaisesRegex(SystemExit, "exactly one file"):
            self.mutant(patch("two", "2") + patch("two", "2", name="shared/b.txt"))


class Tree(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name) / "repo"
        self.root.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("a.txt", "first")

    def git(self, *arguments):
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=self.root, check=True, capture_output=True)

    def commit(self, name, text):
        (self.root / name).write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "--quiet", "--message", name)

    def test_without_history_only_new_files_are_changed(self):
        (self.root / "new.txt").write_text("new", encoding="utf-8")
        self.assertEqual({"new.txt"}, tree.changed_files(self.root))

    def test_last_commit_and_edits_are_changed(self):
        self.commit("b.txt", "second")
        self.assertEqual({"b.txt"}, tree.changed_files(self.root))
        (self.root / "a.txt").write_text("edited", encoding="utf-8")
        self.assertEqual({"a.txt", "b.txt"}, tree.changed_files(self.root))

    def test_all_commits_since_origin_main_are_changed(self):
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")
        self.commit("b.txt", "second")
        self.commit("c.txt", "third")
        self.assertEqual({"b.txt", "c.txt"}, tree.changed_files(self.root))

    def test_mirror_copies_deletes_and_leaves_equal_files_alone(self):
        copy = self.root.parent / "copy"
        self.commit("b.txt", "second")
        tree.mirror(self.root, copy)
        (copy / "build").mkdir()
        (copy / "build" / "object.o").write_text("object", encoding="utf-8")
        time_before = (copy / "a.txt").stat().st_mtime_ns
        (self.root / "b.txt").unlink()
        (self.root / "a.txt").write_text("first", encoding="utf-8")
        tree.mirror(self.root, copy)
        self.assertEqual(time_before, (copy / "a.txt").stat().st_mtime_ns)
        self.assertFalse((copy / "b.txt").exists())
        self.assertTrue((copy / "build" / "object.o").exists())


if __name__ == "__main__":
    unittest.main()
