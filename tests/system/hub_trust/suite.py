#!/usr/bin/env python3
"""Trust and clock of zige-hub: suite.py PROGRAMS SOURCES"""
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import Checks, main, policy_of  # noqa: E402

HOSPITAL = "H41150300001"
OK, REFUSED, USAGE, NOT_FOUND, BUSY, IO, UNTRUSTED, UNAVAILABLE, NOT_INITIALISED = range(9)


class Suite(Checks):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.data, self.root = stage.path("hub"), stage.path("safe", "root.key")

    def hub(self, *words, **options):
        return self.stage.run("zige-hub", *words, "--data", self.data, "--operator", "测试员", **options)

    def elsewhere(self, *words, **options):
        """On a root holder's computer: no folder of a hub."""
        return self.stage.run("zige-hub", *words, "--data", self.stage.path("nowhere"), **options)

    def change(self, name):
        return self.hub("institution", "set", HOSPITAL, "--name", name, expect=None)

    def start(self):
        self.service = self.stage.start("zige-hub", "serve", "--data", self.data, "--listen", "127.0.0.1:0")

    def events(self, kind):
        return [each for each in self.hub("log", "show", "--limit", 10000, "--json").json()["events"] if each["event"] == kind]

    def signing_key(self):
        return [key["id"] for key in self.hub("trust", "show", "--json").json()["online_keys"] if key["signs"]]

    def set_up(self):
        common = ["--keys", self.stage.path("keys"), "--witness", self.stage.path("witness", "file"),
                  *policy_of(self.sources)]
        wrong = self.hub("init", "--id", "test", "--root", self.root, "--roots", "2/3", *common, expect=None)
        self.check("2/3 with one file is refused", wrong.code == USAGE and "usage_bad_argument" in wrong.err, wrong.err)
        self.hub("init", "--id", "test-411500", "--root", self.root, *common)
        self.hub("institution", "add", HOSPITAL, "--name", "平桥区人民医院", "--kind", "hospital", "--division", "411503")

    def monthly(self):
        self.start()
        self.check("no warning at first", "到期" not in self.hub("status").out.replace("有效期", ""), self.hub("status").out)
        self.stage.set_time("2026-11-20 09:00:00")
        self.check("a warning in the last 30 days", self.hub("status", "--json").json()["online_key_warning"] is True)
        self.stage.set_time("2026-12-20 09:00:00")
        status = self.hub("status", "--json").json()
        self.check("no key is left after 90 days", status["online_key_days_left"] == 0 and self.signing_key() == [], status)
        self.hub("trust", "rotate", "--root", self.root)
        status = self.hub("status", "--json").json()
        self.check("one command makes a new one, beside the service", self.signing_key() == [2] and status["online_key_days_left"] == 89, status)
        self.check("it is logged", len(self.events("trust_rotated")) == 1)
        self.service.stop()
        self.hub("trust", "rotate", "--root", self.root, "--days", 30)
        self.check("and without the service", self.signing_key() == [3])

    def stolen(self):
        self.start()
        self.check("an unknown key is not revoked", self.hub("trust", "revoke", 9, "--root", self.root, expect=None).code == UNTRUSTED)
        self.hub("trust", "revoke", 3, "--root", self.root)
        ids = [key["id"] for key in self.hub("trust", "show", "--json").json()["online_keys"]]
        self.check("the stolen key is gone and another one signs", 3 not in ids and self.signing_key() == [4], ids)
        self.check("it is logged as revoked", len(self.events("trust_revoked")) == 1)
        self.hub("trust", "rotate", "--root", self.root, "--reset-time", "2026-12-20 09:00:00", "--reset-epoch", 2)
        self.check("a reset starts an epoch", self.hub("status", "--json").json()["epoch"] == 2 and len(self.events("time_reset")) == 1)
        self.service.stop()

    def roots_apart(self):
        holders = [self.stage.path(f"holder{n}", "root.key") for n in (1, 2)]
        for path in holders:
            os.mkdir(os.path.dirname(path))
            self.elsewhere("trust", "init", "--root", path)
        draft = self.stage.path("draft")
        public = [part for path in holders for part in ("--root-public", path + ".pub")]
        drawn = self.hub("trust", "rotate", *public, "--threshold", 2, "--draft", draft)
        self.check("the draft says who has to sign", "未签名" in drawn.out and "新增根密钥" in drawn.out, drawn.out)
        missing = self.hub("trust", "rotate", "--take", draft, expect=None)
        self.check("nothing is published without them", missing.code == UNTRUSTED and "trust_no_quorum" in missing.err and "trust sign" in missing.err, missing.err)
        shown = self.elsewhere("trust", "sign", draft, "--root", holders[0])
        self.check("a holder sees what he signs, without a hub", "新增在线密钥" in shown.out and "新文件 1/2" in shown.out, shown.out)
        self.elsewhere("trust", "sign", draft, "--root", holders[1])
        self.check("the former root is still missing", self.hub("trust", "rotate", "--take", draft, expect=None).code == UNTRUSTED)
        self.elsewhere("trust", "sign", draft, "--root", self.root)
        self.check("now it is complete", self.elsewhere("trust", "show", draft, "--json").json()["complete"] is True)
        self.hub("trust", "rotate", "--take", draft)
        trust = self.hub("trust", "show", "--json").json()
        self.check("two roots of two", (trust["threshold"], trust["root_keys"]) == (2, 2), trust)
        self.check("the former root counts no more", self.hub("trust", "rotate", "--root", self.root, expect=None).code != OK)
        self.roots = ["--root", holders[0], "--root", holders[1]]
        self.hub("trust", "rotate", *self.roots)
        self.check("a damaged draft is refused", self.elsewhere("trust", "sign", self.stage.write("bad", "x"), "--root", holders[0], expect=None).code != OK)
        shutil.rmtree(os.path.dirname(self.root))

    def tls(self):
        """An agent that knows only the former TLS authority finds the hub again."""
        agent_data = self.stage.path("agent")
        os.mkdir(agent_data, 0o700)

        def agent(*words, **options):
            return self.stage.run("zige-agent", *words, "--data", agent_data, "--anchor", self.stage.path("anchor"), **options)

        self.start()
        port = self.service.ready["port"]
        slip = self.hub("token", "new", HOSPITAL, "--address", f"127.0.0.1:{port}").out
        agent("enroll", "--slip", self.stage.write("slip", slip))
        agent("sync")
        before = self.hub("trust", "show", "--json").json()
        rotated = self.hub("trust", "rotate", "--tls", "--sealing", *self.roots)
        self.check("it says that the service wants a restart", "重启服务" in rotated.out, rotated.out)
        self.service.stop()
        self.service = self.stage.start("zige-hub", "serve", "--data", self.data, "--listen", f"127.0.0.1:{port}")
        agent("sync")
        status = agent("status", "--json").json()
        self.check("an agent finds the hub under another TLS authority", status["trust_version"] == before["version"] + 1, status)
        for _ in range(24):
            self.hub("trust", "rotate", *self.roots)
        agent("sync")
        self.check("and catches up with 24 rotations in one sync", agent("status", "--json").json()["trust_version"] == before["version"] + 25)
        self.service.stop()

    def clock(self):
        # From here the wall clock moves alone, as when somebody sets it.
        self.stage.environment["LD_PRELOAD"] = self.stage.environment["LD_PRELOAD"].split(":")[1]
        self.stage.set_time("2026-12-20 10:00:00")
        first = self.hub("clock", "confirm", "--reason", "演练开始")
        self.check("the clock is fine", "时钟正常" in first.out, first.out)
        self.start()
        for year in ("2036-01-01 08:00:00", "2009-01-01 08:00:00"):
            self.stage.set_time(year)
            refused = self.change("x")
            self.check(f"{year[:4]}: nothing is changed or signed", refused.code == UNAVAILABLE and "hub_clock_jumped" in refused.err, refused.err)
            shown = self.hub("clock", "show", "--json").json()
            self.check(f"{year[:4]}: it says so and stays at the last time", shown["signing"] is False and shown["time"].startswith("2026-12-20"), shown)
            self.check(f"{year[:4]}: status too", self.hub("status", "--json").json()["clock_refused"] is True)
        self.service.stop()
        self.check("a restart does not help", self.change("x").code == UNAVAILABLE)
        self.stage.set_time("2026-12-20 10:20:00")
        self.start()
        self.check("a clock that was put right is taken", self.change("平桥区人民医院").code == OK)
        self.stage.set_time("2027-01-10 08:00:00")
        self.check("three weeks are a jump", self.change("x").code == UNAVAILABLE)
        self.hub("clock", "confirm", "--reason", "服务器主板更换后校时")
        self.check("an operator confirms", self.change("平桥区人民医院（新）").code == OK)
        confirmed = self.events("clock_confirmed")
        self.check("with name and reason", confirmed[-1]["operator"] == "测试员" and confirmed[-1]["body"]["reason"] == "服务器主板更换后校时", confirmed)
        self.check("what was refused is logged, once each time", 1 <= len(self.events("clock_refused")) <= 4, self.events("clock_refused"))
        self.service.stop()
        self.check("the log is whole", self.hub("log", "verify", expect=None).code == OK)

    def run(self):
        self.set_up()
        self.monthly()
        self.stolen()
        self.roots_apart()
        self.tls()
        self.clock()


if __name__ == "__main__":
    sys.exit(main(Suite))
