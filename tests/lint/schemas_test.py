"""The profile and calendar files follow their JSON Schemas, and the schemas know the names of the code registry."""

import copy
import json
import pathlib
import sys
import unittest

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed; run packaging/setup.sh")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]


def read(path):
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


PROFILE_SCHEMA = read("protocol/profile.schema.json")
CALENDAR_SCHEMA = read("protocol/calendar.schema.json")


def mistakes(schema, value):
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]


class Schemas(unittest.TestCase):
    def test_they_are_schemas_of_2020_12(self):
        for schema in (PROFILE_SCHEMA, CALENDAR_SCHEMA):
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_their_names_are_those_of_the_registry(self):
        for definition, file in (("institution_kind", "institution_kinds"), ("category", "categories"),
                                 ("transaction", "transactions"), ("role", "roles"), ("role_effect", "role_effects"),
                                 ("case_fact", "case_facts"), ("measure", "measures"),
                                 ("measure_basis", "measure_bases"), ("due_kind", "due_kinds"),
                                 ("day_unit", "day_units")):
            names = [row["name"] for row in read(f"protocol/registry/{file}.json")["rows"]]
            self.assertEqual(names, PROFILE_SCHEMA["$defs"][definition]["enum"], definition)


class Files(unittest.TestCase):
    def test_every_profile_is_valid(self):
        files = sorted((ROOT / "packaging/profiles").glob("*.json"))
        self.assertTrue(files)
        for path in files:
            self.assertEqual([], mistakes(PROFILE_SCHEMA, read(path)), path.name)
            self.assertEqual(path.stem, read(path)["id"])

    def test_every_calendar_is_valid(self):
        files = sorted((ROOT / "packaging/calendars").glob("*.json"))
        self.assertTrue(files)
        for path in files:
            self.assertEqual([], mistakes(CALENDAR_SCHEMA, read(path)), path.name)


class Mistakes(unittest.TestCase):
    def setUp(self):
        self.profile = copy.deepcopy(read("packaging/profiles/henan-xinyang.json"))

    def refused(self):
        self.assertNotEqual([], mistakes(PROFILE_SCHEMA, self.profile))

    def test_value_without_a_source(self):
        del self.profile["gate"]["departure_working_days"]["article"]
        self.refused()

    def test_value_with_two_sources(self):
        self.profile["gate"]["departure_working_days"]["ours"] = "because"
        self.refused()

    def test_value_of_another_type(self):
        self.profile["gate"]["departure_working_days"]["value"] = "10"
        self.refused()

    def test_unknown_field(self):
        self.profile["gate"]["departure_workingdays"] = self.profile["gate"]["departure_working_days"]
        self.refused()

    def test_missing_field(self):
        del self.profile["gate"]["roles"]
        self.refused()

    def test_unknown_role(self):
        self.profile["gate"]["roles"]["value"][0]["roles"] = ["cook"]
        self.refused()

    def test_profile_without_rules_is_no_mistake(self):
        del self.profile["rules"]
        self.assertEqual([], mistakes(PROFILE_SCHEMA, self.profile))

    def test_row_of_the_rules_without_a_source(self):
        del self.profile["rules"]["measures"][0]["article"]
        self.refused()

    def test_level_of_13_points(self):
        self.profile["rules"]["levels"][3]["points"][2] = 13
        self.refused()

    def test_condition_without_a_border(self):
        del self.profile["rules"]["triggers"][0]["any_of"][0][0]["at_least"]
        self.refused()

    def test_unknown_fact(self):
        self.profile["rules"]["triggers"][0]["any_of"][0][0]["fact"] = "weather"
        self.refused()


if __name__ == "__main__":
    unittest.main()
