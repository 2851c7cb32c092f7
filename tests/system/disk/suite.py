#!/usr/bin/env python3
"""A disk that is rolled back at each boot: suite.py PROGRAMS SOURCES"""
import os
import shutil
import subprocess
import sys
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import Pair  # noqa: E402
from stage import Answer, Failed, Stage  # noqa: E402

CODE, NAME, GOOD = "H41150200001", "平桥卫生院", "D411502000001"
SKIPPED = 77
# $1 lower $2 upper and work $3 merged $4 boot id; memory: the upper layer lies in a tmpfs
BOOT = """set -e
mount --make-rprivate /
if [ "$5" = memory ]; then mount -t tmpfs tmpfs "$2"; fi
mkdir -p "$2/u" "$2/w"
mount -t overlay -o "lowerdir=$1,upperdir=$2/u,workdir=$2/w" overlay "$3"
mount --bind "$4" /proc/sys/kernel/random/boot_id
shift 5
exec "$@"
"""


class Computer:
    """Whose disk is thrown back to `lower` at each boot."""

    def __init__(self, stage, name, layer):
        self.stage, self.layer = stage, layer
        self.lower, self.upper, self.merged = (stage.path(name + part) for part in (".image", ".layer", ".disk"))
        for folder in (self.lower, self.merged):
            os.mkdir(folder)
        self.boot_id = stage.path(name + ".boot")
        self.boot()

    def boot(self):
        shutil.rmtree(self.upper, ignore_errors=True)
        os.mkdir(self.upper)
        with open(self.boot_id, "w") as file:
            file.write(f"{uuid.uuid4()}\n")

    def run(self, program, *words, expect=(0,), text=None, environment=None):
        command = ["unshare", "-m", "sh", "-c", BOOT, "boot", self.lower, self.upper, self.merged, self.boot_id, self.layer,
                   os.path.join(self.stage.programs, program), *map(str, words)]
        as_installed = {**self.stage.environment, "ZIGE_ACCEPT_VOLATILE_DISK": "0", **(environment or {})}
        done = subprocess.run(command, env=as_installed, input=(text or "").encode(), capture_output=True,
                              timeout=120)
        answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
        if expect is not None and done.returncode not in expect:
            raise Failed(f"{words}: exit code {done.returncode}\n{answer.out}{answer.err}")
        return answer


class Suite(Pair):
    def __init__(self, stage, sources):
        self.stage, self.sources, self.failed = stage, sources, 0
        self.hub_data = stage.path("hub")

    def place(self, computer, anchor):
        return ("--data", os.path.join(computer.merged, "agent"), "--anchor", self.stage.path(anchor))

    def set_up_hub(self):
        self.found()
        self.hub("institution", "add", CODE, "--name", NAME, "--kind", "township_hospital", "--division", "411502", "--mode", "enforce")
        self.process = self.stage.start("zige-hub", "serve", "--data", self.hub_data, "--listen", "127.0.0.1:0")
        self.slip = self.hub("token", "new", CODE, "--address", f"127.0.0.1:{self.process.ready['port']}").out

    def memory(self):
        live = Computer(self.stage, "live", "memory")
        begun = live.run("zige-agent", "disk-check", "begin", *self.place(live, "live.anchor"), expect=None)
        self.check("memory is refused at once", begun.code != 0 and "enrol_disk_rolls_back" in begun.err, begun.err)
        enrolled = live.run("zige-agent", "enroll", "--slip", "-", *self.place(live, "live.anchor"), text=self.slip, expect=None)
        self.check("and nobody enrols there", enrolled.code != 0 and "enrol_disk_rolls_back" in enrolled.err, enrolled.err)
        self.check("with advice in Chinese", "还原" in enrolled.err, enrolled.err)

    def card(self):
        card = Computer(self.stage, "card", "disk")
        where = self.place(card, "card.anchor")
        code = card.run("zige-agent", "disk-check", "begin", *where, "--json").json()["code"]
        early = card.run("zige-agent", "disk-check", "end", *where, "--code", code, expect=None)
        self.check("no verdict before the restart", "usage_bad_argument" in early.err, early.err)
        card.boot()
        told = card.run("zige-agent", "disk-check", "end", *where, expect=None)
        self.check("the mark outside finds the card", "enrol_disk_rolls_back" in told.err, told.err)
        os.unlink(self.stage.path("card.anchor.disk-check"))
        noted = card.run("zige-agent", "disk-check", "end", *where, "--code", code, expect=None)
        self.check("so does the code on paper", "enrol_disk_rolls_back" in noted.err, noted.err)
        mistyped = card.run("zige-agent", "disk-check", "end", *where, "--code", code[:-1] + str((int(code[-1]) + 1) % 10), expect=None)
        self.check("a mistyped code accuses nobody", "usage_bad_argument" in mistyped.err, mistyped.err)
        nothing = card.run("zige-agent", "disk-check", "end", *where, expect=None)
        self.check("without either nothing is said", "file_not_found" in nothing.err, nothing.err)

    def good_disk(self):
        good = Computer(self.stage, "good", "disk")
        where = self.place(good, "good.anchor")
        code = good.run("zige-agent", "disk-check", "begin", *where, "--json").json()["code"]
        shutil.copytree(os.path.join(good.upper, "u"), good.lower, dirs_exist_ok=True)  # it keeps what was written
        good.boot()
        passed = good.run("zige-agent", "disk-check", "end", *where, "--code", code, "--json").json()
        self.check("a disk that stays passes", passed["passed"], passed)

    def installed_all_the_same(self):
        card = Computer(self.stage, "installed", "disk")
        where = self.place(card, "installed.anchor")
        card.run("zige-agent", "enroll", "--slip", "-", *where, text=self.slip)
        card.run("zige-agent", "sync", *where)
        shutil.copytree(os.path.join(card.upper, "u"), card.lower, dirs_exist_ok=True)  # the state that the card keeps
        self.check("at first nothing shows", self.work_a_day(card, where)["disk_rolls_back"] is False)
        once = self.work_a_day(card, where)
        self.check("after one lost day it may be a backup", once["journal"]["anchor_ahead"] and once["disk_rolls_back"] is False, once)
        twice = self.work_a_day(card, where)
        self.check("after two it is the disk", twice["disk_rolls_back"] is True, twice)
        named = [each["kind"] for each in self.hub("incident", "list", "--json").json()["incidents"]]
        self.check("and the hub names it", "disk_rolls_back" in named, named)
        shown = card.run("zige-agent", "status", *where).out
        self.check("the clerk reads what to do", "还原" in shown, shown)

    def work_a_day(self, card, where):
        card.boot()
        card.run("zige-agent", "clear", *where, "--ordering", GOOD, "--time", self.stage.now, "--amount", "10.00", "--claim-id", str(uuid.uuid4()), expect=None)
        card.run("zige-agent", "sync", *where, expect=None)
        return card.run("zige-agent", "status", "--json", *where).json()

    def run(self):
        self.set_up_hub()
        self.memory()
        self.card()
        self.good_disk()
        self.installed_all_the_same()


def may_mount():
    return subprocess.run(["unshare", "-m", "mount", "--make-rprivate", "/"], capture_output=True).returncode == 0


def main():
    if not may_mount():
        print("跳过：没有挂载权限（须 root）  ·  skipped: no right to mount")
        return SKIPPED
    with Stage(os.path.abspath(sys.argv[1])) as stage:
        suite = Suite(stage, os.path.abspath(sys.argv[2]))
        suite.run()
        return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
