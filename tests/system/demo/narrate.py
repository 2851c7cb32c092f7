"""How the demo talks: Chinese with English beside, one step after the other, by name."""
import sys
import time


class Narrator:
    def __init__(self, stage):
        self.stage = stage
        self.count = 0
        self.began = time.monotonic()

    def step(self, zh, en):
        self.count += 1
        print(f"\n── {self.count}. {zh}  ·  {en}   [{self.stage.now}]", flush=True)

    @staticmethod
    def say(zh, en):
        print(f"   {zh}\n     {en}", flush=True)

    @staticmethod
    def show(text, limit=40):
        lines = text.rstrip().splitlines()
        for line in lines[:limit]:
            print(f"   │ {line}")
        if len(lines) > limit:
            print(f"   │ … {len(lines) - limit} more")
        sys.stdout.flush()

    def end(self):
        print(f"\n完成，共 {self.count} 步，用时 {time.monotonic() - self.began:.0f} 秒  ·  "
              f"done: {self.count} steps in {time.monotonic() - self.began:.0f} s")
