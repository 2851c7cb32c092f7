"""What the system suites have in common: how a check is told, how the programs of a stage are called, how a hub is set up."""
import glob
import os
import sys

from stage import Stage


def policy_of(sources):
    """What `zige-hub init` takes of the packaged policy: profile and calendars."""
    folder = os.path.join(sources, "packaging")
    calendars = sorted(glob.glob(os.path.join(folder, "calendars", "*.json")))
    return ("--profile", os.path.join(folder, "profiles", "henan-xinyang.json"), *(part for path in calendars for part in ("--calendar", path)))


def main(suite_class):
    """`suite.py PROGRAMS SOURCES`: runs the suite on a stage of its own; the exit code."""
    with Stage(os.path.abspath(sys.argv[1])) as stage:
        suite = suite_class(stage, os.path.abspath(sys.argv[2]))
        suite.run()
        print(f"{suite.failed} failed")
        return 1 if suite.failed else 0


class Checks:
    """A suite counts its checks that failed in `failed`."""

    def check(self, name, condition, seen=""):
        print(("ok      " if condition else "FAILED  ") + name + ("" if condition else f": {seen}"), flush=True)
        self.failed += not condition


class Pair(Checks):
    """One hub in `hub_data` and one agent in `agent_data` of a `stage`, with the policy of the tree `sources`."""

    def hub(self, *words, **options):
        return self.stage.run("zige-hub", *words, "--data", self.hub_data, "--operator", "测试员", **options)

    def agent(self, *words, **options):
        return self.stage.run("zige-agent", *words, "--data", self.agent_data, **options)

    def found(self, *more):
        """The hub with its keys, root and witness in the stage's folder; every undecided value is confirmed."""
        self.hub("init", "--id", "xinyang-411500", "--keys", self.stage.path("hub-keys"), "--root", self.stage.path("root.pem"),
                 "--witness", self.stage.path("witness"), *more, *policy_of(self.sources))
        for value in self.hub("profile", "show", "--json").json()["undecided"]:
            self.hub("profile", "confirm", value["name"])
