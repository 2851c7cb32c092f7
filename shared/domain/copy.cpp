#include "shared/domain/copy.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

namespace zige {
namespace {

/// Mixes 8 bytes at a time; only spreads codes over slots, promises nothing against an adversary: who fills the copy signs it.
std::uint32_t hash_of(std::string_view code) {
    constexpr std::uint64_t kFactor = 0x9E37'79B9'7F4A'7C15ULL;
    std::uint64_t hash = code.size() * kFactor;
    const char* at = code.data();
    std::size_t left = code.size();
    while (left > 0) {
        std::uint64_t word = 0;
        const std::size_t taken = std::min(left, sizeof word);
        std::memcpy(&word, at, taken);
        hash = (hash ^ word) * kFactor;
        hash ^= hash >> 29U;
        at += taken;
        left -= taken;
    }
    return static_cast<std::uint32_t>(hash >> 16U);
}

template <class E>
std::uint32_t bit(E code) {
    return 1U << static_cast<unsigned>(code);
}

Error bad_record(RecordNo no, std::string why) {
    return fail(ErrorId::copy_bad_record, "copy.record." + std::to_string(no.value), std::move(why));
}

const Registration* lookup(std::span<const Registration> registrations, RecordNo no) {
    const auto at = std::ranges::lower_bound(registrations, no, {}, &Registration::no);
    return at == registrations.end() || at->no != no ? nullptr : &*at;
}

/// ADR 3: registrations and aliases have numbers of one sequence.
std::optional<Error> check_numbers(const Copy::Parts& parts) {
    std::vector<RecordNo> numbers;
    numbers.reserve(parts.registrations.size() + parts.aliases.size());
    for (const Registration& each : parts.registrations) numbers.push_back(each.no);
    for (const Alias& each : parts.aliases) numbers.push_back(each.no);
    std::ranges::sort(numbers);
    if (!numbers.empty() && numbers.front().value == 0) return bad_record({0}, "the institution's own number");
    const auto twice = std::ranges::adjacent_find(numbers);
    if (twice != numbers.end()) return bad_record(*twice, "this number is there twice");
    return std::nullopt;
}

std::optional<Error> check_aliases(const Copy::Parts& parts) {
    for (const Alias& each : parts.aliases) {
        if (each.code.empty()) return bad_record(each.no, "an alias without code");
        if (lookup(parts.registrations, each.target) == nullptr)
            return bad_record(each.no, "there is no registration " + std::to_string(each.target.value));
    }
    return std::nullopt;
}

bool same_person(const Registration& a, const Registration& b) { return !a.code.empty() && a.code == b.code; }

/// The registration that a fee of `day` means: the latest that had begun by then, else the earliest.
const Registration* closer(const Registration* a, const Registration* b, Day day) {
    const bool a_begun = a->registered_from <= day;
    const bool b_begun = b->registered_from <= day;
    if (a_begun != b_begun) return a_begun ? a : b;
    const bool a_later = std::pair{a->registered_from, a->no} > std::pair{b->registered_from, b->no};
    return a_later == a_begun ? a : b;
}

}  // namespace

Result<std::shared_ptr<const Copy>> Copy::build(Parts parts) {
    constexpr std::size_t kMaxRecords = kAliasBit / 4;
    if (parts.registrations.size() + parts.aliases.size() > kMaxRecords)
        return fail(ErrorId::copy_bad_record, "copy.records", "too many");
    if (parts.profile.freshness.empty())
        return fail(ErrorId::profile_missing_field, "profile.freshness", "there are no limits");
    std::ranges::sort(parts.registrations, {}, &Registration::no);
    std::ranges::sort(parts.aliases, {}, &Alias::no);
    if (auto error = check_numbers(parts)) return *std::move(error);
    if (auto error = check_aliases(parts)) return *std::move(error);
    return std::make_shared<const Copy>(std::move(parts));
}

Copy::Copy(Parts parts) : parts_(std::move(parts)) {
    const std::size_t codes = parts_.registrations.size() + parts_.aliases.size();
    slots_.resize(std::bit_ceil(std::max<std::size_t>(2 * codes, 2)));
    alias_targets_.reserve(parts_.aliases.size());
    std::uint32_t index = 0;
    for (const Registration& each : parts_.registrations) {
        add_slot(each.code, ++index);
        if (!each.last_day) ++headcount_;
    }
    index = 0;
    for (const Alias& each : parts_.aliases) {
        const Registration* target = lookup(parts_.registrations, each.target);
        expect(target != nullptr, "an alias has a target: use Copy::build");
        alias_targets_.push_back(static_cast<std::uint32_t>(target - parts_.registrations.data()));
        add_slot(each.code, kAliasBit | ++index);
    }
    read_profile();
}

void Copy::add_slot(std::string_view code, std::uint32_t index) {
    if (code.empty()) return;
    const std::uint32_t hash = hash_of(code);
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = hash & mask;
    while (slots_[place].index != 0) place = (place + 1) & mask;
    slots_[place] = {hash, index};
}

void Copy::read_profile() {
    const InstitutionKind kind = parts_.institution.kind;
    const Profile& profile = parts_.profile;
    in_scope_ = std::ranges::find(profile.institution_kinds, kind) != profile.institution_kinds.end();
    for (const Category category : all<Category>())
        if (profile.in_scope(kind, category)) categories_ |= bit(category);
    for (const RoleRule& rule : profile.roles) {
        judged_txns_ |= bit(rule.txn);
        if (rule.effect != RoleEffect::warn && rule.effect != RoleEffect::mark) refusing_txns_ |= bit(rule.txn);
    }
}

bool Copy::judges(Category category) const { return (categories_ & bit(category)) != 0; }
bool Copy::judges(Txn txn) const { return (judged_txns_ & bit(txn)) != 0; }
bool Copy::refuses(Txn txn) const { return (refusing_txns_ & bit(txn)) != 0; }

/// The registration behind a slot if its code is `code`.
const Registration* Copy::at(const Slot& slot, std::string_view code) const {
    const std::size_t position = (slot.index & ~kAliasBit) - 1;
    if ((slot.index & kAliasBit) == 0) {
        const Registration& registration = parts_.registrations[position];
        return registration.code == code ? &registration : nullptr;
    }
    return parts_.aliases[position].code == code ? &parts_.registrations[alias_targets_[position]] : nullptr;
}

Copy::Found Copy::find(std::string_view code, Day day) const {
    if (code.empty()) return {};
    const std::uint32_t hash = hash_of(code);
    const std::size_t mask = slots_.size() - 1;
    const Registration* found = nullptr;
    for (std::size_t place = hash & mask; slots_[place].index != 0; place = (place + 1) & mask) {
        if (slots_[place].hash != hash) continue;
        const Registration* other = at(slots_[place], code);
        if (other == nullptr || other == found) continue;
        if (found != nullptr && !same_person(*found, *other)) return {Resolution::ambiguous, nullptr};
        found = found == nullptr ? other : closer(found, other, day);
    }
    return {found == nullptr ? Resolution::unknown : Resolution::known, found};
}

const Registration* Copy::by_number(RecordNo no) const { return lookup(parts_.registrations, no); }

}  // namespace zige
