"""The code registry is refused when it breaks one of its rules (protocol/registry/README.md)."""

import contextlib
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
REGISTRY = ROOT / "protocol" / "registry"
HEADER = ROOT / "agent" / "include" / "zige" / "zige_codes.h"
sys.path.insert(0, str(REGISTRY))
sys.dont_write_bytecode = True

import generate  # noqa: E402
import registry  # noqa: E402


class Rules(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name) / "registry"
        shutil.copytree(REGISTRY, self.folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "CMakeLists.txt"))

    def tearDown(self):
        self.scratch.cleanup()

    def edit(self, name, change):
        path = self.folder / name
        data = json.loads(path.read_text(encoding="utf-8"))
        change(data)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    def refused(self, name, change, why):
        self.edit(name, change)
        with self.assertRaisesRegex(registry.RegistryError, why):
            registry.load(self.folder)

    def test_the_real_registry_is_accepted(self):
        self.assertTrue(registry.load(self.folder))

    def test_number_twice(self):
        self.refused("grounds.json", lambda d: d["rows"][3].update(n=1), "number 1 stands for agreement_stopped and for")

    def test_name_twice(self):
        self.refused("grounds.json", lambda d: d["rows"][3].update(name="departed"), "share the name departed")

    def test_retired_number_used_again(self):
        self.refused("grounds.json", lambda d: d["retired"].append({"n": 4, "name": "older"}), "number 4 stands for")

    def test_retired_name_used_again(self):
        last = len(json.loads((self.folder / "grounds.json").read_text(encoding="utf-8"))["rows"]) + 1
        self.refused("grounds.json", lambda d: d["retired"].append({"n": last, "name": "departed"}), "share the name departed")

    def test_row_removed_without_being_retired(self):
        self.refused("grounds.json", lambda d: d["rows"].pop(4), "number 5 is missing")

    def test_row_retired_is_accepted(self):
        self.edit("modes.json", lambda d: d["retired"].append(d["rows"].pop(1)))
        modes = next(c for c in registry.load(self.folder) if c.enum == "Mode")
        self.assertEqual(["observe", "enforce"], [row["name"] for row in modes.rows])

    def test_advice_of_41_characters(self):
        self.edit("advice.json", lambda d: d["rows"][1].update(zh="字" * 40))
        registry.load(self.folder)
        self.refused("advice.json", lambda d: d["rows"][1].update(zh="字" * 41), "over 40 characters")

    def test_half_a_next_step(self):
        self.refused("errors/7-usage.json", lambda d: d["rows"][0].pop("next_en"), "next_zh and next_en stand together")

    def test_next_step_of_what_is_no_error(self):
        self.refused("modes.json", lambda d: d["rows"][0].update(next_zh="a", next_en="b"), "unknown keys")

    def test_text_missing(self):
        self.refused("errors/7-usage.json", lambda d: d["rows"][0].update(zh=""), "no text in zh")

    def test_error_outside_its_area(self):
        self.refused("errors/7-usage.json", lambda d: d.update(first=7101), "an area starts at x001")
        self.refused("errors/7-usage.json", lambda d: d.update(first=6001), "is missing|number outside")

    def test_error_with_a_foreign_prefix(self):
        self.refused("errors/7-usage.json", lambda d: d["rows"][0].update(name="wire_typo"), "does not start with one of")

    def test_error_with_unknown_errc(self):
        self.refused("errors/7-usage.json", lambda d: d["rows"][0].update(errc="oops"), "unknown errc oops")

    def test_attribute_missing(self):
        self.refused("grounds.json", lambda d: d["rows"][0].pop("rank"), "rank is missing")

    def test_two_grounds_of_one_rank(self):
        self.refused("grounds.json", lambda d: d["rows"][0].update(rank=2), "share one rank")

    def test_unknown_advice(self):
        self.refused("grounds.json", lambda d: d["rows"][0].update(advice="pray"), "advice pray is no Advice")

    def test_unknown_key(self):
        self.refused("grounds.json", lambda d: d["rows"][0].update(colour="red"), "unknown keys")

    def test_name_that_is_a_keyword(self):
        self.refused("grounds.json", lambda d: d["rows"][0].update(name="register"), "word of C or C")

    def test_number_too_large_for_its_type(self):
        self.refused("modes.json", lambda d: d["rows"][2].update(n=256), "does not fit|is missing")


class Outputs(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name)

    def tearDown(self):
        self.scratch.cleanup()

    def run_generator(self, *arguments):
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            code = generate.main([str(argument) for argument in arguments])
        return code, errors.getvalue()

    def test_the_committed_page_is_what_the_registry_says(self):
        self.assertEqual((0, ""), self.run_generator("--check-docs", ROOT / "docs" / "codes.md"))

    def test_a_stale_page_is_named(self):
        page = self.folder / "codes.md"
        self.assertEqual(0, self.run_generator("--docs", page)[0])
        page.write_text(page.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
        code, errors = self.run_generator("--check-docs", page)
        self.assertEqual(1, code)
        self.assertIn("stale", errors)

    def test_a_second_run_touches_nothing(self):
        self.run_generator("--out", self.folder)
        before = {path: path.stat().st_mtime_ns for path in self.folder.rglob("*.*") if path.is_file()}
        self.assertEqual(2, len(before))
        self.run_generator("--out", self.folder)
        self.assertEqual(before, {path: path.stat().st_mtime_ns for path in before})

    def test_the_c_header_holds_what_the_registry_says(self):
        self.assertEqual((0, ""), self.run_generator("--check-header", HEADER))

    def test_a_stale_c_header_is_named_and_mended(self):
        header = self.folder / "zige_codes.h"
        good = HEADER.read_text(encoding="utf-8")
        header.write_text(good.replace("ZIGE_OUTCOME_DENY 5", "ZIGE_OUTCOME_DENY 4"), encoding="utf-8")
        code, errors = self.run_generator("--check-header", header)
        self.assertEqual(1, code)
        self.assertIn("stale", errors)
        self.assertEqual(0, self.run_generator("--header", header)[0])
        self.assertEqual(good, header.read_text(encoding="utf-8"))

    def test_a_c_header_without_marks_is_refused(self):
        header = self.folder / "zige_codes.h"
        header.write_text("/* nothing */\n", encoding="utf-8")
        self.assertEqual(1, self.run_generator("--header", header)[0])

    def test_the_c_header_compiles_alone(self):
        for compiler in (["cc", "-std=c99", "-x", "c"], ["cc", "-std=c11", "-x", "c"], ["c++", "-std=c++11", "-x", "c++"],
                         ["c++", "-std=c++20", "-x", "c++"]):
            for header in ("zige.h", "zige_codes.h"):
                source = f'#include "zige/{header}"\nint code(void) {{ return ZIGE_OUTCOME_DENY + ZIGE_E_WIRE_TRUNCATED; }}\n'
                subprocess.run(compiler + ["-pedantic-errors", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-fsyntax-only",
                                       f"-I{HEADER.parents[1]}", "-"], input=source, text=True, check=True)


if __name__ == "__main__":
    unittest.main()
