#!/usr/bin/env python3
"""The C that docs/embedding.md shows compiles as it stands: docs_examples.py PAGE HEADERS COMPILER"""
import pathlib
import re
import subprocess
import sys


def main():
    page, headers, compiler = sys.argv[1:]
    parts = re.findall(r"^```c\n(.*?)^```", pathlib.Path(page).read_text(encoding="utf-8"), re.M | re.S)
    body = "\n".join(parts)
    source = f'#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include "zige/zige.h"\nint main(void) {{\n{body}\nreturn 0;\n}}\n'
    done = subprocess.run([compiler, "-std=c99", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{headers}", "-x", "c", "-"],
                          input=source, text=True)
    print(f"{len(parts)} examples")
    return done.returncode if len(parts) >= 2 else 1


if __name__ == "__main__":
    sys.exit(main())
