"""What the hub refuses is Chinese, with its reason and the next step: every fail() of an error that a person's own doing
leads to (errc invalid or not_found), in all of hub/, has a row with a next step and a detail that has a Chinese phrase.

A detail is read from the source: what is put together from values is a pattern with {} for each value."""
import glob
import json
import os
import re
import unittest

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
FOLDERS = ("hub/core", "hub/server", "hub/pdf")
PHRASES = ("shared/base/error_phrases.cpp", "shared/base/error_phrases_of_the_hub.cpp")
OF_PEOPLE = ("invalid", "not_found")
TEXT = r'"((?:[^"\\]|\\.)*)"'
# What only a program, an agent or a bug says: its words go into the line for whoever is called for help.
TECHNICAL = ("store_", "wire_", "net_", "db_", "replica_", "sync_")
# Functions of one file that make such an error of a text: the last argument is the detail.
MAKERS = ("bad", "wrong", "wrong_as", "mistake", "bad_limits", "implausible")
MAKES_TECHNICAL = ("hub/core/fields.cpp",)
OPEN, CLOSED = "([{", ")]}"


def split(text, separator):
    """Parts of an expression at `separator` ("," "+" "?" ":"), outside of brackets and literals."""
    parts, part, depth, quoted, i = [], "", 0, False, 0
    while i < len(text):
        c = text[i]
        scope = c == ":" and text[i - 1:i + 2].count(":") > 1
        if quoted and c == "\\":
            part += c
            i += 1
            c = text[i]
        elif c == '"':
            quoted = not quoted
        elif not quoted and c in OPEN:
            depth += 1
        elif not quoted and c in CLOSED:
            depth -= 1
        elif not quoted and depth == 0 and c == separator and not scope:
            parts.append(part.strip())
            part = ""
            i += 1
            continue
        part += c
        i += 1
    return parts + [part.strip()]


def arguments(text, start):
    """Of the call whose bracket opens before `start`."""
    depth, quoted, i = 0, False, start
    while quoted or depth or text[i] not in CLOSED:
        c = text[i]
        if quoted and c == "\\":
            i += 1
        elif c == '"':
            quoted = not quoted
        elif not quoted and c in OPEN:
            depth += 1
        elif not quoted and c in CLOSED:
            depth -= 1
        i += 1
    return split(text[start:i], ",")


def unwrapped(text):
    text = text.strip()
    while text.startswith("(") and len(arguments(text, 1)) == 1 and text.endswith(")") and text[1:-1] == arguments(text, 1)[0]:
        text = text[1:-1].strip()
    made = re.fullmatch(r"std::string\((.*)\)", text, re.S)
    return made.group(1).strip() if made and arguments(text, len("std::string(")) == [made.group(1).strip()] else text


def patterns(expression):
    """Every text that the expression may give."""
    expression = unwrapped(expression)
    question = split(expression, "?")
    if len(question) > 1:
        branches = split("?".join(question[1:]), ":")
        return patterns(branches[0]) + patterns(":".join(branches[1:]))
    found = [""]
    for part in split(expression, "+"):
        part = unwrapped(part)
        if re.fullmatch(r"(?:%s\s*)+" % TEXT, part):
            ends = ["".join(re.findall(TEXT, part))]
        elif len(split(part, "?")) > 1:
            ends = patterns(part)
        else:
            ends = ["{}"]
        found = [one + end for one in found for end in ends]
    return found


def calls(source):
    """(error, detail) of every fail() that names one."""
    source = re.sub(r"//[^\n]*", "", source)
    for call in re.finditer(r"\bfail\(\s*ErrorId::(\w+)", source):
        given = arguments(source, source.index("(", call.start()) + 1)
        for detail in patterns(given[2]) if len(given) > 2 else [""]:
            yield call.group(1), detail


def made(source):
    """Details of MAKERS."""
    source = re.sub(r"//[^\n]*", "", source)
    for call in re.finditer(r"\b(?:%s)\(" % "|".join(MAKERS), source):
        yield from patterns(arguments(source, call.end())[-1])


def pairs():
    """(English, Chinese) of every phrase."""
    found = []
    for path in PHRASES:
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            found += re.findall(r'^\s*\{%s,\s*%s\}' % (TEXT, TEXT), file.read(), re.M)
    return [tuple(each.replace('\\"', '"') for each in pair) for pair in found]


def phrases():
    """The one that says most of itself stands first, as shared/base/error_words.cpp takes it."""
    found = sorted((en for en, _ in pairs()), key=lambda en: -len(en.replace("{}", "")))
    return [re.compile("(.+?)".join(re.escape(part) for part in each.split("{}"))) for each in found]


def is_chinese(detail, chinese):
    """Whether no word of English is left: neither in the text nor in what stands for a hole."""
    if not detail or is_value(detail) or re.fullmatch(r"--[a-z-]+", detail):
        return True
    detail = detail.replace('\\"', '"')
    fits = (each.fullmatch(detail) for each in chinese)
    fit = next((each for each in fits if each), None)
    return fit is not None and all(value != detail and is_chinese(value, chinese) for value in fit.groups())


def foreign(chinese):
    """English words of a Chinese text that are neither options, names, files, commands nor abbreviations."""
    text = re.sub(r"\{\}", " ", chinese)
    text = re.sub(r"zige-(?:hub|agent)(?: [a-z-]+){0,2}", " ", text)
    text = re.sub(r"&[a-z]+;|（[a-z]+ [a-z]+）", " ", text)  # an entity; （case propose）, a command
    text = re.sub(r"--[a-z][a-z-]*|[A-Za-z0-9_-]*[_./:=<][A-Za-z0-9_./:=<>-]*", " ", text)
    return [word for word in re.findall(r"[A-Za-z][A-Za-z0-9-]+", text)
            if not word.isupper() and word not in names() and word not in FIXED_WORDS]


def names():
    """Words that a person types as they are: names of the registry and of the profile's fields."""
    if not NAMES:
        for path in glob.glob(os.path.join(ROOT, "protocol/registry/**/*.json"), recursive=True):
            with open(path, encoding="utf-8") as file:
                NAMES.update(re.findall(r'"name": "([a-z0-9_-]+)"', file.read()))
        with open(os.path.join(ROOT, "protocol/profile.schema.json"), encoding="utf-8") as file:
            NAMES.update(re.findall(r'"([a-z_]+)"', file.read()))
    return NAMES


NAMES = set()
# What a person types or reads as it is: values of options, commands and fields of the interfaces, a package's name.
FIXED_WORDS = set("""true false on off zh en csv html pdf ed25519-sha256 sm2-sm3 his clerk viewer skip plain lighter
    mitigated heavier aggravated gb001 gb002 gb004 gb005 chmod fonts-wqy-microhei msgid X-Zige-Key replace add
    a-z""".split())


def is_value(detail):
    """As in shared/base/error_words.cpp, and without words: a code, a day, a number, Chinese."""
    probe = detail.replace("{}", "1")
    return not re.search(r"[A-Za-z] | [A-Za-z]|[A-Za-z]{4,}", probe)


def rows():
    found = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "protocol/registry/errors/*.json"))):
        with open(path, encoding="utf-8") as file:
            found.update({row["name"]: row for row in json.load(file)["rows"]})
    return found


def of_a_person(row):
    return row["errc"] in OF_PEOPLE and not row["name"].startswith(TECHNICAL)


class ErrorWords(unittest.TestCase):
    def sources(self):
        for folder in FOLDERS:
            for path in sorted(glob.glob(os.path.join(ROOT, folder, "**", "*.*"), recursive=True)):
                if path.endswith((".cpp", ".h")):
                    with open(path, encoding="utf-8") as file:
                        yield os.path.relpath(path, ROOT), file.read()

    def test_every_refusal_of_the_hub_is_chinese(self):
        known, chinese, wrong, seen = rows(), phrases(), [], 0
        for path, source in self.sources():
            for error, detail in calls(source):
                if error not in known or not of_a_person(known[error]):
                    continue
                seen += 1
                if not is_chinese(detail, chinese):
                    wrong.append(f"{path}: {error}: no Chinese for \"{detail}\" in {PHRASES[1]}")
            for detail in () if path in MAKES_TECHNICAL else made(source):
                seen += 1
                if not is_chinese(detail, chinese):
                    wrong.append(f"{path}: no Chinese for \"{detail}\" in {PHRASES[1]}")
        self.assertGreater(seen, 300)
        self.assertFalse(wrong, "\n".join(sorted(set(wrong))))

    def test_every_refusal_of_the_hub_says_what_to_do_next(self):
        known, without = rows(), set()
        for path, source in self.sources():
            for error, _ in calls(source):
                if error in known and of_a_person(known[error]) and "next_zh" not in known[error]:
                    without.add(f"{path}: {error}: no next_zh in the registry")
        self.assertFalse(without, "\n".join(sorted(without)))

    def test_no_word_of_english_stands_in_a_chinese_sentence(self):
        wrong = [f"{zh}: {word}" for _, zh in pairs() for word in foreign(zh)]
        for row in rows().values():
            for text in (row["zh"], row.get("next_zh", "")):
                wrong += [f"{row['name']}: {text}: {word}" for word in foreign(text)]
        self.assertGreater(len(pairs()), 300)
        self.assertFalse(wrong, "\n".join(sorted(set(wrong))))

    def test_both_languages_have_as_many_values(self):
        wrong = [en for en, zh in pairs() if en.count("{}") != zh.count("{}")]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_a_hole_takes_no_words(self):
        chinese = [re.compile("expected (.+?)"), re.compile("(.+?) points")]
        self.assertTrue(is_chinese("expected {}", chinese) and is_chinese("expected {} points", chinese))
        self.assertFalse(is_chinese("expected a list", chinese))
        self.assertEqual(["enter", "them"], foreign("enter 为 --level 或 them {}，UTF-8、a.json、zige-hub case show"))

    def test_reads_what_is_put_together(self):
        self.assertEqual(["{} is ahead"], patterns('format(day) + " is ahead"'))
        self.assertEqual(["{}; none", "{}; {}"], patterns('std::string(a.b) + "; " + (c ? "none" : d)'))
        self.assertEqual(["on or off"], patterns('"on "\n"or off"'))
        self.assertEqual([("case_bad_field", "{} at most")],
                         list(calls('return fail(ErrorId::case_bad_field, "on", std::to_string(f(1, 2)) + " at most");')))

    def test_knows_a_value_from_words(self):
        self.assertTrue(is_value("{}") and is_value("{}；{}") and not is_value("is ahead") and not is_value("empty"))


if __name__ == "__main__":
    unittest.main()
