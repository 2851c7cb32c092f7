#!/usr/bin/env python3
"""zige-agent from its command line, without a hub: suite.py PROGRAMS"""
import fcntl
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from checks import Checks  # noqa: E402

OK, REFUSED, USAGE, NOT_FOUND, BUSY, IO, UNTRUSTED, UNAVAILABLE, NOT_ENROLLED = range(9)
SLIP = "zige:127.0.0.1:9/ABCD2345EFGH6789/0123456789ABCDEFGHJK\n"


class Suite(Checks):
    def __init__(self, programs, folder):
        self.agent = os.path.join(programs, "zige-agent")
        self.folder = folder
        self.failed = 0

    def run(self, *words, text="", data="none"):
        environment = {"PATH": os.environ["PATH"], "ZIGE_DATA": os.path.join(self.folder, data), "LANG": "C"}
        done = subprocess.run([self.agent, *words], input=text.encode(), capture_output=True, env=environment, timeout=60)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def exits(self, name, expected, *words, out="", err="", **more):
        code, stdout, stderr = self.run(*words, **more)
        self.check(name, code == expected and out in stdout and err in stderr, (code, stdout, stderr))


def calendar(suite):
    suite.exits("due date over a holiday", OK, "calendar", "due", "2026-09-18", "10", out="2026-10-09")
    suite.exits("due date in English", OK, "calendar", "due", "2026-09-18", "10", "--lang", "en", out="working days")
    for start, days, due in (("2025-01-24", 3, "2025-02-05"), ("2025-12-31", 5, "2026-01-08"), ("2026-11-22", 10, "2026-12-04")):
        code, out, _ = suite.run("calendar", "due", start, str(days), "--json")
        answer = json.loads(out)
        suite.check(f"{days} working days after {start}", code == OK and answer["due"] == due and not answer["provisional"], answer)
    answer = json.loads(suite.run("calendar", "due", "2026-12-25", "10", "--json")[1])
    suite.check("a year that is not published is provisional", answer["provisional"] is True, answer)
    answer = json.loads(suite.run("calendar", "show", "2026", "--json")[1])
    suite.check("year 2026", answer["working_days"] == 248 and len(answer["days_off"]) == 33 and len(answer["make_up"]) == 6, answer)
    suite.exits("day that does not exist", USAGE, "calendar", "due", "2026-02-29", "10", err="time_bad_day")
    suite.exits("negative number of days", USAGE, "calendar", "due", "2026-09-18", "-1", err="：N（须为 0 至 3660 的整数）")
    suite.exits("year out of range", USAGE, "calendar", "show", "9999", err="：YEAR（")


def usage(suite):
    suite.exits("help", OK, "--help", out="用法")
    suite.exits("help in English", OK, "--help", "--lang", "en", out="Usage")
    suite.exits("help of a command", OK, "clear", "--help", out="--emergency")
    suite.exits("version", OK, "--version", out="zige-agent ")
    suite.exits("no command", USAGE, err="usage_missing_argument")
    suite.exits("unknown command", USAGE, "setle", err="setle")
    suite.exits("unknown option", USAGE, "status", "--verbose", err="--verbose")
    suite.exits("half a command lists its subcommands", USAGE, "calendar", err="（可用：calendar due, calendar show）\n下一步：")
    suite.exits("words in GBK are refused", USAGE, "depart", "--reason", b"\xcd\xcb\xd0\xdd", err="：--reason（不是 UTF-8 文字")
    suite.exits("a token is no option", USAGE, "enroll", "--token", "ABCD", err="usage_unknown_option")
    code, out, err = suite.run("status", "--verbose", "--json")
    suite.check("an error as JSON", code == USAGE and json.loads(out)["error"]["number"] == 7002 and err == "", (code, out, err))
    suite.exits("an address of the LAN is refused before anything is opened", USAGE, "serve", "--listen", "0.0.0.0:0", err="local_not_loopback")


def not_enrolled(suite):
    for words in (["status"], ["sync"], ["departures"], ["journal", "verify"], ["key", "list"], ["serve"],
                  ["check", "--ordering", "D411502000123"], ["depart", "--person", "D1", "--last-day", "2026-09-18", "--clerk", "a"]):
        suite.exits("before enrolment: " + " ".join(words[:2]), NOT_ENROLLED, *words, err="agent_not_enrolled")
    suite.check("nothing is made before enrolment", not os.path.exists(os.path.join(suite.folder, "none")))


def enrolment(suite):
    suite.exits("slip without a token", USAGE, "enroll", "--slip", "-", text="\n", err="token")
    suite.exits("slip without an address", USAGE, "enroll", "--slip", "-", text="ABCD2345EFGH6789\n0123456789ABCDEFGHJK\n", err="hub")
    suite.exits("slip file that is not there", NOT_FOUND, "enroll", "--slip", os.path.join(suite.folder, "no"), err="file_not_found")
    suite.exits("slip over its limit", USAGE, "enroll", "--slip", "-", text="x" * 20000, err="file_too_large")
    suite.exits("address that is none", USAGE, "enroll", "--slip", "-", "--hub", "http://a/b", text=SLIP, err="hub")
    suite.exits("no hub there", UNAVAILABLE, "enroll", "--slip", "-", text=SLIP, data="new", err="net_unreachable")
    suite.check("the folder is private", os.stat(os.path.join(suite.folder, "new")).st_mode & 0o777 == 0o700)
    suite.exits("still not enrolled", NOT_ENROLLED, "status", data="new")


def folder(suite):
    os.mkdir(os.path.join(suite.folder, "open"), 0o755)
    os.chmod(os.path.join(suite.folder, "open"), 0o755)
    suite.exits("a folder that others may enter", UNTRUSTED, "enroll", "--slip", "-", text=SLIP, data="open", err="private")
    lock = open(os.path.join(suite.folder, "new", "lock"), "ab")
    fcntl.lockf(lock, fcntl.LOCK_EX)
    try:
        suite.exits("a folder that is in use", BUSY, "enroll", "--slip", "-", text=SLIP, data="new", err="agent_busy")
    finally:
        lock.close()


def main():
    with tempfile.TemporaryDirectory(prefix="zige-agent-cli-") as root:
        suite = Suite(sys.argv[1], root)
        for part in (calendar, usage, not_enrolled, enrolment, folder):
            part(suite)
        print(f"{suite.failed} failed")
        return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
