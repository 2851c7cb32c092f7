"""What the system suites have in common: how a check is told, and how the programs of a stage are called."""


class Checks:
    """A suite counts its checks that failed in `failed`."""

    def check(self, name, condition, seen=""):
        print(("ok      " if condition else "FAILED  ") + name + ("" if condition else f": {seen}"), flush=True)
        self.failed += not condition


class Pair(Checks):
    """One hub in `hub_data` and one agent in `agent_data` of a `stage`."""

    def hub(self, *words, **options):
        return self.stage.run("zige-hub", *words, "--data", self.hub_data, "--operator", "测试员", **options)

    def agent(self, *words, **options):
        return self.stage.run("zige-agent", *words, "--data", self.agent_data, **options)
