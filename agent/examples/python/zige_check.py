#!/usr/bin/env python3
"""As ../c/zige_check.c, in Python with ctypes: zige_check.py DATA_DIR FEE_TIME CODE...
The library is found as the system finds libraries; ZIGE_LIBRARY names another one."""
import ctypes
import os
import sys
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p, sizeof

MAX_PEOPLE, MAX_GROUNDS = 8, 16
TXN_OUTPATIENT_FEES, ROLE_ORDERING = 1, 1
TEXT_GROUND, TEXT_ADVICE = 2, 3
E_AGENT_BUSY, E_FILE_PERMISSION, KIND_INVALID, KIND_UNTRUSTED = -4002, -8005, 1, 4


class Error(Structure):
    _fields_ = [("code", c_int32), ("kind", c_int32), ("field", c_char * 120), ("reason", c_char * 320), ("next", c_char * 320),
                ("detail", c_char * 256)]


class OpenOptions(Structure):
    _fields_ = [("size", c_uint32), ("flags", c_uint32), ("data_dir", c_char_p), ("anchor", c_char_p), ("fetch", c_void_p),
                ("log", c_void_p), ("user", c_void_p)]


class ConnectOptions(Structure):
    _fields_ = [("size", c_uint32), ("flags", c_uint32), ("data_dir", c_char_p), ("address", c_char_p), ("key", c_char_p),
                ("timeout_ms", c_int32), ("slow_ms", c_int32), ("log", c_void_p), ("user", c_void_p)]


class Person(Structure):
    _fields_ = [("code", c_char_p), ("role", c_int32)]


class Line(Structure):
    _fields_ = [("line_id", c_char_p), ("fee_time", c_char_p), ("prescribed_time", c_char_p), ("department", c_char_p),
                ("med_type", c_char_p), ("amount_fen", c_int64), ("item_class", c_int32), ("uninsured", c_int32),
                ("emergency_kind", c_int32), ("emergency_reason", c_char_p), ("emergency_declared_by", c_char_p),
                ("people", Person * MAX_PEOPLE), ("visit", c_char_p), ("item_code", c_char_p), ("order_number", c_char_p),
                ("order_time", c_char_p), ("release_reason", c_char_p), ("released_by", c_char_p), ("ordering_name", c_char_p)]


class Claim(Structure):
    _fields_ = [("size", c_uint32), ("transaction", c_int32), ("claim_id", c_char_p), ("idempotency_key", c_char_p),
                ("lines", POINTER(Line)), ("line_count", c_uint32), ("line_size", c_uint32)]


class Ground(Structure):
    _fields_ = [("ground", c_int32), ("outcome", c_int32), ("person", c_int32), ("freed", c_int32), ("from_", c_char * 12),
                ("end", c_char * 12), ("nominal_end", c_char * 12), ("article", c_char * 128), ("document", c_char * 128)]


class Verdict(Structure):
    _fields_ = [("role", c_int32), ("found", c_int32), ("outcome", c_int32), ("name", c_char * 64)]


class Decision(Structure):
    _fields_ = [("outcome", c_int32), ("may_settle", c_int32), ("judged", c_int32), ("advice", c_int32), ("cost_to_patient", c_int32),
                ("freshness", c_int32), ("age_seconds", c_int64), ("number", c_uint64), ("reference", c_char * 8), ("error", c_int32),
                ("ground_count", c_uint32), ("grounds_left_out", c_uint32), ("grounds", Ground * MAX_GROUNDS),
                ("people", Verdict * MAX_PEOPLE)]


class Answer(Structure):
    _fields_ = [("size", c_uint32), ("decision_size", c_uint32), ("decisions", POINTER(Decision)), ("decision_count", c_uint32),
                ("outcome", c_int32), ("may_settle", c_int32), ("repeated", c_int32), ("unanswered", c_uint32),
                ("duties_due", c_uint32), ("chapter", c_uint32), ("mode", c_int32), ("clock_unknown", c_int32),
                ("clock_suspect", c_int32), ("institution", c_char * 24), ("decided_at", c_char * 20), ("as_of", c_char * 20)]


class NoAnswer(Exception):
    """Settle as before, and mark the bill `unchecked`."""


class Fault(Exception):
    """The call, the key or the way to the agent is wrong: no bill will ever be answered. Show it; it is no `unchecked`."""


def load():
    library = ctypes.CDLL(os.environ.get("ZIGE_LIBRARY", "libzige.so.0"))
    library.zige_agent_open.argtypes = [POINTER(c_void_p), POINTER(OpenOptions), POINTER(Error)]
    library.zige_agent_connect.argtypes = [POINTER(c_void_p), POINTER(ConnectOptions), POINTER(Error)]
    library.zige_agent_close.argtypes = [POINTER(c_void_p)]
    library.zige_agent_close.restype = None
    library.zige_clear.argtypes = [POINTER(Answer), c_void_p, POINTER(Claim), POINTER(Error)]
    library.zige_text.argtypes = [POINTER(c_char), c_size_t, c_int32, c_int32, c_uint32, POINTER(Error)]
    return library


def require(status, error):
    if status == 0:
        return
    at_fault = error.kind in (KIND_INVALID, KIND_UNTRUSTED) or status == E_FILE_PERMISSION
    raise (Fault if at_fault else NoAnswer)(f"{error.reason.decode()} {error.field.decode()} {error.next.decode()}")


class Agent:
    """The agent of a folder: our own, or the one that runs already."""

    def __init__(self, data_dir):
        self.zige, self.handle, error = load(), c_void_p(), Error()
        own = OpenOptions(size=sizeof(OpenOptions), data_dir=data_dir.encode())
        status = self.zige.zige_agent_open(byref(self.handle), byref(own), byref(error))
        if status == E_AGENT_BUSY:
            running = ConnectOptions(size=sizeof(ConnectOptions), data_dir=data_dir.encode())
            status = self.zige.zige_agent_connect(byref(self.handle), byref(running), byref(error))
        require(status, error)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.zige.zige_agent_close(byref(self.handle))

    def text(self, group, code):
        room, error = ctypes.create_string_buffer(1024), Error()
        require(self.zige.zige_text(room, len(room), group, code, 0, byref(error)), error)
        return room.value.decode()

    def clear(self, fee_time, codes):
        lines = (Line * len(codes))()
        for line, code in zip(lines, codes):
            line.fee_time, line.amount_fen = fee_time.encode(), 1250
            line.people[0] = Person(code.encode(), ROLE_ORDERING)
        decisions = (Decision * len(codes))()
        claim = Claim(size=sizeof(Claim), transaction=TXN_OUTPATIENT_FEES, claim_id=b"JS20261120-0017", lines=lines,
                      line_count=len(lines), line_size=sizeof(Line))
        answer = Answer(size=sizeof(Answer), decision_size=sizeof(Decision), decisions=decisions, decision_count=len(decisions))
        error = Error()
        require(self.zige.zige_clear(byref(answer), self.handle, byref(claim), byref(error)), error)
        return answer, decisions


def main(data_dir, fee_time, *codes):
    try:
        with Agent(data_dir) as agent:
            answer, decisions = agent.clear(fee_time, codes)
            for number, line in enumerate(decisions, 1):
                first = line.grounds[0] if line.ground_count else None
                ground = agent.text(TEXT_GROUND, first.ground) if first else ""
                print(number, line.outcome, line.may_settle, f"[{ground}] [{first.document.decode() if first else ''}]",
                      f"[{agent.text(TEXT_ADVICE, line.advice)}]", line.reference.decode())
            return 0 if answer.may_settle else 1
    except NoAnswer as reason:
        print("unchecked:", reason)
        return 3
    except Fault as reason:
        print("fault:", reason)
        return 4


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit("usage: zige_check.py DATA_DIR FEE_TIME CODE...")
    sys.exit(main(*sys.argv[1:]))
