#!/usr/bin/env python3
"""A hub and an agent of suite sm2-sm3: suite.py PROGRAMS SOURCES"""
import base64
import glob
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402

CODE, NAME = "H41150200001", "平桥卫生院"
GOOD, SUSPENDED = "D411502000001", "D411502000002"
UNTRUSTED = 6
SPKI_HEAD = bytes.fromhex("3039301306072a8648ce3d020106082a811ccf5501822d032200")  # a compressed point on the curve of SM2


def roster():
    rows = ((GOOD, "王伟", "11010519491231002X"), (SUSPENDED, "李静", "110105199001010045"))
    return "".join("\t".join((CODE, NAME, code, name, "男", "01", identity, "在职", "2025-01-01", "2027-12-31", f"Z{number}", NAME,
                              "临床", "内科", "执业医师", "主治医师")) + "\n" for number, (code, name, identity) in enumerate(rows))


def items(data, at=0):
    """One item of CBOR (integers, strings, arrays) and where it ends."""
    kind, value, at = data[at] >> 5, data[at] & 31, at + 1
    if value >= 24:
        size = 1 << value - 24
        value, at = int.from_bytes(data[at:at + size], "big"), at + size
    if kind in (2, 3):
        return data[at:at + value], at + value
    if kind == 4:
        found = []
        for _ in range(value):
            item, at = items(data, at)
            found.append(item)
        return found, at
    return value, at


def der(signature):
    """r || s as the program wants them."""
    numbers = b""
    for half in (signature[:32], signature[32:]):
        digits = half.lstrip(b"\0") or b"\0"
        digits = (b"\0" if digits[0] > 127 else b"") + digits
        numbers += bytes([2, len(digits)]) + digits
    return bytes([0x30, len(numbers)]) + numbers


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")

    def tool(self, *command):
        return subprocess.run(command, capture_output=True, timeout=60, cwd=self.stage.folder)

    def write(self, name, content):
        with open(self.stage.path(name), "wb") as file:
            file.write(content)
        return self.stage.path(name)

    def set_up(self):
        self.found("--suite", "sm2-sm3")
        self.hub("institution", "add", CODE, "--name", NAME, "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster()), "--institution", CODE, expect=(0, 1))
        self.service = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", "127.0.0.1:0")
        self.address = f"127.0.0.1:{self.service.ready['port']}"

    def trust(self):
        shown = self.hub("trust", "show", "--json").json()
        self.check("the hub says its suite", shown["suite"] == "sm2-sm3", shown)
        chain = self.tool("curl", "--silent", "--insecure", f"https://{self.address}/v1/trust?from=0").stdout
        documents = items(chain)[0][1]
        document, signatures = items(documents[0])[0][1:]
        key_id, signature = signatures[0]
        key = next(each for each in items(document)[0][5] if each[-4:] == key_id)
        text = base64.encodebytes(SPKI_HEAD + key).decode()
        self.write("root.pub", f"-----BEGIN PUBLIC KEY-----\n{text}-----END PUBLIC KEY-----\n".encode())
        self.write("signature", der(signature))
        verify = ("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "root.pub", "-sigfile", "signature", "-rawin", "-digest", "sm3",
                  "-pkeyopt", "distid:1234567812345678", "-in")
        done = self.tool(*verify, self.write("document", b"zige-trust" + document))
        self.check("openssl verifies the trust document", done.returncode == 0, done.stdout + done.stderr)
        done = self.tool(*verify, self.write("forged", b"zige-trust" + document[:-1] + bytes([document[-1] ^ 1])))
        self.check("and no other", done.returncode != 0, done.stdout)

    def keys(self):
        wanted = {"root.pem", "hub-keys/online.key", "hub-keys/sealing.key"}
        wanted |= {os.path.relpath(path, self.stage.folder) for name in ("signing.pem", "sealing.pem")
                   for path in glob.glob(self.stage.path("agent", "**", name), recursive=True)}
        self.check("root, online, signing and both sealing keys are there", len(wanted) == 5, wanted)
        for name in sorted(wanted):
            text = self.tool("openssl", "pkey", "-in", name, "-noout", "-text").stdout.decode()
            self.check(f"{name} lies on the curve of SM2", "ASN1 OID: SM2" in text, text)

    def enrol(self):
        slip = self.hub("token", "new", CODE, "--address", self.address).out
        line = next(each for each in slip.splitlines() if "zige:" in each).strip()
        forged = line[:-1] + ("0" if line[-1] != "0" else "1")
        self.check("another fingerprint is refused in any suite", self.agent("enroll", "--slip", "-", text=forged, expect=None).code == UNTRUSTED)
        self.check("and where another suite is asked for", self.agent("enroll", "--slip", "-", "--suite", "ed25519-sha256", text=line,
                                                                     expect=None).code == UNTRUSTED)
        self.agent("enroll", "--slip", "-", text=slip)
        report = self.agent("sync", "--json").json()
        self.first = report["seq_after"]
        self.check("the first sync brings the people", report["people"] == 2, report)

    def clear(self, name, code):
        line = {"bilg_dr_codg": code, "fee_ocur_time": self.stage.now, "det_item_fee_sumamt": "10.00"}
        claim = {"infno": "2204", "claim_id": name, "idempotency_key": name, "feedetail": [line]}
        return self.agent("clear", "--file", "-", "--json", text=json.dumps(claim), expect=None).json()

    def settle(self):
        answer = self.clear("A-1", GOOD)
        self.check("who is 正常 passes", answer["outcome"] == "allow", answer)
        self.hub("sanction", "set", SUSPENDED, "--suspend", "--document", "信医保处〔2026〕1号", "--served", "2026-09-07", "--from", "2026-09-08",
                 "--to", "2026-11-08")
        self.stage.set_time("2026-09-08 09:00:00")
        report = self.agent("sync", "--json").json()
        self.check("a delta signed with SM2 is applied", report["carried"] and report["seq_after"] > self.first, report)
        answer = self.clear("A-2", SUSPENDED)["lines"][0]
        self.check("who is suspended is refused", answer["outcome"] == "deny" and answer["grounds"][0]["document"], answer)
        self.agent("sync")
        verified = self.agent("journal", "verify", "--json").json()
        self.check("the journal is signed and whole", verified["not_signed"] == 0 and verified["entries"] >= 3, verified)
        journal = self.agent("status", "--json").json()["journal"]
        self.check("the hub holds all of it", journal["waiting"] == 0 and journal["held_by_hub"] == verified["entries"], journal)

    def stop(self):
        self.check("SIGTERM ends the hub in order", self.service.stop() == 0)

    def run(self):
        self.set_up()
        self.trust()
        self.enrol()
        self.keys()
        self.settle()
        self.stop()


if __name__ == "__main__":
    sys.exit(main(Suite))
