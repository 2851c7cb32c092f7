"""What the till of these examples does with a bill, whichever way it asks the agent. See http_till.py and fsi_till.py.

A till of zige-sandbox conform reads one act from standard input and writes what became of each line to standard output (docs/embedding.md, "try it").
"""
import collections
import http.client
import json
import sys
import time
import urllib.parse

SETTLED, HELD, REFUSED, UNCHECKED, UNKNOWN, OPEN = "settled", "held", "refused", "unchecked", "unknown", "open"


Reply = collections.namedtuple("Reply", "status kind body headers")


class NoAnswer(Exception):
    """Nothing came, or nothing that can be used; nothing was sent, or it changes nothing to send it again."""


class Unknown(Exception):
    """It was sent, and nobody knows what became of it: never send it again."""


class Refused(Exception):
    """The other side says no, in words."""


def post(url, body, headers, timeout_ms):
    """A Reply. NoAnswer: nobody took it. Unknown: it may have been taken."""
    parts = urllib.parse.urlsplit(url)
    until = time.monotonic() + timeout_ms / 1000
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout_ms / 1000)
    try:
        connection.connect()
    except OSError as why:
        connection.close()
        raise NoAnswer(str(why)) from why
    try:
        path = parts.path + ("?" + parts.query if parts.query else "")
        connection.request("POST", path, body, headers)
        connection.sock.settimeout(max(0.01, until - time.monotonic()))
        reply = connection.getresponse()
        return Reply(reply.status, reply.getheader("Content-Type") or "", reply.read(), reply.headers)
    except (OSError, http.client.HTTPException) as why:
        raise Unknown(str(why)) from why
    finally:
        connection.close()


class Line:
    """A fee line, and what became of it."""

    def __init__(self, fee):
        self.fee = fee
        self.number = fee["feedetl_sn"]
        self.state, self.shown, self.reference = OPEN, "", ""


class Till:
    """One act. A subclass asks the agent; `memory` is what a real till keeps in its database."""

    def __init__(self, act):
        self.act, self.bill, self.memory = act, act["bill"], act["memory"] or {}
        self.lines = [Line(fee) for fee in self.bill["feedetail"]]
        self.gbk = act["charset"] == "GBK"
        self.charset = "gbk" if self.gbk else "utf-8"
        for line in self.lines:
            line.state, line.shown, line.reference = self.memory.get("lines", {}).get(line.number, (OPEN, "", ""))

    # -- messages of the national interface --------------------------------------------------------------------------------------------------

    def message(self, infno, data):
        """A new message with a number of its own; the number is kept, so that no other message gets it."""
        self.memory["serial"] = self.memory.get("serial", 0) + 1
        where = self.act["institution"]
        digits = "".join(c for c in self.act["now"] if c.isdigit())
        serial = (sum(map(ord, self.bill["mdtrt_id"])) * 31 + self.memory["serial"]) % 10000
        return {"infno": infno, "msgid": f"{where['fixmedins_code']}{digits}{serial:04}", "mdtrtarea_admvs": where["mdtrtarea_admvs"],
                "insuplc_admdvs": "411500", "recer_sys_code": "YBXT", "dev_no": "", "dev_safe_info": "", "cainfo": "", "signtype": "SM3",
                "infver": "V1.0", "opter_type": "1", "opter": self.bill["opter"], "opter_name": self.bill["opter_name"],
                "inf_time": self.act["now"], "fixmedins_code": where["fixmedins_code"], "fixmedins_name": where["fixmedins_name"],
                "sign_no": "9001", "input": data}

    def encoded(self, message):
        return json.dumps(message, ensure_ascii=False).encode(self.charset)

    def answer_of(self, reply):
        """The envelope that came back. Unknown: it is none."""
        for charset in (("gb18030", "utf-8") if "gb" in reply.kind.lower() else ("utf-8", "gb18030")):
            try:
                answer = json.loads(reply.body.decode(charset))
                if isinstance(answer, dict) and "infcode" in answer:
                    return answer
            except ValueError:
                continue
        raise Unknown(f"HTTP {reply.status}, no answer of the interface")

    def visit(self):
        return {key: self.bill[key] for key in ("mdtrt_id", "psn_no")}

    def fees(self, lines):
        """The lines as 2204, 2301 and 2102 have them."""
        own = {"mdtrt_id": self.bill["mdtrt_id"], "psn_no": self.bill["psn_no"], "chrg_bchno": self.lot()}
        return [{**own, **{key: value for key, value in line.fee.items() if key != "order"}} for line in lines]

    def lot(self):
        return self.bill["chrg_bchno"] + str(self.memory.get("round", 1))

    def upload(self, lines):
        return self.message("2301" if self.bill["kind"] == "inpatient" else "2204", {"feedetail": self.fees(lines)})

    def sale(self, lines):
        head = {**self.visit(), "med_type": self.bill["med_type"], "setl_flag": "1"}
        return self.message("2102", {"druginfo": head, "drugdetail": self.fees(lines)})

    def settlement(self):
        data = {**self.visit(), "chrg_bchno": self.lot(), "med_type": self.bill["med_type"], "psn_name": self.bill["psn_name"]}
        return self.message("2304" if self.bill["kind"] == "inpatient" else "2207", {"data": data})

    # -- the platform ------------------------------------------------------------------------------------------------------------------------

    def to_platform(self, message, past_agent=False):
        """Sends it once and reads the answer. Refused: the platform says no."""
        raise NotImplementedError

    def straight(self, message):
        """To the platform itself."""
        url = self.act["platform"]["url"].replace("{infno}", message["infno"])
        kind = "application/json;charset=" + ("GBK" if self.gbk else "UTF-8")
        return self.taken(self.answer_of(post(url, self.encoded(message), {"Content-Type": kind}, self.act["limits_ms"]["platform"])))

    @staticmethod
    def taken(answer):
        if str(answer["infcode"]) != "0":
            raise Refused(str(answer.get("err_msg", "")))
        return answer.get("output") or {}

    def settle_at_platform(self, lines, state, past_agent=False):
        """Uploads the lines and settles them; `state` is what they are then."""
        if not lines:
            return
        try:
            if self.bill["kind"] == "pharmacy":
                output = self.to_platform(self.sale(lines), past_agent)
            else:
                if self.bill["kind"] == "outpatient" and past_agent is False:
                    self.open_visit()
                self.to_platform(self.upload(lines), past_agent)
                output = self.to_platform(self.settlement(), past_agent)
            self.memory["setl_id"] = output.get("setlinfo", {}).get("setl_id", "")
            self.mark(lines, state)
        except Refused as why:
            self.mark(lines, OPEN, str(why))
        except (Unknown, NoAnswer) as why:
            self.mark(lines, UNKNOWN, f"结果未知，请先查询，不要重发（{why}）")

    def open_visit(self):
        """What comes before fees in the field; it is never held up."""

    @staticmethod
    def mark(lines, state, shown=None):
        for line in lines:
            line.state = state
            if shown is not None:
                line.shown = shown

    # -- acts --------------------------------------------------------------------------------------------------------------------------------

    def settle(self):
        self.memory["round"] = self.memory.get("round", 0) + 1
        self.decide_and_settle([line for line in self.lines if line.state in (OPEN, HELD, REFUSED)])

    def ask_again(self):
        self.settle()

    def repeat(self):
        """The till was restarted: it asks with the key that it has on record, and settles only what is not settled."""
        self.decide_and_settle([line for line in self.lines if line.state != SETTLED], again=True)

    def tell_later(self):
        raise NotImplementedError

    def find_out(self):
        """After an unknown outcome: ask first; settle anew, under a new number, only what the platform does not have."""
        lines = [line for line in self.lines if line.state == UNKNOWN]
        try:
            self.to_platform(self.message("5203", {"data": self.visit()}))
            self.mark(lines, SETTLED, "")
        except Refused:
            try:
                self.memory["setl_id"] = self.to_platform(self.settlement()).get("setlinfo", {}).get("setl_id", "")
                self.mark(lines, SETTLED, "")
            except Refused as why:
                self.mark(lines, OPEN, str(why))

    def reverse(self):
        data = {**self.visit(), "setl_id": self.memory.get("setl_id", "")}
        self.to_platform(self.message("2208", {"data": data}))
        self.to_platform(self.message("2205", {"data": {**self.visit(), "chrg_bchno": self.lot()}}))
        self.reversed()
        self.mark(self.lines, OPEN, "")

    def reversed(self):
        """Tells the agent that the lines were taken back."""

    def evidence(self):
        """Of an emergency, once the record is written."""
        for line in self.lines:
            self.tell_agent(f"/v1/decisions/{line.reference}/evidence",
                            {"kind": "rescue", "resc_begntime": line.fee["fee_ocur_time"], "resc_endtime": self.act["now"],
                             "record_number": "QJ0001", "text": "抢救记录已归档", "clerk": "收费处"})

    def tell_agent(self, path, body):
        headers = {"X-Zige-Key": self.act["agent"]["key"], "Content-Type": "application/json"}
        reply = post(self.act["agent"]["url"] + path, json.dumps(body).encode(), headers, 5000)
        if reply.status >= 400:
            raise RuntimeError(reply.body.decode())

    def register(self):
        data = {"psn_no": self.bill["psn_no"], "begntime": self.act["now"], "atddr_no": self.bill["atddr_no"], "dr_name": self.bill["dr_name"],
                "dept_code": "A01", "ipt_otp_no": self.bill["mdtrt_id"]}
        self.to_platform(self.message("2201", {"data": data}))

    def admit(self):
        info = {**self.visit(), "begntime": self.act["now"], "atddr_no": self.bill["atddr_no"], "med_type": "21"}
        self.to_platform(self.message("2401", {"mdtrtinfo": info, "diseinfo": []}))

    def decide_and_settle(self, lines, again=False):
        raise NotImplementedError

    # -- what comes out ----------------------------------------------------------------------------------------------------------------------

    def run(self):
        getattr(self, self.act["do"])()
        self.memory["lines"] = {line.number: (line.state, line.shown, line.reference) for line in self.lines}
        return {"lines": [{"line_id": line.number, "state": line.state, "shown": line.shown, "reference": line.reference} for line in self.lines],
                "memory": self.memory}


def main(till):
    act = json.load(sys.stdin)
    if not hasattr(till, act["do"]):
        json.dump({"unsupported": "this till has no " + act["do"]}, sys.stdout)
        return 0
    json.dump(till(act).run(), sys.stdout, ensure_ascii=False)
    return 0
