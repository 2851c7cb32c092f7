#!/usr/bin/env python3
"""POST /fsi/{infno} of real agents beside a real hub and a scripted platform: suite.py PROGRAMS SOURCES"""
import glob
import http.client
import json
import os
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support")]
from checks import main, Pair  # noqa: E402
from people import identity  # noqa: E402
from stand_in import Platform  # noqa: E402

CLINIC, SHOP = "H41150200001", "P41150200001"
GOOD, BAD, LEFT = "D411502000001", "D411502000002", "D411502000003"
NURSE, AUDITOR, OTHER_AUDITOR = "N411502000004", "D411502000005", "D411502000006"
DRUGGIST, BAD_DRUGGIST = "HY411502000007", "HY411502000008"
PATIENT, NAME = "410102198503031234", "患者某"
AT = "2026-09-08 08:30:00"


def doctors():
    rows = ((GOOD, "王伟"), (BAD, "李静"), (LEFT, "张强"))
    return "".join("\t".join((CLINIC, "平桥卫生院", code, name, "男", "01", identity(serial), "在职", "2025-01-01", "2027-12-31", f"Z{serial}",
                              "平桥卫生院", "临床", "内科", "执业医师", "主治医师")) + "\n" for serial, (code, name) in enumerate(rows, 1))


def nurses():
    return "\t".join((CLINIC, "平桥卫生院", NURSE, "陈敏", "女", "01", identity(4), "在职", "2025-01-01", "2027-12-31", "Z4", "平桥卫生院", "护理",
                      "主管护师")) + "\n"


def druggists():
    rows = ((DRUGGIST, "赵磊", "药师、主要负责人"), (BAD_DRUGGIST, "周静", "药师"))
    return "".join("\t".join((SHOP, "康民大药房", code, name, "男", "01", identity(serial), "在职", "2025-01-01", "长期", "药品零售", "执业药师", kind))
                   + "\n" for serial, (code, name, kind) in enumerate(rows, 7))


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed, self.serial = stage, sources, 0, 0
        self.agent_data, self.hub_data, self.shop_data = stage.path("agent"), stage.path("hub"), stage.path("shop")
        self.platform = Platform()

    # -- messages ------------------------------------------------------------------------------------------------------------------------------

    def message(self, infno, data, institution=CLINIC, **more):
        self.serial += 1
        envelope = {"infno": infno, "msgid": f"{institution}20260908083000{self.serial:04}", "mdtrtarea_admvs": "411502", "insuplc_admdvs": "411500",
                    "recer_sys_code": "YBXT", "dev_no": "", "dev_safe_info": "", "cainfo": "", "signtype": "SM3", "infver": "V1.0", "opter_type": "1",
                    "opter": "", "opter_name": "收费员", "inf_time": AT, "fixmedins_code": institution, "fixmedins_name": "平桥卫生院", "sign_no": "9001"}
        return {**envelope, **more, "input": data}

    def fee(self, code, **more):
        return {"feedetl_sn": f"F{self.serial}{code[-1]}", "mdtrt_id": "M1", "psn_no": PATIENT, "chrg_bchno": "B1", "fee_ocur_time": AT,
                "det_item_fee_sumamt": 12.5, "cnt": 1, "bilg_dept_codg": "A01", "bilg_dr_codg": code, **more}

    def fees(self, *codes, infno="2204", **more):
        return self.message(infno, {"feedetail": [self.fee(code, feedetl_sn=str(number), **more) for number, code in enumerate(codes, 1)]})

    def settlement(self, visit="M1", opter="", infno="2207"):
        return self.message(infno, {"data": {"mdtrt_id": visit, "chrg_bchno": "B1", "psn_no": PATIENT, "psn_name": NAME, "med_type": "11"}},
                            opter=opter)

    def sale(self, infno, lines):
        data = {"selinfo": lines} if infno == "3505" else {"druginfo": {"psn_no": PATIENT, "med_type": "41"}, "drugdetail": lines}
        return self.message(infno, data, SHOP)

    def post(self, message, service=None, charset="utf-8", path=None, **headers):
        """Status, content type and bytes of the answer."""
        service = service or self.clinic
        body = message if isinstance(message, bytes) else json.dumps(message, ensure_ascii=False).encode(charset)
        path = path or f"/fsi/{message['infno']}"
        connection = http.client.HTTPConnection("127.0.0.1", service.ready["port"], timeout=60)
        connection.request("POST", path, body, {"X-Zige-Key": service.key, "Content-Type": f"application/json;charset={charset}", **headers})
        reply = connection.getresponse()
        answer = reply.status, reply.getheader("Content-Type"), reply.read()
        connection.close()
        return answer

    def ask(self, message, service=None, **more):
        return json.loads(self.post(message, service, **more)[2])

    def judged(self, message, service=None, **more):
        """infcode, outcome and the first ground of the first line that has one."""
        answer = self.ask(message, service, **more)
        zige = answer["output"]["zige"]
        grounds = [line["grounds"][0]["code"] for line in zige.get("lines", ()) if line.get("grounds")]
        return answer["infcode"], zige.get("outcome"), grounds[0] if grounds else None

    # -- steps ---------------------------------------------------------------------------------------------------------------------------------

    def start(self, data, *more):
        service = self.stage.start("zige-agent", "serve", "--data", data, "--listen", "127.0.0.1:0", "--sync-every", "3600", *more)
        service.key = self.keys[data]
        return service

    def set_up(self):
        self.found()
        for code, name, kind in ((CLINIC, "平桥卫生院", "township_hospital"), (SHOP, "康民大药房", "pharmacy")):
            self.hub("institution", "add", code, "--name", name, "--kind", kind, "--division", "411502", "--mode", "enforce")
        for name, rows, code in (("d", doctors(), CLINIC), ("n", nurses(), CLINIC), ("p", druggists(), SHOP)):
            self.hub("roster", "import", self.stage.write(f"roster-{name}.txt", rows), "--institution", code, expect=(0, 1))
        process = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", "127.0.0.1:0")
        self.keys = {}
        for data, code in ((self.agent_data, CLINIC), (self.shop_data, SHOP)):
            slip = self.hub("token", "new", code, "--address", f"127.0.0.1:{process.ready['port']}").out
            self.stage.run("zige-agent", "enroll", "--data", data, "--slip", "-", text=slip)
            self.stage.run("zige-agent", "sync", "--data", data)
            made = self.stage.run("zige-agent", "key", "new", "--data", data, "--name", "收费处1号机", "--role", "his", "--json").json()
            self.keys[data] = made["key"]
        for code, name, serial in ((AUDITOR, "刘洋", 5), (OTHER_AUDITOR, "孙丽", 6)):
            self.agent("register", "--code", code, "--name", name, "--category", "settlement_auditor", "--from", "2026-09-07", "--commitment-signed",
                       "2026-09-07", "--identity-file", "-", "--clerk", "李", text=identity(serial) + "\n")
        self.agent("sync")
        self.agent("depart", "--person", LEFT, "--last-day", "2026-09-07", "--reason", "辞职", "--clerk", "李")
        for number, code in enumerate((BAD, NURSE, AUDITOR, BAD_DRUGGIST), 1):
            self.hub("sanction", "set", code, "--suspend", "--document", f"信医保处〔2026〕{number}号", "--served", "2026-09-07", "--from", "2026-09-08",
                     "--to", "2026-11-08")
        self.stage.set_time("2026-09-08 09:00:00")
        for data in self.keys:
            self.stage.run("zige-agent", "sync", "--data", data)
        self.clinic, self.shop = self.start(self.agent_data), self.start(self.shop_data)
        self.check("without an address it is no gateway", self.clinic.ready["gateway"] is False, self.clinic.ready)

    def roles(self):
        operation = {"setlinfo": {"mdtrt_id": "M1", "dscg_time": AT, "chfpdr_code": GOOD},
                     "oprninfo": [{"oprn_oprt_date": "2026-09-08", "oper_dr_code": BAD, "anst_dr_code": "*"}]}
        order = {"data": {"patient_dtos": [{"patn_id": PATIENT, "fsi_encounter_dtos": [{"mdtrt_id": "M1", "fsi_order_dtos": [
            {"drord_begn_date": AT, "drord_dr_codg": BAD, "sumamt": 3}]}]}]}}
        visit = {"mdtrtinfo": {"mdtrt_id": "M1", "begntime": AT}, "diseinfo": [{"dise_dor_no": BAD, "diag_time": AT}]}
        rows = (
            ("who ordered is good", self.fees(GOOD), None, (0, "allow", None)),
            ("who ordered is suspended", self.fees(BAD), None, (-1, "deny", "suspended")),
            ("who ordered has left", self.fees(LEFT), None, (-1, "deny", "departed")),
            ("who ordered is nobody here", self.fees("D411502009999"), None, (-1, "deny", "not_registered")),
            ("who ordered is a code of the HIS", self.fees("0042"), None, (-1, "hold", "unmapped")),
            ("who executes is suspended", self.fees(GOOD, orders_dr_code=BAD), None, (-1, "deny", "suspended")),
            ("in-patient lines are judged alike", self.fees(BAD, infno="2301"), None, (-1, "deny", "suspended")),
            ("so are orders before the fact", self.message("3101", order), None, (-1, "deny", "suspended")),
            ("a nurse marks what is no nursing item", self.fees(GOOD, nurs_code=NURSE), None, (0, "allow_marked", "suspended")),
            ("who attends warns", self.message("2201", {"data": {"begntime": AT, "atddr_no": BAD, "dept_code": "A01"}}), None,
             (0, "allow_marked", "suspended")),
            ("who diagnoses warns", self.message("2203", visit), None, (0, "allow_marked", "suspended")),
            ("an admission is never refused", self.message("2401", {"mdtrtinfo": {"begntime": AT, "atddr_no": BAD, "chfpdr_code": BAD}}), None,
             (0, "allow_marked", "suspended")),
            ("who operated marks", self.message("4101", operation), None, (0, "allow_marked", "suspended")),
            ("a suspended auditor may not settle", self.settlement(opter=AUDITOR), None, (-1, "hold", "operator_not_permitted")),
            ("another may", self.settlement(opter=OTHER_AUDITOR), None, (0, "allow", None)),
            ("who is no auditor is not judged", self.settlement(opter="0815"), None, (0, "not_judged", None)),
            ("in-patient settlements ask for nobody yet", self.settlement(opter=AUDITOR, infno="2304"), None, (0, "not_judged", None)),
            ("a withdrawal has nobody to judge", self.message("2205", {"data": {"mdtrt_id": "M9", "chrg_bchno": "0000"}}), None,
             (0, "not_judged", None)),
            ("an outside prescriber passes", self.sale("2101", [self.fee(GOOD)]), self.shop, (0, "allow", None)),
            ("one on the region's list does not", self.sale("2102", [self.fee(BAD)]), self.shop, (-1, "deny", "region_ineligible")),
            ("a pharmacist sells", self.sale("3505", [self.sold(DRUGGIST)]), self.shop, (0, "allow", None)),
            ("a suspended one no prescription drug", self.sale("3505", [self.sold(BAD_DRUGGIST)]), self.shop, (-1, "deny", "suspended")),
            ("other drugs marked", self.sale("3505", [self.sold(BAD_DRUGGIST, rx_flag="0")]), self.shop, (0, "allow_marked", "suspended")),
        )
        for name, message, service, expected in rows:
            seen = self.judged(message, service)
            self.check(f"{message['infno']}: {name}", seen == expected, seen)

    def sold(self, code, rx_flag="1"):
        return {"sel_retn_time": AT, "phar_prac_cert_no": code, "phar_certno": "410102197001011234", "rx_flag": rx_flag, "setl_id": "S1", "psn_no": PATIENT}

    def emergencies(self):
        visit = self.message("2203", {"mdtrtinfo": {"mdtrt_id": "E1", "med_type": "13", "begntime": AT}, "diseinfo": []})
        self.check("2203: a visit by emergency", self.judged(visit)[0] == 0)
        seen = self.judged(self.fees(BAD, mdtrt_id="E1"))
        self.check("2204: its lines pass, marked, though they do not say so", seen == (0, "allow_marked", "suspended"), seen)
        declared = "/fsi/2204?emergency=rescue&reason=%E5%BF%83%E8%84%8F%E9%AA%A4%E5%81%9C&declared_by=%E6%9D%8E%E5%9B%9B"
        seen = self.judged(self.fees(BAD), path=declared)
        self.check("2204: so do lines with a declaration", seen == (0, "allow_marked", "suspended"), seen)
        seen = self.judged(self.fees(LEFT), path=declared)
        self.check("2204: but not of who has left", seen == (-1, "deny", "departed"), seen)

    def read(self):
        refused = self.ask(self.fees(GOOD, BAD))
        message = refused["err_msg"]
        reference = refused["output"]["zige"]["lines"][1]["reference"]
        self.check("the refusal names line, person, ground, reference and what to do",
                   message.startswith(f"明细2 李静：医保支付资格暂停中（参考号{reference}）") and "重新开具" in message and len(message) <= 200, message)
        found = self.agent("journal", "find", reference, "--json").json()
        self.check("the reference is found", found["lines"][0]["outcome"] == "deny", found)
        status, kind, body = self.post(self.fees(BAD), charset="gbk")
        self.check("a GBK program is answered in GBK", status == 200 and kind.endswith("GBK") and "李静" in json.loads(body.decode("gbk"))["err_msg"], kind)
        message = self.fees(GOOD)
        message["mdtrtarea_admdvs"], message["exp_content"] = message.pop("mdtrtarea_admvs"), {"anything": [1, None]}
        self.check("either spelling, and fields that nobody knows", self.judged(message) == (0, "allow", None))
        for name, body, error in (("rubbish", b"\x00\xff{", "api_not_json"), ("a list", b"[]", "api_bad_field"), ("no number", b'{"infno":"2204"}', "api_missing_field"),
                                  ("a cipher", b'{"infno":"2204","msgid":"1","input":"Pzn=="}', "fsi_encrypted")):
            answer = self.ask(body, path="/fsi/2204")
            self.check(f"{name} is refused in the envelope", answer["infcode"] == -1 and answer["output"]["zige"]["error"]["code"] == error and
                       answer["err_msg"], answer)
        answer = self.ask(self.message("2204", {}, SHOP))
        self.check("a message of another institution too", answer["output"]["zige"]["error"]["code"] == "fsi_other_institution", answer)
        self.check("without a key nobody is answered", self.post(self.fees(GOOD), **{"X-Zige-Key": "zk-his-0"})[0] == 401)
        bare = {"X-Zige-Key": ""}
        self.check("the key may stand in the path", self.post(self.fees(GOOD), path=f"/fsi/{self.clinic.key}/2204", **bare)[0] == 200)

    def gateway(self):
        self.clinic.stop()
        self.clinic = self.start(self.agent_data, "--platform-url", self.platform.url, "--platform-timeout", "2")
        self.check("with an address it is one", self.clinic.ready["gateway"] is True, self.clinic.ready)
        body = b"\r\n " + json.dumps(self.fees(GOOD), ensure_ascii=False, indent=1).encode("gbk") + b"\n"
        status, kind, answer = self.post(body, charset="gbk", path="/fsi/2204")
        self.check("bytes go on as they are", self.platform.received == [body] and self.platform.paths == ["/fsi/api/2204"], self.platform.paths)
        self.check("and come back as they are", (status, kind, answer) == (200, "application/json;charset=GBK", self.platform.taken()), answer)
        answer = json.loads(self.post(body, charset="gbk", path="/fsi/2204")[2].decode("gbk"))
        self.check("once", answer["output"]["zige"]["error"]["code"] == "fsi_already_forwarded" and len(self.platform.received) == 1, answer)
        answer = self.ask(self.fees(GOOD, BAD, GOOD))
        self.check("a refused line holds up the whole message", answer["infcode"] == -1 and "整单未上传" in answer["err_msg"] and
                   len(self.platform.received) == 1, answer)
        self.post(self.settlement())
        self.post(self.settlement("M7"))
        self.check("a settlement goes on, asked lines or not", len(self.platform.received) == 3)
        query = self.message("5203", {"data": {"mdtrt_id": "M1"}})
        for _ in range(2):
            self.post(query)
        self.check("a question goes on as often as it is asked", len(self.platform.received) == 5)
        self.platform.mode = "refuse"
        message = self.fees(GOOD)
        self.check("the platform's refusal comes back as it is", "费用明细校验失败" in self.post(message)[2].decode("gbk"))
        self.platform.mode = "take"
        self.check("and the same may be sent again", self.post(message)[2] == self.platform.taken() and len(self.platform.received) == 7)

    def lose_answers(self):
        for mode in ("drop", "silence", "rubbish"):
            self.platform.mode, before = mode, len(self.platform.received)
            message = self.settlement()
            answer = self.ask(message)
            self.check(f"{mode}: the till hears that nobody knows, and how to find out",
                       answer["output"]["zige"]["error"]["code"] == "fsi_outcome_unknown" and "5203" in answer["err_msg"], answer)
            self.platform.mode = "take"
            again = self.ask(message)
            self.check(f"{mode}: it is never sent again", again["output"]["zige"]["error"]["code"] == "fsi_outcome_unknown" and
                       len(self.platform.received) == before + 1, again)
        self.platform.release.set()
        self.lose_power()
        url = self.platform.url
        self.platform.close()
        message = self.settlement()
        answer = self.ask(message)
        self.check("away: nothing was sent", answer["output"]["zige"]["error"]["code"] == "fsi_platform_unreachable", answer)
        self.clinic.stop()
        self.platform = Platform()
        self.clinic = self.start(self.agent_data, "--platform-url", self.platform.url)
        self.check("away: the same may be sent when it is back", self.post(message)[2] == self.platform.taken(), url)

    def lose_power(self):
        self.platform.mode, before = "silence", len(self.platform.received)
        self.platform.release.clear()
        message = self.settlement()

        def till():
            try:
                self.post(message)
            except (OSError, http.client.HTTPException):
                pass  # the power went

        waiting = threading.Thread(target=till)
        waiting.start()
        self.check("power: the message reached the platform", self.platform.wait_for(before + 1))
        self.clinic.kill()
        waiting.join()
        self.platform.mode = "take"
        self.platform.release.set()
        self.clinic = self.start(self.agent_data, "--platform-url", self.platform.url)
        answer = self.ask(message)
        self.check("power: afterwards nobody knows, and it is not sent again",
                   answer["output"]["zige"]["error"]["code"] == "fsi_outcome_unknown" and len(self.platform.received) == before + 1, answer)

    def keep_nothing(self):
        self.agent("sync")
        verified = self.agent("journal", "verify", "--json").json()
        self.check("the journal holds, and the hub has all of it", verified["not_signed"] == 0 and verified["held_by_hub"] >= verified["entries"] - 1, verified)
        for service in (self.clinic, self.shop):
            self.check("SIGTERM ends it in order", service.stop() == 0)
        held = b"".join(open(path, "rb").read() for folder in (self.agent_data, self.shop_data, self.hub_data)
                        for path in glob.glob(os.path.join(folder, "**"), recursive=True) if os.path.isfile(path))
        log = open(self.stage.path("zige-agent.log"), "rb").read()
        for what in (PATIENT, NAME, "410102197001011234"):
            self.check(f"nothing of {what[:3]}… is kept or logged", what.encode() not in held + log and what.encode("gbk") not in held + log)

    def run(self):
        try:
            self.set_up()
            self.roles()
            self.emergencies()
            self.read()
            self.gateway()
            self.lose_answers()
            self.keep_nothing()
        finally:
            self.platform.close()


if __name__ == "__main__":
    sys.exit(main(Suite))
