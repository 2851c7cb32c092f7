"""kill -9 of a real agent, again and again. See README.md in this folder."""
import json
import os
import random
import sys
import threading
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "support"), os.path.join(os.path.dirname(HERE), "demo")]

from demo import Demo, Site, expect  # noqa: E402
from narrate import Narrator  # noqa: E402
from stage import Failed, Stage  # noqa: E402

KILLS_SHORT, KILLS_LONG = 10, 200
TILLS = 4
MOST_ANSWERS = 200
FEE_TIME = "2026-09-07 08:30:00"


class Tills:
    """Clears without pause until the agent is gone; remembers what was answered."""

    def __init__(self, url, key, people, run):
        self.url, self.key, self.people, self.run = url, key, people, run
        self.answered, self.lock, self.enough, self.wanted = [], threading.Lock(), threading.Event(), 0
        self.threads = [threading.Thread(target=self.till, args=(n,)) for n in range(TILLS)]

    def start(self, wanted):
        self.wanted = wanted
        if wanted == 0:
            self.enough.set()
        for thread in self.threads:
            thread.start()

    def till(self, n):
        for i in range(100000):
            line = f"{self.run}-{n}-{i}"
            claim = {"claim_id": line, "idempotency_key": line,
                     "feedetail": [Demo.line(line, self.people[(n + i) % len(self.people)], FEE_TIME, "10.00")]}
            request = urllib.request.Request(self.url + "/v1/clear", json.dumps(claim).encode(),
                                             {"X-Zige-Key": self.key, "Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=20) as reply:
                    answer = json.load(reply)["lines"][0]
            except (OSError, ValueError):
                return
            with self.lock:
                self.answered.append((answer["number"], answer["outcome"], claim))
                if len(self.answered) >= self.wanted:
                    self.enough.set()

    def join(self):
        for thread in self.threads:
            thread.join()


class Power:
    def __init__(self, stage, seed):
        self.demo = Demo(stage, Narrator(stage))
        self.stage, self.random = stage, random.Random(seed)
        self.published = set()
        self.answers = 0
        self.applied = 0

    def found(self):
        self.demo.initialise()
        folder = self.stage.path("rosters")
        self.stage.run("make_rosters", "--out", folder, "--seed", 7)
        with open(os.path.join(folder, "answers.json")) as file:
            facts = next(each for each in json.load(file)["institutions"] if each["kind"] == "township_hospital")
        self.site = Site(self.stage, facts)
        self.demo.hub("institution", "add", self.site.code, "--name", self.site.name, "--kind", self.site.kind,
                      "--division", "411500", "--mode", "enforce")
        for name in self.site.files:
            self.demo.hub("roster", "import", os.path.join(folder, name), "--institution", self.site.code)
        self.demo.start_hub()
        slip = self.demo.hub("token", "new", self.site.code, "--address", f"127.0.0.1:{self.demo.port}").out
        self.site.agent("enroll", "--slip", self.stage.write("slip", slip))
        self.site.sync()
        self.key = self.site.agent("key", "new", "--name", "till", "--role", "his", "--json").json()["key"]
        self.people = [person["code"] for person in self.site.people if person["code"]]
        self.note_published()

    def note_published(self):
        self.published.add(self.demo.hub("institution", "show", self.site.code, "--json").json()["seq"])

    def change(self, number):
        """A new state for the agent to apply at its next start."""
        code = self.people[number % len(self.people)]
        self.demo.hub("sanction", "set", code, "--suspend", "--document", f"断电〔2026〕{number}号", "--served", "2026-09-07",
                      "--from", "2026-10-01", "--to", "2026-11-01")
        self.note_published()

    def kill_once(self, number):
        if number % 2 == 0:
            self.change(number)
        before = self.site.agent("status", "--json").json()["copy"]["seq"]
        daemon = self.stage.start("zige-agent", "serve", "--data", self.site.data, "--listen", "127.0.0.1:0", "--json")
        tills = Tills(f"http://{daemon.ready['listen']}", self.key, self.people, f"K{number}")
        tills.start(self.random.randrange(MOST_ANSWERS))
        reached = tills.enough.wait(60)
        daemon.kill()
        tills.join()
        expect(reached, "the tills are answered")
        self.answers += len(tills.answered)
        self.check(tills.answered, before)

    def check(self, answered, before):
        verified = self.site.agent("journal", "verify", "--json").json()
        numbers = [number for number, _, _ in answered]
        expect(len(set(numbers)) == len(numbers), "no number is given twice")
        expect(not numbers or max(numbers) <= verified["entries"], f"every number is in the journal: {max(numbers or [0])} of {verified}")
        copy = self.site.agent("status", "--json").json()["copy"]
        expect(copy["seq"] in self.published and copy["seq"] >= before, f"the copy is a published one and not an older one: {copy}")
        self.applied += copy["seq"] > before
        for number, outcome, claim in answered[-3:]:
            again = self.site.clear(claim)
            expect(again["repeated"] and again["lines"][0]["number"] == number and again["lines"][0]["outcome"] == outcome,
                   f"asked again, {claim['claim_id']} is still number {number}: {again}")


def main():
    kills = KILLS_LONG if os.environ.get("ZIGE_LONG") else KILLS_SHORT
    seed = int(os.environ.get("ZIGE_SEED") or random.randrange(1 << 30))
    with Stage(os.path.abspath(sys.argv[1])) as stage:
        power = Power(stage, seed)
        try:
            power.found()
            for number in range(kills):
                power.kill_once(number)
                if (number + 1) % 10 == 0:
                    print(f"{number + 1} of {kills} kills, {power.answers} answers, {power.applied} times the new copy was there", flush=True)
            power.site.sync()
            held = power.demo.hub("status", "--json").json()["agents"][0]
            expect(not held["frozen"], "an honest journal never looks like a fork")
            power.demo.stop_hub()
        except (Failed, KeyError, TypeError) as why:
            print(f"after {power.answers} answers, ZIGE_SEED={seed}: {type(why).__name__}: {why}", file=sys.stderr)
            return 1
    print(f"{kills} kills, {power.answers} answers, nothing lost; the new copy was there {power.applied} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
