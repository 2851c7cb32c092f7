#!/usr/bin/env python3
"""zige-sandbox with the real programs and the real clock: suite.py PROGRAMS SOURCES"""
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from checks import Checks  # noqa: E402

# What is wrong with a till: where it is played, and which cases find it.
SABOTAGED = (
    ("SettlesTerminated", ("normal-doctor", "suspended-doctor", "terminated-doctor", "departed-doctor"), {"terminated-doctor"}),
    ("PreviewsOnly", ("normal-doctor",), {"normal-doctor"}),
    ("SendsTheTimeOfSettlement", ("lines",), {"fee-times-exact"}),
    ("RoundsAmounts", ("one-bad-line", "amounts-exact", "fee-times-exact"), {"amounts-exact"}),
    ("OneMessageBoxForAll", ("words",), {"each-line-its-own-words"}),
    ("KeepsTheOldKey", ("mapped-then-settled", "old-key-no-way-round", "same-key-same-answer"), {"mapped-then-settled"}),
    ("MakesANewKeyEachTime", ("forward",), {"same-key-same-answer", "same-key-same-refusal"}),
    ("NeverTells", ("agent-dead", "told-later", "not-recorded"), {"told-later"}),
    ("UndoesWhatIsToldLater", ("no-answer",), {"told-later-settled-stays"}),
    ("ReusesItsNumbers", ("timeout-found-out", "lost-settled-anew", "cut-off-answer"), {"lost-settled-anew"}),
    ("SendsLinesAgain", ("lines-time-out", "lines-refused", "timeout-never-resent"), {"lines-time-out"}),
    ("TakesAnyPositiveCode", ("settlement-refused", "other-infcode", "slow-platform"), {"other-infcode"}),
    ("ChargesWithoutAsking", ("reversal",), {"reversed-asked-anew"}),
    ("DropsTheOrder", ("later",), {"another-name-new-order"}),
    ("SettlesWhatIsHeld", ("later",), {"another-name-no-order", "time-inconsistent"}),
    ("SignsForTheHead", ("released-by-head", "no-release-of-suspended"), {"released-by-head"}),
    ("TellsOfNoRefund", ("reversal-told", "reversed-asked-anew"), {"reversal-told"}),
    ("BringsNoEvidence", ("evidence-recorded", "reversal-told"), {"evidence-recorded"}),
    ("BreaksGbk", ("gbk-message", "extra-fields-kept"), {"gbk-message"}),
)


class Suite(Checks):
    def __init__(self, programs, sources, folder):
        self.program, self.folder, self.failed = os.path.join(programs, "zige-sandbox"), folder, 0
        self.policy = ("--policy", os.path.join(sources, "packaging"))
        self.examples = os.path.join(sources, "agent", "examples", "sandbox")

    def call(self, *words, text=None):
        done = subprocess.run([self.program, *words], input=text, capture_output=True, timeout=3000)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def conform(self, till, *words, data=None):
        """Exit code and the verdicts by case."""
        where = ("--data", os.path.join(self.folder, data)) if data else ()
        code, out, err = self.call("conform", "--json", "--agent-ms", "5000", "--patience", "3", *self.policy, *where, *words, "--", sys.executable, "-B", *till)
        try:
            return code, {case["case"]: case for case in json.loads(out)["cases"]}
        except (ValueError, KeyError):
            return code, {"": {"verdict": "broken", "why": [out[-2000:], err[-2000:]]}}

    @staticmethod
    def not_holding(cases):
        return {name: case["why"] for name, case in cases.items() if case["verdict"] != "holds"}

    # -- run ---------------------------------------------------------------------------------------------------------------------------------

    def start(self, *words):
        data = ("--data", os.path.join(self.folder, "vendor"))
        process = subprocess.Popen([self.program, "run", "--json", "--port", "0", *data, *self.policy, *words], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        return process, json.loads(process.stdout.readline() or b"{}")

    @staticmethod
    def children(process):
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
            return [int(word) for word in file.read().split()]

    @staticmethod
    def post(url, key, body):
        request = urllib.request.Request(url, body, {"X-Zige-Key": key, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.read()

    def runs(self):
        process, ready = self.start("--fault", "5204:refuse@2")
        self.check("run is ready", ready.get("ready") is True, ready)
        code = next(person["code"] for person in ready["people"] if person["zh"] == "暂停中的医师")
        claim = {"infno": "2204", "claim_id": "R1", "idempotency_key": "R1", "feedetail": [
            {"bilg_dr_codg": code, "fee_ocur_time": "2026-01-01 08:00:00", "det_item_fee_sumamt": "1.00"},
            {"bilg_dr_codg": "HIS0042", "fee_ocur_time": "2026-01-01 08:00:00", "det_item_fee_sumamt": "1.00"}]}
        lines = json.loads(self.post(ready["agent"] + "/v1/clear", ready["key"], json.dumps(claim).encode()))["lines"]
        self.check("the agent answers with the printed key", [line["outcome"] for line in lines][1] == "hold", lines)
        body = b' {"infno":"5204", "msgid":"M1","input":{"data":{"mdtrt_id":"V1"}},\r\n "odd":"\xe5\xbc\xa0"}'
        for expected in (0, -1, 0):
            answer = json.loads(self.post(ready["fsi"].replace("{infno}", "5204"), ready["key"], body))
            self.check(f"a message goes to the stand-in and back ({expected})", answer["infcode"] == expected, answer)
        with open(ready["transcript"]) as file:
            rows = [json.loads(line) for line in file]
        kept = os.path.join(os.path.dirname(ready["transcript"]), rows[0]["request"])
        with open(kept, "rb") as file:
            self.check("and is kept byte for byte", file.read() == body and [row["fault"] for row in rows] == ["", "5204:refuse@2", ""], rows)
        children = self.children(process)
        self.check("a hub and an agent run", len(children) == 2, children)
        process.send_signal(signal.SIGTERM)
        self.check("SIGTERM ends it in order", process.wait(60) == 0, process.stderr.read())
        self.check("and its children", not any(os.path.exists(f"/proc/{child}") for child in children), children)
        again, ready_again = self.start()
        self.check("the folder is taken up again", ready_again.get("key") == ready["key"], ready_again)
        children = self.children(again)
        again.kill()
        again.wait(60)
        self.check("SIGKILL leaves nobody behind", all(self.ends(child) for child in children), children)

    @staticmethod
    def ends(child):
        try:
            descriptor = os.pidfd_open(child)
        except ProcessLookupError:
            return True
        ended = select.select([descriptor], [], [], 30)[0]  # who ended and was not waited for has a number still
        os.close(descriptor)
        return bool(ended)

    # -- conform -----------------------------------------------------------------------------------------------------------------------------

    def conforms(self):
        for name in ("http_till.py", "fsi_till.py"):
            code, cases = self.conform((os.path.join(self.examples, name),), data=name)
            self.check(f"{name} holds in all of {len(cases)} cases", code == 0 and len(cases) >= 40 and not self.not_holding(cases),
                       (code, self.not_holding(cases)))

    def can_fail(self):
        for name, where, expected in SABOTAGED:
            chosen = [word for case in where for word in ("--case", case)]
            code, cases = self.conform((os.path.join(HERE, "sabotaged_till.py"), self.examples, name), *chosen, data="http_till.py")
            found = self.not_holding(cases)
            self.check(f"{name}: exactly {', '.join(sorted(expected))} fails", code == 1 and set(found) == expected, (code, found))

    def words(self):
        self.check("--help ends with 0 and is Chinese", self.call("--help")[0] == 0 and "沙箱" in self.call("--help")[1])
        for command in ("run", "conform", "cases"):
            code, out, _ = self.call(command, "--help", "--lang", "en")
            self.check(f"{command} --help tells the exit codes", code == 0 and "Exit codes" in out, out)
        listed = json.loads(self.call("cases", "--json")[1])["cases"]
        self.check("40 cases or more, each with its words and rule", len(listed) >= 40 and all(all(case.values()) for case in listed), len(listed))
        self.check("no two have one name", len({case["case"] for case in listed}) == len(listed))
        for wrong in (("walk",), ("run",), ("run", "--data"), ("run", "--data", self.folder, "--fault", "2204:explode"),
                      ("run", "--data", self.folder, "--port", "70000"), ("conform",), ("conform", "--case", "no-such", "--", "true"), ("cases", "more")):
            code, out, err = self.call(*wrong)
            self.check(f"{' '.join(wrong)} is wrong usage", code == 2 and err and not out, (code, out, err))
        one = ("--case", "normal-doctor")
        for name, his in (("rubbish", ("-c", "print('hello')")), ("an error", ("-c", "raise SystemExit(3)")),
                          ("a state that nobody knows", ("-c", "print('{\"lines\":[{\"line_id\":\"1\",\"state\":\"fine\"}]}')")),
                          ("nothing in time", ("-c", "import select; select.select([], [], [])")),
                          ("nothing more and goes on", ("-c", "import os, select; os.close(1); os.close(2); select.select([], [], [])"))):
            code, cases = self.conform(his, *one, "--within", "2", data="http_till.py")
            self.check(f"a HIS that answers {name} fails", code == 1 and cases["normal-doctor"]["verdict"] == "fails", (code, cases))
        unable = ("-c", "print('{\"unsupported\": \"no such till\"}')")
        code, cases = self.conform(unable, *one, data="http_till.py")
        self.check("one that cannot is not judged", code == 3 and cases["normal-doctor"]["verdict"] == "not_run", (code, cases))
        code, _, err = self.call("conform", *self.policy, *one, "--data", os.path.join(self.folder, "http_till.py"), "--", "/no/such/his")
        self.check("a command that is not there is told", code in (2, 3), (code, err))

    def run(self):
        self.runs()
        self.conforms()
        self.can_fail()
        self.words()


def main():
    folder = tempfile.mkdtemp(prefix="zige-sandbox-suite-")
    try:
        suite = Suite(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), folder)
        suite.run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
