#include "hub/core/profile/profile_file.h"

#include <algorithm>
#include <limits>

#include "hub/core/profile/file_node.h"
#include "hub/core/profile/rules_reader.h"
#include "hub/core/profile/value_reader.h"

namespace zige::hub {
namespace {

constexpr FileErrors kErrors = {ErrorId::profile_bad_value, ErrorId::profile_missing_field,
                                ErrorId::profile_unknown_field};
constexpr std::size_t kMaxArticles = 1000;
constexpr std::size_t kMaxRows = 500;
constexpr std::int64_t kMaxHours = 9600;

/// Reads the part "gate" value by value; each value says where it comes from.
class GateReader {
public:
    GateReader(const FileNode& gate, ProfileFile& out) : gate_(gate), reader_(gate, out.values), out_(out) {}

    Result<void> read() {
        ZIGE_CHECK(gate_.only({"articles_of_grounds", "emergency_frees_suspended", "emergency_frees_terminated",
                               "missing_commitment_denies", "pooled_fund_only", "cost_to_patient",
                               "unwritable_journal_holds", "departure_working_days", "patient_delay_hours", "scope",
                               "roles", "freshness", "chronic_med_type_prefixes", "emergency_med_types"}));
        ZIGE_CHECK(read_articles_of_grounds());
        ZIGE_CHECK(read_flags());
        ZIGE_CHECK(read_numbers());
        ZIGE_CHECK(read_scope());
        ZIGE_CHECK(read_roles());
        ZIGE_CHECK(read_freshness());
        ZIGE_TRY(chronic, value_of("chronic_med_type_prefixes"));
        ZIGE_TRY(prefixes, chronic.texts(kMaxRows));
        out_.profile.chronic_med_type_prefixes = std::move(prefixes);
        ZIGE_TRY(emergency, value_of("emergency_med_types"));
        ZIGE_TRY(types, emergency.texts(kMaxRows));
        out_.profile.emergency_med_types = std::move(types);
        return {};
    }

private:
    Result<FileNode> value_of(std::string_view name) {
        ZIGE_TRY(found, reader_.value(name));
        return std::move(found.value);
    }

    Result<void> read_articles_of_grounds() {
        ZIGE_TRY(grounds, gate_.member("articles_of_grounds"));
        ZIGE_CHECK(
            grounds.only({"suspended", "terminated", "departed", "not_registered", "no_commitment", "agreement"}));
        Profile& profile = out_.profile;
        const std::pair<const char*, std::uint16_t*> places[] = {
            {"suspended", &profile.article_suspended},         {"terminated", &profile.article_terminated},
            {"departed", &profile.article_departed},           {"not_registered", &profile.article_not_registered},
            {"no_commitment", &profile.article_no_commitment}, {"agreement", &profile.article_agreement}};
        for (const auto& [name, number] : places) {
            ZIGE_TRY(node, grounds.member(name));
            ZIGE_TRY(article, node.text());
            const auto at = std::ranges::find(profile.articles, article);
            if (at == profile.articles.end()) return node.wrong("is not in articles");
            *number = static_cast<std::uint16_t>(at - profile.articles.begin() + 1);
            out_.values.push_back(
                {node.path(), node.path(), in_one_line(node.json()), Cite{ValueSource::article, article}, node.line()});
        }
        return {};
    }

    Result<void> read_flags() {
        Profile& profile = out_.profile;
        const std::pair<const char*, bool*> places[] = {
            {"emergency_frees_suspended", &profile.emergency_frees_suspended},
            {"emergency_frees_terminated", &profile.emergency_frees_terminated},
            {"missing_commitment_denies", &profile.missing_commitment_denies},
            {"pooled_fund_only", &profile.pooled_fund_only},
            {"cost_to_patient", &profile.cost_to_patient},
            {"unwritable_journal_holds", &profile.unwritable_journal_holds}};
        for (const auto& [name, flag] : places) {
            ZIGE_TRY(node, value_of(name));
            ZIGE_TRY(value, node.flag());
            *flag = value;
        }
        return {};
    }

    Result<void> read_numbers() {
        Profile& profile = out_.profile;
        ZIGE_TRY(departure, value_of("departure_working_days"));
        ZIGE_TRY(days, departure.integer(1, 250));
        profile.departure_working_days = static_cast<std::uint16_t>(days);
        ZIGE_TRY(delay, value_of("patient_delay_hours"));
        ZIGE_TRY(hours, delay.integer(1, 720));
        profile.patient_delay_hours = static_cast<std::uint16_t>(hours);
        return {};
    }

    Result<void> read_scope() {
        ZIGE_TRY(node, value_of("scope"));
        ZIGE_TRY(rows, node.items(kMaxRows));
        for (const FileNode& row : rows) {
            ZIGE_CHECK(row.only({"kind", "categories"}));
            ZIGE_TRY(kind_node, row.member("kind"));
            ZIGE_TRY(kind, kind_node.code<InstitutionKind>());
            if (std::ranges::count(out_.profile.institution_kinds, kind) > 0) return kind_node.wrong("stands twice");
            out_.profile.institution_kinds.push_back(kind);
            ZIGE_TRY(list, row.member("categories"));
            ZIGE_TRY(categories, list.items(kMaxRows));
            for (const FileNode& each : categories) {
                ZIGE_TRY(category, each.code<Category>());
                if (out_.profile.in_scope(kind, category)) return each.wrong("stands twice");
                out_.profile.scope.emplace_back(kind, category);
            }
        }
        return {};
    }

    Result<void> read_roles() {
        ZIGE_TRY(node, value_of("roles"));
        ZIGE_TRY(rows, node.items(kMaxRows));
        for (const FileNode& row : rows) {
            ZIGE_CHECK(row.only({"transactions", "roles", "effect", "external"}));
            ZIGE_TRY(effect_node, row.member("effect"));
            ZIGE_TRY(effect, effect_node.code<RoleEffect>());
            bool external = false;
            if (row.has("external")) {
                ZIGE_TRY(external_node, row.member("external"));
                ZIGE_TRY(flag, external_node.flag());
                external = flag;
            }
            ZIGE_CHECK(add_rules(row, effect, external));
        }
        std::ranges::sort(out_.profile.roles, {}, [](const RoleRule& rule) { return std::pair{rule.txn, rule.role}; });
        return {};
    }

    /// One row stands for each of its transactions with each of its roles.
    Result<void> add_rules(const FileNode& row, RoleEffect effect, bool external) {
        ZIGE_TRY(transactions, row.member("transactions"));
        ZIGE_TRY(txn_nodes, transactions.items(kMaxRows));
        ZIGE_TRY(roles, row.member("roles"));
        ZIGE_TRY(role_nodes, roles.items(kMaxRows));
        for (const FileNode& txn_node : txn_nodes) {
            ZIGE_TRY(txn, txn_node.code<Txn>());
            for (const FileNode& role_node : role_nodes) {
                ZIGE_TRY(role, role_node.code<Role>());
                const bool twice = std::ranges::any_of(
                    out_.profile.roles, [&](const RoleRule& rule) { return rule.txn == txn && rule.role == role; });
                if (twice) return role_node.wrong("stands twice for this transaction");
                out_.profile.roles.push_back({txn, role, effect, external});
            }
        }
        return {};
    }

    /// Rows ascend; the last has max_people null: any number.
    Result<void> read_freshness() {
        ZIGE_TRY(node, value_of("freshness"));
        ZIGE_TRY(rows, node.items(kMaxRows));
        std::int64_t below = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            ZIGE_CHECK(rows[i].only({"max_people", "fresh_hours", "aged_hours", "stale_hours"}));
            ZIGE_TRY(most, rows[i].member("max_people"));
            const bool last = i + 1 == rows.size();
            if (most.is_null() != last) return most.wrong("null belongs in the last row, and only there");
            std::int64_t people = std::numeric_limits<std::uint32_t>::max();
            if (!last) {
                ZIGE_TRY(number, most.integer(below + 1, 1'000'000));
                people = below = number;
            }
            ZIGE_CHECK(read_limits(rows[i], static_cast<std::uint32_t>(people)));
        }
        if (rows.empty()) return node.wrong("needs a row");
        return {};
    }

    Result<void> read_limits(const FileNode& row, std::uint32_t people) {
        FreshnessLimits limits;
        limits.max_people = people;
        std::int64_t least = 1;
        const std::pair<const char*, std::chrono::hours*> places[] = {
            {"fresh_hours", &limits.fresh}, {"aged_hours", &limits.aged}, {"stale_hours", &limits.stale}};
        for (const auto& [name, place] : places) {
            ZIGE_TRY(node, row.member(name));
            ZIGE_TRY(hours, node.integer(least, kMaxHours));
            *place = std::chrono::hours{hours};
            least = hours;
        }
        out_.profile.freshness.push_back(limits);
        return {};
    }

    FileNode gate_;
    ValueReader reader_;
    ProfileFile& out_;
};

Result<void> read_articles(const FileNode& root, ProfileFile& file) {
    ZIGE_TRY(list, root.member("articles"));
    ZIGE_TRY(nodes, list.items(kMaxArticles));
    for (const FileNode& node : nodes) {
        ZIGE_TRY(text, node.text());
        if (std::ranges::count(file.profile.articles, text) > 0) return node.wrong("stands twice");
        file.values.push_back({node.path(), "articles[" + text + "]", in_one_line(node.json()),
                               Cite{ValueSource::article, text}, node.line()});
        file.profile.articles.push_back(std::move(text));
    }
    return {};
}

Result<void> read_head(const FileNode& root, ProfileFile& file) {
    ZIGE_TRY(id_node, root.member("id"));
    ZIGE_TRY(id, id_node.text());
    file.profile.id = std::move(id);
    ZIGE_TRY(version_node, root.member("version"));
    ZIGE_TRY(version, version_node.integer(1, 1'000'000));
    file.profile.version = static_cast<std::uint32_t>(version);
    ZIGE_TRY(title_node, root.member("title"));
    ZIGE_TRY(title, title_node.text());
    file.title = std::move(title);
    return read_articles(root, file);
}

/// What scores and what gates must say the same of a departure.
Result<void> check_departure(const FileNode& root, const ProfileFile& file) {
    const DeadlineRule* row = file.rules->deadline(DueKind::departure);
    if (row == nullptr || row->days == file.profile.departure_working_days) return {};
    ZIGE_TRY(gate, root.member("gate"));
    ZIGE_TRY(entry, gate.member("departure_working_days"));
    return entry.wrong("rules.deadlines says " + std::to_string(row->days));
}

/// A principal's stores share his one timeline, so a text with principals says that they do (XY 46).
Result<void> check_principals(const FileNode& root, const ProfileFile& file) {
    const bool principals = std::ranges::any_of(
        file.profile.scope, [](const auto& each) { return each.second == Category::pharmacy_principal; });
    if (!principals || file.rules->all_stores_of_principal.value) return {};
    ZIGE_TRY(rules, root.member("rules"));
    return rules.wrong("all_stores_of_principal: gate.scope has principals, and a standing of one store alone cannot be "
                       "kept");
}

/// What waits for the bureau, under the names that it confirms.
void note_undecided(ProfileFile& file) {
    constexpr std::string_view kGate = "gate.";
    for (const SourcedValue& value : file.values) {
        if (!value.undecided()) continue;
        const bool of_gate = value.path.starts_with(kGate);
        file.undecided.push_back({of_gate ? value.path.substr(kGate.size()) : value.path, value.cite.text, false, {}});
    }
}

Result<ProfileFile> read(std::string_view text, ProfileTaken taken) {
    ZIGE_TRY(json, parse_located_json(text));
    const FileNode root(json, kErrors);
    ZIGE_CHECK(root.only({"$schema", "id", "version", "title", "document", "articles", "gate", "rules"}));
    ProfileFile file;
    ZIGE_CHECK(read_head(root, file));
    ZIGE_TRY(gate, root.member("gate"));
    ZIGE_CHECK(GateReader(gate, file).read());
    if (root.has("rules")) {
        ZIGE_TRY(document_node, root.member("document"));
        ZIGE_TRY(document, document_node.text());
        ZIGE_TRY(part, root.member("rules"));
        ZIGE_TRY(rules, read_rules(part, file.profile.articles, file.values, taken));
        rules.id = file.profile.id;
        rules.version = file.profile.version;
        rules.document = std::move(document);
        file.rules = std::move(rules);
        ZIGE_CHECK(check_departure(root, file));
        if (taken == ProfileTaken::now) ZIGE_CHECK(check_principals(root, file));
    }
    note_undecided(file);
    return file;
}

}  // namespace

Result<ProfileFile> read_profile_file(std::string_view text) { return read(text, ProfileTaken::now); }
Result<ProfileFile> read_kept_profile(std::string_view text) { return read(text, ProfileTaken::before); }

}  // namespace zige::hub
