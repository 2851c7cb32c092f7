"""A program of a stage at a terminal of its own, and somebody who types."""
import os
import pty
import select
import signal
import time

from stage import Answer, Failed


def typed(stage, program, *arguments, lines, prompt, timeout=60):
    """Runs a program whose keyboard is ours. Each of `lines` is typed, as it is, when `prompt` has been shown once more.
    Everything that the terminal showed is the answer's `out`."""
    command = [os.path.join(stage.programs, program), *map(str, arguments)]
    with stage.ends_later():
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(command[0], command, stage.environment)
    shown, waiting, asked, ends = b"", list(lines), 0, time.monotonic() + timeout
    try:
        while True:
            if not select.select([terminal], [], [], max(0.0, ends - time.monotonic()))[0]:
                os.kill(pid, signal.SIGKILL)
                raise Failed(f"{' '.join(command)}: still running after {timeout} s; shown: {shown.decode(errors='replace')}")
            try:
                got = os.read(terminal, 65536)
            except OSError:  # Linux: the last one at the terminal has left
                break
            if not got:
                break
            shown += got
            if waiting and shown.count(prompt.encode()) > asked:
                asked += 1
                os.write(terminal, waiting.pop(0).encode())
    finally:
        os.close(terminal)
        _, status = os.waitpid(pid, 0)
    return Answer(os.waitstatus_to_exitcode(status), shown.decode(errors="replace"), "")
