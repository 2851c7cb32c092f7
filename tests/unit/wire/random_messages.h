#pragma once

#include "shared/wire/agent_messages.h"
#include "tests/unit/wire/random_values.h"

namespace zige::wire::testing {

State draw_state(Draw&);
Head draw_head(Draw&);
Config draw_config(Draw&);
Record draw_record(Draw&);
Delta draw_delta(Draw&);
Manifest draw_manifest(Draw&);
JournalEntry draw_journal_entry(Draw&);
Segment draw_segment(Draw&);
Filing draw_filing(Draw&);
StateProof draw_proof(Draw&);
SyncRequest draw_sync_request(Draw&);
Held draw_held(Draw&);
SyncAnswer draw_sync_answer(Draw&);
TrustDocument draw_trust_document(Draw&);
SignedTrust draw_signed_trust(Draw&);
EnrolRequest draw_enrol_request(Draw&);
EnrolAnswer draw_enrol_answer(Draw&);
IneligibleUpdate draw_ineligible_update(Draw&);
CopyHandIn draw_copy_hand_in(Draw&);
Revocation draw_revocation(Draw&);
RenewRequest draw_renew_request(Draw&);
RenewAnswer draw_renew_answer(Draw&);
Statement draw_statement(Draw&);
EnrolFile draw_enrol_file(Draw&);
EnrolReply draw_enrol_reply(Draw&);

}  // namespace zige::wire::testing
