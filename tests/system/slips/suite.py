#!/usr/bin/env python3
"""Slips and enrolment: suite.py PROGRAMS SOURCES"""
import glob
import os
import stat
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import Checks, main, policy_of  # noqa: E402
from keyboard import typed  # noqa: E402

OK, REFUSED, USAGE, NOT_FOUND, BUSY, IO, UNTRUSTED, UNAVAILABLE, NOT_ENROLLED = range(9)
HOSPITAL, CLINIC = "H41150300001", "H41150300002"
COUNTY = [f"P4115030{number:05}" for number in range(500)]
NEW, NUMBER = "D411502000199", "11010519491231002X"
REMOTE, DOCTOR = "H41150300003", "D411502000101"
ROSTER = "\t".join((REMOTE, "山区卫生室", DOCTOR, "王小明", "男", "01", "411502198503030011", "在职", "2025-01-01", "2027-12-31", "Z1", "山区卫生室", "临床",
                    "内科", "执业医师", "主治医师")) + "\n"
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


class Suite(Checks):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.data = stage.path("hub")

    def hub(self, *words, **options):
        return self.stage.run("zige-hub", *words, "--data", self.data, "--operator", "测试员", **options)

    def agent(self, name, *words, **options):
        return self.stage.run("zige-agent", *words, "--data", self.stage.path(name), **options)

    def keyboard(self, name, *words, lines, prompt):
        return typed(self.stage, "zige-agent", *words, "--data", self.stage.path(name), lines=lines, prompt=prompt)

    def slip(self, code=HOSPITAL, *options):
        return self.hub("token", "new", code, "--address", self.address, "--json", *options).json()

    def open_slips(self):
        return sum(each["state"] == "open" for each in self.hub("token", "list", "--json").json()["tokens"])

    def set_up(self):
        self.hub("init", "--id", "xinyang-411500", "--keys", self.stage.path("keys"), "--root", self.stage.path("safe", "root.key"), "--witness",
                 self.stage.path("witness", "file"), *policy_of(self.sources))
        for value in self.hub("profile", "show", "--json").json()["undecided"]:
            self.hub("profile", "confirm", value["name"])
        for code, name in ((HOSPITAL, "平桥区中心卫生院"), (CLINIC, "平桥区第二卫生院")):
            self.hub("institution", "add", code, "--name", name, "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.service = self.stage.start("zige-hub", "serve", "--data", self.data, "--listen", "127.0.0.1:0")
        self.address = f"127.0.0.1:{self.service.ready['port']}"

    def printed(self):
        page = self.stage.path("slip.html")
        shown = self.hub("token", "new", HOSPITAL, "--html", page)
        self.check("the slip is shown with its code and where its page is", "█" in shown.out and "zige:127.0.0.1:" in shown.out and page in shown.out)
        self.check("the page is for its owner only", stat.S_IMODE(os.stat(page).st_mode) == 0o600)
        text = open(page, encoding="utf-8").read()
        self.check("and says what stands on the slip", all(word in text for word in (HOSPITAL, "平桥区中心卫生院", self.address, "size: A4", "<svg")))
        again = self.hub("token", "new", HOSPITAL, "--html", page, expect=None)
        self.check("no page is overwritten", again.code == REFUSED and "file_exists" in again.err, again.err)
        self.check("and no slip is left behind", self.open_slips() == 1)

    def scanned(self):
        slip = self.slip()
        done = self.keyboard("scanned", "enroll", "--slip", "-", lines=[slip["line"].upper() + "\r"], prompt="二维码")
        self.check("a scanner's line and Enter enrol", done.code == OK and "已入网" in done.out, done.out)
        for name, text in (("lower", slip["line"].lower()), ("wide", slip["line"].translate(WIDE)),
                           ("groups", f"口令：{slip['token'].lower()}\n指纹：{slip['fingerprint'].replace('-', ' ')}\n")):
            refused = self.agent(f"typed-{name}", "enroll", "--slip", "-", "--hub", f"https://{self.address}", text=text, expect=None)
            self.check(f"a used slip is refused by name, typed as {name}", refused.code == UNTRUSTED and "enrol_token_used" in refused.err, refused.err)
        page = self.hub("token", "new", HOSPITAL).out
        self.agent("pasted", "enroll", "--slip", "-", text=page.replace("\n", "\r\n"))
        broken = self.slip()["line"]
        self.agent("broken", "enroll", "--slip", "-", text="\n".join(broken[at:at + 11] for at in range(0, len(broken), 11)))
        here = self.hub("agent", "list", "--institution", HOSPITAL, "--json").json()["agents"]
        self.check("the printed text enrols, with its line ends, and so does a code that was broken", len(here) == 3, here)
        cut = self.agent("cut", "enroll", "--slip", "-", text=self.slip()["line"][:-1], expect=None)
        self.check("a code with a character too few does not", cut.code == USAGE and "enrol_bad_slip" in cut.err, cut.err)
        late = self.slip(HOSPITAL, "--days", 2)
        self.stage.set_time("2026-09-09 12:00:00")
        refused = self.agent("late", "enroll", "--slip", "-", text=late["line"], expect=None)
        self.check("a slip that ran out is refused by name", refused.code == UNTRUSTED and "enrol_token_expired" in refused.err, refused.err)

    def county(self):
        for code in COUNTY[:2]:
            self.hub("institution", "add", code, "--name", f"药店 {code}", "--kind", "pharmacy", "--division", "411502")
        names = "\n".join(f'{code},"药店, {code}"' for code in COUNTY)
        csv = self.stage.write("county.csv", "\ufeff机构代码,名称\n" + names + "\n")
        before = self.open_slips()
        refused = self.hub("token", "batch", csv, "--html", self.stage.path("none.html"), expect=None)
        self.check("a list with unknown institutions gives nothing", refused.code == REFUSED and "第 4 行" in refused.out and
                   refused.out.count("institution_not_found") == 498 and not os.path.exists(self.stage.path("none.html")), refused.out[-300:])
        gbk = self.stage.path("gbk.csv")
        with open(gbk, "wb") as file:
            file.write(f"{COUNTY[0]},药店\n".encode("gbk"))
        named = self.hub("token", "batch", gbk, "--json", expect=None)
        self.check("GBK is refused by name", named.code == USAGE and "file_bad_encoding" in named.out, named.out)
        self.check("nothing was issued", self.open_slips() == before)
        for code in COUNTY[2:]:
            self.hub("institution", "add", code, "--name", f"药店 {code}", "--kind", "pharmacy", "--division", "411502")
        page = self.stage.path("county.html")
        done = self.hub("token", "batch", csv, "--days", 14, "--html", page)
        text = open(page, encoding="utf-8").read()
        self.check("500 slips in one call, a sheet each", "500" in done.out and text.count("<section>") == text.count("<svg") == 500)
        self.check("each with its institution", all(code in text for code in COUNTY))
        self.check("500 more are open", self.open_slips() == before + 500)
        again = self.hub("token", "batch", csv, "--json", expect=None)
        self.check("the same list again doubles nothing", again.code == REFUSED and again.json()["issued"] == 0 and len(again.json()["problems"]) == 500)
        one = self.hub("token", "batch", "-", "--open", "withdraw", "--json", text=COUNTY[7]).json()
        self.check("unless the older one is withdrawn", one["issued"] == 1 and len(one["withdrawn"]) == 1 and self.open_slips() == before + 500, one)
        self.agent("store", "enroll", "--slip", "-", text=one["slips"][0]["line"])
        rest = self.hub("token", "batch", csv, "--open", "skip", "--only-without-agent", "--json").json()
        self.check("and who has a slip or an agent can be skipped", rest["issued"] == 0 and len(rest["skipped"]) == 500, rest["issued"])
        self.secrets(one["slips"][0]["token"])

    def secrets(self, token):
        log = open(self.stage.path("zige-hub.log"), encoding="utf-8").read()
        held = b"".join(open(path, "rb").read() for path in glob.glob(os.path.join(self.data, "hub.db*")))
        plain = token.replace("-", "")
        self.check("no log and no database has a token", not any(word in log or word.encode() in held for word in (token, plain)))
        issued = [each for each in self.hub("log", "show", "--limit", 10000, "--json").json()["events"] if each["event"] == "token_issued"]
        self.check("the ledger has who issued what", len(issued) >= 500 and {each["operator"] for each in issued} == {"测试员"})

    def outcome(self, name, code):
        line = self.agent(name, "check", "--ordering", code, "--json", expect=(0, 1)).json()["lines"][0]
        return line["outcome"]

    def pair(self):
        names = ("first", "second", "third")
        for name in names:
            self.agent(name, "enroll", "--slip", "-", text=self.slip(CLINIC)["line"])
            self.agent(name, "sync")
        numbers = [self.agent(name, "status", "--json").json()["agent"] for name in names]
        self.check("three agents of one institution", len(set(numbers)) == 3, numbers)
        told = self.keyboard("first", "register", "--code", NEW, "--name", "陈新", "--from", "2026-09-09", "--commitment-signed", "2026-09-09",
                             "--ask-identity", "--clerk", "李会计", lines=[NUMBER + "\r"], prompt="证件号码")
        self.check("a number is typed at the terminal, unseen", told.code == OK and NUMBER not in told.out, told.out)
        wrong = self.keyboard("first", "register", "--code", "D411502000198", "--name", "陈旧", "--from", "2026-09-09", "--ask-identity", "--clerk", "李会计",
                              lines=["110105194912310021\r"], prompt="证件号码")
        self.check("a wrong one is refused there, and not repeated", wrong.code == USAGE and "1949" not in wrong.out, wrong.out)
        none = self.agent("first", "register", "--code", NEW, "--name", "陈新", "--from", "2026-09-09", "--ask-identity", "--clerk", "李", expect=None)
        self.check("without a terminal it says so", none.code == USAGE and "--identity-file" in none.err, none.err)
        seen = [self.outcome(name, NEW) for name in names]
        self.check("only the first agent knows of it", seen == ["allow_marked", "deny", "deny"], seen)
        for name in names:
            self.agent(name, "sync")
        seen = [self.outcome(name, NEW) for name in names]
        self.check("after their syncs all do", seen == ["allow"] * 3, seen)
        self.check("the hub found the person by the number", self.hub("person", "show", "--identity-file", "-", "--json", text=NUMBER + "\n").json()["name"] == "陈新")
        self.agent("second", "alias", "add", "--code", "0042", "--person", NEW, "--clerk", "李会计")
        self.agent("third", "leave", "--person", NEW, "--kind", "study", "--from", "2026-09-09", "--until", "2026-09-30", "--clerk", "李会计")
        for name in ("second", "third", "first", "second", "third"):
            self.agent(name, "sync")
        seen = [self.outcome(name, "0042") for name in names]
        self.check("each sees what the others filed", seen == ["allow_marked"] * 3, seen)
        self.journals(names, numbers)

    def journals(self, names, numbers):
        for position, name in enumerate(names):
            for serial in range(position + 1):
                self.agent(name, "clear", "--ordering", NEW, "--time", "2026-09-09 09:00:00", "--amount", "10", "--claim-id", f"{name}-{serial}", "--json", expect=(0, 1))
            self.agent(name, "sync")
        local = [self.agent(name, "journal", "verify", "--json").json() for name in names]
        held = [self.hub("agent", "show", number, "--json").json() for number in numbers]
        self.check("each has a journal of its own, and the hub holds each whole",
                   all(one["entries"] == other["entries_held"] and not other["frozen"] and other["chapter"] == 1 for one, other in zip(local, held)) and
                   len({one["hash"] for one in local}) == 3, (local, held))
        report = self.hub("report", "--institution", CLINIC, "--all", "--json").json()["institutions"][0]
        lines = sorted((line["agent"], line["claim"]) for line in report["lines"])
        expected = sorted((number, f"{name}-{serial}") for position, (name, number) in enumerate(zip(names, numbers)) for serial in range(position + 1))
        self.check("the report tells whose decision each line was", lines == expected, lines)
        self.check("no incident", self.hub("incident", "list", "--json").json()["incidents"] == [])

    def carried(self, name, *options):
        """Paper, the bureau's file and the agent's request, of one agent."""
        slip, request = self.stage.path(f"{name}.slip"), self.stage.path(f"{name}.request")
        paper = self.slip(REMOTE, "--file", slip, *options)
        self.agent(name, "enroll", "--slip", slip, "--fingerprint", paper["fingerprint"].lower(), "--out", request)
        return paper, slip, request

    def refused(self, what, done, code, error):
        self.check(f"{what} is refused by name", done.code == code and error in done.out + done.err, (done.code, done.out, done.err))

    def by_file(self):
        self.hub("institution", "add", REMOTE, "--name", "山区卫生室", "--kind", "village_clinic", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", "-", "--institution", REMOTE, text=ROSTER, expect=(OK, REFUSED))
        self.check("the service ends: from here on nothing listens", self.service.stop() == OK)
        paper, slip, request = self.carried("remote")
        reply = self.stage.path("remote.reply")
        bytes_of = {name: open(path, "rb").read() for name, path in (("slip", slip), ("request", request))}
        self.refused("the file without the paper", self.agent("x", "enroll", "--slip", slip, "--out", self.stage.path("x"), expect=None), USAGE, "--fingerprint")
        wrong = paper["fingerprint"][:-1] + ("A" if paper["fingerprint"][-1] != "A" else "B")
        self.refused("a file of another hub than the paper's", self.agent("x", "enroll", "--slip", slip, "--fingerprint", wrong, "--out",
                                                                          self.stage.path("x"), expect=None), UNTRUSTED, "trust_bad_fingerprint")
        self.refused("an older request of the same name", self.agent("remote", "enroll", "--slip", slip, "--fingerprint", paper["fingerprint"], "--out",
                                                                     request, expect=None), REFUSED, "file_exists")
        self.check("the request shows no token", paper["token"].replace("-", "").encode() not in bytes_of["request"])
        take = lambda path, *options: self.hub("agent", "enroll", path, "--out", reply, *options, expect=None)  # noqa: E731
        self.refused("the request of another institution", take(request, "--institution", CLINIC), UNTRUSTED, "hub_agent_of_other_institution")
        for what, content, error in (("a damaged request", bytes_of["request"][:200] + bytes([bytes_of["request"][200] ^ 1]) + bytes_of["request"][201:], "seal_failed"),
                                     ("half a request", bytes_of["request"][:300], "wire_truncated"), ("the slip as a request", bytes_of["slip"], "wire_"),
                                     ("far too much", bytes(1 << 20), "wire_too_large")):
            with open(self.stage.path("bad"), "wb") as file:
                file.write(content)
            done = take(self.stage.path("bad"))
            self.check(f"{what} is refused by name", done.code in (USAGE, UNTRUSTED) and error in done.err and not os.path.exists(reply), (done.code, done.err))
        done = take(request, "--institution", REMOTE)
        self.check("the bureau takes it", done.code == OK and "山区卫生室" in done.out, done.err)
        self.answer_comes_home(request, reply)
        self.later(request, paper)

    def answer_comes_home(self, request, reply):
        content = open(reply, "rb").read()
        self.check("nobody reads the answer on its way", DOCTOR.encode() not in content and "王小明".encode() not in content)
        self.carried("neighbour")
        home = lambda name, path: self.agent(name, "enroll", "--reply", path, expect=None)  # noqa: E731
        self.refused("the answer to another agent", home("neighbour", reply), USAGE, "enrol_other_request")
        self.refused("an answer where nobody asked", home("nobody", reply), USAGE, "enrol_other_request")
        self.refused("the request as an answer", home("remote", request), USAGE, "enrol_other_request")
        for what, bad, error in (("a damaged answer", content[:500] + bytes([content[500] ^ 1]) + content[501:], "seal_failed"),
                                 ("half an answer", content[:500], "wire_truncated"), ("far too much", bytes((32 << 20) + 1), "file_too_large")):
            with open(self.stage.path("bad"), "wb") as file:
                file.write(bad)
            done = home("remote", self.stage.path("bad"))
            self.check(f"{what} is refused by name", done.code in (USAGE, UNTRUSTED) and error in done.err, (done.code, done.err))
        self.check("nothing of it enrolled", self.agent("remote", "status", expect=None).code == NOT_ENROLLED)
        done = home("remote", reply)
        self.check("the right one enrols and brings the copy", done.code == OK and "机构数据已装入，登记 1 人" in done.out, done.out + done.err)
        self.check("and it decides, though it never had a line", self.outcome("remote", DOCTOR) == "allow" and self.outcome("remote", "D411502000999") == "deny")
        self.refused("the same answer again", home("remote", reply), REFUSED, "enrol_already")

    def later(self, request, paper):
        number = self.agent("remote", "status", "--json").json()["agent"]
        again = self.hub("agent", "enroll", request, "--out", self.stage.path("again.reply"), "--json").json()
        self.check("the same key asks again and is the same agent", again["agent"] == number and again["again"], again)
        _, slip, late = self.carried("late-file", "--days", 1)
        self.stage.set_time("2026-09-11 12:00:00")
        done = self.hub("agent", "enroll", late, "--out", self.stage.path("late.reply"), expect=None)
        self.refused("a slip that ran out on the way", done, UNTRUSTED, "enrol_token_expired")
        self.service = self.stage.start("zige-hub", "serve", "--data", self.data, "--listen", self.address)
        self.agent("remote", "sync")
        self.check("when there is a line, it syncs as the agent that it is", self.hub("agent", "show", number, "--json").json()["last_contact"] is not None)
        online = self.stage.path("online.slip")
        paper = self.slip(REMOTE, "--file", online)
        self.agent("online", "enroll", "--slip", online, "--fingerprint", paper["fingerprint"])
        self.check("the bureau's file serves over a line too", self.agent("online", "status", "--json").json()["agent"] != number)

    def run(self):
        for part in (self.set_up, self.printed, self.scanned, self.county, self.pair, self.by_file):
            part()
        self.check("the log's chain is whole", self.hub("log", "verify", expect=None).code == OK)
        self.check("the service ends in order", self.service.stop() == OK)


if __name__ == "__main__":
    sys.exit(main(Suite))
