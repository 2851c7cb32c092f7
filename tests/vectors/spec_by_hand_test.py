"""protocol/SPEC.md, section 21, as a stranger follows it: its program and its commands, run outside of the tree with the
tools of Debian, say what the page says; with one byte of a vector changed they do not. `--write` writes what they say
into the page, for whoever changes the protocol."""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zlib

PROTOCOL = pathlib.Path(__file__).resolve().parents[2] / "protocol"
SPEC = PROTOCOL / "SPEC.md"
PYTHON = "/usr/bin/python3"  # Debian's, to which python3-cbor2 belongs
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
COMMAND = re.compile(r"^\$ python3 (verify\.py .*)\n((?:(?!\$ |```).*\n)*)", re.M)


def section():
    return SPEC.read_text(encoding="utf-8").split("\n## 21.")[1]


def program():
    return "\n\n".join(re.findall(r"```python\n(.*?)```", section(), re.S))


def commands():
    """(arguments, what the page says) of each command."""
    blocks = "".join(re.findall(r"```console\n(.*?```\n)", section(), re.S))
    return COMMAND.findall(blocks)


def vectors_of(arguments):
    return [each for each in arguments.split()[2:] if each != "-q"]


def bytes_of(name):
    file = PROTOCOL / "vectors/good" / f"{name}.hex"
    if file.exists():
        return bytes.fromhex("".join(file.read_text().split()))
    rows = [row for kind in ("sm2", "sealed") for row in json.loads((PROTOCOL / f"vectors/{kind}.json").read_text())]
    return bytes.fromhex(next(row.get("bytes") or row["sealed"] for row in rows if row["name"] == name))


def run(arguments, damaged=None):
    """(exit code, output) in a fresh copy of the protocol; one byte of the vector `damaged` is another one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "protocol"
        shutil.copytree(PROTOCOL, copy)
        (copy / "vectors/verify.py").write_text(program(), encoding="utf-8")
        if damaged:
            content = bytearray(bytes_of(damaged))
            content[zlib.crc32(arguments.encode()) % len(content)] ^= 1
            (copy / "vectors/good" / f"{damaged}.hex").write_text(content.hex())
        done = subprocess.run([PYTHON, *arguments.split()], cwd=copy / "vectors", env=ENVIRONMENT, text=True,
                              capture_output=True, timeout=300)
        return done.returncode, done.stdout + (done.stderr if done.returncode else "")


def at_once(calls):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(lambda call: run(*call), calls))


class Page(unittest.TestCase):
    def test_every_command_says_what_the_page_says(self):
        for (arguments, said), (code, output) in zip(commands(), at_once([(each,) for each, _ in commands()])):
            with self.subTest(arguments):
                self.assertEqual(output, said)
                self.assertEqual(code, 0)

    def test_one_changed_byte_in_any_vector_is_noticed(self):
        calls = [(arguments, vector) for arguments, _ in commands() for vector in vectors_of(arguments)]
        said = dict(commands())
        for (arguments, vector), (code, output) in zip(calls, at_once(calls)):
            with self.subTest(arguments, vector=vector):
                self.assertFalse(code == 0 and output == said[arguments])

    def test_every_kind_of_message_is_there_in_both_suites(self):
        kinds = {row["name"] for row in json.loads((PROTOCOL / "registry/messages.json").read_text())["rows"]}
        shown = [arguments.split()[1:3] for arguments, _ in commands()]
        self.assertEqual(kinds, {kind for kind, vector in shown if not vector.endswith("-sm2")})
        self.assertEqual(kinds - {"filing"}, {kind for kind, vector in shown if vector.endswith("-sm2")})


def write():
    results = iter(at_once([(arguments,) for arguments, _ in commands()]))
    filled = COMMAND.sub(lambda found: f"$ python3 {found[1]}\n{next(results)[1]}", section())
    before = SPEC.read_text(encoding="utf-8").split("\n## 21.")[0]
    SPEC.write_text(before + "\n## 21." + filled, encoding="utf-8")


if __name__ == "__main__":
    if subprocess.run([PYTHON, "-c", "import cbor2"], capture_output=True).returncode:
        print("python3-cbor2 is not installed; run packaging/setup.sh")
        sys.exit(77)
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        unittest.main()
