#include "shared/domain/copy.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

namespace zige {
namespace {

template <class Word>
std::uint64_t word_at(const char* at) {
    Word word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Reads the code in two words, which overlap where they must. Only spreads codes over slots and promises nothing
/// against an adversary: who fills the copy signs it.
std::uint32_t hash_of(std::string_view code) {
    constexpr std::uint64_t kFactor = 0x9E37'79B9'7F4A'7C15ULL;
    const char* const end = code.data() + code.size();
    std::uint64_t hash = code.size();
    if (code.size() >= 8) {
        for (const char* at = code.data(); end - at > 8; at += 8) hash = (hash ^ word_at<std::uint64_t>(at)) * kFactor;
        hash ^= word_at<std::uint64_t>(end - 8) + (hash >> 32U);
    } else if (code.size() >= 4) {
        hash ^= word_at<std::uint32_t>(code.data()) << 32U | word_at<std::uint32_t>(end - 4);
    } else {
        for (const char c : code) hash = hash << 8U | static_cast<unsigned char>(c);
    }
    hash *= kFactor;
    hash ^= hash >> 29U;
    return static_cast<std::uint32_t>((hash * kFactor) >> 32U);
}

constexpr std::size_t kRoles = 32;      // room for all of Role and of Txn in the table of rules
constexpr std::size_t kTxns = 32;       // and for a bit per Txn
constexpr std::size_t kMaxRules = 255;  // each has a number of one byte
std::size_t rule_place(Txn txn, Role role) {
    return static_cast<std::size_t>(txn) * kRoles + static_cast<std::size_t>(role);
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
        if (lookup(parts.registrations, each.target) == nullptr)
            return bad_record(each.no, "there is no registration " + std::to_string(each.target.value));
    }
    return std::nullopt;
}

bool same_person(const Registration& a, const Registration& b) { return !a.code.empty() && a.code == b.code; }

/// Of two registrations of one person a fee of `day` means the latest that had begun by then, else the earliest; one
/// that was taken back only beside another such.
bool is_meant_before(const Registration& a, const Registration& b, Day day) {
    const bool a_back = was_taken_back(a.registered_from, a.last_day);
    const bool b_back = was_taken_back(b.registered_from, b.last_day);
    if (a_back != b_back) return b_back;
    const bool a_begun = a.registered_from <= day;
    const bool b_begun = b.registered_from <= day;
    if (a_begun != b_begun) return a_begun;
    const bool a_later = std::pair{a.registered_from, a.no} > std::pair{b.registered_from, b.no};
    return a_later == a_begun;
}

}  // namespace

Result<std::shared_ptr<const Copy>> Copy::build(Parts parts) {
    constexpr std::size_t kMaxRecords = 1U << 29U;
    if (parts.registrations.size() + parts.aliases.size() > kMaxRecords)
        return fail(ErrorId::copy_bad_record, "copy.records", "too many");
    if (parts.profile.freshness.empty())
        return fail(ErrorId::profile_missing_field, "profile.freshness", "there are no limits");
    if (parts.profile.roles.size() > kMaxRules) return fail(ErrorId::profile_bad_value, "profile.roles", "too many");
    std::ranges::sort(parts.registrations, {}, &Registration::no);
    std::ranges::sort(parts.aliases, {}, &Alias::no);
    if (auto error = check_numbers(parts)) return *std::move(error);
    if (auto error = check_aliases(parts)) return *std::move(error);
    return std::make_shared<const Copy>(std::move(parts));
}

Copy::Copy(Parts parts) : parts_(std::move(parts)) {
    const std::size_t codes = parts_.registrations.size() + parts_.aliases.size();
    slots_.resize(std::bit_ceil(std::max<std::size_t>(2 * codes, 2)));
    cards_.reserve(codes);
    for (std::uint32_t i = 0; i < parts_.registrations.size(); ++i) {
        const Registration& each = parts_.registrations[i];
        add_card(each.code, card_of(each, i));
        if (!each.last_day) ++headcount_;
    }
    for (const Alias& each : parts_.aliases) {
        const Registration* target = lookup(parts_.registrations, each.target);
        expect(target != nullptr, "an alias has a target: use Copy::build");
        add_card(each.code, card_of(*target, static_cast<std::uint32_t>(target - parts_.registrations.data())));
    }
    read_profile();
}

Copy::Card Copy::card_of(const Registration& person, std::uint32_t target) {
    Card card;
    card.target = target;
    card.no = person.no;
    card.from = static_cast<std::int32_t>(person.registered_from.time_since_epoch().count());
    card.category = person.category;
    const CommitmentKind commitment = person.commitment.kind;
    card.clean = person.standing.empty() && person.leaves.empty() && !person.last_day &&
                 (commitment == CommitmentKind::baseline || commitment == CommitmentKind::signed_on);
    return card;
}

void Copy::add_card(std::string_view code, Card card) {
    if (code.empty()) return;
    if (code.size() <= card.code.size()) {
        card.length = static_cast<std::uint8_t>(code.size());
        std::ranges::copy(code, card.code.begin());
    } else {
        card.length = kLong;
        const auto position = static_cast<std::uint32_t>(long_codes_.size());
        std::memcpy(card.code.data(), &position, sizeof position);
        long_codes_.emplace_back(code);
    }
    cards_.push_back(card);
    const std::uint32_t hash = hash_of(code);
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = hash & mask;
    for (; slots_[place].card != 0; place = (place + 1) & mask)
        if (slots_[place].hash == hash) cards_[slots_[place].card - 1].followed = true;
    slots_[place] = {hash, static_cast<std::uint32_t>(cards_.size())};
}

void Copy::read_profile() {
    const InstitutionKind kind = parts_.institution.kind;
    const Profile& profile = parts_.profile;
    expect(all<Role>().size() < kRoles && all<Txn>().size() < kTxns, "there is room for all roles and transactions");
    rules_.resize(kTxns * kRoles);
    in_scope_ = std::ranges::find(profile.institution_kinds, kind) != profile.institution_kinds.end();
    for (const Category category : all<Category>())
        if (profile.in_scope(kind, category)) categories_ |= bit(category);
    for (const RoleRule& rule : profile.roles) {
        judged_txns_ |= bit(rule.txn);
        rules_[rule_place(rule.txn, rule.role)] = static_cast<std::uint8_t>(&rule - profile.roles.data() + 1);
        if (rule.effect != RoleEffect::warn && rule.effect != RoleEffect::mark) refusing_txns_ |= bit(rule.txn);
    }
}

const RoleRule* Copy::rule(Txn txn, Role role) const {
    const std::uint8_t number = rules_[rule_place(txn, role)];
    return number == 0 ? nullptr : &parts_.profile.roles[number - 1U];
}

bool Copy::judges(Category category) const { return (categories_ & bit(category)) != 0; }
bool Copy::judges(Txn txn) const { return (judged_txns_ & bit(txn)) != 0; }
bool Copy::refuses(Txn txn) const { return (refusing_txns_ & bit(txn)) != 0; }

bool Copy::carries(const Card& card, std::string_view code) const {
    if (card.length != kLong) return std::string_view(card.code.data(), card.length) == code;
    std::uint32_t position = 0;
    std::memcpy(&position, card.code.data(), sizeof position);
    return long_codes_[position] == code;
}

Copy::Found Copy::found(const Card& card, Day day) const {
    const Registration* registration = &parts_.registrations[card.target];
    const bool plain = card.clean && card.from <= day.time_since_epoch().count();
    return {Resolution::known, registration, card.no, card.category, plain};
}

Copy::Found Copy::find(std::string_view code, Day day) const {
    if (code.empty()) return {};
    const std::uint32_t hash = hash_of(code);
    const std::size_t mask = slots_.size() - 1;
    const Card* best = nullptr;
    for (std::size_t place = hash & mask; slots_[place].card != 0; place = (place + 1) & mask) {
        if (slots_[place].hash != hash) continue;
        const Card& card = cards_[slots_[place].card - 1];
        if (!carries(card, code) || (best != nullptr && best->target == card.target)) continue;
        if (best == nullptr) {
            best = &card;
            if (!card.followed) break;
            continue;
        }
        const Registration& one = parts_.registrations[best->target];
        const Registration& other = parts_.registrations[card.target];
        if (!same_person(one, other)) return {Resolution::ambiguous, nullptr, {}, {}, false};
        if (is_meant_before(other, one, day)) best = &card;
    }
    return best == nullptr ? Found{} : found(*best, day);
}

const Registration* Copy::by_number(RecordNo no) const { return lookup(parts_.registrations, no); }

}  // namespace zige
