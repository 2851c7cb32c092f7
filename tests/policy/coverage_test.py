"""The lint of the coverage page finds what is seeded."""

import os
import pathlib
import stat
import tempfile
import unittest

import coverage

PAGE = """| id | 文件 | the program | tests |
|---|---|---|---|
| XY-1 | 依据 | nothing for software: purpose |  |
| XY-2 | 范围 | the scope | XY-2 |
| XY-4 | 移送 | in part: letters; not here: answers | XY-4 |
"""


def program(folder, listing, output="1 passed", code=0):
    """A test program that lists tags and gives a result."""
    path = pathlib.Path(folder) / "tests"
    path.write_text(f"#!/bin/sh\nif [ \"$1\" = --tags ]; then printf '{listing}'; exit 0; fi\necho '{output}'\nexit {code}\n",
                    encoding="utf-8")
    os.chmod(path, path.stat().st_mode | stat.S_IXUSR)
    return str(path)


class Page(unittest.TestCase):
    def mistakes(self, page, expected):
        return coverage.mistakes_of_page(coverage.read_rows(page), expected)

    def test_that_is_right(self):
        self.assertEqual([], self.mistakes(PAGE, ["XY-1", "XY-2", "XY-4"]))

    def test_without_a_row(self):
        self.assertEqual(["XY-3: no row"], self.mistakes(PAGE, ["XY-3"]))

    def test_with_a_row_twice(self):
        self.assertEqual(["XY-2: two rows"], self.mistakes(PAGE + "| XY-2 | x | y | XY-2 |\n", ["XY-2"]))

    def test_row_without_a_tag(self):
        self.assertEqual(["XY-9: names no tag"], self.mistakes("| XY-9 | x | y |  |\n", []))

    def test_row_that_says_nothing(self):
        self.assertTrue(self.mistakes("| XY-9 | x | in part: | XY-9 |\n", []))

    def test_row_that_hides_what_is_not_here(self):
        self.assertEqual(["XY-9: does not say what is not here"], self.mistakes("| XY-9 | x | in part: y | XY-9 |\n", []))

    def test_expects_every_article_and_item(self):
        rows = coverage.expected_rows()
        self.assertEqual(54, sum(row.startswith("XY-") for row in rows))
        self.assertEqual(len(rows), len(set(rows)))


class Tests(unittest.TestCase):
    def unproven(self, listing, **result):
        with tempfile.TemporaryDirectory() as folder:
            wanted = coverage.wanted_tags(coverage.read_rows(PAGE))
            return coverage.unproven(wanted, [program(folder, listing, **result)])

    def test_that_pass(self):
        self.assertEqual([], self.unproven("Gate.scope\\tXY-2\\nLetter.prints\\tXY-4\\n"))

    def test_that_are_not_there(self):
        self.assertEqual(["XY-2: no test has the tag XY-2"], self.unproven("Gate.scope\\tXY-3\\nLetter.prints\\tXY-4\\n"))

    def test_that_fail(self):
        self.assertEqual(["Gate.scope fails"],
                         self.unproven("Gate.scope\\tXY-2\\nLetter.prints\\tXY-4\\n", output="FAILED Gate.scope", code=1))

    def test_that_are_skipped(self):
        self.assertEqual(["Gate.scope fails"],
                         self.unproven("Gate.scope\\tXY-2\\nLetter.prints\\tXY-4\\n", output="SKIPPED Gate.scope: no server", code=0))

    def test_of_a_row_in_part_are_asked_for(self):
        self.assertEqual(["XY-4: no test has the tag XY-4"], self.unproven("Gate.scope\\tXY-2\\n"))


if __name__ == "__main__":
    unittest.main()
