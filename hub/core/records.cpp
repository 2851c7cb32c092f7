#include "hub/core/records.h"

#include <limits>
#include <map>

#include "hub/core/hub_values.h"
#include "hub/core/institution_data.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

struct Leaf {
    Bytes content;
    Hash256 hash{};
};

Result<std::map<std::uint32_t, Leaf>> published_leaves(Tx& tx, const std::string& institution) {
    ZIGE_TRY(rows, tx.query(Sql::records_of, {sql(institution)}));
    std::map<std::uint32_t, Leaf> leaves;
    for (const Row& row : rows) leaves.emplace(row.small(0), Leaf{row.bytes(1), row.hash(2)});
    return leaves;
}

/// True if nothing but the standing timeline differs: a patch will do.
bool only_standing_differs(const Record& record, ByteView published) {
    const auto* now = std::get_if<Registration>(&record);
    auto decoded = wire::decode_record(published);
    if (now == nullptr || !decoded.ok()) return false;
    auto* before = std::get_if<Registration>(&decoded.value());
    if (before == nullptr) return false;
    before->standing = now->standing;
    return *before == *now;
}

}  // namespace

Result<std::optional<StoredState>> last_state(Tx& tx, const std::string& institution, std::uint64_t newest) {
    ZIGE_TRY(row, tx.first(Sql::state_last, {sql(institution), sql(newest)}));
    if (!row) return std::optional<StoredState>{};
    ZIGE_TRY(state, wire::decode_state(row->bytes(1)));
    return std::optional<StoredState>(StoredState{std::move(state), row->hash(0), row->instant(2)});
}

Result<Hash256> Records::update_leaves(Change& change, const std::string& institution) const {
    Tx& tx = change.tx();
    ZIGE_TRY(records, load_records(tx, log_, institution));
    ZIGE_TRY(published, published_leaves(tx, institution));
    std::vector<Hash256> leaves;
    leaves.reserve(records.size());
    for (const Record& record : records) {
        const std::uint32_t no = record_no(record).value;
        const Bytes content = wire::encode(record);
        const auto before = published.find(no);
        if (before != published.end() && before->second.content == content) {
            leaves.push_back(before->second.hash);
            continue;
        }
        const Hash256 leaf = wire::merkle_leaf(content, env_.hasher);
        leaves.push_back(leaf);
        const bool patch = before != published.end() && only_standing_differs(record, before->second.content);
        ZIGE_CHECK(tx.exec(
            patch ? Sql::record_patch : Sql::record_put,
            {sql(institution), sql(no), sql(content), sql(leaf), sql(change.seq().value), sql(change.seq().value)}));
    }
    return wire::merkle_root(leaves, env_.hasher);
}

Result<Hash256> Records::keep_config(Tx& tx, const std::string& institution) const {
    ZIGE_TRY(config, load_config(tx, institution));
    const Bytes content = wire::encode(config);
    const Hash256 hash = env_.hasher.hash({content});
    ZIGE_CHECK(tx.exec(Sql::config_put, {sql(hash), sql(content)}));
    return hash;
}

Result<bool> Records::publish(Change& change, const std::string& institution) const {
    Tx& tx = change.tx();
    ZIGE_TRY(last, last_state(tx, institution, std::numeric_limits<std::int64_t>::max()));
    ZIGE_TRY(config_hash, keep_config(tx, institution));
    ZIGE_TRY(root, update_leaves(change, institution));
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    wire::State next;
    next.institution = InstitutionCode{institution};
    next.epoch = Epoch{static_cast<std::uint32_t>(epoch)};
    next.seq = change.seq();
    next.root = root;
    next.config_hash = config_hash;
    next.trust_version = change.trust_version(trust_);
    if (last) {
        const wire::State& before = last->state;
        if (before.root == next.root && before.config_hash == next.config_hash &&
            before.trust_version == next.trust_version && before.epoch == next.epoch)
            return false;
        next.previous = last->hash;
    }
    const Hash256 hash = wire::state_hash(next, env_.hasher);
    ZIGE_CHECK(tx.exec(Sql::state_put, {sql(institution), sql(next.epoch.value), sql(next.seq.value), sql(hash),
                                        sql(wire::encode(next)), sql(change.now())}));
    LogEvent event;
    event.event = HubEvent::state_published;
    event.institution = institution;
    event.body.add("seq", static_cast<std::int64_t>(next.seq.value)).add("state", to_hex(hash));
    ZIGE_CHECK(change.log(std::move(event)));
    return true;
}

}  // namespace zige::hub
