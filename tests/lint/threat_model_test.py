"""The lint of the threat model finds what is seeded, and nothing in a page that is right."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import threat_model  # noqa: E402

ATTACK = "**{title}**\n- Stops: caps. ENV-1.\n- Shown by: `State.refuses_one`, `Vectors.refuses/head-bomb`, `System.demo`.\n" \
         "- Seen: `wire_replayed`.\n- Remains: nothing known.\n"
PAGE = "\n".join(ATTACK.format(title=each) for each in threat_model.ATTACKS)
FILES = {
    "docs/architecture.md": "`State.refuses_one`\n",
    "protocol/SPEC.md": "| ENV-1 |\n",
    "protocol/vectors/index.json": '[{"file": "bad/head-bomb.hex"}]',
    "protocol/registry/errors.json": '{"rows": [{"name": "wire_replayed"}]}',
    "tests/unit/state_test.cpp": "TEST_EACH(State, refuses_one, kRows) {}\nTEST_EACH(Vectors, refuses, rows()) {}\n",
    "tests/system/CMakeLists.txt": "add_test(NAME System.demo COMMAND demo)\n",
}
SEEDED = {
    "an attack is missing": ("**Replay**", "**Other**", "nothing of Replay"),
    "a label is missing": ("- Remains:", "- Left:", "Replay: nothing after Remains"),
    "no test is named": ("- Shown by: `State.refuses_one`, `Vectors.refuses/head-bomb`, `System.demo`.", "- Shown by: us.", "Replay: no test shows it"),
    "a test that is not there": ("State.refuses_one", "State.refuses_all", "no test State.refuses_all"),
    "a row that is not there": ("/head-bomb", "/head-bomber", "Vectors.refuses has no row head-bomber"),
    "a system suite that is not there": ("System.demo", "System.other", "no test System.other"),
    "an error that is not there": ("wire_replayed", "wire_repeated", "Replay: no row wire_repeated in the registry"),
    "a rule that is not there": ("ENV-1", "ENV-99", "no rule ENV-99"),
}


def findings(page):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, content in {**FILES, "docs/threat-model.md": page}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content, encoding="utf-8")
        return list(threat_model.check(root))


class ThreatModel(unittest.TestCase):
    def test_a_page_that_is_right_has_no_findings(self):
        self.assertEqual(findings(PAGE), [])

    def test_what_is_seeded_is_found(self):
        for name, (right, wrong, said) in SEEDED.items():
            with self.subTest(name):
                self.assertTrue(any(said in each for each in findings(PAGE.replace(right, wrong, 1))), said)


if __name__ == "__main__":
    unittest.main()
