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
 * - Codes are int32_t, named in zige_codes.h, which this header takes in; docs/codes.md has their texts, zige_text() gives them.
 * - The library prints nothing, ends no process, lets no exception out, and keeps no state beside its handles. What
 *   goes wrong inside it is ZIGE_E_API_INTERNAL. It starts no thread but one beside each connection in use, which
 *   ends what takes too long.
 * - Threads: any function from any thread on one handle, also while another syncs, but for zige_agent_close().
 */
#ifndef ZIGE_ZIGE_H
#define ZIGE_ZIGE_H

#include <stddef.h>
#include <stdint.h>

#include "zige_codes.h"

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

#ifdef __cplusplus
}
#endif

#endif
