#include "agent/core/copy_step.h"

#include <algorithm>

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"

namespace zige::agent {
namespace {

RecordNo number_of(const Registration& value) { return value.no; }
RecordNo number_of(const Alias& value) { return value.no; }
RecordNo number_of(const Leaf& value) { return value.no; }

template <class T>
bool by_number(const T& left, const T& right) {
    return number_of(left) < number_of(right);
}

/// Both ascending; where a number stands in both, `changed` wins.
template <class T>
std::vector<T> merged(std::span<const T> old, std::vector<T> changed) {
    std::vector<T> all;
    all.reserve(old.size() + changed.size());
    auto next = changed.begin();
    for (const T& value : old) {
        while (next != changed.end() && by_number(*next, value)) all.push_back(std::move(*next++));
        if (next != changed.end() && number_of(*next) == number_of(value)) all.push_back(std::move(*next++));
        else all.push_back(value);
    }
    std::move(next, changed.end(), std::back_inserter(all));
    return all;
}

/// Records by kind.
struct Sorted {
    std::optional<InstitutionRecord> institution;
    std::vector<Registration> registrations;
    std::vector<Alias> aliases;

    void add(Record record) {
        if (auto* registration = std::get_if<Registration>(&record)) registrations.push_back(std::move(*registration));
        else if (auto* alias = std::get_if<Alias>(&record)) aliases.push_back(std::move(*alias));
        else institution = std::get<InstitutionRecord>(std::move(record));
    }
};

Result<void> check_root(std::span<const Leaf> leaves, const wire::State& state, const Hasher& hasher) {
    std::vector<Hash256> hashes;
    hashes.reserve(leaves.size());
    for (const Leaf& leaf : leaves) hashes.push_back(leaf.hash);
    if (wire::merkle_root(hashes, hasher) == state.root) return {};
    return fail(ErrorId::wire_bad_root, "state.root", std::to_string(leaves.size()) + " records");
}

Result<void> check_config(ByteView config, const wire::State& state, const Hasher& hasher) {
    if (hasher.hash({config}) == state.config_hash) return {};
    return fail(ErrorId::wire_bad_hash, "config", "not what the state names");
}

Result<std::shared_ptr<const Copy>> built(Copy::Parts parts, const wire::State& state, const Hasher& hasher) {
    if (parts.institution.code != state.institution)
        return fail(ErrorId::wire_wrong_institution, "records[0].code", parts.institution.code.text);
    parts.state_hash = wire::state_hash(state, hasher);
    return Copy::build(std::move(parts));
}

/// Encodes a changed record for disk, and its leaf.
void note(Step& step, std::vector<Leaf>& leaves, const Record& record, const Hasher& hasher) {
    Bytes bytes = wire::encode(record);
    leaves.push_back({record_no(record), wire::merkle_leaf(bytes, hasher)});
    step.changed.push_back({record_no(record), std::move(bytes)});
}

Result<const Registration*> patched(std::vector<Registration>& registrations, const wire::StandingPatch& patch) {
    const auto at = std::lower_bound(registrations.begin(), registrations.end(), patch.no,
                                     [](const Registration& value, RecordNo no) { return value.no < no; });
    if (at == registrations.end() || at->no != patch.no)
        return fail(ErrorId::wire_bad_value, "patches", "no registration " + std::to_string(patch.no.value));
    at->standing = patch.standing;
    return &*at;
}

/// Policy and calendar of the state arrived at.
Result<void> take_config(Step& step, Copy::Parts& parts, const wire::Delta& delta, const Copy* old,
                         const Hasher& hasher) {
    if (delta.config) {
        ZIGE_CHECK(check_config(*delta.config, delta.state, hasher));
        ZIGE_TRY(config, wire::decode_config(*delta.config));
        parts.profile = std::move(config.profile);
        parts.calendar = std::move(config.calendar);
        step.config = delta.config;
        return {};
    }
    if (old == nullptr) return fail(ErrorId::wire_missing_field, "config", "a snapshot carries it");
    parts.profile = old->profile();
    parts.calendar = old->calendar();
    return check_config(wire::encode(wire::Config{parts.profile, parts.calendar}), delta.state, hasher);
}

Hash256 from_of(const wire::Delta& delta) { return delta.from ? *delta.from : delta.state.previous; }

}  // namespace

Result<Rooted> rooted_copy(const wire::State& state, const ReplicaStore::Content& content,
                           std::shared_ptr<const IneligibleSet> ineligible, const Hasher& hasher) {
    Sorted sorted;
    Rooted rooted;
    rooted.leaves.reserve(content.records.size());
    for (const auto& stored : content.records) {
        ZIGE_TRY(record, wire::decode_record(stored.bytes));
        if (record_no(record) != stored.no)
            return fail(ErrorId::copy_bad_record, "records", "number differs from its key");
        rooted.leaves.push_back({stored.no, wire::merkle_leaf(stored.bytes, hasher)});
        sorted.add(std::move(record));
    }
    ZIGE_CHECK(check_root(rooted.leaves, state, hasher));
    ZIGE_CHECK(check_config(content.config, state, hasher));
    ZIGE_TRY(config, wire::decode_config(content.config));
    if (!sorted.institution) return fail(ErrorId::copy_bad_record, "records", "no institution record");
    Copy::Parts parts;
    parts.institution = *std::move(sorted.institution);
    parts.registrations = std::move(sorted.registrations);
    parts.aliases = std::move(sorted.aliases);
    parts.profile = std::move(config.profile);
    parts.calendar = std::move(config.calendar);
    parts.ineligible = std::move(ineligible);
    ZIGE_TRY(copy, built(std::move(parts), state, hasher));
    rooted.copy = std::move(copy);
    return rooted;
}

Result<Step> step(const wire::Delta& delta, const Rooted* now, std::shared_ptr<const IneligibleSet> ineligible,
                  const Hasher& hasher) {
    Step step;
    step.whole = from_of(delta) == wire::kGenesis;
    if (!step.whole && (now == nullptr || now->copy->state_hash() != from_of(delta)))
        return fail(ErrorId::wire_gap, "from", to_hex(from_of(delta)));
    const Copy* old = step.whole ? nullptr : now->copy.get();

    Sorted sorted;
    std::vector<Leaf> leaves;
    for (const Record& record : delta.records) {
        note(step, leaves, record, hasher);
        sorted.add(record);
    }
    Copy::Parts parts;
    parts.ineligible = std::move(ineligible);
    ZIGE_CHECK(take_config(step, parts, delta, old, hasher));
    if (sorted.institution) parts.institution = *std::move(sorted.institution);
    else if (old != nullptr) parts.institution = old->institution();
    else return fail(ErrorId::copy_bad_record, "records", "no institution record");
    parts.registrations =
        merged(old ? old->registrations() : std::span<const Registration>{}, std::move(sorted.registrations));
    parts.aliases = merged(old ? old->aliases() : std::span<const Alias>{}, std::move(sorted.aliases));
    for (const auto& change : delta.patches) {
        ZIGE_TRY(registration, patched(parts.registrations, change));
        note(step, leaves, *registration, hasher);
    }
    std::sort(leaves.begin(), leaves.end(), by_number<Leaf>);
    step.next.leaves = merged(old ? std::span<const Leaf>(now->leaves) : std::span<const Leaf>{}, std::move(leaves));
    ZIGE_CHECK(check_root(step.next.leaves, delta.state, hasher));  // P3: it lands on the signed root
    ZIGE_TRY(copy, built(std::move(parts), delta.state, hasher));
    step.next.copy = std::move(copy);
    return step;
}

Result<std::shared_ptr<const Copy>> with_ineligible(const Copy& copy, std::shared_ptr<const IneligibleSet> ineligible) {
    Copy::Parts parts = copy.parts();
    parts.ineligible = std::move(ineligible);
    return Copy::build(std::move(parts));
}

}  // namespace zige::agent
