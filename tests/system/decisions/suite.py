#!/usr/bin/env python3
"""Decisions and what follows them: suite.py PROGRAMS SOURCES"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402
from people import roster  # noqa: E402

CLINIC = "H41150200012"
ZHANG, LI, WANG = "D411502000101", "D411502000102", "D411502000103"
NAMES = {ZHANG: "张强", LI: "李静", WANG: "王伟"}


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")

    def set_up(self):
        self.found()
        self.hub("institution", "add", CLINIC, "--name", "平桥区中心卫生院", "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster(CLINIC, NAMES)), "--institution", CLINIC, expect=(0, 1))
        self.service = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", "127.0.0.1:0")
        slip = self.hub("token", "new", CLINIC, "--address", f"127.0.0.1:{self.service.ready['port']}").out
        self.agent("enroll", "--slip", "-", text=slip)
        self.agent("sync")

    def clear(self, code, *words, when=None):
        answer = self.agent("clear", "--ordering", code, "--time", when or self.stage.now, "--amount", "10.00", *words, "--json", expect=(0, 1)).json()
        line = answer["lines"][0]
        line["codes"] = [ground["code"] for ground in line["grounds"]]
        line["repeated"] = answer["repeated"]
        return line

    def release(self):
        held = self.clear("0042")
        self.check("an unknown code is held", held["outcome"] == "hold", held)
        line = self.clear("0042", "--release", "新入职，代码未维护", "--released-by", "赵院长")
        self.check("the head of the institution passes it, marked", line["outcome"] == "allow_marked" and
                   line["codes"] == ["unmapped", "responsible_release"], line)
        found = self.agent("journal", "find", line["reference"]).out
        self.check("with name and reason in the journal", "赵院长" in found and "新入职，代码未维护" in found, found)
        told = self.agent("clear", "--ordering", "0042", "--time", self.stage.now, "--amount", "10.00", "--release", "没有姓名", "--json", expect=(2,))
        self.check("a release without a name is told as such", "--released-by" in told.out + told.err, told.out + told.err)

    def sanction(self):
        self.hub("sanction", "set", ZHANG, "--suspend", "--document", "信医保处〔2026〕1号", "--served", "2026-09-07", "--from", "2026-09-08",
                 "--to", "2026-11-08")
        self.visit_before = self.clear(ZHANG, "--visit", "MZ-1", "--item-code", "XN01")
        self.check("on the last day he still passes", self.visit_before["outcome"] == "allow", self.visit_before)
        self.first_day = self.stage.now
        self.stage.set_time("2026-09-09 10:00:00")
        self.agent("sync")
        line = self.clear(ZHANG, "--release", "急用", "--released-by", "赵院长")
        self.check("nobody passes who is suspended", line["outcome"] == "deny" and "responsible_release" not in line["codes"], line)

    def visits(self):
        line = self.clear(ZHANG, "--visit", "MZ-1", "--item-code", "XN01", when=self.first_day)
        self.check("a fee that was asked before the sanction may be asked again", line["outcome"] == "allow", line)
        line = self.clear(ZHANG, "--visit", "MZ-2", "--item-code", "XN01", when=self.first_day)
        self.check("one that comes first after it is held", line["outcome"] == "hold" and line["codes"] == ["time_inconsistent"], line)
        line = self.clear(LI, "--visit", "MZ-3", "--item-code", "XN01", when=self.first_day)
        self.check("of somebody else it passes", line["outcome"] == "allow", line)

    def reattribution(self):
        visit = ("--visit", "MZ-4", "--item-code", "XN02")
        self.check("the line is refused", self.clear(ZHANG, *visit)["outcome"] == "deny")
        line = self.clear(LI, *visit)
        self.check("under another name it waits for an order", line["outcome"] == "hold" and line["advice"]["code"] == "new_order", line)
        line = self.clear(LI, *visit, "--order", "YZ-1", "--order-time", "2026-09-09 09:00:00")
        self.check("an order of before the refusal is none", line["outcome"] == "hold", line)
        line = self.clear(LI, *visit, "--order", "YZ-2", "--order-time", "2026-09-09 10:05:00")
        self.check("with a new order it passes, marked", line["outcome"] == "allow_marked" and line["codes"] == ["reattribution"], line)

    def evidence(self):
        line = self.clear(ZHANG, "--emergency", "rescue", "--reason", "心脏骤停", "--by", "王伟")
        self.check("an emergency passes", line["outcome"] == "allow_marked", line)
        due = self.agent("evidence", "list", "--json").json()["evidence_due"]
        self.check("its evidence is due after 6 hours", [each["reference"] for each in due] == [line["reference"]] and
                   due[0]["due"].startswith("2026-09-09 16:0"), due)
        self.agent("evidence", "add", line["reference"], "--begun", "2026-09-09 09:40:00", "--ended", "2026-09-09 10:00:00", "--number", "QJ-03",
                   "--clerk", "王伟")
        self.check("and is recorded", not self.agent("evidence", "list", "--json").json()["evidence_due"])
        told = self.agent("evidence", "add", self.visit_before["reference"], "--begun", "2026-09-09 09:40:00", "--ended", "2026-09-09 10:00:00",
                          "--clerk", "王伟", "--json", expect=(2,))
        self.check("a plain line needs none", "no emergency let this line pass" in told.out + told.err, told.out + told.err)

    def reverse(self):
        first = self.clear(LI, "--key", "JS-1")
        self.check("the same key gives the same answer", self.clear(LI, "--key", "JS-1", when=first["fee_time"])["repeated"])
        self.agent("reverse", "--key", "JS-1", "--infno", "2205", "--reason", "患者取消", "--clerk", "收费处")
        self.check("a reversal again changes nothing", self.agent("reverse", "--reference", first["reference"], "--clerk", "收费处", "--json").json()["repeated"])
        anew = self.clear(LI, "--key", "JS-1", when=first["fee_time"])
        self.check("a reversed line is decided anew", not anew["repeated"] and anew["number"] > first["number"], anew)

    def serve_the_desk(self):
        self.start = self.stage.start("zige-agent", "serve", "--data", self.agent_data, "--listen", "127.0.0.1:0", "--sync-every", "3600")
        claim = ('{"infno": "2204", "feedetail": [{"bilg_dr_codg": "0042", "bilg_dr_name": "李静", "fee_ocur_time": "%s", '
                 '"det_item_fee_sumamt": "1.00"}]}' % self.stage.now)
        self.agent("clear", "--file", "-", text=claim, expect=(1,))
        proposals = self.agent("mapping", "--json").json()["unmapped"][0]["proposals"]
        self.check("an unknown code gets a proposal by its name", [each["code"] for each in proposals] == [LI], proposals)
        self.agent("alias", "add", "--code", "0042", "--person", f"#{proposals[0]['registration']}", "--clerk", "王五")
        self.check("that a person confirms", not self.agent("mapping", "--json").json()["unmapped"])
        self.check("it ends in order", self.start.stop() == 0)

    def reach_the_hub(self):
        self.agent("sync")
        held = self.agent("journal", "verify", "--json").json()
        self.check("the hub holds every entry", held["held_by_hub"] == held["entries"], held)
        found = self.hub("journal", "find", self.visit_before["reference"], "--institution", CLINIC, expect=None)
        self.check("and finds a decision by its reference", found.code == 0, found.err)

    def run(self):
        self.set_up()
        self.release()
        self.sanction()
        self.visits()
        self.reattribution()
        self.evidence()
        self.reverse()
        self.serve_the_desk()
        self.reach_the_hub()


if __name__ == "__main__":
    sys.exit(main(Suite))
