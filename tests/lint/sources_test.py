"""Each lint finds its seeded violation, and only where it looks; the layer rule likewise."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import sources  # noqa: E402

CLEAN = {"shared/base/clean.h": "#pragma once\n#include <string>\n#include \"shared/base/errc.h\"\n"}

# name of the case: file, content, what the finding says
SEEDED = {
    "using namespace": ("shared/base/a.h", "#pragma once\nusing namespace std;\n", "a.h:2: using namespace"),
    "wall clock": ("hub/core/a.cpp", "auto t = std::chrono::system_clock::now();\n", "wall clock"),
    "C clock": ("hub/core/a.cpp", "auto t = time(nullptr);\n", "wall clock"),
    "Poco clock": ("hub/server/a.cpp", "Poco::Timestamp now;\n", "wall clock"),
    "machine path": ("docs/a.md", "see /home/somebody/notes\n", "somebody's machine"),
    "scratch path": ("tests/a.sh", "cat /tmp/mine\n", "somebody's machine"),
    "foreign document": ("docs/a.md", "as DESIGN.md says\n", "not in this repository"),
    "unfinished": ("agent/core/a.cpp", "// TODO: later\n", "unfinished"),
    "sleep in C++": ("tests/unit/a_test.cpp", "std::this_thread::sleep_for(1s);\n", "a sleep in a test"),
    "sleep in a script": ("tests/system/a.sh", "  sleep 1\n", "a sleep in a test"),
    "swallowed": ("agent/core/a.cpp", "try { f(); } catch (...) {}\n", "swallowed"),
    "global": ("agent/core/a.cpp", "static std::string g_name;\n", "mutable global"),
    "private key": ("packaging/key.txt", "-----BEGIN EC PRIVATE KEY-----\n", "a private key"),
    "too long": ("agent/core/a.cpp", "int x;\n" * 451, "longer than 450"),
    "name": ("agent/core/string_utils.cpp", "int x;\n", "a name that says nothing"),
    "guard": ("agent/core/a.h", "int x;\n", "no #pragma once"),
}
HARMLESS = {
    "using namespace in a source": ("agent/core/a.cpp", "using namespace std::chrono_literals;\n"),
    "clock adapter": ("shared/posix/clock.cpp", "auto t = std::chrono::system_clock::now();\n"),
    "steady clock": ("agent/core/a.cpp", "auto t = std::chrono::steady_clock::now();\n"),
    "fee_time": ("agent/core/a.cpp", "auto t = fee_time(0);\n"),
    "exactly 450 lines": ("agent/core/a.cpp", "int x;\n" * 450),
}
LAYERS = {
    "library in a core": ("agent/core/a.cpp", "#include <sqlite3.h>\n", "agent/core must not include sqlite3.h"),
    "other side": ("agent/daemon/a.cpp", '#include "hub/core/ledger.h"\n', "agent must not include hub/core/ledger.h"),
    "upwards": ("shared/base/a.h", '#include "shared/domain/decide.h"\n', "shared/base must not include"),
    "wire in the domain": ("shared/domain/a.cpp", '#include "shared/wire/codec.h"\n', "shared/domain must not include"),
    "foreign library in an adapter": ("shared/zlib/a.cpp", "#include <openssl/evp.h>\n", "shared/zlib must not include"),
    "system header in a core": ("hub/core/a.cpp", "#include <unistd.h>\n", "hub/core must not include unistd.h"),
    "macro include": ("hub/core/a.cpp", "#include HEADER\n", "hub/core must not include"),
    "unknown folder": ("shared/misc/a.cpp", '#include "shared/base/errc.h"\n', "must not include shared/base/errc.h"),
}
ALLOWED = {
    "cbor in the wire": ("shared/wire/a.cpp", "#include <cbor.h>\n"),
    "core on wire and ports": ("agent/core/a.cpp", '#include "shared/wire/codec.h"\n#include "shared/ports/files.h"\n'),
    "Poco in a server": ("hub/server/a.cpp", '#include <Poco/Net/HTTPServer.h>\n#include "hub/core/ledger.h"\n'),
    "posix adapter": ("shared/posix/a.cpp", "#include <sys/stat.h>\n#include <unistd.h>\n"),
}


class Lints(unittest.TestCase):
    def tree(self, name, content):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        root = pathlib.Path(scratch.name)
        for path, text in {**CLEAN, name: content}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return root

    def layers(self, root):
        run = subprocess.run([HERE / "layers.sh", root], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr

    def test_each_seeded_violation_is_found(self):
        for case, (name, content, says) in SEEDED.items():
            with self.subTest(case):
                found = sources.check(self.tree(name, content))
                self.assertEqual(1, len(found), found)
                self.assertIn(says, found[0])

    def test_what_is_allowed_is_not_found(self):
        for case, (name, content) in HARMLESS.items():
            with self.subTest(case):
                self.assertEqual([], sources.check(self.tree(name, content)))

    def test_each_forbidden_include_is_found(self):
        for case, (name, content, says) in LAYERS.items():
            with self.subTest(case):
                code, output = self.layers(self.tree(name, content))
                self.assertEqual(1, code, output)
                self.assertIn(f"{name}:1: ", output)
                self.assertIn(says, output)

    def test_allowed_includes_pass(self):
        for case, (name, content) in ALLOWED.items():
            with self.subTest(case):
                self.assertEqual((0, ""), self.layers(self.tree(name, content)))

    def test_a_tree_without_sources_is_no_pass(self):
        with tempfile.TemporaryDirectory() as empty:
            self.assertNotEqual(0, self.layers(empty)[0])


if __name__ == "__main__":
    unittest.main()
