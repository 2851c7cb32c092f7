"""Messages of the national interface, as a HIS and a till send them to POST /fsi/{infno}."""
import http.client
import json
import urllib.parse

PATIENT = "410102198503031234"


class Till:
    """Somebody's software: it writes messages of one institution and sends them to its agent."""

    def __init__(self, institution, service, key, now):
        self.institution, self.service, self.key, self.now, self.serial = institution, service, key, now, 0

    def message(self, infno, data, **more):
        self.serial += 1
        stamp = "".join(each for each in self.now() if each.isdigit())
        envelope = {"infno": infno, "msgid": f"{self.institution}{stamp}{self.serial:04}", "mdtrtarea_admvs": "411502", "insuplc_admdvs": "411500",
                    "infver": "V1.0", "opter_type": "1", "opter": "", "opter_name": "收费员", "inf_time": self.now(),
                    "fixmedins_code": self.institution, "sign_no": "9001"}
        return {**envelope, **more, "input": data}

    def fee(self, code, **more):
        self.serial += 1
        return {"feedetl_sn": f"F{self.serial}", "mdtrt_id": f"V{self.serial}", "psn_no": PATIENT, "chrg_bchno": f"B{self.serial}",
                "fee_ocur_time": self.now(), "det_item_fee_sumamt": 12.5, "cnt": 1, "med_list_codg": "XN01", "bilg_dept_codg": "A01",
                "bilg_dr_codg": code, **more}

    def fees(self, *codes, infno="2204", **more):
        """Each of a visit and a lot of its own, unless `more` names one."""
        return self.message(infno, {"feedetail": [self.fee(code, **more) for code in codes]})

    def sale(self, code, rx_flag="1", **more):
        """2102 of a drug that somebody outside prescribed."""
        return self.message("2102", {"druginfo": {"psn_no": PATIENT, "med_type": "41", "begntime": self.now()},
                                     "drugdetail": [{"feedetl_sn": "1", "rx_flag": rx_flag, "det_item_fee_sumamt": 12.5, "bilg_dr_codg": code, **more}]})

    def post(self, message, **beside):
        """The answer's envelope. `beside` stands in the query."""
        connection = http.client.HTTPConnection("127.0.0.1", self.service.ready["port"], timeout=60)
        query = "?" + urllib.parse.urlencode(beside, quote_via=urllib.parse.quote) if beside else ""
        connection.request("POST", f"/fsi/{message['infno']}{query}", json.dumps(message, ensure_ascii=False).encode(),
                           {"X-Zige-Key": self.key, "Content-Type": "application/json;charset=utf-8"})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def judged(self, message, **beside):
        """Outcome, and the codes of the grounds of all lines, the gravest first."""
        zige = self.post(message, **beside)["output"]["zige"]
        grounds = [ground["code"] for line in zige.get("lines", ()) for ground in line.get("grounds") or ()]
        return zige.get("outcome"), grounds
