#!/usr/bin/env python3
"""A till that asks POST /v1/clear and talks to the platform itself: zige-sandbox conform -- python3 http_till.py"""
import json
import sys

from till import HELD, OPEN, REFUSED, SETTLED, UNCHECKED, NoAnswer, Till, Unknown, main, post


class HttpTill(Till):
    INFNO = {"outpatient": "2204", "inpatient": "2301", "pharmacy": "2102"}

    def call(self, path, body):
        """A 2xx answer of the agent. NoAnswer: none within 300 ms, or one that says that there is none."""
        headers = {"X-Zige-Key": self.act["agent"]["key"], "Content-Type": "application/json"}
        try:
            reply = post(self.act["agent"]["url"] + path, json.dumps(body).encode(), headers, self.act["limits_ms"]["agent"])
        except Unknown as why:
            raise NoAnswer(str(why)) from why  # asking again with the same key is always safe
        if reply.status >= 500:
            raise NoAnswer(reply.body.decode())
        if reply.status >= 400:
            raise RuntimeError(reply.body.decode())  # our own mistake
        return json.loads(reply.body)

    def key(self):
        return f"{self.bill['claim_id']}/{self.memory['round']}"

    def claim(self, lines):
        claim = {"infno": self.INFNO[self.bill["kind"]], "claim_id": self.bill["claim_id"], "idempotency_key": self.key(),
                 "med_type": self.bill["med_type"], "mdtrt_id": self.bill["mdtrt_id"], "feedetail": [line.fee for line in lines]}
        for beside in ("emergency", "release"):
            if beside in self.bill:
                claim[beside] = self.bill[beside]
        return claim

    def decide_and_settle(self, lines, again=False):
        asked = lines
        if again:  # the same question: what was asked under this key, all of it
            asked = [line for line in self.lines if line.number in self.memory.get("asked", [])]
        else:
            self.memory["asked"] = [line.number for line in lines]
        try:
            self.take(asked, self.call("/v1/clear", self.claim(asked)), settle=lines)
        except NoAnswer:
            self.mark(lines, OPEN, "终端无应答，本单未经核对")
            self.memory.setdefault("unchecked", []).append(self.key())
            self.settle_at_platform(lines, UNCHECKED)

    def take(self, asked, answer, settle):
        good, silent = [], []
        for line, decision in zip(asked, answer["lines"]):
            if line not in settle:
                continue
            if "outcome" not in decision:
                silent.append(line)
            elif decision["may_settle"]:
                good.append(line)
                line.shown, line.reference = "", decision.get("reference") or ""
            else:
                line.state = HELD if decision["outcome"] == "hold" else REFUSED
                grounds = "；".join(ground["text_zh"] for ground in decision["grounds"])
                line.reference = decision.get("reference") or ""
                line.shown = f"{grounds}。{decision['advice']['text_zh']}（参考号{line.reference}）"
        if good and not self.operator_may():
            self.mark(good, HELD, "操作员医保结算审核资格受限。请换有权限的结算人员操作")
            good = []
        self.settle_at_platform(good, SETTLED)
        self.settle_at_platform(silent, UNCHECKED)

    def operator_may(self):
        """Who settles is judged too; no answer stops nobody."""
        infno = {"outpatient": "2207", "pharmacy": "2102"}.get(self.bill["kind"])
        if infno != "2207":
            return True
        claim = {"infno": infno, "claim_id": self.bill["claim_id"], "idempotency_key": self.key() + "/opter", "mdtrt_id": self.bill["mdtrt_id"],
                 "feedetail": [{"feedetl_sn": "opter", "opter": self.bill["opter"], "fee_ocur_time": self.act["now"]}]}
        try:
            return self.call("/v1/clear", claim)["lines"][0].get("may_settle", True)
        except NoAnswer:
            return True

    def tell_later(self):
        """With the key under which it was asked; what was settled stays settled, whatever comes."""
        for key in self.memory.pop("unchecked", []):
            claim = self.claim([line for line in self.lines if line.number in self.memory["asked"]])
            claim["idempotency_key"] = key
            self.call("/v1/clear", claim)

    def reversed(self):
        self.tell_agent("/v1/reverse", {"idempotency_key": self.key(), "infno": "2205", "reason": "退费", "clerk": "收费处"})

    def to_platform(self, message, past_agent=False):
        return self.straight(message)


if __name__ == "__main__":
    sys.exit(main(HttpTill))
