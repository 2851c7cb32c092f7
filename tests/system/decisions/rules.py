#!/usr/bin/env python3
"""Each rule of the gate (docs/rules.md sections 2 to 7) with real programs and real messages: rules.py PROGRAMS SOURCES"""
import datetime
import glob
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support")]
from checks import Checks, main  # noqa: E402
from messages import Till  # noqa: E402
from people import identity  # noqa: E402
from rows import Rows  # noqa: E402

GOOD, BAD, GONE, LEFT, NURSE = "D411502000101", "D411502000102", "D411502000103", "D411502000104", "N411502000105"
MISTAKEN = "D411502000106"
OUTSIDER = "D411599000001"
DRUGGIST, HEAD = "HY411502000108", "HY411502000109"
NOTICE = "信医保处〔2026〕{}号"


def row_of(institution, code, name, serial):
    kind = {"D": ("临床", "内科", "执业医师", "主治医师"), "N": ("护理", "主管护师"), "H": ("药品零售", "执业药师", "药师")}[code[0]]
    until = "长期" if code[0] == "H" else "2027-12-31"
    middle = () if code[0] == "H" else (f"Z{serial}", "机构")
    return "\t".join((institution, "机构", code, name, "男", "01", identity(serial), "在职", "2025-01-01", until, *middle, *kind)) + "\n"


class Rules(Checks, Rows):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.advice, self.tills, self.keys = set(), {}, {}

    # -- a hub and its institutions ------------------------------------------------------------------------------------------------------------

    def hub(self, *words, at="xinyang", **options):
        return self.stage.run("zige-hub", *words, "--data", self.stage.path(f"hub-{at}"), "--operator", "测试员", **options)

    def agent(self, institution, *words, **options):
        return self.stage.run("zige-agent", *words, "--data", self.stage.path(institution), **options)

    def found(self, at, profile):
        folder = os.path.join(self.sources, "packaging")
        calendars = [part for path in sorted(glob.glob(os.path.join(folder, "calendars", "*.json"))) for part in ("--calendar", path)]
        self.hub("init", "--id", at, "--keys", self.stage.path(f"keys-{at}"), "--root", self.stage.path(f"root-{at}.pem"), "--witness",
                 self.stage.path(f"witness-{at}"), "--profile", os.path.join(folder, "profiles", profile), *calendars, at=at)
        for value in self.hub("profile", "show", "--json", at=at).json()["undecided"]:
            self.hub("profile", "confirm", value["name"], at=at)

    def add(self, institution, kind, people, at="xinyang", mode="enforce"):
        """`people`: (code, name, serial of the identity number)."""
        self.hub("institution", "add", institution, "--name", f"机构{institution[-1]}", "--kind", kind, "--division", "411502", "--mode", mode, at=at)
        for letter in "DNH":
            rows = "".join(row_of(institution, *each) for each in people if each[0][0] == letter)
            if rows:
                self.hub("roster", "import", self.stage.write("roster.txt", rows), "--institution", institution, at=at, expect=(0, 1))

    def enrol(self, institution, port, at="xinyang"):
        slip = self.hub("token", "new", institution, "--address", f"127.0.0.1:{port}", at=at).out
        self.agent(institution, "enroll", "--slip", "-", text=slip)
        self.agent(institution, "sync")
        self.keys[institution] = self.agent(institution, "key", "new", "--name", "收费处", "--role", "his", "--json").json()["key"]

    def open(self, institution, *more):
        service = self.stage.start("zige-agent", "serve", "--data", self.stage.path(institution), "--listen", "127.0.0.1:0", "--sync-every", "86400", *more)
        till = Till(institution, service, self.keys[institution], lambda: self.stage.now)
        self.tills[institution] = till
        return till

    def till(self, institution):
        return self.tills[institution]

    def sync_all(self):
        for institution in self.tills:
            self.agent(institution, "sync")

    def ask(self, till, message, **beside):
        """The answer's words; every advice that ever came is kept."""
        answer = till.post(message, **beside)
        zige = answer["output"]["zige"]
        for line in zige.get("lines", ()):
            if line.get("advice"):
                self.advice.add(line["advice"]["text_zh"])
        return answer, zige

    def seen(self, till, message, **beside):
        _, zige = self.ask(till, message, **beside)
        return zige.get("outcome"), [ground["code"] for line in zige.get("lines", ()) for ground in line.get("grounds") or ()]

    def expect(self, number, name, till, message, outcome, *grounds, **beside):
        seen = self.seen(till, message, **beside)
        self.row(number, name, seen[0] == outcome and (grounds == (None,) or seen[1][:len(grounds)] == list(grounds)), seen)

    def moment(self, text):
        return datetime.datetime.fromisoformat(text)

    def pass_time(self, **difference):
        now = self.moment(self.stage.now) + datetime.timedelta(**difference)
        self.stage.set_time(now.strftime("%Y-%m-%d %H:%M:%S"))

    # -- the region of the rules ---------------------------------------------------------------------------------------------------------------

    CLINIC, SHOP, MEDIUM, BIG, STRICT, STOPPED, HOME, WATCHED = ("H41150200001", "P41150200001", "H41150200002", "H41150200003", "H41150200004",
                                                                 "H41150200005", "H41150200006", "H41150200007")

    def set_up(self):
        self.found("xinyang", "henan-xinyang.json")
        self.add(self.CLINIC, "township_hospital", ((GOOD, "王伟", 101), (BAD, "李静", 102), (GONE, "张强", 103), (LEFT, "刘洋", 104),
                                                    (NURSE, "陈敏", 105), (MISTAKEN, "赵一", 106)))
        self.add(self.SHOP, "pharmacy", ((DRUGGIST, "孙丽", 108), (HEAD, "周静", 109)))
        for institution, count, kind in ((self.MEDIUM, 11, "hospital"), (self.BIG, 101, "hospital"), (self.STRICT, 2, "clinic"),
                                         (self.STOPPED, 1, "clinic"), (self.HOME, 1, "nursing_home"), (self.WATCHED, 2, "clinic")):
            first = {self.MEDIUM: 200, self.BIG: 300, self.STRICT: 500, self.STOPPED: 510, self.HOME: 520, self.WATCHED: 530}[institution]
            self.add(institution, kind, tuple((f"D411502000{serial}", f"医{serial}", serial) for serial in range(first, first + count)))
        self.add("H41159900001", "clinic", ((OUTSIDER, "外院某", 601), ("D411599000002", "外院乙", 602)))
        self.hub("department", "add", self.CLINIC, "--department", "A09", "--name", "九科")
        self.service = self.stage.start("zige-hub", "serve", "--data", self.stage.path("hub-xinyang"), "--listen", "127.0.0.1:0")
        for institution in (self.CLINIC, self.SHOP, self.MEDIUM, self.BIG, self.STRICT, self.STOPPED, self.HOME, self.WATCHED):
            self.enrol(institution, self.service.ready["port"])
        self.agent(self.CLINIC, "depart", "--person", LEFT, "--last-day", "2026-09-07", "--reason", "辞职", "--clerk", "李")
        self.agent(self.CLINIC, "alias", "add", "--code", "0007", "--person", GOOD, "--clerk", "李")
        days = ("--served", "2026-09-07", "--from", "2026-09-08")
        for number, code in enumerate((BAD, "D411502000200", "D411502000300", "D411502000500", "D411502000530", "D411599000002"), 1):
            self.hub("sanction", "set", code, "--suspend", "--document", NOTICE.format(number), *days, "--to", "2026-11-08")
        self.hub("sanction", "set", GONE, "--terminate", "--document", NOTICE.format(90), *days, "--barred-until", "2027-09-08")
        self.hub("stop", self.CLINIC, "--department", "A09", "--document", NOTICE.format(91), "--from", "2026-09-08")
        self.hub("stop", self.STOPPED, "--document", NOTICE.format(92), "--from", "2026-09-08")
        self.hub("institution", "strict", self.STRICT, "on", "--reason", "拒不同步")
        self.stage.set_time("2026-09-08 09:00:00")
        for institution in self.keys:
            self.agent(institution, "sync")
            self.open(institution)

    def outcomes(self):
        clinic = self.till(self.CLINIC)
        self.expect("2.01", "who is eligible passes plainly", clinic, clinic.fees(GOOD), "allow")
        answer, zige = self.ask(clinic, clinic.message("2203", {"mdtrtinfo": {"mdtrt_id": "W1", "begntime": self.stage.now},
                                                                "diseinfo": [{"dise_dor_no": BAD, "diag_time": self.stage.now}]}))
        self.row("2.02", "a marked line passes and says why", answer["infcode"] == 0 and zige["outcome"] == "allow_marked", zige)
        answer, zige = self.ask(clinic, clinic.fees("0042"))
        self.row("2.04", "a hold is not sent now and nobody pays for it now", answer["infcode"] == -1 and zige["outcome"] == "hold" and
                 not zige["lines"][0]["cost_to_patient"] and not zige["lines"][0]["may_settle"], zige)
        answer, zige = self.ask(clinic, clinic.fees(BAD))
        line = zige["lines"][0]
        ground = line["grounds"][0]
        self.row("2.05", "a refused line is rejected", answer["infcode"] == -1 and line["outcome"] == "deny", zige)
        self.row("2.07", "with article, document, dates, who pays and a reference of 6 characters", "第十四条" in ground["article"] and
                 ground["document"] == NOTICE.format(1) and (ground["from"], ground["end"], ground["nominal_end"]) == ("2026-09-08", None, "2026-11-09") and
                 line["cost_to_patient"] is False and len(line["reference"]) == 6, line)
        found = self.agent(self.CLINIC, "journal", "find", line["reference"], "--json").json()
        self.row("2.08", "support finds the reference", found["lines"][0]["grounds"][0]["code"] == "suspended", found)
        seen = self.seen(clinic, clinic.fees(BAD, bilg_dept_codg="A09", orders_dr_code="0042"))
        self.row("2.09", "all grounds, the gravest first", seen == ("deny", ["department_stopped", "suspended", "unmapped"]), seen)
        seen = self.seen(clinic, clinic.fees(GOOD, "0042", BAD))
        self.row("2.10", "the worst line stands for the message", seen[0] == "deny", seen)
        sale = {"selinfo": [{"sel_retn_time": self.stage.now, "phar_prac_cert_no": DRUGGIST, "rx_flag": "1"}]}
        shop = self.till(self.SHOP)
        self.expect("2.06", "a sale that nobody insured pays for is not judged", shop, shop.message("3505", sale), "not_judged")
        home = self.till(self.HOME)
        self.expect("2.11", "a nursing home is not judged in Xinyang", home, home.fees("D411502000520"), "not_judged")

    def people(self):
        clinic, shop = self.till(self.CLINIC), self.till(self.SHOP)
        self.expect("2.12", "a code of the HIS is the person it was mapped to", clinic, clinic.fees("0007"), "allow")
        self.expect("2.13", "somebody from outside passes where the role is external", shop, shop.sale("D411599000009", rx_flag="0"), "allow")
        self.expect("2.14", "unless the region's list names him", shop, shop.sale("D411599000002"), "deny", "region_ineligible")
        self.expect("2.15", "in other roles he is not registered", clinic, clinic.fees(OUTSIDER), "deny", "not_registered")
        self.expect("2.16", "who has left stays known", clinic, clinic.fees(LEFT), "deny", "departed")
        self.expect("2.17", "what is no code of anybody is unmapped", clinic, clinic.fees("XYZ"), "hold", "unmapped")
        late = {"fee_ocur_time": "2026-09-08 00:00:00"}
        self.expect("2.19", "suspended from the first second of the day", clinic, clinic.fees(BAD, **late), "deny", "suspended")
        self.expect("2.20", "terminated", clinic, clinic.fees(GONE, **late), "deny", "terminated")
        early = {"fee_ocur_time": "2026-09-07 23:59:59"}
        seen = [self.seen(clinic, clinic.fees(code, **early)) for code in (BAD, GONE, LEFT)]
        self.row("2.21", "a fee of the last second before passes for ever", seen == [("allow", [])] * 3, seen)
        stopped = self.till(self.STOPPED)
        self.expect("2.22", "the agreement is stopped", stopped, stopped.fees("D411502000510"), "deny", "agreement_stopped")
        self.expect("2.23", "the department is stopped", clinic, clinic.fees(GOOD, bilg_dept_codg="A09"), "deny", "department_stopped")

    def newcomers(self):
        clinic = self.till(self.CLINIC)
        new, listed, plain = "D411502000801", "D411599000002", "D411502000802"
        register = ("register", "--category", "physician", "--from", "2026-09-08", "--identity-file", "-", "--clerk", "李")
        self.agent(self.CLINIC, *register, "--code", new, "--name", "新一", "--commitment-signed", "2026-09-08", text=identity(801) + "\n")
        self.expect("2.24", "a newcomer with a commitment passes at once, marked", clinic, clinic.fees(new), "allow_marked", "provisional")
        self.agent(self.CLINIC, *register, "--code", listed, "--name", "外院乙", "--commitment-signed", "2026-09-08", text=identity(602) + "\n", expect=None)
        self.expect("2.25", "not whom the region's list names", clinic, clinic.fees(listed), "deny", None)
        self.agent(self.CLINIC, *register, "--code", plain, "--name", "新二", text=identity(802) + "\n")
        self.agent(self.CLINIC, "sync")
        self.agent(self.CLINIC, "sync")
        line = self.ask(clinic, clinic.fees(plain))[1]["lines"][0]
        self.row("2.26", "a commitment that is due passes and is named", (line["outcome"], line.get("ground")) == ("allow", "commitment_due"), line)
        self.agent(self.CLINIC, "leave", "--person", new, "--kind", "study", "--from", "2026-09-08", "--clerk", "李")
        seen = self.seen(clinic, clinic.fees(new))
        self.row("2.27", "who is on leave passes, marked", seen[0] == "allow_marked" and "on_leave" in seen[1], seen)
        filed = self.agent(self.CLINIC, "depart", "--person", MISTAKEN, "--last-day", "2026-09-07", "--reason", "误报", "--clerk", "李", "--json").json()
        refused = self.seen(clinic, clinic.fees(MISTAKEN))
        self.agent(self.CLINIC, "undo", "--departure", filed["departure"], "--clerk", "李")
        seen = self.seen(clinic, clinic.fees(MISTAKEN))
        self.row("2.28", "a filing that nobody sent is withdrawn at once", refused[0] == "deny" and seen == ("allow", []), (refused, seen))
        filed = self.agent(self.CLINIC, "depart", "--person", MISTAKEN, "--last-day", "2026-09-07", "--reason", "误报", "--clerk", "李", "--json").json()
        self.agent(self.CLINIC, "sync")
        self.agent(self.CLINIC, "undo", "--departure", filed["departure"], "--clerk", "李")
        seen = self.seen(clinic, clinic.fees(MISTAKEN))
        self.row("2.29", "a sent one by a filing against it, marked", seen == ("allow_marked", ["local_overlay"]), seen)

    def releases(self):
        clinic, stopped = self.till(self.CLINIC), self.till(self.STOPPED)
        head = {"release_reason": "新入职，代码未维护", "released_by": "赵院长"}
        self.expect("2.30", "the head passes an unknown code, marked", clinic, clinic.fees("0042"), "allow_marked", "unmapped", "responsible_release", **head)
        self.expect("2.31", "and who is not registered", clinic, clinic.fees("D411502009999"), "allow_marked", "not_registered", "responsible_release", **head)
        seen = [self.seen(till, message, **head)[0] for till, message in (
            (clinic, clinic.fees(BAD)), (clinic, clinic.fees(GONE)), (clinic, clinic.fees(LEFT)), (clinic, clinic.fees("D411599000002")),
            (clinic, clinic.fees(GOOD, bilg_dept_codg="A09")), (stopped, stopped.fees("D411502000510")))]
        self.row("2.32", "never who is suspended, terminated, gone or listed, nor a stopped department or agreement", seen == ["deny"] * 6, seen)
        error = self.ask(clinic, clinic.fees("0042"), release_reason="没有姓名")[1]["error"]
        self.row("2.33", "a release without a name is told as such", error["field"] == "released_by", error)

    def visits(self):
        clinic = self.till(self.CLINIC)
        before = "2026-09-07 23:00:00"
        clinic.post(clinic.message("2203", {"mdtrtinfo": {"mdtrt_id": "T1", "med_type": "11", "begntime": "2026-09-08 08:00:00"}, "diseinfo": []}))
        self.expect("2.34", "a fee of before its visit, refused at the visit, is held", clinic,
                    clinic.fees(BAD, mdtrt_id="T1", fee_ocur_time=before), "hold", "time_inconsistent")
        self.expect("2.35", "of somebody eligible it passes", clinic, clinic.fees(GOOD, mdtrt_id="T1", fee_ocur_time=before), "allow")
        seen = [self.seen(clinic, clinic.fees(code, mdtrt_id="T2", fee_ocur_time=self.stage.now, det_item_fee_sumamt=7)) for code in (BAD, GOOD)]
        self.row("2.36", "a refused line under another name waits for his order", seen == [("deny", ["suspended"]), ("hold", ["reattribution"])], seen)
        self.expect("2.37", "an order of before the refusal is none", clinic, clinic.fees(GOOD, mdtrt_id="T2", det_item_fee_sumamt=7), "hold",
                    "reattribution", order_number="YZ-1", order_time="2026-09-08 08:59:59")
        self.pass_time(minutes=10)
        self.expect("2.38", "with a new order it passes, marked", clinic, clinic.fees(GOOD, mdtrt_id="T2", det_item_fee_sumamt=7), "allow_marked",
                    "reattribution", order_number="YZ-2", order_time="2026-09-08 09:05:00")
        message = clinic.fees(GOOD, mdtrt_id="T3", chrg_bchno="B3")
        first = self.ask(clinic, message)[1]["lines"][0]["number"]
        again = self.ask(clinic, message)[1]["lines"][0]["number"]
        done = self.ask(clinic, clinic.message("2205", {"data": {"mdtrt_id": "T3", "chrg_bchno": "B3"}}))[1]
        anew = self.ask(clinic, message)[1]["lines"][0]["number"]
        self.row("2.39", "a message has one decision until it is taken back, and then a new one", first == again < anew and done["reversed"] == 1,
                 (first, again, done, anew))

    def modes(self):
        watched = self.till(self.WATCHED)
        code = "D411502000530"
        self.expect("2.40", "enforce refuses", watched, watched.fees(code), "deny", "suspended")
        for number, mode, outcome in (("2.41", "warn", "allow_marked"), ("2.42", "observe", "allow")):
            self.hub("institution", "set", self.WATCHED, "--mode", mode, "--until", "2026-09-08")
            self.pass_time(minutes=2)
            self.agent(self.WATCHED, "sync")
            answer, zige = self.ask(watched, watched.fees(code))
            line = self.agent(self.WATCHED, "journal", "find", zige["lines"][0]["reference"], "--json").json()["lines"][0]
            self.row(number, f"{mode} lets pass and keeps what it would have said", (line["outcome"], line["judged"]) == (outcome, "deny") and
                     f"mode_{mode}" in [each["code"] for each in line["grounds"]] and answer["infcode"] == 0, line)
        self.stage.set_time("2026-09-09 10:00:00")
        seen = self.seen(watched, watched.fees(code))
        self.row("2.43", "a mode past its end date stays", seen[0] == "allow", seen)

    def late_asks(self):
        """A day after the first fees: what comes first now of before the sanction."""
        clinic = self.till(self.CLINIC)
        self.sync_all()
        day_before = "2026-09-07 22:00:00"
        self.expect("2.44", "over 24 h before the first ask, refused now: held", clinic, clinic.fees(BAD, fee_ocur_time=day_before), "hold",
                    "time_inconsistent")
        self.expect("2.45", "of an in-patient only marked", clinic, clinic.fees(BAD, fee_ocur_time=day_before, infno="2301"), "allow_marked",
                    "time_inconsistent")
        self.expect("2.46", "of somebody eligible it passes", clinic, clinic.fees(GOOD, fee_ocur_time=day_before), "allow")
        self.expect("2.47", "a fee ahead of the clock is held", clinic, clinic.fees(GOOD, fee_ocur_time="2026-09-09 10:12:00"), "hold", "fee_in_future")
        self.expect("2.48", "one of before the history is the bureau's to say", clinic, clinic.fees(GOOD, fee_ocur_time="2025-06-01 10:00:00"), "hold",
                    "history_too_old")

    # -- section 3: the pharmacy (the other roles: the suite fsi) -----------------------------------------------------------------------------------

    def on_duty(self):
        shop = self.till(self.SHOP)
        self.expect("3.01", "nobody on duty: a prescription is held", shop, shop.sale(OUTSIDER), "hold", "duty_session_missing")
        self.expect("3.02", "what is sold over the counter passes", shop, shop.sale(OUTSIDER, rx_flag="0"), "allow")
        self.agent(self.SHOP, "duty", "on", "--person", DRUGGIST, "--clerk", "孙丽")
        self.pass_time(minutes=1)
        self.expect("3.03", "a pharmacist signed on: it passes", shop, shop.sale(OUTSIDER), "allow")
        self.agent(self.SHOP, "duty", "off", "--person", DRUGGIST, "--clerk", "孙丽")
        self.pass_time(minutes=1)
        self.expect("3.04", "signed off: it is held", shop, shop.sale(OUTSIDER), "hold", "duty_session_missing")

    # -- section 5 -----------------------------------------------------------------------------------------------------------------------------

    def emergencies(self):
        clinic, stopped = self.till(self.CLINIC), self.till(self.STOPPED)
        rescue = {"emergency": "rescue", "reason": "心脏骤停", "declared_by": "王伟"}
        answer, zige = self.ask(clinic, clinic.fees(BAD), **rescue)
        line = zige["lines"][0]
        self.row("5.01", "a declared emergency passes who is suspended, marked", line["outcome"] == "allow_marked" and
                 [each["code"] for each in line["grounds"]] == ["suspended", "emergency"] and line["grounds"][0]["freed"], line)
        self.expect("5.02", "and who is terminated", clinic, clinic.fees(GONE), "allow_marked", "terminated", "emergency", **rescue)
        self.expect("5.03", "and who is not registered", clinic, clinic.fees("D411502009999"), "allow_marked", "not_registered", "emergency", **rescue)
        self.expect("5.04", "and an unknown code", clinic, clinic.fees("0042"), "allow_marked", "unmapped", "emergency", **rescue)
        self.expect("5.05", "not who has left", clinic, clinic.fees(LEFT), "deny", "departed", **rescue)
        answers = [self.ask(till, message, **rescue)[1]["lines"][0] for till, message in
                   ((clinic, clinic.fees(GOOD, bilg_dept_codg="A09")), (stopped, stopped.fees("D411502000510")))]
        self.row("5.06", "nor a stopped department or agreement: the patient claims by hand",
                 [(each["outcome"], each["advice"]["code"]) for each in answers] == [("deny", "claim_by_hand")] * 2, answers)
        error = self.ask(clinic, clinic.fees(BAD), emergency="rescue", reason="心脏骤停")[1]["error"]
        self.row("5.07", "a declaration needs kind, reason and who", error["field"] == "declared_by", error)
        clinic.post(clinic.message("2203", {"mdtrtinfo": {"mdtrt_id": "E1", "med_type": "13", "begntime": self.stage.now}, "diseinfo": []}))
        self.expect("5.08", "medical type 13 counts as declared", clinic, clinic.fees(BAD, mdtrt_id="E1"), "allow_marked", "suspended", "emergency")
        due = {each["reference"]: each for each in self.agent(self.CLINIC, "evidence", "list", "--json").json()["evidence_due"]}[line["reference"]]
        begun = self.moment(self.stage.now) - datetime.timedelta(minutes=50)
        ended = begun + datetime.timedelta(minutes=30)
        added = self.agent(self.CLINIC, "evidence", "add", line["reference"], "--begun", begun.isoformat(" "), "--ended", ended.isoformat(" "), "--number",
                           "QJ-03", "--clerk", "王伟", "--json").json()
        left = [each["reference"] for each in self.agent(self.CLINIC, "evidence", "list", "--json").json()["evidence_due"]]
        self.row("5.09", "its evidence is due 6 hours after the rescue's end", due["late"] is False and line["reference"] not in left and
                 added["due"] == (ended + datetime.timedelta(hours=6)).isoformat(" "), (due, added))
        self.pass_time(hours=8)
        late = [each for each in self.agent(self.CLINIC, "evidence", "list", "--json").json()["evidence_due"] if each["late"]]
        seen = self.seen(clinic, clinic.fees(BAD), **rescue)
        self.row("5.10", "missing evidence never refuses the next emergency", len(late) >= 3 and seen[0] == "allow_marked", (late, seen))

    # -- section 6 -----------------------------------------------------------------------------------------------------------------------------

    def ages(self):
        self.pass_time(minutes=2)
        self.sync_all()
        self.check("the hub is away", self.service.stop() == 0)
        self.synced = {each: self.moment(self.agent(each, "check", "--ordering", "X", "--json", expect=(0, 1)).json()["copy"]["as_of"]) for each in self.tills}
        limits = ((self.CLINIC, GOOD, "6.1", (72, 15 * 24, 45 * 24)), (self.MEDIUM, "D411502000201", "6.2", (24, 10 * 24, None)),
                  (self.BIG, "D411502000301", "6.3", (4, 3 * 24, 10 * 24)))
        steps = []
        for institution, code, section, hours in limits:
            for index, (limit, before, after) in enumerate(zip(hours, (None, "copy_aged", "copy_stale"), ("copy_aged", "copy_stale", "copy_expired"))):
                at = self.synced[institution] + datetime.timedelta(hours=limit) if limit else self.moment("2026-10-10 23:59:59")
                steps.append((at, institution, code, f"{section}{index + 1}", before))
                steps.append((at + datetime.timedelta(seconds=1), institution, code, f"{section}{index + 1}", after))
        steps.sort()
        seen = {}
        for at, institution, code, number, wanted in steps:
            self.stage.set_time(at.isoformat(" "))
            till = self.till(institution)
            outcome, grounds = self.seen(till, till.fees(code))
            passes = "hold" if wanted == "copy_expired" else "allow_marked" if wanted else "allow"
            seen.setdefault(number, []).append((outcome == passes and grounds[:1] == ([wanted] if wanted else []), at, outcome, grounds))
            bad = {self.CLINIC: BAD, self.MEDIUM: "D411502000200", self.BIG: "D411502000300"}[institution]
            seen.setdefault("6.40", []).append((self.seen(till, till.fees(bad))[0] == "deny", at, institution, None))
        for number, name in (("6.11", "up to 10 people: fresh for 72 h"), ("6.12", "aged for 15 days"), ("6.13", "stale for 45 days, then on hold"),
                             ("6.21", "up to 100 people: fresh for 24 h"), ("6.22", "aged for 10 days"),
                             ("6.23", "stale for 30 days, and to the 3rd working day after the long holiday on which that falls"),
                             ("6.31", "more people: fresh for 4 h"), ("6.32", "aged for 3 days"), ("6.33", "stale for 10 days, then on hold"),
                             ("6.40", "whom the copy knows as suspended is refused in every grade")):
            self.row(number, name, all(each[0] for each in seen[number]), [each for each in seen[number] if not each[0]])

    def expired(self):
        self.stage.set_time("2026-11-01 09:00:00")
        clinic, strict = self.till(self.CLINIC), self.till(self.STRICT)
        rescue = {"emergency": "rescue", "reason": "心脏骤停", "declared_by": "王伟"}
        head = {"release_reason": "线路中断", "released_by": "赵院长"}
        self.expect("6.41", "expired, an emergency passes, marked", clinic, clinic.fees(GOOD), "allow_marked", "copy_expired", "emergency", **rescue)
        self.expect("6.42", "so does a chronic disease", clinic, clinic.fees(GOOD, med_type="140104"), "allow_marked", None)
        seen = self.seen(clinic, clinic.fees(GOOD, med_type="140104"))
        self.row("6.43", "with a ground of its own", "chronic_passes" in seen[1] and "copy_expired" in seen[1], seen)
        self.expect("6.44", "so does what the head answers for", clinic, clinic.fees(GOOD), "allow_marked", "copy_expired", "responsible_release", **head)
        self.expect("6.45", "a strict institution is refused", strict, strict.fees("D411502000501"), "deny", "copy_expired")
        self.expect("6.46", "but not its emergencies", strict, strict.fees("D411502000501"), "allow_marked", "copy_expired", "emergency", **rescue)
        self.expect("6.47", "a fee older than the copy is always fresh", clinic, clinic.fees(GOOD, fee_ocur_time="2026-09-09 08:00:00"), "allow")

    # -- other regions -------------------------------------------------------------------------------------------------------------------------

    def region(self, at, profile, institutions, sanctioned=()):
        self.found(at, profile)
        for institution, kind, people in institutions:
            self.add(institution, kind, people, at=at)
        service = self.stage.start("zige-hub", "serve", "--data", self.stage.path(f"hub-{at}"), "--listen", "127.0.0.1:0")
        for number, code in enumerate(sanctioned, 1):
            self.hub("sanction", "set", code, "--suspend", "--document", f"处〔2026〕{number}号", "--served", "2026-09-07", "--from", "2026-09-08", "--to",
                     "2027-11-08", at=at)
        for institution, _, _ in institutions:
            self.enrol(institution, service.ready["port"], at=at)
            self.open(institution)
        return [self.till(institution) for institution, _, _ in institutions]

    def regions(self):
        for institution in list(self.tills):
            self.tills.pop(institution).service.stop()
        sale = lambda till, code: till.message("3505", {"selinfo": [{"sel_retn_time": till.now(), "phar_prac_cert_no": code, "rx_flag": "1",  # noqa: E731
                                                                     "setl_id": "S1", "psn_no": "1"}]})
        self.stage.set_time("2027-01-05 10:00:00")
        hospital, shop = self.region("guangdong", "guangdong.json", (("H44010000001", "hospital", ((GOOD, "王伟", 101), (BAD, "李静", 102))),
                                                                    ("P44010000001", "pharmacy", ((DRUGGIST, "孙丽", 108),))), (BAD, DRUGGIST))
        self.expect("2.03", "Guangdong: the pooled fund refuses, the personal account pays", hospital, hospital.fees(BAD), "account_only", "suspended")
        self.expect("2.50", "Guangdong: pharmacists of pharmacies are not judged", shop, sale(shop, DRUGGIST), "not_judged")
        shop, home = self.region("jining", "jining.json", (("P37080000001", "pharmacy", ((DRUGGIST, "孙丽", 108),)),
                                                          ("H37080000001", "nursing_home", ((BAD, "李静", 102),))), (BAD, DRUGGIST))
        self.expect("2.51", "Jining: pharmacists of pharmacies are", shop, sale(shop, DRUGGIST), "deny", "suspended")
        self.expect("2.52", "Jining: so are nursing homes", home, home.fees(BAD), "deny", "suspended")
        seen = self.seen(home, home.message("2207", {"data": {"mdtrt_id": "M1", "chrg_bchno": "B1"}}, opter=BAD))
        self.row("2.53", "Jining: nobody is judged as an auditor", seen[0] == "not_judged", seen)

    def sentences(self):
        long = [each for each in self.advice if len(each) > 40]
        self.row("2.60", "every advice that came has at most 40 characters", len(self.advice) >= 8 and not long, (len(self.advice), long))

    def run(self):
        self.set_up()
        self.outcomes()
        self.people()
        self.newcomers()
        self.releases()
        self.visits()
        self.modes()
        self.late_asks()
        self.on_duty()
        self.emergencies()
        self.ages()
        self.expired()
        self.regions()
        self.sentences()
        self.all_shown("rules.py")


if __name__ == "__main__":
    sys.exit(main(Rules))
