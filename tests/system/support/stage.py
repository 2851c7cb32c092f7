"""A stage for system tests and the demo: the real programs in folders of their own, under a scripted date.

Time: faketime reads the date from a file, so that set_time() moves every program at once; steady_boot.so makes CLOCK_BOOTTIME follow
(see steady_boot.c). Processes: only those started here, by their id; close() ends them and removes the folder, which holds keys. SIGHUP, SIGTERM
and Ctrl-C end a stage in order too, with exit code 128 + signal.
"""
import contextlib
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading


class Failed(Exception):
    """A step did not do what it should."""


class Answer:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def json(self):
        try:
            return json.loads(self.out)
        except ValueError as why:
            raise Failed(f"no JSON: {why}: {self.out[:300]!r} {self.err[:300]!r}") from why


class Daemon:
    """A program that serves until told to stop. `ready` is its first line on standard output, parsed as JSON."""

    def __init__(self, stage, arguments):
        self.name = os.path.basename(arguments[0])
        self.log = open(os.path.join(stage.folder, f"{self.name}.log"), "ab")
        with stage.ends_later():  # no signal between the start and the list by which close() ends it
            self.process = subprocess.Popen(arguments, env=stage.environment, stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE, stderr=self.log, start_new_session=True)
            stage.daemons.append(self)
        guard = threading.Timer(30, self.process.kill)
        guard.start()
        line = self.process.stdout.readline().decode()
        guard.cancel()
        if not line:
            raise Failed(f"{' '.join(arguments)} ended before it was ready; see {self.log.name}: {stage.tail(self.log.name)}")
        self.ready = json.loads(line)

    def alive(self):
        return self.process.poll() is None

    def stop(self):
        """In order: SIGTERM, and the program's own exit code."""
        if self.alive():
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed(f"{self.name} did not stop") from None
        finally:
            self.process.stdout.close()
            self.log.close()
        return code

    def kill(self):
        """Power off: SIGKILL."""
        if self.alive():
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()


class Computer:
    """A computer of the stage with a clock of its own, which is switched off and on: `environment` for Stage.run(on=)."""

    def __init__(self, stage, name):
        self.environment = dict(stage.environment)
        libraries = stage.environment["LD_PRELOAD"].split(":")
        self._files = {word: stage.path(f"{name}-{word}") for word in ("clock", "boot", "seconds")}
        self.environment.update({"LD_PRELOAD": f"{os.path.join(stage.programs, 'own_boot.so')}:{libraries[-1]}",
                                 "FAKETIME_TIMESTAMP_FILE": self._files["clock"], "OWN_BOOT_ID": self._files["boot"],
                                 "OWN_BOOT_SECONDS": self._files["seconds"]})
        self.boots = 0

    def boot(self, wall):
        """Switched on, a minute ago; the clock on its board says `wall` (Beijing time)."""
        self.boots += 1
        self._write("boot", f"{self.boots:08x}-0000-4000-8000-000000000000\n")
        self.set(wall, 60)

    def set(self, wall, seconds):
        """In the same boot, `seconds` after switching on."""
        self.now = wall
        self._write("clock", f"@{wall}\n")
        self._write("seconds", f"{seconds}\n")

    def _write(self, word, text):
        fresh = self._files[word] + ".new"
        with open(fresh, "w") as file:
            file.write(text)
        os.rename(fresh, self._files[word])


class Stage:
    def __init__(self, programs, start="2026-09-07 09:00:00"):
        self.programs = programs
        self.daemons = []
        libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not libraries:
            raise Failed("faketime is not installed; run packaging/setup.sh")
        shim = os.path.join(programs, "steady_boot.so")
        if not os.path.exists(shim):
            raise Failed(f"{shim} is not built")
        self._late, self._waiting = 1, None  # until __enter__: only what was entered is closed
        self._usual = {number: signal.signal(number, self._end) for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)}
        self.folder = tempfile.mkdtemp(prefix="zige-stage-")
        self._clock = os.path.join(self.folder, "clock")
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": self.folder, "LANG": "C.UTF-8", "TZ": "CST-8",
            "LD_PRELOAD": f"{shim}:{libraries[0]}", "FAKETIME_TIMESTAMP_FILE": self._clock,
            "ZIGE_ACCEPT_VOLATILE_DISK": "1",  # /tmp may lie in memory
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.set_time(start)

    def __enter__(self):
        self._late -= 1
        if self._waiting:
            self.close()
            raise SystemExit(128 + self._waiting)
        return self

    def __exit__(self, *_):
        self.close()

    def _end(self, number, _frame):
        if self._late:
            self._waiting = number
            return
        print(f"\n中断，正在收拾  ·  ended by signal {number}, cleaning up", file=sys.stderr, flush=True)
        raise SystemExit(128 + number)

    @contextlib.contextmanager
    def ends_later(self):
        """What stands inside is not cut in half by a signal; the signal takes effect behind it."""
        self._late += 1
        try:
            yield
        finally:
            self._late -= 1
        if self._waiting and not self._late:
            number, self._waiting = self._waiting, None
            self._end(number, None)

    def set_time(self, when):
        """Beijing time, for all programs from now on."""
        self.now = when
        fresh = self._clock + ".new"
        with open(fresh, "w") as file:
            file.write(f"@{when}\n")
        os.rename(fresh, self._clock)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        return self.path(name)

    def run(self, program, *arguments, expect=(0,), text=None, timeout=120, on=None):
        command = [os.path.join(self.programs, program), *map(str, arguments)]
        done = subprocess.run(command, env=(on or self).environment, input=(text or "").encode(), capture_output=True, timeout=timeout)
        answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
        if expect is not None and done.returncode not in expect:
            raise Failed(f"{' '.join(command)}: exit code {done.returncode}, expected {expect}\n{answer.out}{answer.err}")
        return answer

    def start(self, program, *arguments):
        return Daemon(self, [os.path.join(self.programs, program), *map(str, arguments)])

    @staticmethod
    def tail(path, lines=5):
        with open(path, errors="replace") as file:
            return "".join(file.readlines()[-lines:])

    def close(self):
        self._late += 1  # for good: a second signal does not leave half of it behind
        for daemon in self.daemons:
            if daemon.alive():
                daemon.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        for number, usual in self._usual.items():
            signal.signal(number, usual)
