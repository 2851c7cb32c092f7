#!/usr/bin/env python3
"""Casework with the real programs: suite.py PROGRAMS SOURCES"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402
from people import roster  # noqa: E402

HERE = "H41150200012"
DOCTOR, NURSE = "D411502000101", "D411502000102"
NAMES = {DOCTOR: "王小明", NURSE: "李丽"}
NOTICE, SECOND = "信医保处〔2026〕12号", "信医保处〔2026〕13号"


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")

    def set_up(self):
        self.stage.set_time("2026-06-01 09:00:00")
        self.found()
        self.hub("institution", "add", HERE, "--name", "平桥区中心卫生院", "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster(HERE, NAMES)), "--institution", HERE, expect=(0, 1))
        service = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", "127.0.0.1:0")
        slip = self.hub("token", "new", HERE, "--address", f"127.0.0.1:{service.ready['port']}").out
        self.agent("enroll", "--slip", "-", text=slip)
        self.agent("sync", "--json")

    def day(self, day):
        self.stage.set_time(f"{day} 09:00:00")

    def case(self, step, number, *words, by="李审核", expect=(0,)):
        answer = self.stage.run("zige-hub", "case", step, str(number), *words, "--data", self.hub_data, "--operator", by, "--json", expect=expect)
        return answer.json()

    def open(self, kind, who, *words):
        return self.hub("case", "open", "--kind", kind, "--institution", HERE, "--person", who, "--text", "现场检查", *words, "--json").json()["number"]

    def state(self, number):
        return [person["state"] for person in self.hub("case", "show", number, "--json").json()["people"]]

    def outcome(self):
        return self.agent("check", "--ordering", DOCTOR, "--json", expect=(0, 1)).json()["lines"][0]["outcome"]

    def log_size(self):
        return self.hub("log", "verify", "--json").json()["events"]

    def refused(self, name, error, *words, by="李审核", expect=(1,)):
        before = self.log_size()
        answer = self.case(*words, by=by, expect=expect)
        self.check(name, answer["error"]["code"] == error and answer["error"]["detail"], answer)
        self.check("... and the log is as long as before", self.log_size() == before, self.log_size())
        return answer

    def due(self, *words):
        return self.hub("due", *words, "--json").json()["due"]

    def due_day(self, kind, number):
        return next((each["due"] for each in self.due() if each["kind"] == kind and each["case"] == number), None)

    def propose(self, number, level, degree, points, *words):
        self.case("propose", number, "--level", level, "--degree", degree, "--points", points, "--reason", "责任认定", *words, by="张拟稿")

    def facts(self, number, handled, *words):
        self.case("facts", number, "--found-by", "bureau", "--handling", "信医保协处〔2026〕5号", "--handled-on", handled, "--conduct-year", "2026",
                  "--text", "过度检查", *words, by="张拟稿")
        self.case("hear", number, "--by", "院长", "--text", "无意见", by="张拟稿")

    def a_case_from_the_facts_to_its_end(self):
        number = self.open("scoring", DOCTOR)
        self.refused("no decision before the facts", "case_step_missing", "decide", number, "--document", NOTICE)
        self.facts(number, "2026-06-01", "--facts", "agreement_handling=1,agreement_handlings_in_year=4")
        shown = self.hub("case", "show", number).out
        self.check("the facts propose a level and say why", "10-12" in shown and "第二十六条" in shown, shown)
        self.check("the notice is due five working days after the handling", self.due_day("issue_notice", number) == "2026-06-08", self.due())
        self.refused("13 points are no score", "case_bad_field", "propose", number, "--level", "10-12", "--degree", "general", "--points", "13",
                     "--reason", "x", expect=(2,))
        self.propose(number, "10-12", "general", "10")
        self.case("notice", number, "--receiver", "医保办主任")
        self.day("2026-06-03")
        self.refused("the time for a statement runs", "case_step_missing", "review", number, "--verdict", "agree", "--text", "合法")
        self.case("statement", number, "--by", "王小明", "--form", "oral", "--text", "并非本人开具")
        self.case("verify", number, "--finding", "rejected", "--text", "处方为其本人签名")
        refused = self.refused("ten points are reviewed first", "case_step_missing", "decide", number, "--document", NOTICE)
        self.check("... and the article is named", "第二十八条" in refused["error"]["detail"], refused)
        self.refused("who proposes does not review", "case_same_person", "review", number, "--verdict", "agree", "--text", "合法", by="张拟稿", expect=(6,))
        self.case("review", number, "--verdict", "agree", "--text", "合法")
        self.case("decide", number, "--document", NOTICE)
        self.check("nothing is suspended before service", self.outcome() == "allow", self.outcome())
        self.day("2026-06-04")
        self.case("issue", number)
        served = self.case("serve", number, "--receiver", "医保办主任")
        step = served["people"][0]["steps"][-1]
        self.check("it runs from the day after service for four months",
                   (step["outcome"]["from"], step["outcome"]["until"]) == ("2026-06-05", "2026-10-04"), step)
        self.day("2026-06-05")
        self.agent("sync", "--json")
        self.check("the agent refuses from then on", self.outcome() == "deny", self.outcome())
        self.case("updated", number, "--receipt", "W202606050001")
        self.check("an appeal may come for ten working days", self.due_day("appeal", number) == "2026-06-18", self.due())
        self.case("appeal", number, "--by", "王小明", "--signed", "--text", "处方系他人代签")
        self.check("it is handled in ten working days", self.due_day("handle_appeal", number) == "2026-06-22", self.due())
        self.case("explain", number, "--text", "已出示处方")
        self.case("persist", number, "--by", "王小明", "--text", "要求鉴定笔迹")
        self.day("2026-06-15")
        corrected = self.case("correct", number, "--points", "7", "--reason", "部分成立")
        self.check("the points are corrected, and nothing is suspended", corrected["people"][0]["steps"][-1]["outcome"]["effect"] == "normal", corrected)
        self.agent("sync", "--json")
        self.check("the agent lets pass again", self.outcome() == "allow", self.outcome())
        self.case("inform", number, "--receiver", "王小明")
        self.case("updated", number)
        self.case("close", number)
        self.check("the case is closed", self.state(number) == ["closed"], self.state(number))
        shown = self.hub("case", "show", number).out
        self.check("who did what when stands in it", all(word in shown for word in ("张拟稿", "李审核", "2026-06-03", "法制审核")), shown)

    def a_late_appeal_that_the_institution_files(self):
        self.day("2026-06-16")
        number = self.open("scoring", NURSE)
        self.facts(number, "2026-06-16")
        self.propose(number, "7-9", "main", "9")
        self.case("notice", number, "--receiver", "医保办主任")
        self.day("2026-06-22")
        self.refused("silence is no waiver on the last day", "case_step_missing", "decide", number, "--document", SECOND)
        self.day("2026-06-23")
        self.case("decide", number, "--document", SECOND)
        self.case("issue", number)
        self.case("serve", number, "--receiver", "医保办主任")
        self.case("updated", number)
        self.day("2026-07-08")
        self.agent("appeal", "--person", NURSE, "--document", SECOND, "--text", "不服", "--clerk", "李会计", "--json")
        self.agent("sync", "--json")
        self.check("it is received and marked", self.state(number) == ["appealed_late"], self.state(number))
        self.case("admit", number, "--verdict", "disagree", "--reason", "无正当理由")
        self.case("inform", number, "--receiver", "李丽")
        self.case("close", number)

    def a_repair_and_a_restoration_that_the_institution_files(self):
        self.agent("repair", "--person", NURSE, "--document", SECOND, "--text", "参加宣传", "--clerk", "李会计", "--json")
        self.agent("sync", "--json")
        repair = next(each for each in self.hub("case", "list", "--json").json()["cases"] if each["kind"] == "repair")
        self.check("a repair opens a case, with the institution's consent", repair["people"][0]["state"] == "consented", repair)
        self.case("evaluate", repair["number"], "--verdict", "agree", "--way", "activity", "--text", "属实", by="张拟稿")
        decided = self.case("decide", repair["number"])
        outcome = decided["people"][0]["steps"][-1]["outcome"]
        self.check("a point less and a month less", (outcome["points"], outcome["until"]) == ("1", "2026-07-23"), outcome)
        self.case("inform", repair["number"], "--receiver", "李丽")
        self.case("updated", repair["number"])
        self.case("close", repair["number"])
        self.agent("restore", "--person", NURSE, "--document", SECOND, "--text", "期满", "--clerk", "李会计", "--json")
        self.agent("sync", "--json")
        restoration = next(each for each in self.hub("case", "list", "--json").json()["cases"] if each["kind"] == "restoration")
        number = restoration["number"]
        self.check("evaluated within ten working days", self.due_day("evaluate_restoration", number) == "2026-07-22", self.due())
        self.case("evaluate", number, "--verdict", "agree", "--text", "合格", by="张拟稿")
        restored = self.case("decide", number)["people"][0]["steps"][-1]["outcome"]
        self.check("it ends with the printed period", restored["end"] == "2026-07-24", restored)

    def what_is_due(self):
        self.day("2026-08-03")
        items = self.due()
        late = [each["overdue"] for each in items]
        self.check("what is overdue stands first", late == sorted(late, reverse=True) and late[0], items)
        months = [each["period"] for each in items if each["kind"] == "monthly_report"]
        self.check("the monthly reports since the hub began", months == ["2026-06", "2026-07", "2026-08"], months)
        self.hub("due", "done", "monthly_report", "--period", "2026-06", "--document", "信医保报〔2026〕6号")
        months = [each["period"] for each in self.due() if each["kind"] == "monthly_report"]
        self.check("what was handed in is due no more", months == ["2026-07", "2026-08"], months)
        text = self.hub("due").out
        self.check("in Chinese, with article and who does it", "逾期" in text and "月度报送" in text and "第三十七条" in text, text)

    def what_a_clerk_reads(self):
        commands = self.hub("case", "--help").out
        self.check("help of a group lists its commands", "case decide" in commands and "case serve" in commands and "points" not in commands, commands)
        self.day("2026-08-04")
        number = self.open("scoring", DOCTOR)
        self.facts(number, "2026-08-04")
        self.propose(number, "7-9", "main", "9")
        refused = self.stage.run("zige-hub", "case", "decide", str(number), "--document", "信医保处〔2026〕20号", "--data", self.hub_data,
                                 "--operator", "李审核", expect=(1,)).err
        self.check("a refusal is Chinese, names what is missing and what to do", "：notice（" in refused and "再 decide" in refused and "事先告知" in refused and "下一步：" in refused
                   and "技术信息" not in refused, refused)
        notice = self.stage.path("notice.html")
        self.hub("paper", "make", "prior_notice", "--case", number, "--set", "issuer=信阳市医保中心", "--out", notice)
        with open(notice, encoding="utf-8") as file:
            page = file.read()
        self.check("the prior notice has what the case has", all(word in page for word in ("王小明", "过度检查", "记 9 分", "责任认定")), page)
        self.check("the case lists it", "拟处理告知书" in self.hub("case", "show", number).out, self.hub("case", "show", number).out)
        told = self.hub("case", "notice", number, "--receiver", "医保办主任").out
        self.check("a step prints what it changed and what is due next", "事先告知" in told and "时限" in told and "过度检查" not in told, told)
        for name, words in (("cases.csv", ("case", "list", "--all")), ("due.csv", ("due",)), ("papers.csv", ("paper", "list"))):
            path = self.stage.path(name)
            self.hub(*words, "--csv", path)
            with open(path, "rb") as file:
                table = file.read()
            self.check(f"{name} opens in a spreadsheet", table.startswith(b"\xef\xbb\xbf\"") and table.count(b"\r\n") > 1, table)
            self.hub(*words, "--csv", path, expect=(1,))

    def run(self):
        self.set_up()
        self.a_case_from_the_facts_to_its_end()
        self.a_late_appeal_that_the_institution_files()
        self.a_repair_and_a_restoration_that_the_institution_files()
        self.what_is_due()
        self.what_a_clerk_reads()
        self.hub("log", "verify")


if __name__ == "__main__":
    sys.exit(main(Suite))
