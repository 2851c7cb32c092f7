"""An example till with one thing done wrong: sabotaged_till.py EXAMPLES NAME"""
import json
import sys

sys.path.insert(0, sys.argv[1])
from fsi_till import FsiTill  # noqa: E402
from http_till import HttpTill  # noqa: E402
from till import HELD, OPEN, REFUSED, SETTLED, Refused, Unknown, main  # noqa: E402


class SettlesTerminated(HttpTill):
    """Knows better than the agent who was terminated."""

    def call(self, path, body):
        answer = super().call(path, body)
        for line in answer["lines"]:
            if any(ground["code"] == "terminated" for ground in line.get("grounds", ())):
                line["may_settle"] = True
        return answer


class PreviewsOnly(HttpTill):
    """Asks for a preview, and takes it for the decision."""

    def call(self, path, body):
        return super().call(path.replace("/v1/clear", "/v1/check"), body)


class SendsTheTimeOfSettlement(HttpTill):
    def claim(self, lines):
        claim = super().claim(lines)
        claim["feedetail"] = [{**fee, "fee_ocur_time": self.bill["feedetail"][0]["fee_ocur_time"]} for fee in claim["feedetail"]]
        return claim


class RoundsAmounts(HttpTill):
    def claim(self, lines):
        claim = super().claim(lines)
        claim["feedetail"] = [{**fee, "det_item_fee_sumamt": str(round(float(fee["det_item_fee_sumamt"]), 1))} for fee in claim["feedetail"]]
        return claim


class OneMessageBoxForAll(HttpTill):
    """Shows what it read of the first refused line for each of them."""

    def take(self, asked, answer, settle):
        super().take(asked, answer, settle)
        refused = [line for line in asked if line.state in (HELD, REFUSED)]
        for line in refused:
            line.shown, line.reference = refused[0].shown, refused[0].reference


class KeepsTheOldKey(HttpTill):
    """Asks again with the key of the first time, after everything was put right."""

    def key(self):
        return self.bill["claim_id"] + "/1"


class MakesANewKeyEachTime(HttpTill):
    def repeat(self):
        self.memory["round"] += 1
        self.decide_and_settle([line for line in self.lines if line.state != SETTLED], again=True)


class NeverTells(HttpTill):
    def tell_later(self):
        self.memory.pop("unchecked", None)


class UndoesWhatIsToldLater(HttpTill):
    def tell_later(self):
        super().tell_later()
        if any(line.fee["bilg_dr_name"] == "张强" for line in self.lines):
            self.reverse()


class ReusesItsNumbers(HttpTill):
    """One msgid for each transaction of a bill."""

    def message(self, infno, data):
        message = super().message(infno, data)
        if infno == "2207":
            message["msgid"] = self.memory.setdefault("number", message["msgid"])
        return message


class SendsLinesAgain(HttpTill):
    def to_platform(self, message, past_agent=False):
        try:
            return super().to_platform(message, past_agent)
        except Unknown:
            if message["infno"] != "2204":
                raise
            return super().to_platform(message, past_agent)


class TakesAnyPositiveCode(HttpTill):
    @staticmethod
    def taken(answer):
        if int(answer["infcode"]) < 0:
            raise Refused(str(answer.get("err_msg", "")))
        return answer.get("output") or {}


class ChargesWithoutAsking(HttpTill):
    """After a refund it still knows what the agent said the first time."""

    def ask_again(self):
        self.memory["round"] += 1
        self.settle_at_platform([line for line in self.lines if line.state == OPEN], SETTLED)


class DropsTheOrder(HttpTill):
    """Asks for the other doctor and says nothing of his order."""

    def claim(self, lines):
        claim = super().claim(lines)
        claim["feedetail"] = [{key: value for key, value in fee.items() if key != "order"} for fee in claim["feedetail"]]
        return claim


class SettlesWhatIsHeld(HttpTill):
    def call(self, path, body):
        answer = super().call(path, body)
        for line in answer["lines"]:
            line["may_settle"] = line["may_settle"] or line["outcome"] == "hold"
        return answer


class SignsForTheHead(HttpTill):
    def claim(self, lines):
        claim = super().claim(lines)
        if "release" in claim:
            claim["release"] = {**claim["release"], "released_by": "收费处"}
        return claim


class TellsOfNoRefund(HttpTill):
    def reversed(self):
        pass


class BringsNoEvidence(FsiTill):
    def evidence(self):
        pass


class BreaksGbk(FsiTill):
    def encoded(self, message):
        if not self.gbk:
            return super().encoded(message)
        return json.dumps(message, ensure_ascii=False).encode("ascii", "replace")


if __name__ == "__main__":
    sys.exit(main(globals()[sys.argv[2]]))
