#!/usr/bin/env python3
"""A stage that is cut off leaves nothing behind: stage_test.py PROGRAMS"""
import os
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

# Serves as a program of the product does: says that it is ready, then waits to be ended.
PROGRAM = """#!/bin/sh
echo '{"ready": true}'
exec sleep 600
"""
PLAY = """
import signal, sys
sys.path.insert(0, sys.argv[1])
from stage import Stage
with Stage(sys.argv[2]) as stage:
    daemon = stage.start("server")
    print(stage.folder, daemon.process.pid, flush=True)
    signal.pause()
"""


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def cut_off(programs, number):
    play = subprocess.Popen([sys.executable, "-c", PLAY, HERE, programs], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    folder, pid = play.stdout.readline().decode().split()
    begun = os.path.isdir(folder) and alive(int(pid))
    play.send_signal(number)
    _, err = play.communicate(timeout=30)
    left = [what for what, there in (("folder", os.path.exists(folder)), ("program", alive(int(pid))),
                                     ("traceback", b"Traceback" in err)) if there]
    right = begun and not left and play.returncode == 128 + number
    print(("ok      " if right else "FAILED  ") + number.name + ("" if right else f": {begun} {left} {play.returncode} {err!r}"))
    return right


def main():
    with tempfile.TemporaryDirectory() as programs:
        os.symlink(os.path.join(os.path.abspath(sys.argv[1]), "steady_boot.so"), os.path.join(programs, "steady_boot.so"))
        with open(os.path.join(programs, "server"), "w") as file:
            file.write(PROGRAM)
        os.chmod(os.path.join(programs, "server"), 0o700)
        results = [cut_off(programs, number) for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
