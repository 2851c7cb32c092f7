/* zige.h: the gate of Zige (资格) inside another program. C99; compiles alone, in C and in C++.
 *
 * Conventions
 * - A call that can fail returns zige_status: 0, or a negative ZIGE_E_... code, whose number never changes. Outputs
 *   come first; `err` comes last, may be NULL, needs no preparation, and is filled when the call fails.
 * - A refusal is no error: it is an answer, with its grounds. After an error there is no answer: the line settles as
 *   before and is marked `unchecked` by the caller (docs/embedding.md, no-answer contract).
 * - Structs that the caller fills begin with `size`, sizeof of the struct as it was compiled, and grow only at their
 *   end. Set everything else to zero: zero is "not given". ZIGE_INIT(x) does both.
 * - Texts end with a NUL and are UTF-8; GB18030 (and with it GBK and GB2312) both ways where ZIGE_GBK is given.
 * - Times are texts as the HIS has them, "2026-09-18 08:40:00", in China time; days "2026-09-18". Money is in fen (分).
 * - Codes are int32_t, named below; docs/codes.md has their texts, zige_text() gives them.
 * - The library prints nothing, ends no process, lets no exception out, and keeps no state beside its handles. What
 *   goes wrong inside it is ZIGE_E_API_INTERNAL. It starts no thread but one beside each connection in use, which
 *   ends what takes too long.
 * - Threads: any function from any thread on one handle, also while another syncs, but for zige_agent_close().
 */
#ifndef ZIGE_ZIGE_H
#define ZIGE_ZIGE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && !defined(_WIN64)
#define ZIGE_CALL __stdcall
#else
#define ZIGE_CALL
#endif

#if defined(_WIN32) && defined(ZIGE_BUILDING)
#define ZIGE_API __declspec(dllexport)
#elif defined(_WIN32)
#define ZIGE_API __declspec(dllimport)
#elif defined(__GNUC__)
#define ZIGE_API __attribute__((visibility("default")))
#else
#define ZIGE_API
#endif

#if defined(__GNUC__)
#define ZIGE_MUST_USE __attribute__((warn_unused_result))
#else
#define ZIGE_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Of this header: major * 1000000 + minor * 1000 + patch. zige_version_number() tells the library's. */
#define ZIGE_VERSION_NUMBER 1000

#define ZIGE_MAX_LINES 500 /* of a claim */
#define ZIGE_MAX_PEOPLE 8  /* of a line */
#define ZIGE_MAX_GROUNDS 16
#define ZIGE_MIN_ROOM 65536 /* for the answer of zige_request() */

typedef int32_t zige_status;
#define ZIGE_OK 0

/* Why there is no answer. `reason` and `next` are for people; show `next` below `reason`, it may be empty. */
typedef struct zige_error {
    int32_t code;     /* as returned */
    int32_t kind;     /* what the caller does: ZIGE_KIND_... */
    char field[120];  /* the input that is at fault: "lines[2].fee_time"; empty if none is */
    char reason[320]; /* Chinese, or English with ZIGE_ENGLISH */
    char next[320];
    char detail[256]; /* English, for logs */
} zige_error;

#define ZIGE_KIND_INVALID 1     /* fix the call; never repeat it as it is */
#define ZIGE_KIND_NOT_FOUND 2   /* go on without it */
#define ZIGE_KIND_CORRUPT 3     /* the agent's data is damaged: `next` says how to mend it */
#define ZIGE_KIND_UNTRUSTED 4   /* refused; report it, never repeat it */
#define ZIGE_KIND_UNAVAILABLE 5 /* try again later */
#define ZIGE_KIND_BUSY 6        /* try again soon */
#define ZIGE_KIND_SYNC 7        /* sync, then again */
#define ZIGE_KIND_STOP 8        /* disk or program: tell somebody */

/* The agent of one institution. */
typedef struct zige_agent zige_agent;

/* Flags of the options and of zige_text(). */
#define ZIGE_GBK 1u     /* texts in and out are GB18030 */
#define ZIGE_ENGLISH 2u /* texts for people are English, not Chinese */

/* Sets a struct of this header to zero, with its size: zige_claim claim; ZIGE_INIT(claim); */
#define ZIGE_INIT(object) zige_init(&(object), sizeof(object))
static inline void zige_init(void* object, size_t size) {
    unsigned char* bytes = (unsigned char*)object;
    const uint32_t stated = (uint32_t)size;
    size_t i;
    for (i = 0; i < size; ++i) bytes[i] = 0;
    for (i = 0; i < sizeof stated; ++i) bytes[i] = ((const unsigned char*)&stated)[i];
}

/* ---- Callbacks of the host; `user` is what the options say. Any thread that is inside a call of this library. ---- */

/* One line in English for the host's log: what was answered ZIGE_E_API_INTERNAL. */
typedef void(ZIGE_CALL* zige_log_fn)(const char* line, void* user);

/* One HTTPS request to the hub, where the host carries it. The hub asks for the client certificate; `ca` is the one
   authority that its own is checked against, by the name "zige-hub" and whatever the clock says. */
typedef struct zige_fetch {
    uint32_t size;
    int32_t http_status; /* filled by the host; any status is an answer */
    const char* method;  /* "GET" or "POST" */
    const char* url;     /* "https://10.1.2.3:8443/v1/head?e=1..." */
    const void* body;
    size_t body_size;
    const void* ca_der;
    size_t ca_size;
    const void* certificate_der;
    size_t certificate_size;
    const char* private_key_pem; /* of the certificate */
    void* answer;                /* the host writes the answer's body here */
    size_t answer_room;
    size_t answer_size; /* filled by the host; over answer_room: the answer was too long, and nothing is read */
} zige_fetch;
/* 0: there is an answer. Anything else: none could be had; the agent tries again later. */
typedef int32_t(ZIGE_CALL* zige_fetch_fn)(zige_fetch* exchange, void* user);

/* ---- Handles ---- */

typedef struct zige_open_options {
    uint32_t size;
    uint32_t flags;       /* ZIGE_GBK, ZIGE_ENGLISH */
    const char* data_dir; /* as `zige-agent enroll --data` made it */
    const char* anchor;   /* a file outside data_dir; NULL: data_dir with ".anchor" behind it */
    zige_fetch_fn fetch;  /* NULL: the library's own HTTPS */
    zige_log_fn log;      /* NULL: none */
    void* user;           /* handed to the callbacks */
} zige_open_options;

/* This program owns the data folder: no daemon, decisions from memory. From disk alone, no network. The host calls
   zige_tick() each second or so and zige_sync() every few minutes, on a thread of its own. ZIGE_E_AGENT_BUSY: another
   program owns it, use zige_agent_connect(); ZIGE_E_AGENT_NOT_ENROLLED. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_agent_open(zige_agent** out, const zige_open_options* options,
                                                             zige_error* err);

typedef struct zige_connect_options {
    uint32_t size;
    uint32_t flags;       /* ZIGE_GBK, ZIGE_ENGLISH */
    const char* data_dir; /* of a running `zige-agent serve`, by its socket; or */
    const char* address;  /* "127.0.0.1:8620", and */
    const char* key;      /* a key that `zige-agent key new` made */
    int32_t timeout_ms;   /* of check and clear; 0: 300, as the no-answer contract has it */
    int32_t slow_ms;      /* of everything else; 0: 30000 */
    zige_log_fn log;
    void* user;
} zige_connect_options;

/* A client of a running agent: the same calls. Nothing is asked yet; an agent that is away is ZIGE_E_LOCAL_AGENT_AWAY
   of each call, until it is back. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_agent_connect(zige_agent** out, const zige_connect_options* options,
                                                                zige_error* err);

/* Ends a sync that another thread is in, writes what is in memory, and sets *agent to NULL. No other call may be under
   way or follow on a copy of the pointer. NULL and a pointer to NULL are taken. */
ZIGE_API void ZIGE_CALL zige_agent_close(zige_agent** agent);

/* ---- What is asked ---- */

typedef struct zige_person {
    const char* code; /* national code, HIS user code or licence; NULL or "": nobody stands here */
    int32_t role;     /* ZIGE_ROLE_... */
} zige_person;

/* A line of a bill (费用明细). */
typedef struct zige_line {
    const char* line_id;         /* feedetl_sn; NULL: 1, 2, 3... Once in a claim */
    const char* fee_time;        /* fee_ocur_time */
    const char* prescribed_time; /* prsc_time of an outside prescription; may be NULL */
    const char* department;      /* bilg_dept_codg; may be NULL */
    const char* med_type;        /* 医疗类别: "11"; may be NULL */
    int64_t amount_fen;
    int32_t item_class;     /* ZIGE_ITEM_...; 0: general */
    int32_t uninsured;      /* 1: 自费, not judged */
    int32_t emergency_kind; /* ZIGE_EMERGENCY_...; 0: none is declared, else reason and who are needed */
    const char* emergency_reason;
    const char* emergency_declared_by;
    zige_person people[ZIGE_MAX_PEOPLE]; /* in any place; fee lines (2204, 2301) name who ordered */
    /* What follows may be NULL. Of visit and item only keyed hashes are kept. */
    const char* visit;          /* mdtrt_id */
    const char* item_code;      /* med_list_codg, else medins_list_codg */
    const char* order_number;   /* of the order (医嘱) and when it was written: both, where the line was */
    const char* order_time;     /* refused to somebody else before */
    const char* release_reason; /* 担责放行: the head of the institution answers for the line; */
    const char* released_by;    /* both or none */
    const char* ordering_name;  /* bilg_dr_name: only to propose whom an unknown code stands for */
} zige_line;

/* Lines that are decided together (结算单). */
typedef struct zige_claim {
    uint32_t size;
    int32_t transaction;  /* ZIGE_TXN_... */
    const char* claim_id; /* may be NULL */
    const char*
        idempotency_key; /* at most 64 bytes: the same key again gives the same decision. Give one to zige_clear() */
    const zige_line* lines;
    uint32_t line_count; /* 1 to ZIGE_MAX_LINES */
    uint32_t line_size;  /* sizeof(zige_line) */
} zige_claim;

/* ---- What is answered ---- */

/* One reason. Only `from` and `end` are judged; "" where there is none. Texts that are too long are cut between two
 * characters. */
typedef struct zige_ground {
    int32_t ground;  /* ZIGE_GROUND_... */
    int32_t outcome; /* what it alone comes to */
    int32_t person;  /* place in zige_line.people; -1: the line or the institution */
    int32_t freed;   /* 1: by the declared emergency, 2: by the head of the institution (担责放行) */
    char from[12];
    char end[12];         /* the day after the last one */
    char nominal_end[12]; /* the day after the last one that the notice prints: nobody is restored by its passing */
    char article[128];
    char document[128];
} zige_ground;

/* Who stood in the same place of zige_line.people; role 0: nobody. */
typedef struct zige_verdict {
    int32_t role;
    int32_t found; /* ZIGE_PERSON_... */
    int32_t outcome;
    char name[64]; /* of a registered person */
} zige_verdict;

typedef struct zige_decision {
    int32_t outcome;           /* ZIGE_OUTCOME_...; 0: no answer for this line, see `error` */
    int32_t may_settle;        /* 1: send it. 0: refused, held, or no answer */
    int32_t judged;            /* what the rules say; observe and warn serve another outcome */
    int32_t advice;            /* ZIGE_ADVICE_...: what to do next */
    int32_t cost_to_patient;   /* 1: the patient may be charged instead */
    int32_t freshness;         /* ZIGE_FRESHNESS_...; 0: not known, of a repeated claim */
    int64_t age_seconds;       /* of the copy at the fee's time; -1: not known */
    uint64_t number;           /* in the journal; 0: not recorded, as in a preview */
    char reference[8];         /* 6 characters for support; empty if not recorded */
    int32_t error;             /* ZIGE_E_JOURNAL_NOT_RECORDED: the no-answer contract applies to this line; else 0 */
    uint32_t ground_count;     /* in `grounds`, the gravest first */
    uint32_t grounds_left_out; /* less grave ones for which there was no room */
    zige_ground grounds[ZIGE_MAX_GROUNDS]; /* not touched beyond ground_count */
    zige_verdict people[ZIGE_MAX_PEOPLE];
} zige_decision;

typedef struct zige_answer {
    uint32_t size;
    uint32_t decision_size;   /* sizeof(zige_decision) */
    zige_decision* decisions; /* room of the caller's, one for each line, in the order of the lines */
    uint32_t decision_count;  /* how many there is room for */
    /* Filled: */
    int32_t outcome;       /* the worst of the lines; 0: none was answered */
    int32_t may_settle;    /* 1: every line */
    int32_t repeated;      /* 1: the decision that was given before under this key */
    uint32_t unanswered;   /* lines without an answer */
    uint32_t duties_due;   /* of the clerk; of zige_clear() only */
    uint32_t chapter;      /* of the journal numbers */
    int32_t mode;          /* ZIGE_MODE_... of the institution */
    int32_t clock_unknown; /* 1: the copy counts as stale until the clock is set */
    int32_t clock_suspect;
    char institution[24];
    char decided_at[20];
    char as_of[20]; /* hub time of the copy; "": not known, of a repeated claim */
} zige_answer;

/* A preview: not recorded, does not count as asked. Of the owner: from memory, and without allocation where no line
   names a visit. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_check(zige_answer* out, zige_agent* agent, const zige_claim* claim,
                                                        zige_error* err);
/* The decision: on disk before it is answered. After a time-out the same claim with the same key is safe.
   ZIGE_E_JOURNAL_NOT_RECORDED: nothing is answered, the no-answer contract applies to the claim. One bad line refuses
   the whole claim before anything is decided. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_clear(zige_answer* out, zige_agent* agent, const zige_claim* claim,
                                                        zige_error* err);

/* ---- What follows a decision ---- */

/* What an emergency that passed needs within 6 hours after its end (病历书写基本规范 22). No patient data. */
typedef struct zige_evidence {
    uint32_t size;
    int32_t kind;              /* ZIGE_EMERGENCY_... */
    const char* reference;     /* of the decision, 6 characters */
    const char* begun;         /* resc_begntime */
    const char* ended;         /* resc_endtime */
    const char* record_number; /* may be NULL */
    const char* text;          /* may be NULL */
    const char* by;            /* who records it */
} zige_evidence;

typedef struct zige_evidence_duty {
    uint32_t size;
    int32_t late;      /* 1: the evidence came after `due` */
    uint64_t number;   /* of the decision in the journal, */
    uint32_t chapter;  /* in this chapter of it */
    uint32_t reserved; /* 0 */
    uint64_t evidence; /* number of the evidence, in the present chapter */
    char due[20];
} zige_evidence_duty;

/* Records it in the journal. The same again changes nothing, other evidence counts beside the first; missing evidence
   refuses nobody anything. ZIGE_E_JOURNAL_NOT_FOUND; ZIGE_E_API_BAD_FIELD: `reference`, no emergency let that line
   pass. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_add_evidence(zige_evidence_duty* out, zige_agent* agent,
                                                               const zige_evidence* evidence, zige_error* err);

/* Decisions that are taken back, after 2205, 2208 or 2103: those under a key, or those that are named. */
typedef struct zige_reversal {
    uint32_t size;
    uint32_t reference_count;      /* 0 with a key */
    const char* idempotency_key;   /* NULL with references */
    const char* const* references; /* 6 characters each */
    const char* transaction;       /* "2205"; may be NULL */
    const char* reason;            /* may be NULL */
    const char* by;                /* who does it */
} zige_reversal;

typedef struct zige_reversed {
    uint32_t size;
    uint32_t decisions; /* how many are taken back now; repeated: that were before */
    int32_t repeated;   /* 1: all were before; nothing was written */
    uint32_t chapter;   /* of the number */
    uint64_t number;    /* of the first entry in the journal that says so */
} zige_reversed;

/* The decisions stay in the journal; their lines may be asked anew and are then decided by what is known at that time,
   under the same key once all of its lines are taken back (ZIGE_E_JOURNAL_IDEMPOTENCY_CONFLICT before).
   ZIGE_E_JOURNAL_NOT_FOUND. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_reverse(zige_reversed* out, zige_agent* agent,
                                                          const zige_reversal* reversal, zige_error* err);

/* ---- The clerk's desk, and everything else ---- */

typedef struct zige_filing {
    uint32_t size;
    int32_t state; /* ZIGE_FILING_STATE_... */
    char id[36];   /* for taking it back */
    char due[12];  /* of a departure: last day for the update of the maintenance window; of a registration: the hub's
                      answer */
    int32_t provisional; /* 1: `due` lies in a year whose holidays are not published yet */
} zige_filing;

/* A filing (申报) as POST /v1/filings takes it, or with "kind": "departure" as POST /v1/departures does; `json` in the
   agent's charset. On disk when it returns, counts at once, and goes out with the next sync. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_file(zige_filing* out, zige_agent* agent, const char* json,
                                                       size_t json_size, zige_error* err);

typedef struct zige_sync_report {
    uint32_t size;
    int32_t copy_changed;
    int32_t more;    /* 1: something still waits; call again */
    int32_t carried; /* 1: more than an idle poll */
    uint64_t bytes_sent;
    uint64_t bytes_received;
    uint64_t seq_before;
    uint64_t seq_after;
    uint64_t entries_sent;
    char next_contact[20]; /* when the hub wants to hear again; "": as configured */
} zige_sync_report;

/* Reconciles with the hub; may take minutes on a bad line, and no check waits for it. Syncs wait for each other.
   `carry` 0: an idle poll of some 200 bytes when nothing waits; 1: hand in what there is. A client's always carries. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_sync(zige_sync_report* out, zige_agent* agent, int32_t carry,
                                                       zige_error* err);
/* The owner's duty, each second or so: keeps time, signs what was decided. A client has none: 0. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_tick(zige_agent* agent, zige_error* err);

typedef struct zige_agent_info {
    uint32_t size;
    int32_t has_copy;  /* 0: sync first; nothing is answered before */
    int32_t freshness; /* for a fee of now; 0 without a copy, as what follows */
    int32_t mode;      /* ZIGE_MODE_... */
    int64_t age_seconds;
    uint64_t seq; /* version of the copy */
    uint32_t epoch;
    uint32_t people;
    char as_of[20]; /* hub time of the copy */
    char mode_until[12];
    char institution[24];
    char institution_name[304];
    uint32_t agent;
    uint32_t duties_due;      /* departures whose window update is due */
    uint32_t filings_waiting; /* for the hub's answer */
    uint32_t answers_late;    /* of the hub: ask the bureau */
    uint64_t journal_entries;
    uint64_t journal_waiting; /* that the hub has not confirmed */
    int32_t frozen;           /* 1: the hub saw two branches of the journal; call the bureau */
    int32_t clock_suspect;
    int32_t clock_unknown;
    int32_t revoked; /* ZIGE_REVOCATION_...; 0: not */
    char last_contact[20];
    int32_t sync_failures;   /* in a row */
    int32_t last_sync_error; /* ZIGE_E_... of the last one; 0: it came through */
} zige_agent_info;

ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_agent_status(zige_agent_info* out, zige_agent* agent,
                                                               zige_error* err);

/* Any call of the local interface (docs/embedding.md) as JSON, without HTTP: "POST", "/v1/duty", "{...}". For what has
   no function of its own, and for languages in which structs are a burden. A client may do what its key may, an owner
   everything. `out` gets the answer and a NUL, *length (may be NULL) its length. `room` is at least ZIGE_MIN_ROOM,
   which the answer of any filing fits; ZIGE_E_API_TOO_LARGE: it does not fit, *length tells how much does. `body` may
   be NULL for "GET". */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_request(char* out, size_t room, size_t* length, zige_agent* agent,
                                                          const char* method, const char* path, const char* body,
                                                          size_t body_size, zige_error* err);

/* ---- Texts and version ---- */

#define ZIGE_TEXT_OUTCOME 1
#define ZIGE_TEXT_GROUND 2
#define ZIGE_TEXT_ADVICE 3 /* at most 40 characters in Chinese: fits a message box */
#define ZIGE_TEXT_ROLE 4
#define ZIGE_TEXT_TXN 5
#define ZIGE_TEXT_PERSON 6
#define ZIGE_TEXT_FRESHNESS 7
#define ZIGE_TEXT_MODE 8
#define ZIGE_TEXT_FILING_STATE 9
#define ZIGE_TEXT_REVOCATION 10
#define ZIGE_TEXT_ERROR 11      /* of a zige_status, negative as it is */
#define ZIGE_TEXT_ERROR_NEXT 12 /* what to do about it; may be empty */

/* The sentence for a code. 1024 bytes are room for each. ZIGE_E_API_BAD_FIELD: there is no such group, code or flag, or
   it does not fit. */
ZIGE_API ZIGE_MUST_USE zige_status ZIGE_CALL zige_text(char* out, size_t room, int32_t group, int32_t code,
                                                       uint32_t flags, zige_error* err);

ZIGE_API uint32_t ZIGE_CALL zige_version_number(void);
ZIGE_API const char* ZIGE_CALL zige_version_text(void); /* "0.1.0" */

/* ---- Codes. Numbers never change and are never used again. ---- */

/* BEGIN generated from protocol/registry by generate.py --header; do not edit. */
/* Outcomes of a decision (判定结果) */
#define ZIGE_OUTCOME_ALLOW 1
#define ZIGE_OUTCOME_ALLOW_MARKED 2
#define ZIGE_OUTCOME_ACCOUNT_ONLY 3
#define ZIGE_OUTCOME_HOLD 4
#define ZIGE_OUTCOME_DENY 5
#define ZIGE_OUTCOME_NOT_JUDGED 6

/* Grounds of a decision (判定依据) */
#define ZIGE_GROUND_AGREEMENT_STOPPED 1
#define ZIGE_GROUND_DEPARTMENT_STOPPED 2
#define ZIGE_GROUND_TERMINATED 3
#define ZIGE_GROUND_SUSPENDED 4
#define ZIGE_GROUND_DEPARTED 5
#define ZIGE_GROUND_NOT_REGISTERED 6
#define ZIGE_GROUND_NO_COMMITMENT 7
#define ZIGE_GROUND_REGION_INELIGIBLE 8
#define ZIGE_GROUND_UNMAPPED 9
#define ZIGE_GROUND_AMBIGUOUS 10
#define ZIGE_GROUND_HISTORY_TOO_OLD 11
#define ZIGE_GROUND_COPY_AGED 12
#define ZIGE_GROUND_COPY_STALE 13
#define ZIGE_GROUND_COPY_EXPIRED 14
#define ZIGE_GROUND_CLOCK_UNKNOWN 15
#define ZIGE_GROUND_FEE_IN_FUTURE 16
#define ZIGE_GROUND_EMERGENCY 17
#define ZIGE_GROUND_OPERATOR_NOT_PERMITTED 18
#define ZIGE_GROUND_COMMITMENT_DUE 19
#define ZIGE_GROUND_COMMITMENT_BASELINE 20
#define ZIGE_GROUND_LOCAL_OVERLAY 21
#define ZIGE_GROUND_MODE_OBSERVE 22
#define ZIGE_GROUND_MODE_WARN 23
#define ZIGE_GROUND_ROLE_WARN 24
#define ZIGE_GROUND_ROLE_MARK 25
#define ZIGE_GROUND_COMMITMENT_OVERDUE 26
#define ZIGE_GROUND_PROVISIONAL 27
#define ZIGE_GROUND_RESPONSIBLE_RELEASE 28
#define ZIGE_GROUND_REATTRIBUTION 29
#define ZIGE_GROUND_DUTY_SESSION_MISSING 30
#define ZIGE_GROUND_TIME_INCONSISTENT 31
#define ZIGE_GROUND_CLOCK_SUSPECT 32
#define ZIGE_GROUND_CHRONIC_PASSES 33
#define ZIGE_GROUND_ON_LEAVE 34

/* What to do next (处理建议) */
#define ZIGE_ADVICE_NONE 0
#define ZIGE_ADVICE_ORDER_BY_OTHER 1
#define ZIGE_ADVICE_CLAIM_BY_HAND 2
#define ZIGE_ADVICE_REGISTER_PERSON 3
#define ZIGE_ADVICE_SIGN_COMMITMENT 4
#define ZIGE_ADVICE_MAP_CODE 5
#define ZIGE_ADVICE_ASK_BUREAU 6
#define ZIGE_ADVICE_SYNC_SOON 7
#define ZIGE_ADVICE_SYNC_NOW 8
#define ZIGE_ADVICE_SYNC_OR_CARRY 9
#define ZIGE_ADVICE_CHECK_CLOCK 10
#define ZIGE_ADVICE_CHECK_FEE_TIME 11
#define ZIGE_ADVICE_FILE_EMERGENCY_EVIDENCE 12
#define ZIGE_ADVICE_OTHER_OPERATOR 13
#define ZIGE_ADVICE_NEW_ORDER 14
#define ZIGE_ADVICE_SIGN_ON_PHARMACIST 15
#define ZIGE_ADVICE_CONTACT_SUPPORT 16
#define ZIGE_ADVICE_ORDER_BY_STAFF 17

/* Transactions (交易) */
#define ZIGE_TXN_OUTPATIENT_FEES 1
#define ZIGE_TXN_INPATIENT_FEES 2
#define ZIGE_TXN_PRE_AUDIT 3
#define ZIGE_TXN_OUTPATIENT_REGISTRATION 4
#define ZIGE_TXN_VISIT_INFO 5
#define ZIGE_TXN_ADMISSION 6
#define ZIGE_TXN_SETTLEMENT_LIST 7
#define ZIGE_TXN_PHARMACY_PRESETTLEMENT 8
#define ZIGE_TXN_PHARMACY_SETTLEMENT 9
#define ZIGE_TXN_GOODS_SALE 10
#define ZIGE_TXN_OUTPATIENT_SETTLEMENT 11
#define ZIGE_TXN_INPATIENT_SETTLEMENT 12

/* Roles of people on a line (费用行人员角色) */
#define ZIGE_ROLE_ORDERING 1
#define ZIGE_ROLE_EXECUTING 2
#define ZIGE_ROLE_NURSE 3
#define ZIGE_ROLE_ATTENDING 4
#define ZIGE_ROLE_DIAGNOSING 5
#define ZIGE_ROLE_CHIEF 6
#define ZIGE_ROLE_RESPONSIBLE_NURSE 7
#define ZIGE_ROLE_SURGEON 8
#define ZIGE_ROLE_ANAESTHETIST 9
#define ZIGE_ROLE_PRESCRIBER 10
#define ZIGE_ROLE_CONSULTANT 11
#define ZIGE_ROLE_PHARMACIST 12
#define ZIGE_ROLE_PRINCIPAL 13
#define ZIGE_ROLE_SETTLEMENT_OPERATOR 14

/* Classes of items (项目类别) */
#define ZIGE_ITEM_GENERAL 1
#define ZIGE_ITEM_NURSING 2
#define ZIGE_ITEM_PRESCRIPTION_DRUG 3
#define ZIGE_ITEM_OTC_DRUG 4

/* Kinds of declared emergencies (急诊抢救类别) */
#define ZIGE_EMERGENCY_NONE 0
#define ZIGE_EMERGENCY_EMERGENCY 1
#define ZIGE_EMERGENCY_RESCUE 2
#define ZIGE_EMERGENCY_SPECIAL 3

/* Who a person on a line turned out to be (人员识别结果) */
#define ZIGE_PERSON_REGISTERED 1
#define ZIGE_PERSON_EXTERNAL 2
#define ZIGE_PERSON_NOT_REGISTERED 3
#define ZIGE_PERSON_UNMAPPED 4
#define ZIGE_PERSON_AMBIGUOUS 5
#define ZIGE_PERSON_NOT_JUDGED 6

/* Freshness of the copy (数据新旧) */
#define ZIGE_FRESHNESS_FRESH 1
#define ZIGE_FRESHNESS_AGED 2
#define ZIGE_FRESHNESS_STALE 3
#define ZIGE_FRESHNESS_EXPIRED 4

/* Modes of an institution (运行模式) */
#define ZIGE_MODE_OBSERVE 1
#define ZIGE_MODE_WARN 2
#define ZIGE_MODE_ENFORCE 3

/* States of a filing (申报状态) */
#define ZIGE_FILING_STATE_PENDING 1
#define ZIGE_FILING_STATE_SENT 2
#define ZIGE_FILING_STATE_ACCEPTED 3
#define ZIGE_FILING_STATE_REFUSED 4
#define ZIGE_FILING_STATE_WITHDRAWN 5

/* Why an agent is revoked (终端停用原因) */
#define ZIGE_REVOCATION_REPLACED 1
#define ZIGE_REVOCATION_RETIRED 2
#define ZIGE_REVOCATION_LOST 3
#define ZIGE_REVOCATION_STOLEN 4
#define ZIGE_REVOCATION_CLONED 5
#define ZIGE_REVOCATION_CLOSED 6

/* Errors (错误) */
#define ZIGE_E_WIRE_TRUNCATED (-1001)
#define ZIGE_E_WIRE_TRAILING_BYTES (-1002)
#define ZIGE_E_WIRE_TOO_LARGE (-1003)
#define ZIGE_E_WIRE_NOT_CANONICAL (-1004)
#define ZIGE_E_WIRE_BAD_TYPE (-1005)
#define ZIGE_E_WIRE_MISSING_FIELD (-1006)
#define ZIGE_E_WIRE_UNKNOWN_FIELD (-1007)
#define ZIGE_E_WIRE_DUPLICATE_KEY (-1008)
#define ZIGE_E_WIRE_BAD_ORDER (-1009)
#define ZIGE_E_WIRE_BAD_VALUE (-1010)
#define ZIGE_E_WIRE_BAD_TEXT (-1011)
#define ZIGE_E_WIRE_TOO_DEEP (-1012)
#define ZIGE_E_WIRE_TOO_MANY (-1013)
#define ZIGE_E_WIRE_BAD_COMPRESSION (-1014)
#define ZIGE_E_WIRE_UNKNOWN_DICTIONARY (-1015)
#define ZIGE_E_WIRE_UNKNOWN_VERSION (-1016)
#define ZIGE_E_WIRE_UNKNOWN_ALGORITHM (-1017)
#define ZIGE_E_WIRE_WRONG_MESSAGE_TYPE (-1018)
#define ZIGE_E_WIRE_WRONG_HUB (-1019)
#define ZIGE_E_WIRE_WRONG_INSTITUTION (-1020)
#define ZIGE_E_WIRE_UNKNOWN_KEY (-1021)
#define ZIGE_E_WIRE_KEY_OUT_OF_DATE (-1022)
#define ZIGE_E_WIRE_BAD_SIGNATURE (-1023)
#define ZIGE_E_WIRE_BAD_HASH (-1024)
#define ZIGE_E_WIRE_BAD_ROOT (-1025)
#define ZIGE_E_WIRE_REPLAYED (-1026)
#define ZIGE_E_WIRE_GAP (-1027)
#define ZIGE_E_WIRE_FORK (-1028)
#define ZIGE_E_WIRE_EPOCH_JUMP (-1029)
#define ZIGE_E_WIRE_BAD_CHUNK (-1030)
#define ZIGE_E_WIRE_BAD_CHAIN (-1031)
#define ZIGE_E_TRUST_BAD_VERSION (-1032)
#define ZIGE_E_TRUST_TOO_FEW_SIGNATURES (-1033)
#define ZIGE_E_TRUST_BAD_THRESHOLD (-1034)
#define ZIGE_E_TRUST_BAD_FINGERPRINT (-1035)
#define ZIGE_E_TRUST_KEY_VALIDITY_TOO_LONG (-1036)
#define ZIGE_E_CRYPTO_FAILED (-1037)
#define ZIGE_E_CRYPTO_BAD_KEY (-1038)
#define ZIGE_E_SEAL_FAILED (-1039)
#define ZIGE_E_SEAL_WRONG_READER (-1040)
#define ZIGE_E_TRUST_NO_QUORUM (-1041)
#define ZIGE_E_TRUST_KEY_UNKNOWN (-1042)
#define ZIGE_E_TRUST_KEY_REUSED (-1043)
#define ZIGE_E_TRUST_BAD_RESET (-1044)
#define ZIGE_E_TRUST_OTHER_DOCUMENT (-1045)
#define ZIGE_E_FSI_ENCRYPTED (-11001)
#define ZIGE_E_FSI_OTHER_INSTITUTION (-11002)
#define ZIGE_E_FSI_UNKNOWN_TRANSACTION (-11003)
#define ZIGE_E_FSI_ALREADY_FORWARDED (-11004)
#define ZIGE_E_FSI_OUTCOME_UNKNOWN (-11005)
#define ZIGE_E_FSI_PLATFORM_UNREACHABLE (-11006)
#define ZIGE_E_FSI_PLATFORM_BUSY (-11007)
#define ZIGE_E_TIME_BAD_DAY (-2001)
#define ZIGE_E_TIME_BAD_TIME (-2002)
#define ZIGE_E_TIME_OUT_OF_RANGE (-2003)
#define ZIGE_E_IDENTITY_BAD_LENGTH (-2004)
#define ZIGE_E_IDENTITY_BAD_CHARACTER (-2005)
#define ZIGE_E_IDENTITY_BAD_DATE (-2006)
#define ZIGE_E_IDENTITY_BAD_CHECKSUM (-2007)
#define ZIGE_E_CODE_TOO_LONG (-2008)
#define ZIGE_E_CODE_BAD_CHARACTER (-2009)
#define ZIGE_E_CODE_TAKEN (-2010)
#define ZIGE_E_CALENDAR_BAD_YEAR (-2011)
#define ZIGE_E_CALENDAR_OUT_OF_RANGE (-2012)
#define ZIGE_E_PROFILE_UNKNOWN_FIELD (-2013)
#define ZIGE_E_PROFILE_MISSING_FIELD (-2014)
#define ZIGE_E_PROFILE_BAD_VALUE (-2015)
#define ZIGE_E_PROFILE_NOT_JSON (-2016)
#define ZIGE_E_COPY_BAD_RECORD (-2017)
#define ZIGE_E_CALENDAR_BAD_FILE (-2038)
#define ZIGE_E_DEPARTURE_BEFORE_REGISTRATION (-3001)
#define ZIGE_E_DEPARTURE_TOO_FAR_AHEAD (-3002)
#define ZIGE_E_DEPARTURE_ALREADY (-3003)
#define ZIGE_E_DEPARTURE_NOT_FOUND (-3004)
#define ZIGE_E_FILING_NOT_FOUND (-3005)
#define ZIGE_E_FILING_CONFLICT (-3006)
#define ZIGE_E_FILING_NOT_PENDING (-3007)
#define ZIGE_E_FILING_UNKNOWN_PERSON (-3008)
#define ZIGE_E_FILING_FROZEN (-3009)
#define ZIGE_E_FILING_TOO_OLD (-3010)
#define ZIGE_E_COMMITMENT_BEFORE_BIRTH (-3011)
#define ZIGE_E_COMMITMENT_IN_FUTURE (-3012)
#define ZIGE_E_FILING_OWNED_BY_HUB (-3013)
#define ZIGE_E_FILING_ALIAS_TAKEN (-3014)
#define ZIGE_E_FILING_CODE_WRONG (-3015)
#define ZIGE_E_FILING_BAD_IDENTITY (-3016)
#define ZIGE_E_FILING_LEAVE_OVERLAPS (-3017)
#define ZIGE_E_FILING_NOT_PHARMACIST (-3018)
#define ZIGE_E_FILING_NOTHING_CHANGES (-3019)
#define ZIGE_E_FILING_BAD_INTERVAL (-3020)
#define ZIGE_E_FILING_IN_FUTURE (-3021)
#define ZIGE_E_FILING_ALREADY_REGISTERED (-3022)
#define ZIGE_E_FILING_PERSON_DIFFERS (-3023)
#define ZIGE_E_FILING_UNKNOWN_INSTITUTION (-3024)
#define ZIGE_E_FILING_NOT_SAME_OWNER (-3025)
#define ZIGE_E_FILING_NOT_DEPARTED (-3026)
#define ZIGE_E_FILING_SESSION_OPEN (-3027)
#define ZIGE_E_FILING_SESSION_NOT_OPEN (-3028)
#define ZIGE_E_FILING_NOT_ASKED (-3029)
#define ZIGE_E_FILING_TOO_MANY (-3030)
#define ZIGE_E_AGENT_NOT_ENROLLED (-4001)
#define ZIGE_E_AGENT_BUSY (-4002)
#define ZIGE_E_AGENT_FOLDER_NOT_PRIVATE (-4003)
#define ZIGE_E_AGENT_NO_COPY (-4004)
#define ZIGE_E_AGENT_NOT_RUNNING (-4005)
#define ZIGE_E_AGENT_LINE_BAD (-4006)
#define ZIGE_E_REPLICA_CORRUPT (-4007)
#define ZIGE_E_REPLICA_NEWER_SCHEMA (-4008)
#define ZIGE_E_JOURNAL_CORRUPT (-4009)
#define ZIGE_E_JOURNAL_NOT_RECORDED (-4010)
#define ZIGE_E_JOURNAL_FORKED (-4011)
#define ZIGE_E_JOURNAL_IDEMPOTENCY_CONFLICT (-4012)
#define ZIGE_E_JOURNAL_NOT_FOUND (-4013)
#define ZIGE_E_JOURNAL_ANCHOR_AHEAD (-4014)
#define ZIGE_E_CLOCK_SUSPECT (-4015)
#define ZIGE_E_CLOCK_BAD_HEAD (-4016)
#define ZIGE_E_ENROL_BAD_TOKEN (-4017)
#define ZIGE_E_ENROL_TOKEN_USED (-4018)
#define ZIGE_E_ENROL_TOKEN_EXPIRED (-4019)
#define ZIGE_E_ENROL_ALREADY (-4020)
#define ZIGE_E_SYNC_REFUSED (-4021)
#define ZIGE_E_SYNC_UNEXPECTED_ANSWER (-4022)
#define ZIGE_E_SYNC_BLOB_GONE (-4023)
#define ZIGE_E_ENROL_BAD_SLIP (-4024)
#define ZIGE_E_ENROL_DAMAGED (-4025)
#define ZIGE_E_AGENT_REVOKED (-4026)
#define ZIGE_E_ENROL_DISK_ROLLS_BACK (-4027)
#define ZIGE_E_ENROL_OTHER_REQUEST (-4028)
#define ZIGE_E_CHAPTER_UNEXPECTED (-4029)
#define ZIGE_E_STATEMENT_OLDER (-4030)
#define ZIGE_E_STATEMENT_EXPIRED (-4031)
#define ZIGE_E_PHONE_CODE_WRONG (-4032)
#define ZIGE_E_PHONE_CODE_USED (-4033)
#define ZIGE_E_PHONE_CODE_TOO_LONG (-4034)
#define ZIGE_E_CLOCK_FAR_AHEAD (-4035)
#define ZIGE_E_PHONE_CODE_MISHEARD (-4036)
#define ZIGE_E_API_NOT_JSON (-6001)
#define ZIGE_E_API_MISSING_FIELD (-6002)
#define ZIGE_E_API_BAD_FIELD (-6003)
#define ZIGE_E_API_UNKNOWN_PATH (-6004)
#define ZIGE_E_API_BAD_METHOD (-6005)
#define ZIGE_E_API_TOO_LARGE (-6006)
#define ZIGE_E_API_UNAUTHORIZED (-6007)
#define ZIGE_E_API_FORBIDDEN (-6008)
#define ZIGE_E_API_OVERLOADED (-6009)
#define ZIGE_E_API_INTERNAL (-6010)
#define ZIGE_E_NET_UNREACHABLE (-6011)
#define ZIGE_E_NET_TIMEOUT (-6012)
#define ZIGE_E_NET_INTERRUPTED (-6013)
#define ZIGE_E_NET_BAD_ANSWER (-6014)
#define ZIGE_E_NET_TOO_LARGE (-6015)
#define ZIGE_E_NET_REFUSED (-6016)
#define ZIGE_E_TLS_HANDSHAKE_FAILED (-6017)
#define ZIGE_E_TLS_UNTRUSTED_PEER (-6018)
#define ZIGE_E_TLS_CERTIFICATE_OUT_OF_DATE (-6019)
#define ZIGE_E_TLS_BAD_CERTIFICATE (-6020)
#define ZIGE_E_NET_CANNOT_LISTEN (-6021)
#define ZIGE_E_FILE_NOT_FOUND (-8001)
#define ZIGE_E_FILE_IO (-8002)
#define ZIGE_E_FILE_TOO_LARGE (-8003)
#define ZIGE_E_FILE_EXISTS (-8004)
#define ZIGE_E_FILE_PERMISSION (-8005)
#define ZIGE_E_FILE_LOCKED (-8006)
#define ZIGE_E_FILE_DISK_FULL (-8007)
#define ZIGE_E_DB_FAILED (-8008)
#define ZIGE_E_DB_CORRUPT (-8009)
#define ZIGE_E_DB_BUSY (-8010)
#define ZIGE_E_DB_CONSTRAINT (-8011)
#define ZIGE_E_ZLIB_FAILED (-8012)
#define ZIGE_E_RANDOM_FAILED (-8013)
#define ZIGE_E_SYSTEM_FAILED (-8014)
#define ZIGE_E_DB_NEWER_SCHEMA (-8015)
#define ZIGE_E_FILE_NOT_PRIVATE (-8016)
#define ZIGE_E_FILE_BAD_ENCODING (-8017)
#define ZIGE_E_LOCAL_KEY_NOT_FOUND (-9001)
#define ZIGE_E_LOCAL_KEY_NAME_TAKEN (-9002)
#define ZIGE_E_LOCAL_TOO_MANY_KEYS (-9003)
#define ZIGE_E_LOCAL_NOT_LOOPBACK (-9004)
#define ZIGE_E_LOCAL_KEYS_DAMAGED (-9005)
#define ZIGE_E_LOCAL_PATH_TOO_LONG (-9006)
#define ZIGE_E_LOCAL_AGENT_AWAY (-9007)
#define ZIGE_E_LOCAL_CLERK_NOT_FOUND (-9008)
#define ZIGE_E_LOCAL_CLERK_NAME_TAKEN (-9009)
#define ZIGE_E_LOCAL_TOO_MANY_CLERKS (-9010)
#define ZIGE_E_LOCAL_PINS_DAMAGED (-9011)
#define ZIGE_E_LOCAL_PIN_NEEDED (-9012)
#define ZIGE_E_LOCAL_PIN_WRONG (-9013)
#define ZIGE_E_LOCAL_PIN_LOCKED (-9014)
#define ZIGE_E_LOCAL_PIN_WEAK (-9015)
#define ZIGE_E_LOCAL_SELF_REFUSED (-9016)
#define ZIGE_E_LOCAL_NO_CERTIFICATE (-9017)
#define ZIGE_E_LOCAL_BAD_STREAM (-9018)
/* END generated */

#ifdef __cplusplus
}
#endif

#endif
