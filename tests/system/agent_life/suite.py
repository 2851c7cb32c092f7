#!/usr/bin/env python3
"""Life of agents: suite.py PROGRAMS SOURCES"""
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

    def agent(self, name, *words, **options):
        return self.stage.run("zige-agent", *words, "--data", self.stage.path(name), **options)

    def events(self, kind):
        return [each for each in self.hub("log", "show", "--limit", 10000, "--json").json()["events"] if each["event"] == kind]

    def start(self):
        self.service = self.stage.start("zige-hub", "serve", "--data", self.data, "--listen", "127.0.0.1:0")
        self.address = f"127.0.0.1:{self.service.ready['port']}"

    def set_up(self):
        self.hub("init", "--id", "test-411500", "--root", self.root, "--keys", self.stage.path("keys"), "--witness",
                 self.stage.path("witness", "file"), *policy_of(self.sources))
        self.hub("institution", "add", HOSPITAL, "--name", "平桥区人民医院", "--kind", "hospital", "--division", "411503")
        self.start()

    def enrol(self, name, *options):
        slip = self.stage.write(f"{name}.slip", self.hub("token", "new", HOSPITAL, "--address", self.address, *options).out)
        self.agent(name, "enroll", "--slip", slip)
        self.agent(name, "sync")
        return self.agent(name, "status", "--json").json()["agent"]

    def revoked(self):
        number = self.enrol("lost")
        wrong = self.hub("agent", "revoke", number, "--reason", "angry", expect=None)
        self.check("an unknown reason is refused", wrong.code == 2 and "reason" in wrong.err, wrong.err)
        shown = self.hub("agent", "revoke", number, "--reason", "lost")
        self.check("the operator reads what follows", "遗失" in shown.out and "已停用" in shown.out, shown.out)
        told = self.agent("lost", "sync", expect=None)
        self.check("the agent is told", told.code != 0 and "agent_revoked" in told.err, told.err)
        status = self.agent("lost", "status")
        self.check("its status says why and what to do", "遗失" in status.out and "凭新入网凭条" in status.out, status.out)
        check = self.agent("lost", "check", "--ordering", "D411503000001", "--json", expect=None)
        self.check("it goes on deciding", "outcome" in check.out, check.out + check.err)
        self.check("the log has it", [each["body"]["reason"] for each in self.events("agent_revoked")] == ["lost"])
        again = self.hub("agent", "retire", number, expect=None)
        self.check("twice is refused, as done before", again.code == REFUSED and "hub_agent_ended" in again.err and "下一步" in again.err, again.err)
        nobody = self.hub("agent", "retire", 77, expect=None)
        self.check("nobody is not found", nobody.code == NOT_FOUND and "hub_no_such_agent" in nobody.err, nobody.err)

    def enrolment_lost(self):
        """Of a folder that was enrolled and synced, each of these is gone or damaged; the way out is always the same."""
        number = self.enrol("whole")
        sync, code = ("sync",), ("prolong", "1234", "5678", "9012")
        damages = (("enrolment", None, sync), ("enrolment", "rubbish", sync), ("keys/signing.pem", None, sync), ("keys/signing.pem", "rubbish", sync),
                   ("keys/sealing.pem", None, code), ("keys/sealing.pem", "rubbish", code), ("keys/tls.pem", None, sync), ("keys/tls.pem", "rubbish", sync))
        for at, (file, content, command) in enumerate(damages):
            name = f"{file} {'lost' if content is None else 'damaged'}"
            folder = f"damaged-{at}"
            shutil.copytree(self.stage.path("whole"), self.stage.path(folder))
            if content is None:
                os.unlink(self.stage.path(folder, file))
            else:
                self.stage.write(os.path.join(folder, file), content)
            told = self.agent(folder, *command, expect=None)
            self.check(f"{name}: exit code and file", told.code == IO and "enrol_damaged" in told.err and file in told.err, (told.code, told.err))
            self.check(f"{name}: a new folder and a slip", "zige-agent enroll --data" in told.err and "接替" in told.err, told.err)
        slip = self.stage.write("next.slip", self.hub("token", "new", HOSPITAL, "--address", self.address, "--replaces", number).out)
        same = self.agent("damaged-0", "enroll", "--slip", slip, expect=None)
        self.check("the old folder says so too", "enrol_already" in same.err and "zige-agent enroll --data" in same.err, same.err)
        self.agent("next", "enroll", "--slip", slip)
        self.agent("next", "sync")
        ended = self.hub("agent", "show", number, "--json").json()
        self.check("what is said works: a new folder, the old agent replaced", ended["reason"] == "replaced", ended)

    def renewed(self):
        self.enrol("old")
        first = self.agent("old", "status", "--json").json()["certificate_until"]
        for days, when in ((80, "2026-11-26"), (80, "2027-02-14"), (80, "2027-05-05"), (20, "2027-05-25")):
            self.stage.set_time(f"{when} 09:00:00")
            self.hub("trust", "rotate", "--root", self.root)
        self.agent("old", "sync")
        second = self.agent("old", "status", "--json").json()["certificate_until"]
        self.check("a certificate is renewed with a third left", second > first, (first, second))
        self.check("the hub shows it", [each["certificate_until"] for each in self.hub("agent", "list", "--json").json()["agents"]][-1] == second)
        for when in ("2027-08-13", "2027-11-01", "2028-01-20", "2028-04-09", "2028-06-28"):
            self.stage.set_time(f"{when} 09:00:00")
            self.hub("trust", "rotate", "--root", self.root)
        status = self.agent("old", "status", "--json").json()
        self.check("it ran out meanwhile", status["certificate_until"] < "2028-06-28", status["certificate_until"])
        self.check("and stops no decision", "outcome" in self.agent("old", "check", "--ordering", "D411503000001", "--json", expect=None).out)
        self.agent("old", "sync")
        self.check("it is renewed though it ran out", self.agent("old", "status", "--json").json()["certificate_until"] > "2029-06")
        self.check("the log has both", len(self.events("certificate_renewed")) == 2, self.events("certificate_renewed"))

    def run(self):
        self.set_up()
        self.revoked()
        self.enrolment_lost()
        self.renewed()
        self.service.stop()


if __name__ == "__main__":
    sys.exit(main(Suite))
