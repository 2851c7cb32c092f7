#!/usr/bin/env python3
"""Receipts of decisions: suite.py PROGRAMS SOURCES"""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402
from people import roster  # noqa: E402

CLINIC, DOCTOR = "H41150200012", "D411502000101"
LINES = 7


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")

    def set_up(self):
        self.found()
        self.hub("institution", "add", CLINIC, "--name", "平桥区中心卫生院", "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster(CLINIC, {DOCTOR: "李静"})), "--institution", CLINIC, expect=(0, 1))
        self.service = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", "127.0.0.1:0")
        slip = self.hub("token", "new", CLINIC, "--address", f"127.0.0.1:{self.service.ready['port']}").out
        self.agent("enroll", "--slip", "-", text=slip)
        self.agent("sync")

    def decide(self):
        lines = ",".join('{"bilg_dr_codg": "%s", "fee_ocur_time": "%s", "det_item_fee_sumamt": "%d.00"}' % (DOCTOR, self.stage.now, n + 1)
                         for n in range(LINES))
        answer = self.agent("clear", "--file", "-", "--json", text='{"infno": "2204", "claim_id": "JS-1", "feedetail": [%s]}' % lines).json()
        return [line["reference"] for line in answer["lines"]]

    def script(self):
        with open(os.path.join(self.sources, "docs", "receipts.md"), encoding="utf-8") as page:
            body = re.search(r"^```bash\n(.*?)^```", page.read(), re.M | re.S).group(1)
        return self.stage.write("receipt.sh", body)

    def by_agent(self, path):
        return self.agent("receipt", "check", path, expect=None).code == 0

    def by_hub(self, path):
        answer = self.hub("receipt", "verify", path, "--json", expect=None)
        return answer.json() if answer.code == 0 else None

    def by_openssl(self, path, key):
        done = subprocess.run(["bash", self.script(), path, key], capture_output=True, text=True)
        return done.returncode == 0 and done.stdout == "good\n"

    def judged(self, path):
        return self.by_agent(path), self.by_hub(path) is not None, self.by_openssl(path, self.key)

    def good_ones(self, references):
        for at, reference in enumerate(references):
            path = self.stage.write(f"{reference}.receipt", self.agent("receipt", "get", reference).out)
            found = self.by_hub(path)
            self.key = found["public_key"]
            self.check(f"line {at + 1}: agent, hub and openssl say good", self.judged(path) == (True, True, True), self.judged(path))
            self.check("of that line", found["line_id"] == str(at + 1) and found["claim_id"] == "JS-1" and found["fen"] == (at + 1) * 100, found)
            self.check("which was not handed in", found["held"] == "not_handed_in", found)
        self.receipt = path

    def forged_ones(self):
        with open(self.receipt, encoding="utf-8") as file:
            text = file.read()
        for name in ("number", "agent", "chapter", "signature", "path", "entry"):
            line = re.search(f"^{name} (.*)$", text, re.M).group(0)
            last = "1" if line[-1] != "1" else "2"
            path = self.stage.write(f"forged-{name}", text.replace(line, line[:-1] + last))
            self.check(f"another {name}: agent, hub and openssl say bad", self.judged(path) == (False, False, False), self.judged(path))
        self.check("openssl says bad with another key", not self.by_openssl(self.receipt, "00" * 32))

    def handed_in(self):
        self.agent("sync")
        found = self.by_hub(self.receipt)
        self.check("after a sync the hub holds the same entry", found["held"] == "held" and found["received_at"], found)
        shown = self.hub("receipt", "verify", self.receipt).out
        self.check("and says so", "签名有效" in shown and "一致" in shown and self.key in shown, shown)
        unknown = self.agent("receipt", "get", "ZZZZZZ", expect=None)
        self.check("no receipt without a decision", unknown.code == 3 and "journal_not_found" in unknown.err, unknown.err)

    def run(self):
        self.set_up()
        references = self.decide()
        self.good_ones(references)
        self.forged_ones()
        self.handed_in()


if __name__ == "__main__":
    sys.exit(main(Suite))
