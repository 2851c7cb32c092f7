#include "shared/wire/codec_profile.h"

namespace zige::wire {
namespace {

constexpr std::size_t kProfileFields = 23;
constexpr std::uint64_t kMaxHours = 24 * 3650;

void write_texts(Writer& out, const std::vector<std::string>& texts) {
    out.array(texts.size());
    for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> read_texts(Reader& in, std::string_view field, std::size_t max_bytes) {
    std::vector<std::string> texts(in.array(field, kMaxProfileRows));
    for (std::string& text : texts) text = read_text(in, field, max_bytes);
    return texts;
}

/// `count` items of an array, each by `read_one`.
template <class ReadOne>
auto read_rows(Reader& in, std::string_view field, std::size_t min, ReadOne read_one) {
    std::vector<decltype(read_one(in))> rows;
    const std::size_t count = in.array(field, kMaxProfileRows, min);
    rows.reserve(count);
    for (std::size_t i = 0; i < count && in.ok(); ++i) rows.push_back(read_one(in));
    return rows;
}

/// CBOR-12: rows that are found by a key ascend by it.
template <class Row, class Key>
void require_ascending(Reader& in, std::string_view field, const std::vector<Row>& rows, Key key) {
    for (std::size_t i = 1; i < rows.size() && in.ok(); ++i)
        if (!(key(rows[i - 1]) < key(rows[i]))) in.fail(ErrorId::wire_bad_order, field, "rows ascend by their key");
}

std::uint16_t read_small(Reader& in, std::string_view field) {
    return static_cast<std::uint16_t>(in.uint(field, UINT16_MAX));
}

void write_articles(Writer& out, const Profile& profile) {
    out.uint(profile.article_suspended).uint(profile.article_terminated).uint(profile.article_departed);
    out.uint(profile.article_not_registered).uint(profile.article_no_commitment).uint(profile.article_agreement);
}

void read_articles(Reader& in, Profile& profile) {
    profile.article_suspended = read_small(in, "profile.article_suspended");
    profile.article_terminated = read_small(in, "profile.article_terminated");
    profile.article_departed = read_small(in, "profile.article_departed");
    profile.article_not_registered = read_small(in, "profile.article_not_registered");
    profile.article_no_commitment = read_small(in, "profile.article_no_commitment");
    profile.article_agreement = read_small(in, "profile.article_agreement");
}

void write_switches(Writer& out, const Profile& profile) {
    out.boolean(profile.emergency_frees_suspended).boolean(profile.emergency_frees_terminated);
    out.boolean(profile.missing_commitment_denies).boolean(profile.pooled_fund_only);
    out.boolean(profile.cost_to_patient).boolean(profile.unwritable_journal_holds);
}

void read_switches(Reader& in, Profile& profile) {
    profile.emergency_frees_suspended = in.boolean("profile.emergency_frees_suspended");
    profile.emergency_frees_terminated = in.boolean("profile.emergency_frees_terminated");
    profile.missing_commitment_denies = in.boolean("profile.missing_commitment_denies");
    profile.pooled_fund_only = in.boolean("profile.pooled_fund_only");
    profile.cost_to_patient = in.boolean("profile.cost_to_patient");
    profile.unwritable_journal_holds = in.boolean("profile.unwritable_journal_holds");
}

void write_scope(Writer& out, const Profile& profile) {
    out.array(profile.institution_kinds.size());
    for (const InstitutionKind kind : profile.institution_kinds) write_code(out, kind);
    out.array(profile.scope.size());
    for (const auto& [kind, category] : profile.scope) {
        out.array(2);
        write_code(out, kind);
        write_code(out, category);
    }
}

void read_scope(Reader& in, Profile& profile) {
    profile.institution_kinds = read_rows(in, "profile.institution_kinds", 0, [](Reader& row) {
        return read_code<InstitutionKind>(row, "profile.institution_kinds");
    });
    profile.scope = read_rows(in, "profile.scope", 0, [](Reader& row) {
        row.array("profile.scope", 2, 2);
        const auto kind = read_code<InstitutionKind>(row, "profile.scope.kind");
        return std::pair{kind, read_code<Category>(row, "profile.scope.category")};
    });
}

void write(Writer& out, const RoleRule& rule) {
    out.array(4);
    write_code(out, rule.txn);
    write_code(out, rule.role);
    write_code(out, rule.effect);
    out.boolean(rule.external);
}

RoleRule read_rule(Reader& in) {
    in.array("profile.roles", 4, 4);
    RoleRule rule;
    rule.txn = read_code<Txn>(in, "profile.roles.txn");
    rule.role = read_code<Role>(in, "profile.roles.role");
    rule.effect = read_code<RoleEffect>(in, "profile.roles.effect");
    rule.external = in.boolean("profile.roles.external");
    return rule;
}

void write(Writer& out, const FreshnessLimits& limits) {
    out.array(4).uint(limits.max_people);
    out.integer(limits.fresh.count()).integer(limits.aged.count()).integer(limits.stale.count());
}

std::chrono::hours read_hours(Reader& in, std::string_view field) {
    return std::chrono::hours{static_cast<std::int64_t>(in.uint(field, kMaxHours))};
}

FreshnessLimits read_limits(Reader& in) {
    in.array("profile.freshness", 4, 4);
    FreshnessLimits limits;
    limits.max_people = static_cast<std::uint32_t>(in.uint("profile.freshness.max_people", UINT32_MAX));
    limits.fresh = read_hours(in, "profile.freshness.fresh");
    limits.aged = read_hours(in, "profile.freshness.aged");
    limits.stale = read_hours(in, "profile.freshness.stale");
    return limits;
}

}  // namespace

void write(Writer& out, const Profile& profile) {
    out.array(kProfileFields).text(profile.id).uint(profile.version);
    write_texts(out, profile.articles);
    write_articles(out, profile);
    write_switches(out, profile);
    out.uint(profile.departure_working_days).uint(profile.patient_delay_hours);
    write_scope(out, profile);
    out.array(profile.roles.size());
    for (const RoleRule& rule : profile.roles) write(out, rule);
    out.array(profile.freshness.size());
    for (const FreshnessLimits& limits : profile.freshness) write(out, limits);
    write_texts(out, profile.chronic_med_type_prefixes);
    write_texts(out, profile.emergency_med_types);
}

Profile read_profile(Reader& in) {
    in.array("profile", kProfileFields, kProfileFields);
    Profile profile;
    profile.id = read_text(in, "profile.id", kMaxCode, 1);
    profile.version = static_cast<std::uint32_t>(in.uint("profile.version", UINT32_MAX));
    profile.articles = read_texts(in, "profile.articles", kMaxText);
    read_articles(in, profile);
    read_switches(in, profile);
    profile.departure_working_days = read_small(in, "profile.departure_working_days");
    profile.patient_delay_hours = read_small(in, "profile.patient_delay_hours");
    read_scope(in, profile);
    profile.roles = read_rows(in, "profile.roles", 0, read_rule);
    require_ascending(in, "profile.roles", profile.roles, [](const RoleRule& rule) {
        return std::pair{rule.txn, rule.role};
    });
    profile.freshness = read_rows(in, "profile.freshness", 1, read_limits);
    require_ascending(in, "profile.freshness", profile.freshness,
                      [](const FreshnessLimits& limits) { return limits.max_people; });
    profile.chronic_med_type_prefixes = read_texts(in, "profile.chronic_med_type_prefixes", kMaxCode);
    profile.emergency_med_types = read_texts(in, "profile.emergency_med_types", kMaxCode);
    return profile;
}

}  // namespace zige::wire
