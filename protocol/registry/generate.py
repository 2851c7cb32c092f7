#!/usr/bin/env python3
"""Generates from the code registry: C++ (shared/base/codes.h, codes.cpp), the codes of the C header and docs/codes.md.

generate.py --out DIR            writes the sources below DIR, each only if it changed
generate.py --docs FILE          writes the page
generate.py --check-docs FILE    exits 1 if the page is not what --docs would write
generate.py --header FILE        writes the codes between the marks of the C header
generate.py --check-header FILE  exits 1 if they are not what --header would write
"""

import argparse
import pathlib
import sys

import registry

NOTE = "Generated from protocol/registry by generate.py; do not edit."

# What a program that embeds the agent sees: these enumerations, and the errors of these areas (thousands of their numbers).
C_ENUMS = ["Outcome", "Ground", "Advice", "Txn", "Role", "ItemClass", "EmergencyKind", "PersonFound", "Freshness", "Mode",
           "FilingState", "RevocationReason"]
C_ERROR_AREAS = (1, 2, 3, 4, 6, 8, 9, 11)
HEADER_BEGIN = "/* BEGIN generated from protocol/registry by generate.py --header; do not edit. */\n"
HEADER_END = "/* END generated */\n"


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def cpp_type(kind):
    """C++ type, literal of a value, and what an unknown code gives, for an attribute of this kind."""
    simple = {"number": ("std::uint8_t", str, "{}"), "text": ("const char*", quoted, '""'),
              "errc": ("Errc", "Errc::{}".format, "Errc::internal")}
    return simple.get(kind, (kind, (kind + "::{}").format, "{}"))


def header_enum(category):
    lines = [f"/// {category.title} ({category.title_zh})",
             f"enum class {category.enum} : std::{category.type}_t {{"]
    lines += [f"    {row['name']} = {row['n']}," for row in category.rows]
    lines += ["};",
              f"const char* to_string({category.enum} code);  ///< the stable name",
              f"const char* text({category.enum} code, Lang lang);",
              "template <>",
              f"std::span<const {category.enum}> all<{category.enum}>();"]
    return lines


def attribute_function(category, attribute, kind, prefix=""):
    type_name, literal, unknown = cpp_type(kind)
    lines = [f"{prefix}{type_name} {attribute}_of({category.enum} code) {{", "    switch (code) {"]
    lines += [f"    case {category.enum}::{row['name']}: return {literal(row[attribute])};" for row in category.rows]
    return lines + ["    }", f"    return {unknown};", "}", ""]


def header_attribute(category, attribute, kind):
    """Numbers are inline: decide() ranks grounds in its fast path. The rest stays out of every other file's compile."""
    if kind == "number":
        return attribute_function(category, attribute, kind, "constexpr ")
    return [f"{cpp_type(kind)[0]} {attribute}_of({category.enum} code);"]


def cpp_header(categories):
    lines = [f"// {NOTE}", "#pragma once", "", "#include <cstdint>", "#include <optional>", "#include <span>",
             "#include <string_view>", "", '#include "shared/base/errc.h"', "", "namespace zige {", "",
             "enum class Lang : std::uint8_t { zh, en };", "",
             "/// Every code of E that is not retired, in the order of the registry.",
             "template <class E>", "std::span<const E> all();", ""]
    for category in categories:
        lines += header_enum(category) + [""]
    for category in categories:
        for attribute, kind in category.attributes.items():
            lines += header_attribute(category, attribute, kind)
    lines += ["", "/// The code with this number, as it stands in messages; nothing for a number that we do not know.",
              "template <class E>", "std::optional<E> from_number(std::uint64_t number) {",
              "    for (const E code : all<E>())",
              "        if (static_cast<std::uint64_t>(code) == number) return code;", "    return {};", "}", "",
              "/// The code with this stable name.",
              "template <class E>", "std::optional<E> from_name(std::string_view name) {",
              "    for (const E code : all<E>())", "        if (to_string(code) == name) return code;",
              "    return {};", "}", "", "}  // namespace zige"]
    return "\n".join(lines) + "\n"


def source_enum(category):
    name = category.enum
    lines = ["template <>", f"std::span<const {name}> all<{name}>() {{", f"    static constexpr {name} codes[] = {{"]
    lines += [f"        {name}::{row['name']}," for row in category.rows]
    lines += ["    };", "    return codes;", "}", "", f"const char* to_string({name} code) {{", "    switch (code) {"]
    lines += [f"    case {name}::{row['name']}: return \"{row['name']}\";" for row in category.rows]
    lines += ["    }", '    return "unknown";', "}", "", f"const char* text({name} code, Lang lang) {{",
              "    const bool zh = lang == Lang::zh;", "    switch (code) {"]
    lines += [f"    case {name}::{row['name']}:\n        return zh ? {quoted(row['zh'])} : {quoted(row['en'])};"
              for row in category.rows]
    lines += ["    }", '    return zh ? "未知" : "unknown";', "}", ""]
    for attribute, kind in category.attributes.items():
        if kind != "number":
            lines += attribute_function(category, attribute, kind)
    return lines


def source_next_step(errors):
    """Declared in shared/base/error_words.h."""
    lines = ["const char* next_step(ErrorId code, Lang lang) {", "    const bool zh = lang == Lang::zh;",
             "    switch (code) {"]
    lines += [f"    case ErrorId::{row['name']}:\n        return zh ? {quoted(row['next_zh'])} : {quoted(row['next_en'])};"
              for row in errors.rows if "next_zh" in row]
    return lines + ['    default: return "";', "    }", "}", ""]


def cpp_source(categories):
    lines = [f"// {NOTE}", '#include "shared/base/codes.h"', "", '#include "shared/base/error_words.h"', "",
             "namespace zige {", ""]
    for category in categories:
        lines += source_enum(category)
        lines += source_next_step(category) if category.enum == "ErrorId" else []
    return "\n".join(lines + ["}  // namespace zige"]) + "\n"


def c_codes(categories):
    by_enum = {category.enum: category for category in categories}
    lines = []
    for category in [by_enum[enum] for enum in C_ENUMS]:
        lines += ["", f"/* {category.title} ({category.title_zh}) */"]
        lines += [f"#define {category.c_prefix}_{row['name'].upper()} {row['n']}" for row in category.rows]
    errors = by_enum["ErrorId"]
    lines += ["", f"/* {errors.title} ({errors.title_zh}) */"]
    lines += [f"#define {errors.c_prefix}_{row['name'].upper()} (-{row['n']})" for row in errors.rows
              if row["n"] // 1000 in C_ERROR_AREAS and not row["name"].startswith("roster_")]
    return "\n".join(lines[1:]) + "\n"


def c_header(header, categories):
    """The header with its codes as they stand in the registry."""
    before, begin, rest = header.partition(HEADER_BEGIN)
    _, end, after = rest.partition(HEADER_END)
    if not begin or not end:
        raise registry.RegistryError("the C header has no marks between which the codes stand")
    return before + begin + c_codes(categories) + end + after


def docs_table(category):
    attributes = list(category.attributes)
    lines = ["", f"## {category.title_zh} · {category.title} (`{category.enum}`)", "",
             "| " + " | ".join(["number", "name"] + attributes + ["中文", "English"]) + " |",
             "|" + "---|" * (4 + len(attributes))]
    for row in category.rows:
        cells = [str(row["n"]), f"`{row['name']}`" + (" (reserved)" if row.get("reserved") else "")]
        cells += [str(row[attribute]) for attribute in attributes]
        cells += [row[lang] + (f"。下一步：{row['next_zh']}" if lang == "zh" else f"; {row['next_en']}")
                  if "next_zh" in row else row[lang] for lang in ("zh", "en")]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    if category.retired:
        lines += ["", "Retired: " + ", ".join(f"{row['n']} `{row['name']}`" for row in category.retired)]
    return lines


def docs_page(categories):
    lines = ["# 代码表 · Codes", "", f"<!-- {NOTE} Refresh with `make docs-codes`. -->", "",
             "Numbers and names are stable: they never change, and a number that is retired is never used again.",
             "程序按编号或名称识别，文字可以改进。"]
    for category in categories:
        lines += docs_table(category)
    return "\n".join(lines) + "\n"


def write_if_changed(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")


def main(arguments):
    parser = argparse.ArgumentParser(description="generate sources and docs from the code registry")
    parser.add_argument("--registry", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--docs", type=pathlib.Path)
    parser.add_argument("--check-docs", type=pathlib.Path)
    parser.add_argument("--header", type=pathlib.Path)
    parser.add_argument("--check-header", type=pathlib.Path)
    options = parser.parse_args(arguments)
    try:
        return run(options, registry.load(options.registry))
    except registry.RegistryError as error:
        print(f"code registry: {error}", file=sys.stderr)
        return 1


def run(options, categories):
    if options.out:
        write_if_changed(options.out / "shared/base/codes.h", cpp_header(categories))
        write_if_changed(options.out / "shared/base/codes.cpp", cpp_source(categories))
    if options.docs:
        write_if_changed(options.docs, docs_page(categories))
    if options.header:
        write_if_changed(options.header, c_header(options.header.read_text(encoding="utf-8"), categories))
    if options.check_header:
        header = options.check_header.read_text(encoding="utf-8")
        if header != c_header(header, categories):
            print(f"{options.check_header} is stale: run `make docs-codes`", file=sys.stderr)
            return 1
    if options.check_docs:
        if not options.check_docs.exists() or options.check_docs.read_text(encoding="utf-8") != docs_page(categories):
            print(f"{options.check_docs} is stale: run `make docs-codes`", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
