#!/usr/bin/env python3
"""zige-hub serve: suite.py PROGRAMS SOURCES"""
import glob
import json
import os
import shutil
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import Checks, main, policy_of  # noqa: E402

HOSPITAL = "H41150300001"
OK, REFUSED, USAGE, NOT_FOUND, BUSY, IO, UNTRUSTED, UNAVAILABLE, NOT_INITIALISED = range(9)
KILLS = 20 if os.environ.get("ZIGE_LONG") else 4


class Suite(Checks):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.data = stage.path("hub")

    def hub(self, *words, **options):
        return self.stage.run("zige-hub", *words, "--data", self.data, "--operator", "测试员", **options)

    def start(self):
        self.service = self.stage.start("zige-hub", "serve", "--data", self.data, "--listen", "127.0.0.1:0")

    def events(self):
        return self.hub("log", "verify", "--json").json()["events"]

    def set_up(self):
        self.check("nothing there yet", self.hub("status", expect=None).code == NOT_INITIALISED)
        self.hub("init", "--id", "test-411500", "--keys", self.stage.path("keys"), "--root", self.stage.path("safe", "root.key"),
                 "--witness", self.stage.path("witness", "file"), *policy_of(self.sources))
        self.hub("institution", "add", HOSPITAL, "--name", "平桥区人民医院", "--kind", "hospital", "--division", "411503")
        self.stage.run("make_rosters", "--out", self.stage.path("rosters"), "--seed", 5)
        with open(self.stage.path("rosters", "answers.json")) as file:
            self.doctors = json.load(file)["institutions"][0]["files"][0]

    def one_owner(self):
        self.start()
        self.check("a second service is refused", self.stage.run("zige-hub", "serve", "--data", self.data, expect=None).code == BUSY)
        report = self.hub("roster", "import", self.stage.path("rosters", "hospital-doctors.txt"), "--institution", HOSPITAL, "--json").json()
        self.check("a roster goes in through the service", report["added"] == len(self.doctors["people"]), report)
        told = {(problem["line"], problem["error"], problem["imported"]) for problem in report["problems"]}
        known = {(issue["line"], issue["error"], issue["imported"]) for issue in self.doctors["issues"]}
        self.check("each mistake is reported at its line", told == known, told ^ known)
        through_the_service = self.events()
        self.check("SIGTERM ends it in order", self.service.stop() == 0)
        self.check("the same answer without the service", self.events() == through_the_service)

    def root_key_in_the_safe(self):
        shutil.rmtree(self.stage.path("safe"))
        self.check("the root key is not needed any more", self.hub("status", expect=None).code == OK)

    def secrets(self):
        person = self.doctors["people"][3]
        self.start()
        slip = self.hub("token", "new", HOSPITAL, "--json").json()
        done = self.hub("sanction", "set", "--identity-file", "-", "--suspend", "--document", "测医保处〔2026〕1号", "--json",
                        text=person["identity_number"] + "\n").json()
        self.check("a person is found by a number from standard input", done["name"] == person["name"], done)
        self.service.stop()
        log = open(self.stage.path("zige-hub.log"), encoding="utf-8").read()
        self.check("the log has the operations", "sanction.set outcome=ok" in log, log[-300:])
        for name, secret in (("identity number", person["identity_number"]), ("name", person["name"]), ("token", slip["token"])):
            self.check(f"the log has no {name}", secret not in log)
        database = b"".join(open(path, "rb").read() for path in glob.glob(os.path.join(self.data, "hub.db*")))
        self.check("the database has no identity number in clear", person["identity_number"].encode() not in database)
        token = slip["token"].replace("-", "")
        self.check("nor a token", len(token) == 16 and not any(each.encode() in database for each in (token, slip["token"])), token)

    def kill_while_it_changes(self, round_number):
        self.start()
        accepted, enough, killed = [], threading.Event(), threading.Event()

        def change():
            # Without the service a command works on the folder itself: so it ends with the kill, not with the first failure.
            while not killed.is_set():
                code = f"{round_number:02}{len(accepted):04}"
                done = self.hub("department", "add", HOSPITAL, "--department", code, "--name", f"科室{code}", expect=None)
                if done.code != OK:
                    return
                accepted.append(code)
                if len(accepted) == 3:
                    enough.set()

        worker = threading.Thread(target=change)
        worker.start()
        enough.wait(60)
        self.service.kill()
        killed.set()
        worker.join()
        held = {each["code"] for each in self.hub("institution", "show", HOSPITAL, "--json").json()["departments"]}
        missing = [code for code in accepted if code not in held]
        self.check(f"kill {round_number}: every change that was answered is there", len(accepted) >= 3 and not missing, (accepted, missing))
        self.check(f"kill {round_number}: the log's chain is whole", self.hub("log", "verify", expect=None).code == OK)

    def parts_lost(self):
        """A file of the hub is gone or damaged: exit code 5, the file by its name, what to do; nothing is begun anew."""
        damages = [(self.data, "hub.json", "rubbish", "config_unreadable"), (self.data, "hub.json", "{}", "config_unreadable"),
                   (self.data, "hub.db", None, "hub_database_lost")]
        for name in ("identity.key", "numbers.key", "sealing.key"):
            damages += [(self.stage.path("keys"), name, content, "hub_keys_damaged") for content in (None, "rubbish")]
        damages.append((self.stage.path("keys"), "online.key", "rubbish", "hub_keys_damaged"))
        for folder, name, content, error in damages:
            path = os.path.join(folder, name)
            os.rename(path, path + ".kept")
            if content is not None:
                self.stage.write(path, content)
            told = self.hub("status", expect=None)
            what = f"{name} {'lost' if content is None else 'damaged'}"
            self.check(f"{what}: exit code, file and next step", told.code == IO and error in told.err and name in told.err and "下一步" in told.err,
                       (told.code, told.err))
            self.check(f"{what}: nothing is begun anew", os.path.exists(path) == (content is not None))
            os.rename(path + ".kept", path)
        self.check("put back, it goes on", self.hub("status", expect=None).code == OK)

    def database_put_back(self):
        backup = self.stage.path("backup")
        shutil.copytree(self.data, backup, ignore=shutil.ignore_patterns("hub.sock"))
        self.hub("institution", "set", HOSPITAL, "--name", "平桥区人民医院（新）")
        shutil.rmtree(self.data)
        shutil.move(backup, self.data)
        status = self.hub("status", "--json").json()
        self.check("a database behind its witness publishes nothing", status["publishing"] is False and status["stopped_by"] == "hub_behind_witness", status)
        refused = self.hub("institution", "set", HOSPITAL, "--name", "x", expect=None)
        self.check("and takes no change", refused.code == UNAVAILABLE and "hub_behind_witness" in refused.err, refused.err)

    def run(self):
        self.set_up()
        self.one_owner()
        self.root_key_in_the_safe()
        self.secrets()
        for round_number in range(KILLS):
            self.kill_while_it_changes(round_number)
        self.parts_lost()
        self.database_put_back()


if __name__ == "__main__":
    sys.exit(main(Suite))
