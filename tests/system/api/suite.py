#!/usr/bin/env python3
"""The local interface against its own OpenAPI document: suite.py PROGRAMS SOURCES"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402
from contract import Contract  # noqa: E402
from people import identity, roster  # noqa: E402

CLINIC = "H41150200012"
ZHANG, LI, WANG, CHEN, PHARMACIST = "D411502000101", "D411502000102", "D411502000103", "D411502000104", "HY411502000107"
NAMES = {ZHANG: "张强", LI: "李静", WANG: "王伟", CHEN: "陈敏"}
TOO_LARGE = 64 << 20
CLERK, PIN = "王五", "274916"


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")

    # -- the stage -----------------------------------------------------------------------------------------------------------------------------

    def start_hub(self, port=0):
        return self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", f"127.0.0.1:{port}")

    def start_agent(self):
        return self.stage.start("zige-agent", "serve", "--data", self.agent_data, "--listen", "127.0.0.1:0", "--sync-every", "3600")

    def set_up(self):
        self.found()
        self.hub("institution", "add", CLINIC, "--name", "平桥区中心卫生院", "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster(CLINIC, NAMES)), "--institution", CLINIC, expect=(0, 1))
        hub = self.start_hub()
        slip = self.hub("token", "new", CLINIC, "--address", f"127.0.0.1:{hub.ready['port']}").out
        self.agent("enroll", "--slip", "-", text=slip)
        hub.stop()
        self.service = self.start_agent()
        self.keys = {role: self.agent("key", "new", "--name", role, "--role", role, "--json").json()["key"] for role in ("his", "clerk", "viewer")}
        self.api = Contract(self.service.ready["listen"], self.service.ready["socket"], self.keys["viewer"], self.check)
        return hub.ready["port"]

    # -- what each route takes -----------------------------------------------------------------------------------------------------------------

    def claim(self, name=None, code=LI, **more):
        line = {"bilg_dr_codg": code, "fee_ocur_time": self.stage.now, "det_item_fee_sumamt": "10.00"}
        return {"infno": "2204", "claim_id": name or "A", **({"idempotency_key": name} if name else {}), "feedetail": [line], **more}

    def bodies(self):
        """A body for each POST that is understood, whatever it then leads to."""
        return {
            "/v1/check": self.claim(), "/v1/clear": self.claim(), "/v1/orders/precheck": self.claim(),
            "/v1/decisions/{reference}/evidence": self.evidence(), "/v1/receipts/check": {"receipt": "x"},
            "/v1/reverse": {"references": ["000000"]},
            "/v1/departures": {"person": ZHANG, "last_day": "2026-09-07", "reason": "辞职"},
            "/v1/departures/{departure}/undo": {}, "/v1/departures/{departure}/amend": {"last_day": "2026-09-07"},
            "/v1/departures/{departure}/confirm": {"updated_on": "2026-09-07", "number": "DT1"},
            "/v1/filings": {"kind": "alias", "person": ZHANG, "code": "0042"}, "/v1/filings/{filing}/undo": {},
            "/v1/duty": {"person": PHARMACIST, "on": True}, "/v1/sync": {}, "/v1/statements": {"notice": "x"}, "/v1/prolong": {"code": "1"},
            "/v1/people/pin": {"person": ZHANG}, "/v1/self": {"code": ZHANG, "pin": PIN},
            "/v1/clerks": {"name": "赵六", "pin": PIN}, "/v1/clerks/pin": {"name": "赵六", "pin": PIN}, "/v1/clerks/remove": {"name": "赵六"},
            "/v1/keys": {"name": "收费处2号机", "role": "his"}, "/v1/keys/revoke": {"name": "收费处2号机"},
        }

    def evidence(self, **more):
        return {"kind": "rescue", "resc_begntime": "2026-09-07 08:20:00", "resc_endtime": "2026-09-07 08:40:00", "record_number": "QJ1", **more}

    def key_for(self, operation):
        return None if operation["x-zige-roles"] == ["owner"] else self.keys["clerk"]

    def parts(self):
        return {"reference": "000000", "departure": ZHANG, "filing": "00000000", "year": "2026", "infno": "2204", "person": ZHANG}

    def each(self, code):
        """The routes whose document names this error."""
        for (method, path), operation in self.api.operations.items():
            if self.api.names(method, path, code):
                yield method, path, operation

    # -- what every route answers alike --------------------------------------------------------------------------------------------------------

    def without_a_copy(self):
        """Enrolled, and the hub was never heard."""
        for method, path, _ in self.each("agent_no_copy"):
            self.api.call(method, path, self.bodies().get(path), self.keys["clerk"], "agent_no_copy", **self.parts())
        self.api.call("POST", "/v1/sync", {}, self.keys["clerk"], "net_unreachable")
        self.api.call("GET", "/v1/status", None, self.keys["viewer"])

    def refused_alike(self):
        for method, path, _ in self.each("api_unauthorized"):
            self.api.call(method, path, self.bodies().get(path), None, "api_unauthorized", **self.parts())
        for method, path, operation in self.each("api_forbidden"):
            key = self.keys["his" if "his" not in operation["x-zige-roles"] else "viewer"]
            self.api.call(method, path, self.bodies().get(path), key, "api_forbidden", **self.parts())
        for method, path, operation in self.each("api_not_json"):
            self.api.call(method, path, b"{\"a\":", self.key_for(operation), "api_not_json", **self.parts())
        for method, path, operation in self.each("api_too_large"):
            self.api.call(method, path, TOO_LARGE, self.key_for(operation), "api_too_large", **self.parts())
        for method, path, operation in self.each("api_missing_field"):
            if method == "POST":
                self.api.call(method, path, {}, self.key_for(operation), "api_missing_field", **self.parts())
        for method, path, operation in self.each("api_bad_field"):
            if method == "POST":
                properties = operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
                body = {**self.bodies()[path], **dict.fromkeys(("clerk",) if "clerk" in properties else ("feedetail",) if "feedetail" in properties
                                                               else tuple(self.bodies()[path])[:1], {})}
                self.api.call(method, path, body, self.key_for(operation), "api_bad_field", **self.parts())

    def unknown(self):
        for method, path, error in (("GET", "/v1/nothing", "api_unknown_path"), ("GET", "/v1/clear", "api_bad_method")):
            status, answer = self.api._talk(method, path, None, self.keys["his"], False)
            wrong = self.api.wrong_in({"$ref": "#/components/schemas/ErrorAnswer"}, answer)
            self.check(f"{method} {path} is {error}, in the shape of all errors", answer["error"]["code"] == error and not wrong, (status, answer, wrong))

    # -- success, and the errors of one route --------------------------------------------------------------------------------------------------

    def decisions(self):
        call, his = self.api.call, self.keys["his"]
        call("GET", "/v1/openapi.json", None, his)
        call("POST", "/v1/check", self.claim(), his)
        for path in ("/v1/check", "/v1/clear", "/v1/orders/precheck"):
            call("POST", path, self.claim(feedetail=[{"bilg_dr_codg": LI, "det_item_fee_sumamt": 1, "fee_ocur_time": "2026-02-30 08:00:00"}]), his,
                 "time_bad_time")
        call("POST", "/v1/clear", self.claim("C-1"), his)
        again = call("POST", "/v1/clear", self.claim("C-1"), his)
        self.check("the same again is the same decision", again["repeated"], again)
        call("POST", "/v1/clear", self.claim("C-1", CHEN), his, "journal_idempotency_conflict")
        call("POST", "/v1/clear", self.claim("C-2", "0099", feedetail=[{
            "bilg_dr_codg": "0099", "bilg_dr_name": "张强", "fee_ocur_time": self.stage.now, "det_item_fee_sumamt": 1}]), his)
        mapping = call("GET", "/v1/mapping", None, self.keys["viewer"])
        self.check("an unknown code has its proposal", mapping["unmapped"][0]["proposals"], mapping)
        released = call("POST", "/v1/clear", self.claim("C-3", "0098", release={"reason": "代码未维护", "released_by": "赵院长"}), his)
        self.check("a release passes, marked", released["outcome"] == "allow_marked", released)
        self.agent("sync")
        changes = call("POST", "/v1/orders/precheck", self.claim(), his)
        self.check("an order of somebody good does not change", changes["changing"] == 0, changes)
        reference = again["lines"][0]["reference"]
        call("GET", "/v1/decisions/{reference}", None, his, reference=reference)
        call("GET", "/v1/decisions/{reference}", None, his, "journal_not_found", reference="ZZZZZZ")
        receipt = call("GET", "/v1/decisions/{reference}/receipt", None, his, reference=reference)["receipt"]
        call("GET", "/v1/decisions/{reference}/receipt", None, his, "journal_not_found", reference="ZZZZZZ")
        call("POST", "/v1/receipts/check", {"receipt": receipt}, his)
        call("POST", "/v1/receipts/check", {"receipt": "zige-receipt 9\n"}, his, "wire_unknown_version")
        call("POST", "/v1/receipts/check", {"receipt": receipt.split("\n")[0] + "\n"}, his, "wire_missing_field")
        call("POST", "/v1/reverse", {"idempotency_key": "C-1", "infno": "2205", "reason": "患者取消"}, his)
        call("POST", "/v1/reverse", {"references": ["ZZZZZZ"]}, his, "journal_not_found")
        self.sandbox_message()

    def sandbox_message(self):
        message = {"infno": "2204", "msgid": CLINIC + "202609070900000001", "fixmedins_code": CLINIC,
                   "input": {"feedetail": [{"feedetl_sn": "1", "mdtrt_id": "M1", "fee_ocur_time": self.stage.now, "bilg_dr_codg": LI,
                                            "det_item_fee_sumamt": 12.5}]}}
        answer = self.api.call("POST", "/fsi/{infno}", message, self.keys["his"], infno="2204")
        self.check("a message is judged in its own envelope", answer["infcode"] == 0, answer)

    def line_by_line(self):
        head = {"infno": "2204", "claim_id": "ZY-1", "idempotency_key": "ZY-1", "fee_ocur_time": self.stage.now}
        line = {"bilg_dr_codg": LI, "det_item_fee_sumamt": "10.00", "med_list_codg": "X" * 140, "drug_name": "某药" * 60}
        lines = [json.dumps(each, ensure_ascii=False) for each in [head] + [line] * 10000]
        before = self.memory()
        answers = self.api.lines(lines, self.keys["his"])
        grown = self.memory() - before
        ordered = [answer["line_id"] for answer in answers[:-1]] == [str(number) for number in range(1, 10001)]
        numbers = [answer["number"] for answer in answers[:-1]]
        self.check("10,000 lines are answered in their order", ordered and numbers == sorted(set(numbers)), answers[-1])
        self.check("and counted at the end", answers[-1]["done"] and answers[-1]["lines"] == 10000, answers[-1])
        self.check("in bounded memory", grown < 48 << 10, f"{grown} kB")
        self.check("each as the document says", not self.api.wrong_lines(answers), self.api.wrong_lines(answers))
        again = self.api.lines(lines, self.keys["his"])
        self.check("the same again brings the same back", again[-1]["repeated"] and [answer["number"] for answer in again[:-1]] == numbers, again[-1])
        changed = lines[:600] + [lines[1].replace("10.00", "11.00")] + lines[601:]
        cut = self.api.lines(changed, self.keys["his"])
        self.check("another claim under that key ends where it differs", len(cut) == 501 and not cut[-1]["done"] and
                   cut[-1]["error"]["code"] == "journal_idempotency_conflict" and not self.api.wrong_lines(cut), cut[-1])
        for name, text, field in (("one malformed line", lines[:7001] + ["{}"] + lines[7002:], "feedetail[7000].det_item_fee_sumamt"),
                                  ("10,001 lines", lines + lines[1:2], "body"), ("no line", lines[:1], "body")):
            refused = self.api.lines(text, self.keys["his"])[0]
            self.check(f"{name}: the whole is refused", refused["error"]["field"] == field and
                       not self.api.wrong_in({"$ref": "#/components/schemas/ErrorAnswer"}, refused), refused)
        self.api.seen.add(("POST", "/v1/clear", self.api.lines(lines[:1], self.keys["his"])[0]["error"]["code"]))

    def memory(self):
        """The most that the service ever held, in kB."""
        with open(f"/proc/{self.service.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

    def emergencies(self):
        call, his = self.api.call, self.keys["his"]
        self.hub("sanction", "set", ZHANG, "--suspend", "--document", "信医保处〔2026〕1号", "--served", "2026-09-07", "--from", "2026-09-08",
                 "--to", "2026-11-08")
        self.agent("sync")
        coming = call("POST", "/v1/orders/precheck", self.claim(code=ZHANG), his)
        self.check("an order of somebody who will be suspended changes", coming["changing"] == 1, coming)
        self.stage.set_time("2026-09-08 09:00:00")
        self.agent("sync")
        rescue = {"kind": "rescue", "reason": "心搏骤停", "declared_by": "李静"}
        line = call("POST", "/v1/clear", self.claim("E-1", ZHANG, emergency=rescue), his)["lines"][0]
        self.check("an emergency passes", line["may_settle"] and line["grounds"][0]["document"], line)
        call("GET", "/v1/evidence", None, self.keys["viewer"])
        path, times = "/v1/decisions/{reference}/evidence", {"resc_begntime": "2026-09-08 08:20:00", "resc_endtime": "2026-09-08 08:40:00"}
        call("POST", path, self.evidence(**times), his, reference=line["reference"])
        call("POST", path, self.evidence(**times), his, "journal_not_found", reference="ZZZZZZ")
        call("POST", path, self.evidence(resc_begntime="gestern"), his, "time_bad_time", reference=line["reference"])

    def desk(self):
        call, clerk = self.api.call, self.keys["clerk"]
        depart = {"person": CHEN, "last_day": "2026-09-07", "reason": "辞职", "clerk": "王五"}
        for change, error in (({"last_day": "2026-02-30"}, "time_bad_day"), ({"person": "WHO"}, "filing_unknown_person"),
                              ({"last_day": "2020-01-01"}, "departure_before_registration"), ({"last_day": "2029-01-01"}, "departure_too_far_ahead")):
            call("POST", "/v1/departures", {**depart, **change}, clerk, error)
        call("POST", "/v1/departures", depart, clerk)
        call("POST", "/v1/departures", depart, clerk, "departure_already")
        call("GET", "/v1/departures", None, self.keys["viewer"])
        for path, body in (("/v1/departures/{departure}/amend", {"last_day": "2026-09-06"}),
                           ("/v1/departures/{departure}/confirm", {"updated_on": "2026-09-08", "number": "DT1"}),
                           ("/v1/departures/{departure}/undo", {})):
            call("POST", path, body, clerk, "departure_not_found", departure="WHO")
            for field in ("last_day", "updated_on"):
                if field in body:
                    call("POST", path, {**body, field: "2026-02-30"}, clerk, "time_bad_day", departure=CHEN)
            self.agent("sync")  # what never went out would be withdrawn here without a trace
            call("POST", path, body, clerk, departure=CHEN)
            if "last_day" in body:
                call("POST", path, body, clerk, "filing_nothing_changes", departure=CHEN)
            if "number" in body:
                call("POST", path, {**body, "number": "DT2"}, clerk, "filing_conflict", departure=CHEN)
        call("POST", "/v1/departures/{departure}/undo", {}, clerk, "filing_not_pending", departure=CHEN)
        self.filings()

    def filings(self):
        call, clerk = self.api.call, self.keys["clerk"]
        newcomer = {"kind": "registration", "code": PHARMACIST, "name": "周静", "category": "pharmacist", "from": "2026-09-08",
                    "commitment_signed": "2026-09-08", "identity_number": identity(7), "clerk": "王五"}
        call("POST", "/v1/filings", {**newcomer, "from": "2026-13-01"}, clerk, "time_bad_day")
        call("POST", "/v1/filings", newcomer, clerk)
        self.agent("sync")
        self.agent("sync")
        alias = {"kind": "alias", "person": LI, "code": "0042", "clerk": "王五"}
        call("POST", "/v1/filings", {**alias, "person": "WHO"}, clerk, "filing_unknown_person")
        call("POST", "/v1/filings", {**alias, "code": WANG}, clerk, "filing_alias_taken")
        filed = call("POST", "/v1/filings", alias, clerk)["filing"]
        call("GET", "/v1/filings", None, self.keys["viewer"])
        for path, key in (("/v1/filings/{filing}", self.keys["viewer"]), ("/v1/filings/{filing}/code", clerk)):
            call("GET", path, None, key, filing=filed)
            call("GET", path, None, key, "filing_not_found", filing="ffffffff")
        call("POST", "/v1/filings/{filing}/undo", {}, clerk, "filing_not_found", filing="ffffffff")
        call("POST", "/v1/filings/{filing}/undo", {}, clerk, filing=filed)
        call("POST", "/v1/filings/{filing}/undo", {}, clerk, "filing_not_pending", filing=filed)
        call("POST", "/v1/duty", {"person": "WHO", "on": True}, clerk, "filing_unknown_person")
        call("POST", "/v1/duty", {"person": LI, "on": True}, clerk, "filing_not_pharmacist")
        call("POST", "/v1/duty", {"person": PHARMACIST, "on": False}, clerk, "filing_session_not_open")
        call("POST", "/v1/duty", {"person": PHARMACIST, "on": True}, self.keys["his"])
        call("POST", "/v1/duty", {"person": PHARMACIST, "on": True}, clerk, "filing_session_open")

    def agent_itself(self):
        call, clerk = self.api.call, self.keys["clerk"]
        call("POST", "/v1/sync", {}, clerk)
        call("GET", "/v1/status", None, self.keys["viewer"])
        call("GET", "/v1/journal/verify", None, clerk)
        call("GET", "/v1/calendar/due", None, clerk, query="?from=2026-09-18&days=10")
        call("GET", "/v1/calendar/due", None, clerk, "api_missing_field")
        call("GET", "/v1/calendar/due", None, clerk, "api_bad_field", query="?from=2026-09-18&days=many")
        call("GET", "/v1/calendar/due", None, clerk, "time_bad_day", query="?from=2026-02-30&days=1")
        call("GET", "/v1/calendar/{year}", None, clerk, year="2026")
        call("GET", "/v1/calendar/{year}", None, clerk, "api_bad_field", year="soon")
        code = self.hub("phone-code", "prolong", 1, "--days", 5, "--json").json()["code"]
        last = str((int(code[-1]) + 1) % 10)
        call("POST", "/v1/prolong", {"code": code[:-1] + last}, clerk, "phone_code_misheard")
        call("POST", "/v1/prolong", {"code": code}, clerk)
        call("POST", "/v1/prolong", {"code": code}, clerk, "phone_code_used")
        self.hub("sanction", "set", WANG, "--suspend", "--document", "信医保处〔2026〕2号", "--served", "2026-09-08", "--from", "2026-09-09",
                 "--to", "2026-11-08")
        told = call("POST", "/v1/statements", {"notice": self.hub("statement", CLINIC, WANG).out}, clerk)
        self.check("a notice counts at once", told["person"] == WANG, told)

    def people(self):
        call, clerk, viewer = self.api.call, self.keys["clerk"], self.keys["viewer"]
        page = call("GET", "/v1/people", None, clerk, query="?limit=2")
        self.check("the staff comes in pages", len(page["people"]) == 2 and page["more"], page)
        call("GET", "/v1/people", None, clerk, "api_bad_field", query="?limit=many")
        one = call("GET", "/v1/people/{person}", None, clerk, person=ZHANG)
        self.check("with who is suspended", one["status"]["code"] == "suspended" and one["standing"][0]["document"], one)
        call("GET", "/v1/people/{person}", None, clerk, "filing_unknown_person", person="WHO")
        board = call("GET", "/v1/board", None, viewer)
        self.check("the board shows who is suspended, and nobody else", {row["name"] for row in board["people"]} == {"张强"}, board)
        due = call("GET", "/v1/duties", None, viewer)["duties"]
        self.check("what is due is listed", {"mapping"} <= {each["kind"] for each in due}, due)
        self.self_query()

    def self_query(self):
        call, clerk, viewer = self.api.call, self.keys["clerk"], self.keys["viewer"]
        call("POST", "/v1/people/pin", {"person": "WHO"}, clerk, "filing_unknown_person")
        pin = call("POST", "/v1/people/pin", {"person": ZHANG, "clerk": "王五"}, clerk)["pin"]
        call("POST", "/v1/self", {"code": ZHANG, "pin": PIN}, viewer, "local_self_refused")
        call("POST", "/v1/self", {"code": ZHANG, "pin": pin, "new_pin": "111111"}, viewer, "local_pin_weak")
        own = call("POST", "/v1/self", {"code": ZHANG, "pin": pin, "new_pin": "830514"}, viewer)
        self.check("a person sees the own standing", own["person"] == ZHANG and own["standing"], own)
        call("POST", "/v1/self", {"code": ZHANG, "pin": pin}, viewer, "local_self_refused")
        call("POST", "/v1/self", {"code": ZHANG, "pin": "830514"}, viewer)
        for _ in range(18):
            call("POST", "/v1/self", {"code": "WHO", "pin": PIN}, viewer, "local_self_refused")
        call("POST", "/v1/self", {"code": ZHANG, "pin": "830514"}, viewer, "local_pin_locked")
        for name in ("clerks.json", "people-pins.json"):
            path = os.path.join(self.agent_data, name)
            if os.path.exists(path):
                with open(path) as file:
                    self.check(f"{name} holds no PIN and is the owner's", "830514" not in file.read() and os.stat(path).st_mode & 0o077 == 0, path)

    def keys_of_callers(self):
        call = self.api.call
        call("POST", "/v1/keys", {"name": "收费处2号机", "role": "his"})
        call("POST", "/v1/keys", {"name": "收费处2号机", "role": "his"}, expect="local_key_name_taken")
        call("GET", "/v1/keys")
        call("POST", "/v1/keys/revoke", {"name": "收费处2号机"})
        call("POST", "/v1/keys/revoke", {"name": "收费处2号机"}, expect="local_key_not_found")

    def clerks(self):
        call = self.api.call
        call("POST", "/v1/clerks", {"name": CLERK, "pin": "123456"}, expect="local_pin_weak")
        call("POST", "/v1/clerks", {"name": CLERK, "pin": PIN})
        call("POST", "/v1/clerks", {"name": CLERK, "pin": PIN}, expect="local_clerk_name_taken")
        call("POST", "/v1/keys", {"name": CLERK, "role": "clerk"}, expect="local_clerk_name_taken")
        call("GET", "/v1/clerks")
        self.in_the_name_of_a_clerk()
        call("POST", "/v1/clerks/pin", {"name": CLERK, "pin": "1"}, expect="local_pin_weak")
        call("POST", "/v1/clerks/remove", {"name": CLERK})
        call("POST", "/v1/clerks/remove", {"name": CLERK}, expect="local_clerk_not_found")
        call("POST", "/v1/clerks/pin", {"name": CLERK, "pin": PIN}, expect="local_clerk_not_found")

    def named(self, path, pin):
        """What the route takes, said to be done by the clerk."""
        if path == "/v1/clear":
            release = {"reason": "代码未维护", "released_by": CLERK, **({"pin": pin} if pin else {})}
            return self.claim(code="0098", release=release)
        return {**self.bodies()[path], "clerk": CLERK, **({"clerk_pin": pin} if pin else {})}

    def in_the_name_of_a_clerk(self):
        def ask(path, pin, expect):
            self.api.call("POST", path, self.named(path, pin), self.keys["clerk"], expect, **self.parts())

        routes = [path for _, path, _ in self.each("local_pin_needed")]
        self.check("every act of the counter can be a clerk's", len(routes) >= 10, routes)
        for path in routes:
            ask(path, "", "local_pin_needed")
            ask(path, "274917", "local_pin_wrong")
            self.api.call("POST", "/v1/clerks/pin", {"name": CLERK, "pin": PIN})
        for _ in range(5):
            ask(routes[0], "274917", "local_pin_wrong")
        for path in routes:
            ask(path, PIN, "local_pin_locked")
        self.api.call("POST", "/v1/clerks/pin", {"name": CLERK, "pin": PIN})
        self.api.call("POST", "/v1/clear", self.named("/v1/clear", PIN), self.keys["his"])
        filed = self.api.call("POST", "/v1/filings", {**self.named("/v1/filings", PIN), "person": LI, "code": "0043"}, self.keys["clerk"])
        self.check("the clerk's own name stands in the filing", filed["clerk"] == CLERK, filed)

    def run(self):
        port = self.set_up()
        self.without_a_copy()
        self.start_hub(port)
        self.agent("sync")
        self.refused_alike()
        self.unknown()
        self.decisions()
        self.line_by_line()
        self.emergencies()
        self.desk()
        self.agent_itself()
        self.people()
        self.keys_of_callers()
        self.clerks()
        self.api.everything_was_seen()


if __name__ == "__main__":
    sys.exit(main(Suite))
