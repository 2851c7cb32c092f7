#!/usr/bin/env python3
"""Clones, folders put back, a hub put back: suite.py PROGRAMS SOURCES"""
import glob
import glob
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402

CODE, NAME = "H41150200001", "平桥卫生院"
GOOD, SUSPENDED, LATER = "D411502000001", "D411502000002", "D411502000003"
OK, REFUSED, USAGE, NOT_FOUND, BUSY, IO, UNTRUSTED, UNAVAILABLE, NOT_INITIALISED = range(9)


def roster(*people):
    return "".join("\t".join((CODE, NAME, code, name, "男", "01", identity, "在职", "2025-01-01", "2027-12-31", f"Z{number}", NAME,
                              "临床", "内科", "执业医师", "主治医师")) + "\n" for number, (code, name, identity) in enumerate(people))


FIRST = ((GOOD, "王伟", "11010519491231002X"), (SUSPENDED, "李静", "110105199001010045"))
LATE = (LATER, "张敏", "110105199101010034")


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.hub_data, self.witness = stage.path("hub"), stage.path("witness")
        self.minute = 0

    def agent(self, *words, folder="agent", **options):
        return self.stage.run("zige-agent", *words, "--data", self.stage.path(folder), **options)

    def later(self, minutes):
        self.minute += minutes
        self.stage.set_time(f"2026-09-07 09:{self.minute:02}:00")

    def start_hub(self, port=0):
        """The stage's clock stands still: a hub that comes back comes back later."""
        self.later(1)
        self.process = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", f"127.0.0.1:{port}")
        self.port = self.process.ready["port"]

    def decide(self, name, code=GOOD, folder="agent"):
        return self.agent("clear", "--ordering", code, "--time", self.stage.now, "--amount", "10.00", "--claim-id", name, "--json", folder=folder,
                          expect=None).json()

    def outcome(self, code, folder="agent"):
        return self.agent("check", "--ordering", code, "--time", self.stage.now, "--json", folder=folder, expect=None).json()["outcome"]

    def incidents(self):
        return self.hub("incident", "list", "--json").json()["incidents"]

    def set_up(self):
        self.found()
        self.hub("institution", "add", CODE, "--name", NAME, "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster(*FIRST)), "--institution", CODE, expect=(0, 1))
        self.start_hub()
        slip = self.hub("token", "new", CODE, "--address", f"127.0.0.1:{self.port}").out
        self.agent("enroll", "--slip", "-", text=slip)
        self.agent("sync")

    def clone(self):
        shutil.copytree(self.stage.path("agent"), self.stage.path("clone"))
        self.decide("A-1")
        self.agent("sync")
        self.decide("C-1", folder="clone")
        self.agent("sync", folder="clone", expect=None)
        listed = self.incidents()
        self.check("a folder on two computers is named", [each["kind"] for each in listed] == ["cloned"], listed)
        shown = self.hub("incident", "show", listed[0]["number"], "--json").json()["evidence"]
        self.check("with the entries of both", shown["held_entry"] != shown["other_entry"], shown)
        self.check("decisions go on on both", self.decide("A-2")["outcome"] == "allow" and self.decide("C-2", folder="clone")["outcome"] == "allow")
        self.check("filings do not", "filing_frozen" in self.agent("depart", "--person", SUSPENDED, "--last-day", "2026-09-07", "--clerk", "张",
                                                                   folder="clone", expect=None).err)
        no_reason = self.hub("incident", "resolve", listed[0]["number"], expect=None)
        self.check("nobody resolves it without a reason", no_reason.code == USAGE, no_reason.err)
        self.hub("incident", "resolve", listed[0]["number"], "--reason", "二号机已停用")
        self.agent("sync")
        self.agent("sync")
        status = self.agent("journal", "verify", "--json").json()
        self.check("the first one goes on in chapter 2", status["chapter"] == 2 and not status["frozen"], status)
        self.check("nothing is open", self.incidents() == [])
        self.agent("sync", folder="clone", expect=None)
        self.check("the other one is named again", [each["kind"] for each in self.incidents()] == ["cloned"], self.incidents())
        self.hub("incident", "resolve", self.incidents()[0]["number"], "--reason", "二号机已收回")
        shutil.rmtree(self.stage.path("clone"))

    def folder_put_back(self):
        shutil.copytree(self.stage.path("agent"), self.stage.path("older"))
        lost = self.decide("B-1")["lines"][0]
        self.agent("sync")
        shutil.rmtree(self.stage.path("agent"))
        shutil.move(self.stage.path("older"), self.stage.path("agent"))
        now = self.decide("B-2")["lines"][0]
        self.check("one number, two references", lost["number"] == now["number"] and lost["reference"] != now["reference"], (lost, now))
        self.agent("sync", expect=None)
        for name, line in (("B-1", lost), ("B-2", now)):
            found = self.hub("journal", "find", line["reference"], "--institution", CODE, "--json").json()["lines"]
            self.check(f"the hub finds {name} by its reference", [each["claim"] for each in found] == [name], found)
        self.check("the agent finds what it has", self.agent("journal", "find", now["reference"], expect=None).code == OK)
        gone = self.agent("journal", "find", lost["reference"], expect=None)
        self.check("and not what it lost", gone.code == NOT_FOUND, gone.err)
        listed = self.incidents()
        self.check("a folder put back is named", [each["kind"] for each in listed] == ["restored_folder"], listed)
        self.hub("incident", "resolve", listed[0]["number"], "--reason", "重装系统，已核对")
        for _ in range(2):
            self.agent("sync", expect=None)
        status = self.agent("journal", "verify", "--json").json()
        self.check("it goes on in the next chapter", status["chapter"] == 3 and not status["frozen"] and not status["anchor_ahead"], status)
        self.agent("sync")
        self.check("and is named no more", self.incidents() == [], self.incidents())

    def journal_damaged(self):
        refused = self.agent("journal", "set-aside", expect=None)
        self.check("a sound journal stays where it is", refused.code != OK and not glob.glob(self.stage.path("agent", "journal.db.aside-*")), refused)
        for beside in ("-wal", "-shm"):
            if os.path.exists(self.stage.path("agent", "journal.db" + beside)):
                os.unlink(self.stage.path("agent", "journal.db" + beside))
        with open(self.stage.path("agent", "journal.db"), "r+b") as file:
            file.seek(100)
            file.write(b"\xff" * 4000)
        self.check("a damaged journal stops the agent", self.agent("status", expect=None).code != OK)
        self.agent("journal", "set-aside")
        self.check("set aside, it decides again", self.decide("J-1")["outcome"] == "allow")
        self.check("and the damaged one is kept", bool(glob.glob(self.stage.path("agent", "journal.db.aside-1"))))
        self.agent("sync", expect=None)
        self.check("the hub takes it for a folder put back", [each["kind"] for each in self.incidents()] == ["restored_folder"], self.incidents())
        self.hub("incident", "resolve", self.incidents()[0]["number"], "--reason", "磁盘坏道")
        for _ in range(6):
            self.agent("sync", expect=None)
        status = self.agent("journal", "verify", "--json").json()
        self.check("a chapter of its own is opened", status["chapter"] == 4 and not status["frozen"], status)

    def put_hub_back(self, name, witness_too):
        """Backs up, suspends and registers people whom the agent hears of, puts the backup back."""
        self.process.stop()
        shutil.copytree(self.hub_data, self.stage.path(name))
        shutil.copy(self.witness, self.stage.path(name + ".witness"))
        self.start_hub(self.port)
        self.hub("sanction", "set", SUSPENDED, "--suspend", "--document", f"信医保处〔2026〕{name}号", "--served", "2026-09-06", "--from", "2026-09-07")
        self.hub("roster", "import", self.stage.write("late.txt", roster(*FIRST, LATE)), "--institution", CODE, expect=(0, 1))
        self.agent("sync")
        self.check(f"{name}: the agent refuses the suspended", self.outcome(SUSPENDED) == "deny")
        self.process.stop()
        shutil.rmtree(self.hub_data)
        shutil.move(self.stage.path(name), self.hub_data)
        if witness_too:
            shutil.copy(self.stage.path(name + ".witness"), self.witness)
        self.start_hub(self.port)

    def recover(self, name):
        self.check(f"{name}: the till goes on and refuses", self.decide(name)["outcome"] == "allow" and self.outcome(SUSPENDED) == "deny")
        before = self.hub("status", "--json").json()
        self.check(f"{name}: the hub publishes nothing", before["publishing"] is False, before)
        self.hub("recover")
        after = self.hub("status", "--json").json()
        self.check(f"{name}: one epoch on", after["publishing"] and after["epoch"] == before["epoch"] + 1, after)
        waiting = self.hub("recover", "--show", "--json").json()["institutions"][0]
        self.check(f"{name}: it waits for the agent", not waiting["recovered"] and waiting["agents"][0]["handed_in"] is None, waiting)
        self.agent("sync")
        done = self.hub("recover", "--show", "--json").json()["institutions"][0]
        self.check(f"{name}: the agent handed in", done["recovered"] and done["agents"][0]["standings"] == 1 and (name != "8" or done["agents"][0]["kept"] >= 1), done)
        standing = self.hub("sanction", "list", "--json").out
        self.check(f"{name}: the suspension is in the ledger again", f"信医保处〔2026〕{name}号" in standing, standing)
        self.agent("sync")
        self.check(f"{name}: and at the till", self.outcome(SUSPENDED) == "deny" and self.outcome(LATER) == "allow",
                   (self.outcome(SUSPENDED), self.outcome(LATER)))
        self.check(f"{name}: the log is whole", self.hub("log", "verify", expect=None).code == OK)
        self.check(f"{name}: nothing is open", self.incidents() == [], self.incidents())

    def hub_put_back_beside_its_witness(self):
        self.put_hub_back("8", False)
        self.check("behind its witness, and says so", [each["kind"] for each in self.incidents()] == ["hub_behind"], self.incidents())
        self.recover("8")

    def hub_put_back_with_its_witness(self):
        self.hub("sanction", "end", SUSPENDED, "--document", "信医保处〔2026〕8号", "--on", "2026-09-07", "--reason", "撤销")
        self.agent("sync")
        self.put_hub_back("9", True)
        self.check("it does not know, at first", self.hub("status", "--json").json()["publishing"] is True)
        self.agent("sync", expect=None)
        self.agent("sync", expect=None)
        self.check("an agent proved it", [each["kind"] for each in self.incidents()] == ["hub_restored_unknown"], self.incidents())
        self.recover("9")

    def without_a_line(self):
        self.hub("sanction", "set", GOOD, "--suspend", "--document", "信医保处〔2026〕10号", "--served", "2026-09-06", "--from", "2026-09-07")
        self.hub("statement", CODE, GOOD, "--json")
        notice = self.hub("statement", CODE, GOOD).out  # as it is printed: words, code and picture
        self.check("before the notice", self.outcome(GOOD) == "allow")
        self.agent("statement", "add", "--file", "-", text=notice)
        self.check("a notice on paper counts at once", self.outcome(GOOD) == "deny")
        self.agent("sync")
        self.check("and the copy says the same", self.outcome(GOOD) == "deny")
        late = self.agent("statement", "add", "--file", "-", text=notice, expect=None)
        self.check("an older notice is refused", "statement_older" in late.err, late.err)
        code = self.hub("phone-code", "prolong", 1, "--days", 5, "--json").json()["code"]
        self.check("it is read out in groups", len(code.split()) > 1, code)
        self.check("a code typed as it was read out is taken", self.agent("prolong", *code.split(), expect=None).code == OK)
        again = self.agent("prolong", code, expect=None)
        self.check("once", "phone_code_used" in again.err, again.err)
        self.check("not for 16 days", "phone_code_too_long" in self.hub("phone-code", "prolong", 1, "--days", 16, expect=None).err)

    def only_journals_were_lost(self):
        """Nothing is published between the backup and its return, and the witness comes back with the database."""
        self.agent("sync")
        self.process.stop()
        shutil.copytree(self.hub_data, self.stage.path("quiet"))
        shutil.copy(self.witness, self.stage.path("quiet.witness"))
        self.start_hub(self.port)
        for number in range(3):
            self.decide(f"Q-{number}")
        self.agent("sync")
        held = self.agent("journal", "verify", "--json").json()["held_by_hub"]
        self.process.stop()
        shutil.rmtree(self.hub_data)
        shutil.move(self.stage.path("quiet"), self.hub_data)
        shutil.copy(self.stage.path("quiet.witness"), self.witness)
        self.start_hub(self.port)
        self.check("the hub does not know that it lost entries", self.hub("status", "--json").json()["publishing"] is True)
        told = self.agent("sync", expect=None)
        self.check("the agent proves it", "hub_behind_agent" in told.err, told.err)
        named = self.incidents()
        self.check("and the hub names it", [each["kind"] for each in named] == ["hub_restored_unknown"], named)
        shown = self.hub("incident", "show", named[0]["number"], "--json").json()["evidence"]
        self.check("with its own word about them", int(shown["entries_proven"]) == held > int(shown["entries_held"]), (shown, held))
        self.hub("recover")
        for _ in range(3):
            self.agent("sync", expect=None)
        status = self.agent("status", "--json").json()["journal"]
        here = self.hub("agent", "show", self.agent_number(), "--json").json()
        self.check("it has them again", here["entries_held"] == status["entries"], (here, status))
        self.check("nothing is open", self.incidents() == [], self.incidents())

    def copy_put_back(self):
        """replica.db alone is put back; the journal stays as it is."""
        self.agent("sync")
        older = {path: open(path, "rb").read() for path in glob.glob(self.stage.path("agent", "replica.db*"))}
        self.later(5)
        self.agent("sync")
        before = self.decide("R-1")
        self.check("nothing was put back yet", self.agent("status", "--json").json()["copy_put_back"] is False)
        for path in glob.glob(self.stage.path("agent", "replica.db*")):
            os.unlink(path)
        for path, content in older.items():
            with open(path, "wb") as file:
                file.write(content)
        status = self.agent("status", "--json").json()
        self.check("a copy put back alone is named", status["copy_put_back"] and not status["journal"]["anchor_ahead"], status)
        self.check("in words too", "replica.db" in self.agent("status").out)
        self.check("the till goes on", self.decide("R-2")["outcome"] == before["outcome"])
        self.check("it is named in the sync", self.agent("sync", "--json", expect=None).json()["copy_put_back"] is True)
        named = self.incidents()
        self.check("and by the hub", [each["kind"] for each in named] == ["restored_folder"], named)
        self.hub("incident", "resolve", named[0]["number"], "--reason", "误拷回了旧文件")
        for _ in range(2):
            self.agent("sync", expect=None)
        status = self.agent("status", "--json").json()
        self.check("a new chapter ends it", status["copy_put_back"] is False, status)
        self.agent("sync")
        self.check("and nothing is open", self.incidents() == [], self.incidents())

    def agent_number(self, folder="agent"):
        return self.agent("status", "--json", folder=folder).json()["agent"]

    def slip(self, replaced, expect=(0,)):
        return self.hub("token", "new", CODE, "--address", f"127.0.0.1:{self.port}", "--replaces", replaced, expect=expect)

    def claim(self, name, folder):
        return self.agent("clear", "--ordering", GOOD, "--time", self.stage.now, "--amount", "10.00", "--claim-id", name, "--key", name, "--json",
                          folder=folder, expect=None).json()

    def pc_replaced(self):
        self.agent("sync")
        old = self.agent_number()
        slip = self.slip(old).out
        self.check("the slip says whose place it is for", str(old) in slip and "--replaces-folder" in slip, slip)
        old_folder = ("--replaces-folder", self.stage.path("agent"))
        running = self.stage.start("zige-agent", "serve", "--data", self.stage.path("agent"), "--listen", "127.0.0.1:0")
        busy = self.agent("enroll", "--slip", "-", *old_folder, folder="new", text=slip, expect=None)
        self.check("not while the old program runs", busy.code == BUSY and "agent_busy" in busy.err, busy.err)
        running.stop()
        first = self.claim("P-1", "agent")
        self.agent("depart", "--person", SUSPENDED, "--last-day", "2026-09-07", "--clerk", "张")
        self.agent("key", "new", "--name", "收费处", "--role", "his")
        waiting = self.agent("status", "--json").json()
        done = self.agent("enroll", "--slip", "-", *old_folder, "--json", folder="new", text=slip).json()
        self.check("the new PC takes the place", done["replaces"] == old and done["agent"] != old, done)
        self.check("with the journal's rest and the filing", done["entries_to_upload"] > waiting["journal"]["waiting"] and done["filings_waiting"] == 1, done)
        ended = self.hub("agent", "show", old, "--json").json()
        self.check("the ledger says by whom", ended["reason"] == "replaced" and ended["replaced_by"] == done["agent"], ended)
        word = self.agent("status", "--json").json()["revoked"]
        self.check("the old program says it without a line", word is not None and word["replaced_by"] == done["agent"], word)
        self.agent("sync", folder="new")
        self.agent("sync", folder="new")
        handed = self.hub("agent", "show", old, "--json").json()
        self.check("the old journal is whole at the hub", handed["entries_held"] == waiting["journal"]["entries"], (handed, waiting))
        filed = self.agent("departures", "--json", folder="new").out
        self.check("the departure was taken", "accepted" in filed, filed)
        again = self.claim("P-1", "new")
        self.check("a claim that is sent again gets its first answer", again["lines"][0]["number"] == first["lines"][0]["number"], (first, again))
        verified = self.agent("journal", "verify", "--json", folder="new").json()
        self.check("both journals verify in the new folder", verified["chapters"] >= 2 and verified["entries"] > waiting["journal"]["entries"], verified)
        self.check("the HIS keeps its key", "收费处" in self.agent("key", "list", folder="new").out)
        told = self.agent("sync", expect=None)
        self.check("the old program is refused by a signed word", "agent_revoked" in told.err, told.err)
        late = self.claim("P-2", "agent")
        self.check("and decides on by its copy, if somebody starts it", late["outcome"] == "deny" and late["lines"][0]["number"] > 0, late)
        twice = self.agent("enroll", "--slip", "-", folder="third", text=slip, expect=None)
        self.check("the slip is used up", "enrol_token_used" in twice.err, twice.err)
        self.check("and the place is taken", "hub_agent_ended" in self.slip(old, expect=None).err)
        self.old_folder_lost(done["agent"])
        self.check("nothing is open", self.incidents() == [], self.incidents())

    def old_folder_lost(self, agent):
        """The disk of the second PC is gone."""
        slip = self.slip(agent).out
        done = self.agent("enroll", "--slip", "-", "--json", folder="third", text=slip).json()
        self.check("a PC can be replaced without its folder", done["replaces"] == agent and done["filings_waiting"] == 0, done)
        self.agent("sync", folder="third")
        decided = self.claim("P-3", "third")
        self.check("and decides", decided["outcome"] == "deny" and decided["lines"][0]["number"] > 0, decided)
        told = self.agent("sync", folder="new", expect=None)
        word = self.agent("status", "--json", folder="new").json()["revoked"]
        self.check("the lost one, if found, is told", "agent_revoked" in told.err and word["replaced_by"] == done["agent"], (told.err, word))

    def run(self):
        self.set_up()
        self.clone()
        self.folder_put_back()
        self.journal_damaged()
        self.hub_put_back_beside_its_witness()
        self.hub_put_back_with_its_witness()
        self.without_a_line()
        self.only_journals_were_lost()
        self.copy_put_back()
        self.pc_replaced()


if __name__ == "__main__":
    sys.exit(main(Suite))
