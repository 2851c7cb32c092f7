"""Loads the code registry (protocol/registry/*.json and errors/*.json) and refuses what would break its promises."""

import json
import pathlib
import re

MAX_ADVICE = 40  # characters: what a message box of an old HIS shows
TYPES = {"uint8": 0xFF, "uint16": 0xFFFF}
ERRC = ["invalid", "not_found", "corrupt", "untrusted", "unavailable", "busy", "gap", "stale", "io", "unsupported",
        "internal"]
KEYWORDS = set("""alignas alignof and asm auto bool break case catch char class concept const constexpr continue default
delete do double else enum explicit export extern false float for friend goto if inline int long mutable namespace new
not nullptr operator or private protected public register requires return short signed sizeof static struct switch
template this throw true try typedef typename union unsigned using virtual void volatile while xor""".split())
ROW_KEYS = {"n", "name", "zh", "en", "reserved"}
NEXT_KEYS = {"next_zh", "next_en"}  # of an error: what the reader does now; both or none


class RegistryError(Exception):
    """The registry breaks one of its rules; the message names the file and the row."""


class Category:
    """One enumeration: from one file, or the errors from one file per area."""

    def __init__(self, data):
        self.enum = data["enum"]
        self.type = data.get("type", "uint8")
        self.c_prefix = data["c_prefix"]
        self.title = data["title"]
        self.title_zh = data["title_zh"]
        self.attributes = data.get("attributes", {})
        self.rows = []
        self.retired = []


def require(condition, where, why):
    if not condition:
        raise RegistryError(f"{where}: {why}")


def check_row(row, category, where):
    name = row.get("name")
    require(isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9_]*", name), where, f"bad name {name!r}")
    require(name not in KEYWORDS, where, f"name {name} is a word of C or C++")
    require(isinstance(row.get("n"), int), where, f"{name}: n is not an integer")
    require(0 <= row["n"] <= TYPES[category.type], where, f"{name}: number {row['n']} does not fit {category.type}")
    for lang in ("zh", "en"):
        require(isinstance(row.get(lang), str) and (row[lang] or name == "none"), where, f"{name}: no text in {lang}")
    known = ROW_KEYS | set(category.attributes) | (NEXT_KEYS if category.enum == "ErrorId" else set())
    require(set(row) <= known, where, f"{name}: unknown keys {sorted(set(row) - known)}")
    steps = [row[key] for key in sorted(NEXT_KEYS & set(row))]
    require(len(steps) in (0, 2) and all(isinstance(step, str) and step for step in steps), where,
            f"{name}: next_zh and next_en stand together")
    for attribute in category.attributes:
        require(attribute in row, where, f"{name}: {attribute} is missing")
    if category.enum == "Advice":
        require(len(row["zh"]) <= MAX_ADVICE, where, f"{name}: Chinese advice has over {MAX_ADVICE} characters")


def check_numbers(rows, retired, first, where):
    """Numbers are unique, never reused, and none is missing: a row that goes must stay as retired."""
    used = {}
    for row in rows + retired:
        require(row["n"] not in used, where,
                f"number {row['n']} stands for {used.get(row['n'])} and for {row['name']}")
        used[row["n"]] = row["name"]
    for number in range(first, max(used, default=first) + 1):
        require(number in used, where, f"number {number} is missing: a row that was removed belongs in `retired`")
    require(all(number >= first for number in used), where, f"a number below {first}")


def check_names(category):
    seen = set()
    for row in category.rows + category.retired:
        require(row["name"] not in seen, category.enum, f"two rows share the name {row['name']}")
        seen.add(row["name"])


def check_unique_attribute(category, attribute):
    values = [row[attribute] for row in category.rows]
    require(len(values) == len(set(values)), category.enum, f"two rows share one {attribute}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def add_rows(category, data, first, where):
    check_numbers(data["rows"], data["retired"], first, where)
    for row in data["rows"]:
        check_row(row, category, where)
    category.rows += data["rows"]
    category.retired += data["retired"]


def load_errors(folder):
    """Errors: one file per area, each with its own thousand of numbers and its own prefixes of names."""
    category = Category({"enum": "ErrorId", "type": "uint16", "c_prefix": "ZIGE_E", "title": "Errors",
                         "title_zh": "错误", "attributes": {"errc": "errc"}})
    for path in sorted(folder.glob("*.json")):
        data = read(path)
        first = data["first"]
        require(first % 1000 == 1, path.name, "an area starts at x001")
        add_rows(category, data, first, path.name)
        for row in data["rows"]:
            require(row["n"] < first + 999, path.name, f"{row['name']}: number outside its area")
            require(row["errc"] in ERRC, path.name, f"{row['name']}: unknown errc {row['errc']}")
            require(row["name"].split("_")[0] in data["prefixes"], path.name,
                    f"{row['name']}: does not start with one of {data['prefixes']}")
    return category


def check_references(categories):
    """An attribute whose type is an enumeration names one of its rows."""
    names = {category.enum: {row["name"] for row in category.rows} for category in categories}
    for category in categories:
        for attribute, kind in category.attributes.items():
            for row in category.rows if kind in names else []:
                require(row[attribute] in names[kind], category.enum,
                        f"{row['name']}: {attribute} {row[attribute]} is no {kind}")


def load(folder):
    """All categories, errors last. Raises RegistryError."""
    folder = pathlib.Path(folder)
    categories = []
    for path in sorted(folder.glob("*.json")):
        data = read(path)
        category = Category(data)
        require(category.type in TYPES, path.name, f"unknown type {category.type}")
        add_rows(category, data, data.get("first", 1), path.name)
        categories.append(category)
    categories.append(load_errors(folder / "errors"))
    for category in categories:
        check_names(category)
        for attribute in {"rank", "severity"} & set(category.attributes):
            check_unique_attribute(category, attribute)
    check_references(categories)
    return categories
