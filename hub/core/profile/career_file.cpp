#include "hub/core/profile/career_file.h"

#include "hub/core/profile/file_node.h"

namespace zige::hub {
namespace {

constexpr FileErrors kErrors = {ErrorId::case_bad_field, ErrorId::case_missing_field, ErrorId::case_bad_field};
constexpr std::size_t kMaxEvents = 1000;

Result<std::int64_t> number_in(const FileNode& node, std::string_view name, std::int64_t min, std::int64_t max) {
    ZIGE_TRY(member, node.member(name));
    return member.integer(min, max);
}

Result<Day> day_in(const FileNode& node, std::string_view name) {
    ZIGE_TRY(member, node.member(name));
    return member.day();
}

Result<Scored> read_decision(const FileNode& node, std::size_t number) {
    ZIGE_CHECK(node.only({"document", "decided_on", "points", "conduct_year"}));
    Scored scored;
    scored.document = std::to_string(number);
    ZIGE_TRY(decided_on, day_in(node, "decided_on"));
    ZIGE_TRY(points, number_in(node, "points", 1, kMostPoints));
    scored.decided_on = decided_on;
    scored.points = static_cast<unsigned>(points);
    scored.conduct_year = static_cast<int>(std::chrono::year_month_day{decided_on}.year());
    if (node.has("conduct_year")) {
        ZIGE_TRY(year, number_in(node, "conduct_year", kMinYear, scored.conduct_year));
        scored.conduct_year = static_cast<int>(year);
    }
    if (node.has("document")) {
        ZIGE_TRY(member, node.member("document"));
        ZIGE_TRY(document, member.text());
        scored.document = std::move(document);
    }
    return scored;
}

Result<Repaired> read_repair(const FileNode& node) {
    ZIGE_CHECK(node.only({"way", "points", "on", "conduct_year"}));
    ZIGE_TRY(way_node, node.member("way"));
    ZIGE_TRY(way, way_node.text());
    ZIGE_TRY(points, number_in(node, "points", 1, kMostPoints));
    ZIGE_TRY(on, day_in(node, "on"));
    Repaired repaired{std::move(way), static_cast<unsigned>(points), on};
    if (node.has("conduct_year")) {
        const int year = static_cast<int>(std::chrono::year_month_day{on}.year());
        ZIGE_TRY(conduct_year, number_in(node, "conduct_year", kMinYear, year));
        repaired.conduct_year = static_cast<int>(conduct_year);
    }
    return repaired;
}

}  // namespace

Result<CareerFile> read_career_file(std::string_view text) {
    const auto parsed = parse_located_json(text);
    if (!parsed.ok()) return fail(ErrorId::case_bad_field, "career", "no JSON, " + parsed.error().detail);
    const LocatedJson& json = *parsed;
    const FileNode root(json, kErrors);
    ZIGE_CHECK(root.only({"decisions", "repairs"}));
    CareerFile file;
    ZIGE_TRY(decisions, root.member("decisions"));
    ZIGE_TRY(rows, decisions.items(kMaxEvents));
    for (const FileNode& node : rows) {
        ZIGE_TRY(decision, read_decision(node, file.decisions.size() + 1));
        for (const Scored& each : file.decisions)
            if (each.document == decision.document)
                return node.wrong("document " + each.document + " stands there twice");
        file.decisions.push_back(std::move(decision));
    }
    if (!root.has("repairs")) return file;
    ZIGE_TRY(repairs, root.member("repairs"));
    ZIGE_TRY(repair_rows, repairs.items(kMaxEvents));
    for (const FileNode& node : repair_rows) {
        ZIGE_TRY(repair, read_repair(node));
        file.repairs.push_back(std::move(repair));
    }
    return file;
}

}  // namespace zige::hub
