#include <algorithm>

#include "hub/core/filing_desk.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"
#include "shared/wire/phone_codes.h"
#include "shared/wire/sealed.h"

namespace zige::hub {
namespace {

/// An agent makes its codes under the trust document that it holds; it may be some versions behind.
constexpr std::size_t kTrustVersionsBack = 4;

/// The key of the codes that an agent makes under trust document `signed_trust`; nothing: its sealing key is gone.
Result<std::optional<Hash256>> key_under(const Trust& trust, ByteView signed_trust, AgentId agent,
                                         ByteView sealing_key) {
    ZIGE_TRY(read, wire::decode_signed_trust(signed_trust));
    ZIGE_TRY(document, wire::decode_trust_document(read.document));
    const Unsealer* own = trust.unsealer_for(wire::reader_id(document.sealing_key));
    if (own == nullptr) return std::optional<Hash256>{};
    ZIGE_TRY(key, wire::phone_key({trust.hub_id(), agent, document.version}, *own, sealing_key));
    return std::optional<Hash256>(key);
}

Result<std::vector<Hash256>> phone_keys(const Trust& trust, AgentId agent, ByteView sealing_key) {
    std::vector<Hash256> keys;
    const std::vector<Bytes> chain = trust.chain();
    for (std::size_t back = 1; back <= std::min(kTrustVersionsBack, chain.size()); ++back) {
        ZIGE_TRY(key, key_under(trust, chain[chain.size() - back], agent, sealing_key));
        if (key) keys.push_back(*key);
    }
    return keys;
}

}  // namespace

Result<void> match_filing_codes(const Trust& trust, const Hasher& hasher, Change& change, const Agent& agent,
                                const wire::Uuid& uuid, ByteView bytes) {
    Tx& tx = change.tx();
    ZIGE_TRY(open, tx.query(Sql::filing_codes_open, {sql(agent.institution)}));
    if (open.empty()) return {};
    ZIGE_TRY(key, tx.first(Sql::agent_sealing_key, {sql(agent.id.value)}));
    if (!key) return fail(ErrorId::hub_unknown_agent, "agent", std::to_string(agent.id.value));
    ZIGE_TRY(keys, phone_keys(trust, agent.id, key->bytes(0)));
    for (const Row& row : open) {
        const auto fits = [&](const Hash256& each) {
            return wire::check_filing_code(each, row.text(0), uuid, bytes, hasher).ok();
        };
        if (std::ranges::none_of(keys, fits)) continue;
        const Instant entered = row.instant(1);
        ZIGE_CHECK(tx.exec(Sql::filing_code_match,
                           {sql(ByteView(uuid)), sql(agent.institution), sql(row.text(0)), sql(entered)}));
        ZIGE_CHECK(tx.exec(Sql::filing_prove, {sql(entered), sql(ByteView(uuid)), sql(entered)}));
        LogEvent event;
        event.event = HubEvent::filing_code_entered;
        event.institution = agent.institution;
        event.body.add("uuid", to_hex(uuid)).add("entered", format(entered)).add("matched", "yes");
        ZIGE_CHECK(change.log(std::move(event)));
    }
    return {};
}

}  // namespace zige::hub
