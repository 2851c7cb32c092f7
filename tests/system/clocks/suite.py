#!/usr/bin/env python3
"""A clinic's computer whose clock is wrong: suite.py PROGRAMS SOURCES"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402
from stage import Computer  # noqa: E402

CODE, NAME = "H41150200001", "平桥卫生院"
GOOD, SUSPENDED, LEAVES = "D411502000001", "D411502000002", "D411502000003"
UNTRUSTED = 6


def roster(*people):
    return "".join("\t".join((CODE, NAME, code, name, "男", "01", identity, "在职", "2025-01-01", "2027-12-31", f"Z{number}", NAME,
                              "临床", "内科", "执业医师", "主治医师")) + "\n" for number, (code, name, identity) in enumerate(people))


PEOPLE = ((GOOD, "王伟", "11010519491231002X"), (SUSPENDED, "李静", "110105199001010045"), (LEAVES, "张敏", "110105199101010034"))


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")
        self.pc = Computer(stage, "pc")

    def agent(self, *words, **options):
        return self.stage.run("zige-agent", *words, "--data", self.agent_data, on=self.pc, **options)

    def outcome(self, code, fee_time):
        line = self.agent("check", "--ordering", code, "--time", fee_time, "--json", expect=None).json()["lines"][0]
        return line["outcome"], [ground["code"] for ground in line["grounds"]]

    def clock(self):
        return self.agent("status", "--json").json()["clock"]

    def in_doubt(self):
        clock = self.clock()
        return clock["suspect"], clock["unknown"]

    def start_hub(self, port=0):
        self.service = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", f"127.0.0.1:{port}")
        self.port = self.service.ready["port"]

    def hub_time(self, when):
        """The hub's own clock is right, and moved on."""
        self.service.stop()
        self.stage.set_time(when)
        self.start_hub(self.port)

    def set_up(self):
        self.roots = ("--root", self.stage.path("root.pem"))
        self.found()
        self.hub("institution", "add", CODE, "--name", NAME, "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster(*PEOPLE)), "--institution", CODE, expect=(0, 1))
        self.hub("sanction", "set", SUSPENDED, "--suspend", "--document", "信医保处〔2026〕12号", "--served", "2026-08-31", "--from", "2026-09-01")
        self.start_hub()
        slip = self.hub("token", "new", CODE, "--address", f"127.0.0.1:{self.port}").out
        self.pc.boot("2026-09-07 09:00:00")
        self.agent("enroll", "--slip", "-", text=slip)
        self.agent("sync")
        self.check("a clock that is right is in no doubt", self.in_doubt() == (False, False), self.clock())

    def switched_off_at_night(self):
        self.hub_time("2026-09-08 08:00:00")
        self.pc.boot("2026-09-08 08:00:00")
        self.check("a night without power is no doubt", self.in_doubt() == (False, False), self.clock())
        self.check("the doctor passes", self.outcome(GOOD, "2026-09-08 07:55:00") == ("allow", []), self.outcome(GOOD, "2026-09-08 07:55:00"))
        self.agent("sync")

    def passes_plainly(self, name, fee_time):
        seen = self.outcome(GOOD, fee_time)
        self.check(name, seen == ("allow", []) and self.in_doubt() == (False, False), seen)

    def dead_battery(self):
        """The board forgot the time while the power was off: 2009."""
        self.pc.boot("2009-01-01 00:00:30")
        clock = self.clock()
        self.check("2009: in doubt at once, and time goes on from the hub's", clock["suspect"] and clock["running"].startswith("2026-09-08"), clock)
        till = {code: self.outcome(code, "2009-01-01 00:00:10")[0] for code in (GOOD, SUSPENDED)}
        self.check("2009: a till with the same clock refuses nobody by it and clears nobody", till == {GOOD: "hold", SUSPENDED: "hold"}, till)
        told = self.agent("check", "--ordering", GOOD, "--time", "2009-01-01 00:00:10", expect=None).out
        self.check("2009: the cashier is told to set the clock", "校准" in told, told)
        right = {code: self.outcome(code, "2026-09-08 07:59:00")[0] for code in (GOOD, SUSPENDED)}
        self.check("2009: by the right time the suspended are refused", right == {GOOD: "hold", SUSPENDED: "deny"}, right)
        self.depart_under_a_bad_clock()
        self.hub_time("2026-09-08 09:00:00")
        self.agent("sync")
        clock = self.clock()
        self.check("2009: the hub is reached all the same, and its time learnt", clock["trusted"].startswith("2026-09-08 09:00"), clock)
        self.pc.set("2026-09-08 09:05:00", 360)
        self.hub_time("2026-09-08 09:05:00")
        self.agent("sync")
        self.named_at_the_hub("2009: the bureau has it named, once")
        self.passes_plainly("set right, all is plain again in the same boot", "2026-09-08 09:04:00")

    def depart_under_a_bad_clock(self):
        self.agent("depart", "--person", LEAVES, "--last-day", "2026-09-07", "--reason", "辞职", "--clerk", "李会计")
        duty = self.agent("departures", "--json").json()["departures"][0]
        self.check("2009: a duty is counted from the hub's time, and not declared late", duty["due"] == "2026-09-20" and
                   duty["stage"]["code"] == "open", duty)

    def named_at_the_hub(self, name):
        """Once, until somebody saw to it."""
        seen = self.hub("incident", "list", "--json").json()["incidents"]
        self.check(name, [each["kind"] for each in seen] == ["clock_suspect"], seen)
        for each in seen:
            self.hub("incident", "resolve", each["number"], "--reason", "已请卫生院校准")

    def far_ahead(self):
        """A wrong date was typed: 2036, and the line is down."""
        self.pc.boot("2036-01-01 08:00:00")
        seen = self.clock()
        self.check("2036: unknown, and time goes on from the hub's", seen["unknown"] and seen["running"].startswith("2026-09-08"), seen)
        outcome = {code: self.outcome(code, "2026-09-08 09:10:00") for code in (GOOD, SUSPENDED)}
        self.check("2036: nobody's copy expires by it, the suspended are refused", outcome[GOOD] == ("allow_marked", ["clock_unknown"]) and
                   outcome[SUSPENDED][0] == "deny", outcome)
        self.hub_time("2026-09-08 10:00:00")
        self.agent("sync")
        seen = self.clock()
        self.check("2036: a sync works, and brings no 2036 into what is trusted", seen["trusted"].startswith("2026-09-08 10:00") and
                   seen["running"].startswith("2026-09-08"), seen)
        self.pc.set("2026-09-08 10:05:00", 360)
        self.hub_time("2026-09-08 10:05:00")
        self.agent("sync")
        self.named_at_the_hub("2036: the bureau has it named, once")
        self.passes_plainly("set right, nothing is left of 2036", "2026-09-08 10:04:00")

    def asleep(self):
        """Suspended to disk for three days: the wall clock and the clock since boot go on together."""
        self.pc.set("2026-09-11 10:05:00", 360 + 3 * 86400)
        seen = self.clock()
        self.check("sleep is no doubt", self.in_doubt() == (False, False), seen)
        self.check("and counts as time", seen["running"].startswith("2026-09-11 10:0"), seen)

    def led_astray(self):
        """An operator confirmed a hub's clock that was three weeks ahead, and agents trust that time until root takes it back."""
        self.stage.environment["LD_PRELOAD"] = self.stage.environment["LD_PRELOAD"].split(":")[1]  # the hub's wall clock moves alone
        self.service.stop()
        self.stage.set_time("2026-10-05 08:00:00")
        self.start_hub(self.port)
        self.hub("clock", "confirm", "--reason", "看错日历")
        self.agent("sync")
        clock = self.clock()
        self.check("led astray: trusted time is in October", clock["trusted"].startswith("2026-10-05"), clock)
        self.service.stop()
        self.stage.set_time("2026-09-11 11:00:00")
        self.start_hub(self.port)
        self.hub("clock", "confirm", "--reason", "改正")
        stuck = self.agent("sync", expect=None)
        self.check("led astray: the right time is older than what was trusted, and says so", stuck.code == UNTRUSTED and "wire_replayed" in stuck.err, stuck.err)
        self.hub("trust", "rotate", "--reset-time", "2026-09-11 11:00:00", "--reset-epoch", "2", *self.roots)
        self.pc.set("2026-09-11 11:00:00", 360 + 3 * 86400 + 3300)
        self.agent("sync")
        self.pc.set("2026-09-11 11:05:00", 360 + 3 * 86400 + 3600)
        self.hub_time("2026-09-11 11:05:00")
        self.agent("sync")
        clock = self.clock()
        self.check("root's reset brings time back without a visit", clock["trusted"].startswith("2026-09-11 11:0"), clock)
        self.passes_plainly("and the clinic works as before", "2026-09-11 11:04:00")

    def run(self):
        self.set_up()
        self.switched_off_at_night()
        self.dead_battery()
        self.far_ahead()
        self.asleep()
        self.led_astray()


if __name__ == "__main__":
    sys.exit(main(Suite))
