#!/usr/bin/env python3
"""zige-agent serve beside a real hub: suite.py PROGRAMS SOURCES"""
import json
import os
import sys
import threading
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import main, Pair  # noqa: E402

CODE, NAME = "H41150200001", "平桥卫生院"
GOOD, SUSPENDED = "D411502000001", "D411502000002"
BUSY, UNAVAILABLE = 4, 7


def roster():
    rows = ((GOOD, "王伟", "11010519491231002X"), (SUSPENDED, "李静", "110105199001010045"))
    return "".join("\t".join((CODE, NAME, code, name, "男", "01", identity, "在职", "2025-01-01", "2027-12-31", f"Z{number}", NAME,
                              "临床", "内科", "执业医师", "主治医师")) + "\n" for number, (code, name, identity) in enumerate(rows))


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.agent_data, self.hub_data = stage.path("agent"), stage.path("hub")

    def start_hub(self):
        self.hub_process = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", "127.0.0.1:0")

    def start_agent(self):
        self.service = self.stage.start("zige-agent", "serve", "--data", self.agent_data, "--listen", "127.0.0.1:0", "--sync-every", "60")

    def set_up(self):
        self.found()
        self.hub("institution", "add", CODE, "--name", NAME, "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.hub("roster", "import", self.stage.write("roster.txt", roster()), "--institution", CODE, expect=(0, 1))
        self.start_hub()
        slip = self.hub("token", "new", CODE, "--address", f"127.0.0.1:{self.hub_process.ready['port']}").out
        self.agent("enroll", "--slip", "-", text=slip)
        report = self.agent("sync", "--json").json()
        self.first = report["seq_after"]
        self.check("the first sync brings the people", report["people"] == 2, report)

    def ask(self, path, body=None, key=None):
        request = urllib.request.Request(f"http://{self.service.ready['listen']}{path}", json.dumps(body).encode() if body else None,
                                         {"X-Zige-Key": key or self.key, "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def claim(self, name, code=GOOD):
        line = {"bilg_dr_codg": code, "fee_ocur_time": self.stage.now, "det_item_fee_sumamt": "10.00"}
        return {"infno": "2204", "claim_id": name, "idempotency_key": name, "feedetail": [line]}

    def serve(self):
        self.start_agent()
        self.key = self.agent("key", "new", "--name", "收费处1号机", "--role", "his", "--json").json()["key"]
        status, answer = self.ask("/v1/clear", self.claim("A-1"))
        self.check("a till gets its answer by key", status == 200 and answer["outcome"] == "allow", answer)
        self.check("a wrong key gets none", self.ask("/v1/status", key="zk-his-0")[0] == 401)
        self.check("the till's key may not record a departure", self.ask("/v1/departures", {"person": GOOD, "last_day": "2026-09-07"})[0] == 403)
        self.stage.run("zige-agent", "serve", "--data", self.agent_data, "--listen", "127.0.0.1:0", expect=(BUSY,))
        self.check("a second owner is refused", True)
        self.hub("sanction", "set", SUSPENDED, "--suspend", "--document", "信医保处〔2026〕1号", "--served", "2026-09-07", "--from", "2026-09-08",
                 "--to", "2026-11-08")
        self.stage.set_time("2026-09-08 09:00:00")
        report = self.agent("sync", "--json").json()
        self.check("a sync through the socket reaches the service", report["carried"] and report["seq_after"] > self.first, report)
        answer = self.ask("/v1/clear", self.claim("A-2", SUSPENDED))[1]["lines"][0]
        self.check("and its till refuses at once", answer["outcome"] == "deny" and answer["grounds"][0]["document"], answer)

    def lose_the_hub(self):
        self.check("the hub stops in order", self.hub_process.stop() == 0)
        self.agent("sync", expect=(UNAVAILABLE,))
        answer = self.ask("/v1/clear", self.claim("B-1", SUSPENDED))[1]
        self.check("without the hub the till still refuses", answer["outcome"] == "deny", answer)
        self.check("and the service lives", self.service.alive())

    def lose_power(self):
        answered, enough = [], threading.Event()

        def till(name):
            for number in range(100000):
                try:
                    reply = self.ask("/v1/clear", self.claim(f"{name}-{number}"))[1]
                except OSError:
                    return
                answered.append((reply["lines"][0]["number"], f"{name}-{number}"))
                if len(answered) >= 100:
                    enough.set()

        tills = [threading.Thread(target=till, args=(f"K{number}",)) for number in range(4)]
        for each in tills:
            each.start()
        reached = enough.wait(120)
        self.service.kill()
        for each in tills:
            each.join()
        self.check("100 answers before the power goes", reached, len(answered))
        self.check("no number twice", len({number for number, _ in answered}) == len(answered))
        verified = self.agent("journal", "verify", "--json").json()
        self.check("every answered decision is in the journal", verified["entries"] >= max(answered)[0] and verified["not_signed"] == 0, verified)
        self.start_agent()
        for number, name in sorted(answered)[-10:]:
            again = self.ask("/v1/clear", self.claim(name))[1]
            self.check(f"{name} again is number {number}", again["repeated"] and again["lines"][0]["number"] == number, again)

    def stop(self):
        self.check("SIGTERM ends it in order", self.service.stop() == 0)
        self.check("the socket is left to nobody", self.agent("status", "--json").json()["enrolled"])

    def run(self):
        self.set_up()
        self.serve()
        self.lose_the_hub()
        self.lose_power()
        self.stop()


if __name__ == "__main__":
    sys.exit(main(Suite))
