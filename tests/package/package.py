#!/usr/bin/env python3
"""Installs library and header below a scratch prefix, and builds a C program there by CMake and by pkg-config:
package.py CMAKE BUILD_FOLDER PROGRAM_FOLDER C_COMPILER [SANITIZERS]"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def run(words, **settings):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **settings)
    if done.returncode != 0:
        print(" ".join(str(word) for word in words), done.stdout, done.stderr, sep="\n")
        sys.exit(1)
    return done.stdout


def expect(what, good):
    print(("ok   " if good else "FAIL ") + what)
    if not good:
        sys.exit(1)


class Package:
    def __init__(self, folder, cmake, build, program, compiler, sanitizers=""):
        self.folder, self.cmake, self.build, self.program = pathlib.Path(folder), cmake, build, program
        self.compiler, self.flags = compiler, [f"-fsanitize={sanitizers}"] if sanitizers else []
        self.prefix = self.folder / "prefix"

    def install(self):
        for component in ("libzige", "libzige-dev"):
            run([self.cmake, "--install", self.build, "--prefix", self.prefix, "--component", component])
        self.lib_folder = next(self.prefix.rglob("libzige.so")).parent
        headers = [path for path in self.prefix.rglob("*.h")]
        expect("the header and its codes are installed",
               sorted(headers) == [self.prefix / "include/zige/zige.h", self.prefix / "include/zige/zige_codes.h"])
        expect("no static library is installed", not list(self.prefix.rglob("*.a")))
        expect("the examples are there", len(list(self.prefix.rglob("examples/*/zige*"))) >= 4)

    def says(self, program):
        out = run([program], env={**os.environ, "LD_LIBRARY_PATH": str(self.lib_folder)})
        expect("the program runs: " + out.strip(), re.fullmatch(r"\d+\.\d+\.\d+ refused\n", out) is not None)

    def by_cmake(self):
        build = self.folder / "by-cmake"
        run([self.cmake, "-S", self.program, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}", "-DWANTED_VERSION=0.1",
             f"-DCMAKE_C_FLAGS={' '.join(self.flags)}", f"-DCMAKE_C_COMPILER={self.compiler}"])
        run([self.cmake, "--build", build])
        self.says(build / "till")

    def by_pkg_config(self):
        pc = self.folder / "zige.pc"  # as a package has it: the prefix that it is installed below
        text = next(self.prefix.rglob("zige.pc")).read_text(encoding="utf-8")
        pc.write_text(re.sub(r"^prefix=.*$", f"prefix={self.prefix}", text, flags=re.M), encoding="utf-8")
        words = run(["pkg-config", "--cflags", "--libs", "zige"], env={**os.environ, "PKG_CONFIG_PATH": str(self.folder)}).split()
        till = self.folder / "till"
        run([self.compiler, "-std=c99", "-Wall", "-Wextra", "-Werror", *self.flags, f"{self.program}/till.c", "-o", till, *words])
        self.says(till)


def main():
    with tempfile.TemporaryDirectory(prefix="zige-package-") as folder:
        package = Package(folder, *sys.argv[1:])
        package.install()
        package.by_cmake()
        package.by_pkg_config()
    return 0


if __name__ == "__main__":
    sys.exit(main())
