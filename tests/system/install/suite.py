#!/usr/bin/env python3
"""What `cmake --install` puts where: suite.py CMAKE BUILD_FOLDER"""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import Checks  # noqa: E402

EXPECTED = ["bin/zige-agent", "bin/zige-hub", "bin/zige-sandbox", "share/doc/zige/examples/sandbox/http_till.py", "lib/systemd/system/zige-agent.service", "lib/systemd/system/zige-hub.service",
            "lib/sysusers.d/zige.conf", "share/zige/profiles/henan-xinyang.json", "share/zige/calendars/2026.json",
            "include/zige/zige.h", "include/zige/zige_codes.h", "share/doc/zige/examples/c/zige_check.c",
            "share/doc/zige/examples/java/ZigeCheck.java", "share/doc/zige/operations.md", "share/doc/zige/rosters.md", "share/doc/zige/samples/gb001.txt"]


class Suite(Checks):
    def __init__(self, cmake, build, destination):
        self.cmake, self.build, self.destination, self.failed = cmake, build, destination, 0

    def prefix(self):
        with open(os.path.join(self.build, "CMakeCache.txt"), encoding="utf-8") as file:
            return re.search(r"^CMAKE_INSTALL_PREFIX:PATH=(.*)$", file.read(), re.M).group(1)

    def run(self):
        done = subprocess.run([self.cmake, "--install", self.build], env={**os.environ, "DESTDIR": self.destination},
                              capture_output=True, text=True)
        self.check("installs below DESTDIR", done.returncode == 0, done.stderr)
        prefix = self.prefix()
        there = self.destination + prefix
        for name in EXPECTED:
            self.check(name, os.path.isfile(os.path.join(there, name)))
        for program in ("zige-agent", "zige-hub"):
            self.program(program, prefix, there)

    def program(self, program, prefix, there):
        version = subprocess.run([os.path.join(there, "bin", program), "--version"], capture_output=True, text=True)
        self.check(f"{program} runs from there", version.returncode == 0 and version.stdout.startswith(program), version)
        with open(os.path.join(there, "lib/systemd/system", program + ".service"), encoding="utf-8") as file:
            unit = file.read()
        started = f"ExecStart={prefix}/bin/{program} serve" in unit and "@CMAKE" not in unit
        self.check("its unit starts it from the prefix", started, unit)
        user = re.search(r"^User=(.*)$", unit, re.M).group(1)
        with open(os.path.join(there, "lib/sysusers.d/zige.conf"), encoding="utf-8") as file:
            self.check("its user is one that is made", f"u {user} " in file.read(), user)


def main():
    with tempfile.TemporaryDirectory(prefix="zige-install-") as destination:
        suite = Suite(sys.argv[1], sys.argv[2], destination)
        suite.run()
        return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
