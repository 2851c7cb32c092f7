#include "agent/core/receipts.h"
#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/money.h"
#include "shared/openssl/crypto.h"

namespace zige::daemon {
namespace {

/// Whose keys they are, their length tells.
Suite suite_of(ByteView public_key) {
    return public_key.size() == public_key_bytes(Suite::sm2_sm3) ? Suite::sm2_sm3 : Suite::ed25519_sha256;
}

}  // namespace

Result<Json> LocalService::receipt(const ApiRequest& request) {
    ZIGE_TRY(journal, agent_.journal());
    const std::string_view reference = part_in(request);
    ZIGE_TRY(self, agent_.hand_over());  // who it is, as a successor would be told
    const Suite suite = suite_of(self.signing_key);
    ZIGE_TRY(receipt, agent::receipt_of(*journal, reference, suite, *make_hasher(suite)));
    return Json::object({{"reference", reference},
                         {"agent", receipt.agent.value},
                         {"chapter", receipt.chapter.value},
                         {"number", receipt.number},
                         {"receipt", wire::write_receipt(receipt)}});
}

/// {"receipt": "zige-receipt 1..."}
Result<Json> LocalService::check_receipt(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(text, text_member(body, "receipt", wire::kMaxReceiptBytes));
    ZIGE_TRY(receipt, wire::read_receipt(text));
    ZIGE_TRY(journal, agent_.journal());
    ZIGE_TRY(self, agent_.hand_over());
    const Suite suite = suite_of(self.signing_key);
    const auto hasher = make_hasher(suite);
    ZIGE_TRY(entry, agent::check_receipt(*journal, receipt, self.signing_key, *hasher, *make_verifier(suite)));
    Json answer = Json::object({{"good", true},
                                {"agent", receipt.agent.value},
                                {"chapter", receipt.chapter.value},
                                {"number", receipt.number},
                                {"recorded_at", format(entry.times.wall)}});
    if (const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body)) {
        answer.set("claim_id", decision->claim_id);
        answer.set("line_id", decision->line_id);
        answer.set("fee_time", format(decision->fee_time));
        answer.set("amount", format_yuan(decision->amount));
        answer.set("outcome", code_json(decision->served));
    }
    return answer;
}

}  // namespace zige::daemon
