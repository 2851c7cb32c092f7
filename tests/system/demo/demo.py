"""The main job, end to end, with the real programs on loopback. See README.md in this folder."""
import json
import os
import sys
import threading
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

from narrate import Narrator  # noqa: E402
from stage import Failed, Stage  # noqa: E402

PROFILE = os.path.join(ROOT, "packaging", "profiles", "henan-xinyang.json")
CALENDARS = [os.path.join(ROOT, "packaging", "calendars", f"{year}.json") for year in (2024, 2025, 2026)]
SANCTION = "信医保处〔2026〕12号"
LATE_SANCTION = "信医保处〔2026〕13号"


def expect(condition, why):
    if not condition:
        raise Failed(why)


class Site:
    """One institution with its agent, and who works there by the answer key of the rosters."""

    def __init__(self, stage, facts):
        self.stage = stage
        self.code, self.name, self.kind = facts["code"], facts["name"], facts["kind"]
        self.files = [file["file"] for file in facts["files"]]
        self.people = [person for file in facts["files"] for person in file["people"]]
        self.issues_of = {file["file"]: file["issues"] for file in facts["files"]}
        self.data = stage.path(f"agent-{self.kind}")
        self.slip = None

    def agent(self, *arguments, **options):
        return self.stage.run("zige-agent", *arguments, "--data", self.data, **options)

    def sync(self):
        return self.agent("sync", "--json").json()

    def clear(self, claim, expect_code=(0, 1)):
        return self.agent("clear", "--file", "-", "--json", text=json.dumps(claim), expect=expect_code).json()


class Demo:
    def __init__(self, stage, tell):
        self.stage, self.tell = stage, tell
        self.hub_process = None
        self.port = None

    # ---- the hub
    def hub(self, *arguments, **options):
        return self.stage.run("zige-hub", *arguments, "--data", self.stage.path("hub"), "--operator", "演示员", **options)

    def start_hub(self):
        listen = f"127.0.0.1:{self.port or 0}"
        self.hub_process = self.stage.start("zige-hub", "serve", "--data", self.stage.path("hub"), "--listen", listen, "--json")
        self.port = self.hub_process.ready["port"]

    def stop_hub(self):
        expect(self.hub_process.stop() == 0, "the hub stops in order")

    # ---- the story
    def run(self):
        self.initialise()
        self.import_rosters()
        self.enrol()
        self.suspend()
        self.settle_offline()
        self.lose_power()
        self.leave()
        self.come_back()
        self.report()

    def initialise(self):
        self.tell.step("初始化中心端", "initialise the hub")
        calendars = [part for path in CALENDARS for part in ("--calendar", path)]
        self.hub("init", "--id", "xinyang-411500", "--keys", self.stage.path("hub-keys"), "--root", self.stage.path("root.pem"),
                 "--witness", self.stage.path("witness"), "--profile", PROFILE, *calendars)
        trust = self.hub("trust", "show", "--json").json()
        undecided = self.hub("profile", "show", "--json").json()["undecided"]
        for value in undecided:
            self.hub("profile", "confirm", value["name"])
        left = [value for value in self.hub("profile", "show", "--json").json()["undecided"] if not value["confirmed"]]
        expect(not left, f"all values are confirmed: {left}")
        self.tell.say(f"信任指纹 {trust['fingerprint']}；经办机构逐项确认了 {len(undecided)} 个由本软件代拟的参数",
                      f"trust fingerprint {trust['fingerprint']}; the bureau confirmed {len(undecided)} values that were our defaults")

    def import_rosters(self):
        self.tell.step("导入四家机构的真实格式名册", "import rosters in the layouts that institutions export")
        folder = self.stage.path("rosters")
        self.stage.run("make_rosters", "--out", folder, "--seed", 2026)
        with open(os.path.join(folder, "answers.json")) as file:
            facts = json.load(file)["institutions"]
        self.sites = {}
        for each in facts:
            site = self.sites[each["kind"]] = Site(self.stage, each)
            self.hub("institution", "add", site.code, "--name", site.name, "--kind", site.kind, "--division", "411500",
                     "--mode", "enforce")
            for name in site.files:
                first = self.import_file(site, os.path.join(folder, name))
                again = self.import_file(site, os.path.join(folder, name))
                self.tell.say(f"{site.name} {name}：新增 {first['added']} 人，有问题的行 {len(first['problems'])} 条；再导入一次：变化 {again['added'] + again['changed']}",
                              f"{first['added']} added, {len(first['problems'])} lines reported; a second run changes {again['added'] + again['changed']}")
                expect(first["added"] > 0 and again["added"] + again["changed"] == 0, "a second import changes nothing")
                known = {(issue["line"], issue["error"]) for issue in site.issues_of[name]}
                told = {(issue["line"], issue["error"]) for issue in first["problems"]}
                expect(known <= told, f"every mistake of the answer key is told: {sorted(known - told)}")
                for issue in first["problems"][:2]:
                    self.tell.show(f"第 {issue['line']} 行 {issue['field']}：{issue['error']} {issue['detail']}")

    def import_file(self, site, path):
        return self.hub("roster", "import", path, "--institution", site.code, "--json", expect=(0, 1)).json()

    def enrol(self):
        self.tell.step("四台机构端凭纸质凭条入网并首次同步", "four agents enrol from printed slips and sync for the first time")
        self.start_hub()
        for number, site in enumerate(self.sites.values()):
            slip = self.hub("token", "new", site.code, "--address", f"127.0.0.1:{self.port}").out
            if number == 0:
                self.tell.show(slip, limit=24)
            site.agent("enroll", "--slip", self.stage.write(f"slip-{site.kind}", slip))
            report = site.sync()
            self.tell.say(f"{site.name}：{report['people']} 人的副本，收 {report['bytes_received']} 字节，发 {report['bytes_sent']} 字节",
                          f"a copy of {report['people']} people, {report['bytes_received']} bytes in, {report['bytes_sent']} out")
            expect(report["people"] > 0, "the copy holds people")

    def suspend(self):
        self.stage.set_time("2026-09-14 16:00:00")
        self.tell.step("一名在两家机构执业的医师被暂停", "a doctor who works at two institutions is suspended")
        hospital, township = self.sites["hospital"], self.sites["township_hospital"]
        here = {person["code"] for person in hospital.people if person["code"].startswith("D")}
        both = [person for person in township.people if person["code"] in here]
        expect(len(both) >= 2, "the rosters share doctors")
        self.doctor, self.late_doctor = both[0], both[1]
        self.good = next(person for person in hospital.people if person["code"].startswith("D") and person["code"] not in
                         {each["code"] for each in both})
        self.gone = next(person for person in hospital.people if person["code"].startswith("N"))
        hospital.agent("depart", "--person", self.gone["code"], "--last-day", "2026-09-11", "--reason", "退休", "--clerk", "李文员")
        done = self.hub("sanction", "set", self.doctor["code"], "--suspend", "--document", SANCTION, "--served", "2026-09-14",
                        "--from", "2026-09-15", "--to", "2026-11-14", "--json").json()
        expect(len(done["registered_at"]) == 2, f"both institutions are told: {done}")
        for site in (hospital, township, self.sites["pharmacy"], self.sites["village_clinic"]):
            report = site.sync()
            self.tell.say(f"{site.name}：{report['patches']} 条状态变更，收 {report['bytes_received']} 字节，发 {report['bytes_sent']} 字节",
                          f"{report['patches']} standing patches, {report['bytes_received']} bytes in, {report['bytes_sent']} out")
            expect(report["patches"] == (1 if site in (hospital, township) else 0), "only who employs him gets the patch")

    def settle_offline(self):
        self.stage.set_time("2026-09-16 08:00:00")
        self.tell.step("线路中断，收费照常：每一行都有结论", "the line is down; each line of a mixed claim gets its outcome")
        for site in self.sites.values():
            report = site.sync()
            expect(not report["copy_changed"], "nothing is new this morning")
        self.tell.say(f"早上最后一次轮询，无变化：收 {report['bytes_received']} 字节；随后线路中断",
                      f"the last poll of the morning, nothing new: {report['bytes_received']} bytes in; then the line goes")
        self.stop_hub()
        pharmacy = self.sites["pharmacy"]
        pharmacist = next(person for person in pharmacy.people if person["code"].startswith("HY"))
        pharmacy.agent("duty", "on", "--person", pharmacist["code"], "--clerk", "店长")
        self.tell.say("药店：药师签到，处方药才能结算", "pharmacy: its pharmacist signs on, as prescriptions need one on duty")
        self.stage.set_time("2026-09-16 09:30:00")
        self.late_sanction()
        hospital = self.sites["hospital"]
        self.mixed_claim(hospital, self.gone)
        self.pharmacy_claim()
        township = self.sites["township_hospital"]
        line = self.line("L1", self.late_doctor["code"], "2026-09-16 09:10:00", "88.00")
        answer = township.clear({"claim_id": "T0001", "feedetail": [line]})
        expect(answer["lines"][0]["outcome"] == "allow", "an old copy allows whom it shows as normal")
        self.tell.say("乡镇卫生院还不知道当天上午的新处理，按旧副本放行——中心以后会查出来",
                      "the township hospital does not know of this morning's notice and allows by its copy; the hub will find it")

    def late_sanction(self):
        self.hub("sanction", "set", self.late_doctor["code"], "--suspend", "--document", LATE_SANCTION, "--served", "2026-09-15",
                 "--from", "2026-09-16", "--to", "2026-10-15")

    @staticmethod
    def line(number, code, when, yuan, **more):
        return {"feedetl_sn": number, "infno": "2204", "bilg_dr_codg": code, "fee_ocur_time": when,
                "det_item_fee_sumamt": yuan, **more}

    def mixed_claim(self, hospital, gone):
        rescue = {"kind": "rescue", "reason": "心肺复苏", "declared_by": "急诊科主任"}
        cases = [
            ("L1", self.good["code"], "2026-09-16 09:00:00", {}, "allow", None, "正常医师"),
            ("L2", self.doctor["code"], "2026-09-16 09:05:00", {}, "deny", "suspended", "暂停的医师"),
            ("L3", self.doctor["code"], "2026-09-14 11:00:00", {"infno": "2301"}, "allow_marked", "time_inconsistent", "同一医师，暂停之前的住院费用"),
            ("L4", self.doctor["code"], "2026-09-16 09:08:00", {"emergency": rescue}, "allow_marked", "suspended", "申报抢救"),
            ("L5", gone["code"], "2026-09-16 09:10:00", {}, "deny", "departed", "已离职"),
            ("L6", "HIS0042", "2026-09-16 09:12:00", {}, "hold", "unmapped", "HIS 工号未对照"),
        ]
        claim = {"claim_id": "H0001", "idempotency_key": "H0001-1",
                 "feedetail": [self.line(number, code, when, "120.50", **more) for number, code, when, more, *_ in cases]}
        answer = hospital.clear(claim)
        for given, (number, code, _, _, outcome, ground, label) in zip(answer["lines"], cases):
            names = [each["code"] for each in given["grounds"]]
            first = given["grounds"][0] if given["grounds"] else {}
            print(f"   {number} {label:　<12} {code:<14} → {given['outcome']:<13} {first.get('text_zh', '')} {first.get('document', '')} "
                  f"{first.get('article', '')}  [{given['advice']['text_zh']}]  参考号 {given['reference']}")
            expect(given["outcome"] == outcome, f"{number} gives {outcome}, not {given['outcome']}")
            expect(ground is None or ground in names, f"{number} names {ground}, not {names}")
        second = answer["lines"][1]["grounds"][0]
        expect(second["document"] == SANCTION and second["article"], f"the refusal names document and article: {second}")
        again = hospital.clear(claim)
        expect([each["reference"] for each in again["lines"]] == [each["reference"] for each in answer["lines"]],
               "the same claim again is the same decision")

    def pharmacy_claim(self):
        pharmacy = self.sites["pharmacy"]
        lines = [dict(self.line(f"P{i}", code, "2026-09-16 09:20:00", "35.20", item_class="prescription_drug"), infno="2102")
                 for i, code in enumerate((self.good["code"], self.doctor["code"]), 1)]
        answer = pharmacy.clear({"claim_id": "P0001", "feedetail": lines})
        outside, suspended = answer["lines"]
        expect(outside["outcome"] == "allow", f"an outside prescriber passes: {outside}")
        expect(suspended["outcome"] == "deny" and suspended["grounds"][0]["code"] == "region_ineligible",
               f"who is on the region's list is refused: {suspended}")
        self.tell.say("药店：外院医师的处方放行，名单内医师的处方拒绝（药店并没有他们的登记）",
                      "pharmacy: an outside prescriber passes, one on the region's list is refused, though neither is registered there")

    def lose_power(self):
        self.tell.step("结算途中断电（kill -9），重启后一条不少", "the power goes while clearing (kill -9); nothing answered is lost")
        clinic = self.sites["village_clinic"]
        key = clinic.agent("key", "new", "--name", "收费处1号机", "--role", "his", "--json").json()["key"]
        daemon = self.stage.start("zige-agent", "serve", "--data", clinic.data, "--listen", "127.0.0.1:0", "--json")
        answered = self.clear_until_killed(daemon, f"http://{daemon.ready['listen']}", key, clinic.people[0]["code"])
        verified = clinic.agent("journal", "verify", "--json").json()
        expect(verified["entries"] >= max(number for number, _ in answered), f"all numbers are there: {verified}")
        for number, line in answered[-20:]:
            again = clinic.clear({"claim_id": line, "idempotency_key": line,
                                  "feedetail": [self.line(line, clinic.people[0]["code"], "2026-09-16 09:25:00", "10.00")]})
            expect(again["repeated"] and again["lines"][0]["number"] == number, f"{line} was decided as {number}: {again}")
        self.tell.say(f"断电前已答复 {len(answered)} 条，日志 {verified['entries']} 条全部验证通过，再问得到同一编号",
                      f"{len(answered)} answers before the cut; {verified['entries']} entries verify; asking again gives the same numbers")

    def clear_until_killed(self, daemon, url, key, code):
        answered, lock, enough = [], threading.Lock(), threading.Event()

        def till(name):
            for i in range(100000):
                line = f"{name}-{i}"
                claim = {"claim_id": line, "idempotency_key": line,
                         "feedetail": [self.line(line, code, "2026-09-16 09:25:00", "10.00")]}
                request = urllib.request.Request(url + "/v1/clear", json.dumps(claim).encode(),
                                                 {"X-Zige-Key": key, "Content-Type": "application/json"})
                try:
                    with urllib.request.urlopen(request, timeout=20) as reply:
                        number = json.load(reply)["lines"][0]["number"]
                except OSError:
                    return
                with lock:
                    answered.append((number, line))
                    if len(answered) >= 200:
                        enough.set()

        tills = [threading.Thread(target=till, args=(f"K{n}",)) for n in range(4)]
        for each in tills:
            each.start()
        reached = enough.wait(60)
        daemon.kill()
        for each in tills:
            each.join()
        expect(reached, f"200 answers before the power goes, not {len(answered)}")
        expect(len({number for number, _ in answered}) == len(answered), "no number is given twice")
        return sorted(answered)

    def leave(self):
        self.stage.set_time("2026-09-18 17:30:00")
        self.tell.step("断网登记离职，显示期限；录错的撤回", "a departure recorded offline with its due date; a wrong one undone")
        township = self.sites["township_hospital"]
        others = [each for each in township.people if each["code"] and each["code"] not in (self.doctor["code"], self.late_doctor["code"])]
        self.leaver, wrong = others[0], others[1]
        self.departure = township.agent("depart", "--person", self.leaver["code"], "--last-day", "2026-09-18", "--reason", "解除劳动合同",
                                        "--clerk", "王文员", "--json").json()
        expect(self.departure["due"] == "2026-10-09", f"ten working days end on 2026-10-09: {self.departure}")
        mistaken = township.agent("depart", "--person", wrong["code"], "--last-day", "2026-09-18", "--reason", "录错", "--clerk", "王文员",
                                  "--json").json()
        township.agent("undo", "--departure", mistaken["departure"], "--clerk", "王文员")
        self.tell.show(township.agent("departures").out)
        self.stage.set_time("2026-09-21 08:10:00")
        answer = township.clear({"claim_id": "T0002", "feedetail": [
            self.line("L1", self.leaver["code"], "2026-09-21 08:05:00", "20.00"),
            self.line("L2", self.leaver["code"], "2026-09-18 10:00:00", "20.00", infno="2301"),
            self.line("L3", wrong["code"], "2026-09-21 08:05:00", "20.00")]})
        expect([each["outcome"] for each in answer["lines"]] == ["deny", "allow_marked", "allow_marked"],
               f"only later fees are refused, the others are marked for the age of the copy: {answer}")
        self.tell.say("离职之后的费用当场拒绝，在岗时的费用照付，撤回的人不受影响（副本已 5 天未更新，放行的行带标记）",
                      "fees after the last day are refused at once, earlier ones pass, and who was undone is not touched (marked: the copy is 5 days old)")

    def come_back(self):
        self.tell.step("中心恢复，日志和申报到达", "the hub is back; journals and filings arrive")
        self.start_hub()
        for site in self.sites.values():
            report = site.sync()
            self.tell.say(f"{site.name}：上报 {report['entries_sent']} 条日志、{len(report['results'])} 份申报，发 {report['bytes_sent']} 字节，收 {report['bytes_received']} 字节",
                          f"{report['entries_sent']} entries and {len(report['results'])} filings up, {report['bytes_sent']} bytes out, {report['bytes_received']} in")
            expect(all(each["accepted"] for each in report["results"]), f"filings are accepted: {report['results']}")
        line = self.line("L1", self.late_doctor["code"], "2026-09-21 09:00:00", "88.00")
        answer = self.sites["township_hospital"].clear({"claim_id": "T0003", "feedetail": [line]})
        expect(answer["lines"][0]["outcome"] == "deny", "the new copy refuses him")

    def report(self):
        self.tell.step("中心的报告：依据哪一份副本、哪一行误放行、哪个离职何时到期", "the hub's report")
        township = self.sites["township_hospital"]
        for site in self.sites.values():
            site.sync()
        self.tell.show(self.hub("report", "--institution", township.code).out, limit=60)
        facts = self.hub("report", "--institution", township.code, "--json").json()["institutions"][0]
        wrong = [line for line in facts["lines"] if line["verdict"] == "wrongly_allowed"]
        expect(len(wrong) == 1 and wrong[0]["person_code"] == self.late_doctor["code"] and wrong[0]["document"] == LATE_SANCTION,
               f"exactly one line is wrongly allowed: {wrong}")
        expect(facts["lines"] == wrong, f"only what is wrong is listed: {facts['lines']}")
        whole = self.hub("report", "--institution", township.code, "--all", "--json").json()["institutions"][0]
        expect(len(whole["lines"]) == sum(each["lines"] for each in whole["counts"].values()) > len(wrong), "--all lists every line")
        before = self.hub("report", "--institution", township.code, "--all", "--to", "2026-09-15", "--json").json()["institutions"][0]
        expect(not before["lines"] and not any(each["lines"] for each in before["counts"].values()), "--to leaves out later fees")
        due = [each for each in facts["departures"] if each["code"] == self.leaver["code"]]
        expect(len(due) == 1 and due[0]["due"] == "2026-10-09", f"the departure is due on 2026-10-09: {due}")
        expect(len(facts["departures"]) == 1, f"the undone departure is none: {facts['departures']}")
        status = self.hub("status", "--json").json()
        expect(len(status["agents"]) == 4 and not any(agent["frozen"] for agent in status["agents"]), "four agents, none diverged")
        self.hub("log", "verify")
        self.stop_hub()
        expect(not any(daemon.alive() for daemon in self.stage.daemons), "nothing is left running")


def main():
    with Stage(os.path.abspath(sys.argv[1])) as stage:
        tell = Narrator(stage)
        try:
            Demo(stage, tell).run()
        except (Failed, KeyError, IndexError, StopIteration) as why:
            print(f"\n步骤 {tell.count} 不对  ·  step {tell.count} is not as it should be: {type(why).__name__}: {why}", file=sys.stderr)
            return 1
        tell.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
