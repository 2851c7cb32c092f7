#include "agent/core/ineligible.h"

#include <algorithm>
#include <tuple>

#include "shared/wire/chain.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

using Entries = std::vector<wire::IneligibleEntry>;

auto order(const wire::IneligibleEntry& entry) { return std::tie(entry.key, entry.from, entry.status); }
bool before(const wire::IneligibleEntry& left, const wire::IneligibleEntry& right) {
    if (order(left) != order(right)) return order(left) < order(right);
    return left.end < right.end;
}

class KeyedSet final : public IneligibleSet {
public:
    KeyedSet(const ReplicaStore::Ineligible& content, const Hasher& hasher)
        : salt_(content.salt), entries_(content.entries), hasher_(hasher) {}

    std::optional<Hit> find(std::string_view code, Day day) const override {
        const auto key = wire::ineligible_key(salt_, code, hasher_);
        auto at = std::lower_bound(entries_.begin(), entries_.end(), key,
                                   [](const auto& entry, const auto& wanted) { return entry.key < wanted; });
        std::optional<Hit> worst;
        for (; at != entries_.end() && at->key == key; ++at) {
            const bool covers = at->from <= day && (!at->end || day < *at->end);
            if (covers && (!worst || worst->status < at->status)) worst = Hit{at->status, at->from, at->end};
        }
        return worst;
    }

private:
    Bytes salt_;
    Entries entries_;  // sorted by before()
    const Hasher& hasher_;
};

}  // namespace

std::shared_ptr<const IneligibleSet> make_ineligible_set(const ReplicaStore::Ineligible& content,
                                                         const Hasher& hasher) {
    if (content.entries.empty()) return nullptr;
    return std::make_shared<KeyedSet>(content, hasher);
}

Result<ReplicaStore::Ineligible> next_ineligible(const ReplicaStore::Ineligible& now,
                                                 const wire::IneligibleUpdate& update, const Hasher& hasher) {
    if (update.version <= now.version)
        return fail(ErrorId::wire_replayed, "ineligible.version",
                    std::to_string(update.version) + ", here " + std::to_string(now.version));
    if (update.from != 0 && (update.from != now.version || update.salt != now.salt))
        return fail(ErrorId::wire_gap, "ineligible.from",
                    std::to_string(update.from) + ", here " + std::to_string(now.version));
    ReplicaStore::Ineligible next{update.version, update.salt, update.from == 0 ? Entries{} : now.entries};
    for (const auto& gone : update.removed) {
        const auto at = std::lower_bound(next.entries.begin(), next.entries.end(), gone, before);
        if (at == next.entries.end() || *at != gone)
            return fail(ErrorId::wire_bad_value, "ineligible.removed", "an entry that is not in the set");
        next.entries.erase(at);
    }
    next.entries.insert(next.entries.end(), update.added.begin(), update.added.end());
    if (next.entries.size() > kMaxIneligible) return fail(ErrorId::wire_too_many, "ineligible.added");
    std::sort(next.entries.begin(), next.entries.end(), before);
    if (wire::ineligible_digest(next.entries, next.salt, hasher) != update.digest)
        return fail(ErrorId::wire_bad_hash, "ineligible.digest");
    return next;
}

}  // namespace zige::agent
