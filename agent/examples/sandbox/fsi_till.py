#!/usr/bin/env python3
"""A till whose messages go through the agent as a gateway; only the address changed: zige-sandbox conform -- python3 fsi_till.py"""
import json
import sys
import urllib.parse

from till import HELD, REFUSED, SETTLED, UNCHECKED, NoAnswer, Refused, Till, Unknown, main, post


class Judged(Exception):
    """The agent holds the message up: the answer per line."""

    def __init__(self, words, zige):
        super().__init__(words)
        self.words, self.zige = words, zige


class FsiTill(Till):
    def to_platform(self, message, past_agent=False):
        """Through the gateway; straight to the platform only where the agent took nothing."""
        if past_agent:
            return self.straight(message)
        try:
            return self.through_agent(message)
        except NoAnswer:
            self.memory["past_agent"] = True
            return self.straight(message)

    def through_agent(self, message):
        path = "/fsi/" + message["infno"]
        if message["infno"] in ("2204", "2301", "2102"):
            beside = {}
            if "emergency" in self.bill:
                emergency = self.bill["emergency"]
                beside = {"emergency": emergency["kind"], "reason": emergency["reason"], "declared_by": emergency["declared_by"]}
            if "release" in self.bill:
                beside |= {"release_reason": self.bill["release"]["reason"], "released_by": self.bill["release"]["released_by"]}
            for order in [line.fee["order"] for line in self.lines if "order" in line.fee][:1]:
                beside |= {"order_number": order["number"], "order_time": order["time"]}
            path += "?" + urllib.parse.urlencode(beside) if beside else ""
        headers = {"X-Zige-Key": self.act["agent"]["key"], "Content-Type": "application/json;charset=" + ("GBK" if self.gbk else "UTF-8")}
        limit = self.act["limits_ms"]["platform"] + 1000  # the agent waits for the platform
        reply = post(self.act["agent"]["url"] + path, self.encoded(message), headers, limit)
        self.keep_references(message, reply.headers)
        if reply.status >= 500 and self.is_of_agent(reply):
            raise NoAnswer("no answer could be formed, nothing was sent")
        answer = self.answer_of(reply)
        zige = (answer.get("output") or {}).get("zige") if isinstance(answer.get("output"), dict) else None
        if zige is None:
            return self.taken(answer)
        error = zige.get("error", {}).get("code", "")
        if error in ("fsi_platform_unreachable", "fsi_platform_busy"):
            raise Refused(answer["err_msg"])
        if error:
            raise Unknown(answer["err_msg"])
        if message["infno"] not in ("2207", "2304"):
            self.memory["held_up"] = [message]
        raise Judged(answer["err_msg"], zige)

    def keep_references(self, message, headers):
        """The platform's answer comes back as it is; which decisions it rests on stands beside it, in the order of the message."""
        fees = message["input"].get("feedetail") or message["input"].get("drugdetail") or []
        given = dict(zip((fee["feedetl_sn"] for fee in fees), (headers.get("X-Zige-Reference") or "").split(",")))
        for line in self.lines:
            line.reference = given.get(line.number) or line.reference

    def open_visit(self):
        """2203 says what kind of visit it is: lines have no med_type of their own. It is never held up."""
        info = {**self.visit(), "med_type": self.bill["med_type"], "begntime": self.bill["begntime"]}
        try:
            self.through_agent(self.message("2203", {"mdtrtinfo": info, "diseinfo": []}))
        except (NoAnswer, Unknown, Refused, Judged):
            pass

    def is_of_agent(self, reply):
        try:
            return "zige" in (self.answer_of(reply).get("output") or {})
        except Unknown:
            return False

    def decide_and_settle(self, lines, again=False):
        """A refused line holds up the whole message: without it, under a new number, the rest goes."""
        if again:  # the very same message has the very same answer
            for message in self.memory.get("held_up", ()):
                try:
                    self.through_agent(message)
                except Judged as held:
                    self.without_refused([line for line in lines if line.number in self.memory["asked"]], held)
            return
        self.memory["held_up"] = []
        rest, self.memory["asked"] = list(lines), [line.number for line in lines]
        while rest:
            try:
                self.memory.pop("past_agent", None)
                self.settle_at_platform(rest, SETTLED)
                if self.memory.pop("past_agent", None) and all(line.state == SETTLED for line in rest):
                    self.mark(rest, UNCHECKED, "终端无应答，本单未经核对")
                return
            except Judged as held:
                rest = self.without_refused(rest, held)

    def without_refused(self, rest, held):
        decisions = {each["line_id"]: each for each in held.zige.get("lines", ())}
        good = []
        for line in rest:
            decision = decisions.get(line.number)
            if decision is None or decision.get("may_settle"):
                good.append(line)
                continue
            line.state = HELD if decision["outcome"] == "hold" else REFUSED
            line.reference = decision.get("reference") or ""
            grounds = "；".join(ground["text_zh"] for ground in decision.get("grounds", ()))
            line.shown = f"{grounds}。{decision.get('advice', {}).get('text_zh', '')}（参考号{line.reference}）"
        if len(good) == len(rest):  # the operator, not a line
            self.mark(rest, HELD, held.words)
            return []
        return good

    def tell_later(self):
        """By POST /v1/clear: what went past the agent must not be sent on by it now."""
        lines = [line for line in self.lines if line.state == UNCHECKED]  # what is unknown did reach the agent: find_out
        if not lines:
            return
        claim = {"infno": "2301" if self.bill["kind"] == "inpatient" else "2204", "claim_id": self.bill["claim_id"],
                 "idempotency_key": self.bill["claim_id"] + "/later", "med_type": self.bill["med_type"], "mdtrt_id": self.bill["mdtrt_id"],
                 "feedetail": [line.fee for line in lines]}
        headers = {"X-Zige-Key": self.act["agent"]["key"], "Content-Type": "application/json"}
        post(self.act["agent"]["url"] + "/v1/clear", json.dumps(claim).encode(), headers, 5000)


if __name__ == "__main__":
    sys.exit(main(FsiTill))
