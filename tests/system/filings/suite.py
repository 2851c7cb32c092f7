#!/usr/bin/env python3
"""What an institution files: suite.py PROGRAMS SOURCES"""
import glob
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402
from people import roster  # noqa: E402

HERE, THERE = "H41150200012", "H41150200013"
DOCTOR, MOVES, DIES, LEAVES = "D411502000101", "D411502000102", "D411502000103", "D411502000104"
NEW, NUMBER = "D411502000199", "11010519491231002X"
NAMES = {DOCTOR: "王小明", MOVES: "李丽", DIES: "赵磊", LEAVES: "孙兰"}


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed, self.port = stage, sources, 0, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")

    def file(self, *words, **options):
        return self.agent(*words, "--clerk", "李会计", "--json", **options).json()

    def outcome(self, code, when=None):
        words = ("--time", when) if when else ()
        line = self.agent("check", "--ordering", code, "--json", *words, expect=(0, 1)).json()["lines"][0]
        return line["outcome"], [ground["code"] for ground in line["grounds"]]

    def start_hub(self):
        self.service = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", f"127.0.0.1:{self.port}")
        self.port = self.service.ready["port"]

    def set_up(self):
        self.found()
        for code, name in ((HERE, "平桥区中心卫生院"), (THERE, "平桥区第二卫生院")):
            self.hub("institution", "add", code, "--name", name, "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
            self.hub("institution", "owner", code, "--owner", "平桥区医共体")
        self.hub("roster", "import", self.stage.write("roster.txt", roster(HERE, NAMES)), "--institution", HERE, expect=(0, 1))
        self.start_hub()
        slip = self.hub("token", "new", HERE, "--address", f"127.0.0.1:{self.port}").out
        self.agent("enroll", "--slip", "-", text=slip)
        report = self.agent("sync", "--json").json()
        self.check("the first sync brings the people", report["people"] == len(NAMES), report)

    def register_without_a_line(self):
        self.service.stop()
        self.check("nobody knows the newcomer", self.outcome(NEW)[0] == "deny", self.outcome(NEW))
        wrong = self.agent("register", "--code", NEW, "--name", "陈新", "--from", "2026-09-07", "--identity-file", "-", "--clerk", "李",
                           text="110105194912310021\n", expect=(2,))
        self.check("a wrong number is refused where it is typed, and not repeated", "1949" not in wrong.out + wrong.err, wrong.err)
        filed = self.file("register", "--code", NEW, "--name", "陈新", "--from", "2026-09-07", "--commitment-signed", "2026-09-07",
                          "--identity-file", "-", text=NUMBER + "\n")
        self.check("the hub's answer is expected in 10 working days", filed["answer_expected"]["day"] == "2026-09-20", filed)
        self.check("the newcomer passes, marked", self.outcome(NEW) == ("allow_marked", ["provisional"]), self.outcome(NEW))
        held = b"".join(open(path, "rb").read() for path in glob.glob(os.path.join(self.agent_data, "**"), recursive=True) if os.path.isfile(path))
        self.check("the folder has the name and not the number", "陈新".encode() in held and NUMBER.encode() not in held)
        self.check("a code of the HIS is nobody's", self.outcome("0042")[0] == "hold", self.outcome("0042"))
        self.file("alias", "add", "--code", "0042", "--person", DOCTOR)
        self.check("and somebody's once it is mapped", self.outcome("0042") == ("allow_marked", ["local_overlay"]), self.outcome("0042"))

    def hub_takes_it(self):
        self.start_hub()
        self.agent("sync")
        self.check("the newcomer passes plainly", self.outcome(NEW) == ("allow", []), self.outcome(NEW))
        self.check("so does the code", self.outcome("0042") == ("allow", []), self.outcome("0042"))
        person = self.hub("person", "show", "--identity-file", "-", "--json", text=NUMBER + "\n").json()
        self.check("the hub finds the person by the number", person["name"] == "陈新" and person["sites"][0]["code"] == NEW, person)
        states = {each["kind"]["code"]: each["state"]["code"] for each in self.agent("filing", "list", "--json").json()["filings"]}
        self.check("the desk shows both accepted", states == {"registration": "accepted", "alias": "accepted"}, states)

    def leave_transfer_death(self):
        self.file("leave", "--person", DOCTOR, "--kind", "study", "--from", "2026-09-07", "--until", "2026-12-31")
        self.file("transfer", "--person", MOVES, "--last-day", "2026-09-06", "--to", THERE, "--first-day", "2026-09-07")
        self.file("death", "--person", DIES, "--at", "2026-09-06 03:10:00")
        seen = [self.outcome(code)[0] for code in (DOCTOR, MOVES, DIES)]
        self.check("each counts before the hub has heard of it", seen == ["allow_marked", "deny", "deny"], seen)
        self.agent("sync")
        seen = [self.outcome(code) for code in (DOCTOR, MOVES, DIES)]
        self.check("and after", seen == [("allow_marked", ["on_leave"]), ("deny", ["departed"]), ("deny", ["departed"])], seen)
        sites = {site["institution"]: site for site in self.hub("person", "show", MOVES, "--json").json()["sites"]}
        self.check("the transfer ended here and began there", sites[HERE]["last_day"] == "2026-09-06" and
                   sites[THERE]["registered_from"] == "2026-09-07" and sites[THERE]["last_day"] is None, sites)
        duties = {each["kind"] for each in self.hub("departure", "list", "--json").json()["departures"]}
        self.check("transfer and death have their 10 working days", duties == {"transfer", "death"}, duties)

    def prove_by_telephone(self):
        self.service.stop()
        departure = self.file("depart", "--person", LEAVES, "--last-day", "2026-09-07", "--reason", "辞职")["departure"]
        code = self.agent("filing", "code", departure[:8], "--json").json()["code"]
        self.check("8 digits", len(code) == 8 and code.isdigit(), code)
        self.stage.set_time("2026-09-10 09:00:00")
        self.start_hub()
        self.hub("filing", "code", code, "--institution", HERE)
        self.service.stop()
        self.stage.set_time("2026-10-20 09:00:00")
        self.start_hub()
        self.agent("sync")
        listed = {each["code"]: each for each in self.hub("departure", "list", "--json").json()["departures"]}
        self.check("what came late is proven to be in time", listed[LEAVES]["proof"] == "proven_on_time" and
                   listed[LEAVES]["filed_before"].startswith("2026-09-10"), listed[LEAVES])
        shown = self.hub("filing", "show", departure[:8]).out
        self.check("an operator reads it", "离职申报" in shown and "李会计" in shown, shown)
        self.check("the log's chain is whole", self.hub("log", "verify", expect=None).code == 0)

    def run(self):
        self.set_up()
        self.register_without_a_line()
        self.hub_takes_it()
        self.leave_transfer_death()
        self.prove_by_telephone()


if __name__ == "__main__":
    sys.exit(main(Suite))
