"""The table of README.md: which rule of docs/rules.md is shown by which suite."""
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
ROW = re.compile(r"^\| (\d\.\d\d) \| ([^|]+) \| ([^|]+) \|$")


def read(path=os.path.join(HERE, "README.md")):
    """{id: (rule, where)}"""
    rows = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            found = ROW.match(line.rstrip("\n"))
            if found:
                if found[1] in rows:
                    raise ValueError(f"{path}: row {found[1]} stands twice")
                rows[found[1]] = (found[2].strip(), found[3].strip())
    return rows


class Rows:
    """A suite that shows rows of the table; mixed into Checks."""

    def row(self, number, name, condition, seen=""):
        self.shown = getattr(self, "shown", set()) | {number}
        self.check(f"{number} {name}", condition, seen)

    def all_shown(self, suite):
        """Every row that the table gives to this suite was shown, and no other."""
        mine = {number for number, (_, where) in read().items() if where == f"`{suite}`"}
        self.check(f"each row of {suite} was shown", self.shown == mine, sorted(self.shown ^ mine))
