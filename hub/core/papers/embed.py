#!/usr/bin/env python3
"""embed.py OUT.cpp TEMPLATE.html...: the shipped templates of papers as C++."""

import pathlib
import sys

HEAD = """#include <algorithm>
#include <string_view>
#include <utility>

#include "hub/core/papers/kinds.h"
#include "shared/base/result.h"

namespace zige::hub {
namespace {

constexpr std::pair<PaperKind, std::string_view> kShipped[] = {
"""
TAIL = """};

}  // namespace

std::string_view shipped_template(PaperKind kind) {
    const auto* const at = std::ranges::find(kShipped, kind, [](const auto& row) { return row.first; });
    expect(at != std::end(kShipped), "a kind of paper without a template");
    return at->second;
}

}  // namespace zige::hub
"""


def main():
    out = pathlib.Path(sys.argv[1])
    rows = ""
    for path in sorted(map(pathlib.Path, sys.argv[2:])):
        text = path.read_text(encoding="utf-8")
        if ')zige"' in text:
            sys.exit(f'{path}: )zige" ends the text')
        rows += f'    {{PaperKind::{path.stem},\n     R"zige({text})zige"}},\n'
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(HEAD + rows + TAIL, encoding="utf-8")


if __name__ == "__main__":
    main()
