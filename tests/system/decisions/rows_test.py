#!/usr/bin/env python3
"""No rule of the gate without a system test: rows_test.py SOURCES"""
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rows  # noqa: E402

SOURCES = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else os.path.abspath(os.path.join(rows.HERE, "..", "..", ".."))
SUITES = os.path.join(SOURCES, "tests", "system")
ELSEWHERE = re.compile(r"^System\.(\w+): (.+)$")


def read(*parts):
    with open(os.path.join(SOURCES, *parts), encoding="utf-8") as file:
        return file.read()


def not_shown(table, rules, suite_text):
    """Ids of rows that no suite has, and of rows that stand in rules.py alone."""
    shown = set(re.findall(r'"(\d\.\d\d)"', rules))
    missing = []
    for number, (_, where) in table.items():
        found = ELSEWHERE.match(where)
        there = number in shown if where == "`rules.py`" else found is not None and found[2] in suite_text(found[1])
        if not there:
            missing.append(number)
    return missing + sorted(shown - set(table))


def not_named(names, table, unreached=()):
    """Names that stand in no row and are not told as unreached either."""
    named = set(re.findall(r"`(\w+)`", " ".join(rule for rule, _ in table.values())))
    return sorted(set(names) - named - set(unreached))


def suite_text(suite):
    return read("tests", "system", suite, "suite.py")


class RuleRows(unittest.TestCase):
    def setUp(self):
        self.table = rows.read()
        self.rules = read("tests", "system", "decisions", "rules.py")
        self.unreached = re.findall(r"^- `(\w+)`: ", read("tests", "system", "decisions", "README.md"), re.M)

    def test_every_row_names_a_check_that_is_there(self):
        self.assertEqual([], not_shown(self.table, self.rules, suite_text))

    def test_every_ground_of_the_registry_stands_in_a_row(self):
        grounds = [each["name"] for each in json.loads(read("protocol", "registry", "grounds.json"))["rows"]]
        self.assertEqual([], not_named(grounds, self.table, self.unreached))
        self.assertEqual(sorted(self.unreached), not_named(self.unreached, self.table), "shown and unreached")

    def test_every_role_of_the_packaged_table_stands_in_a_row(self):
        profile = json.loads(read("packaging", "profiles", "henan-xinyang.json"))
        roles = {role for each in profile["gate"]["roles"]["value"] for role in each["roles"]}
        self.assertEqual([], not_named(roles, self.table))

    def test_finds_what_is_seeded(self):
        table = {**self.table, "9.01": ("a rule without a test", "`rules.py`"), "9.02": ("another", "System.fsi: no such check"), "9.03": ("a third", "nowhere")}
        self.assertEqual(["9.01", "9.02", "9.03"], not_shown(table, self.rules, suite_text))
        self.assertEqual(["9.04"], not_shown(self.table, self.rules + 'row("9.04"', suite_text))
        self.assertEqual(["a_new_ground"], not_named(["suspended", "a_new_ground"], self.table))


if __name__ == "__main__":
    unittest.main()
