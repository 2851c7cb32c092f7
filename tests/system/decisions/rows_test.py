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


def text_of(suite):
    with open(os.path.join(SUITES, suite, "suite.py"), encoding="utf-8") as file:
        return file.read()


class RuleRows(unittest.TestCase):
    def setUp(self):
        self.rows = rows.read()

    def test_every_row_names_a_check_that_is_there(self):
        with open(os.path.join(SUITES, "decisions", "rules.py"), encoding="utf-8") as file:
            shown = set(re.findall(r'"(\d\.\d\d)"', file.read()))
        for number, (rule, where) in self.rows.items():
            with self.subTest(number, rule=rule):
                if where == "`rules.py`":
                    self.assertIn(number, shown)
                    continue
                found = ELSEWHERE.match(where)
                self.assertTrue(found, where)
                self.assertIn(found[2], text_of(found[1]))
        self.assertEqual(set(), shown - set(self.rows))

    def test_every_ground_of_the_registry_stands_in_a_row(self):
        with open(os.path.join(SOURCES, "protocol", "registry", "grounds.json"), encoding="utf-8") as file:
            grounds = [each["name"] for each in json.load(file)["rows"]]
        named = set(re.findall(r"`(\w+)`", " ".join(rule for rule, _ in self.rows.values())))
        with open(os.path.join(SUITES, "decisions", "README.md"), encoding="utf-8") as file:
            unreached = set(re.findall(r"^- `(\w+)`: ", file.read(), re.M))
        self.assertEqual(set(), set(grounds) - named - unreached)
        self.assertEqual(set(), named & unreached, "shown and unreached")

    def test_every_role_of_the_packaged_table_stands_in_a_row(self):
        with open(os.path.join(SOURCES, "packaging", "profiles", "henan-xinyang.json"), encoding="utf-8") as file:
            table = json.load(file)["gate"]["roles"]["value"]
        named = set(re.findall(r"`(\w+)`", " ".join(rule for rule, _ in self.rows.values())))
        for role in {role for each in table for role in each["roles"]}:
            self.assertIn(role, named)


if __name__ == "__main__":
    unittest.main()
