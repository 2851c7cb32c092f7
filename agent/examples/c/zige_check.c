/* Asks for one bill whether its lines may be settled: zige_check DATA_DIR FEE_TIME CODE...
   Prints a row for each line. Ends with 0: send it; 1: some lines are refused or held; 3: no answer, settle and mark
   `unchecked`; 4: the call is at fault, and so would each one be: show it, do not settle on it, have it put right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zige/zige.h"

/* The agent of this folder: our own, or the one that runs already. */
static zige_status reach(zige_agent** agent, const char* data_dir, zige_error* err) {
    zige_open_options own;
    zige_connect_options running;
    zige_status status;

    ZIGE_INIT(own);
    own.data_dir = data_dir;
    status = zige_agent_open(agent, &own, err);
    if (status != ZIGE_E_AGENT_BUSY) return status;
    ZIGE_INIT(running);
    running.data_dir = data_dir;
    return zige_agent_connect(agent, &running, err);
}

/* 3: no answer. 4: none will ever come, as long as the call, the key or the way to the agent is wrong. */
static int explain(const zige_error* err) {
    const int fault = err->kind == ZIGE_KIND_INVALID || err->kind == ZIGE_KIND_UNTRUSTED ||
                      err->code == ZIGE_E_FILE_PERMISSION;

    printf("%s: %s %s %s\n", fault ? "fault" : "unchecked", err->reason, err->field, err->next);
    return fault ? 4 : 3;
}

static void show(unsigned number, const zige_decision* line) {
    char ground[1024] = "";
    char advice[1024] = "";

    if (line->ground_count > 0 && zige_text(ground, sizeof ground, ZIGE_TEXT_GROUND, line->grounds[0].ground, 0, NULL))
        ground[0] = '\0';
    if (zige_text(advice, sizeof advice, ZIGE_TEXT_ADVICE, line->advice, 0, NULL)) advice[0] = '\0';
    printf("%u %d %d [%s] [%s] [%s] %s\n", number, (int)line->outcome, (int)line->may_settle, ground,
           line->ground_count > 0 ? line->grounds[0].document : "", advice, line->reference);
}

static int ask(zige_agent* agent, const char* fee_time, char** codes, unsigned count) {
    zige_line* lines = (zige_line*)calloc(count, sizeof *lines);
    zige_decision* decisions = (zige_decision*)calloc(count, sizeof *decisions);
    zige_claim claim;
    zige_answer answer;
    zige_error err;
    unsigned i;
    int result = 3;

    ZIGE_INIT(claim);
    claim.transaction = ZIGE_TXN_OUTPATIENT_FEES;
    claim.claim_id = "JS20261120-0017";
    claim.lines = lines;
    claim.line_count = count;
    claim.line_size = sizeof *lines;
    ZIGE_INIT(answer);
    answer.decisions = decisions;
    answer.decision_count = count;
    answer.decision_size = sizeof *decisions;
    if (lines != NULL && decisions != NULL) {
        for (i = 0; i < count; ++i) {
            lines[i].fee_time = fee_time;
            lines[i].amount_fen = 1250;
            lines[i].people[0].code = codes[i];
            lines[i].people[0].role = ZIGE_ROLE_ORDERING;
        }
        if (zige_clear(&answer, agent, &claim, &err) == ZIGE_OK) {
            for (i = 0; i < count; ++i) show(i + 1, &decisions[i]);
            result = answer.may_settle ? 0 : 1;
        } else {
            result = explain(&err);
        }
    }
    free(lines);
    free(decisions);
    return result;
}

int main(int argc, char** argv) {
    zige_agent* agent = NULL;
    zige_error err;
    int result;

    if (argc < 4) {
        fprintf(stderr, "usage: zige_check DATA_DIR FEE_TIME CODE...\n");
        return 2;
    }
    if (reach(&agent, argv[1], &err) != ZIGE_OK) return explain(&err);
    result = ask(agent, argv[2], argv + 3, (unsigned)(argc - 3));
    zige_agent_close(&agent);
    return result;
}
