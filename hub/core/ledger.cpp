#include "hub/core/ledger.h"

#include <algorithm>
#include <set>

#include "hub/core/institution_data.h"
#include "hub/core/policy.h"
#include "hub/core/records.h"
#include "hub/core/registry.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMostNamed = 100;
constexpr unsigned kYearsInARow = 3;
constexpr unsigned kManyPoints = 9;

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

std::map<int, CareerView::Year> years_of(const Career& career) {
    std::map<int, CareerView::Year> years;
    for (const KnownDecision& known : career.decisions()) {
        if (known.withdrawn) continue;
        const std::chrono::year year{year_of(known.decision.decided_on)};
        const Day last{std::chrono::local_days{year / std::chrono::December / 31}};
        years[static_cast<int>(year)] = {career.points_of(static_cast<int>(year)), career.points_on(last)};
    }
    return years;
}

/// JN 五(一), shown under every text: the years up to the last one that has points.
bool many_years_in_a_row(const std::map<int, CareerView::Year>& years) {
    unsigned row = 0;
    int before = 0;
    for (const auto& [year, points] : years) {
        const bool next = row == 0 || year == before + 1;
        row = points.points >= kManyPoints ? (next ? row + 1 : 1) : 0;
        before = year;
        if (row >= kYearsInARow) return true;
    }
    return false;
}

/// Of another cause than points, as the rules of its first day have it; empty where they have none.
std::string article_of_cause(Tx& tx, const RuleShelf& shelf, const Career& career, const StandingInterval& interval) {
    const KnownSanction* known = career.sanction(interval.document);
    if (known == nullptr) return {};
    const auto adopted = shelf.on(tx, interval.from);
    const CauseRule* rule = adopted.ok() ? adopted->rules.cause(known->cause) : nullptr;
    return rule == nullptr ? std::string() : rule->cite.article();
}

/// The article of each interval: of the decision that it comes from, of its cause, else what the gate's profile has
/// under its number.
Result<std::vector<std::string>> articles_of(Tx& tx, const RuleShelf& shelf, const Career& career) {
    ZIGE_TRY(config, Policy::current(tx));
    std::vector<std::string> articles;
    for (const StandingInterval& interval : career.timeline()) {
        const Scored* decision = career.decision(interval.document);
        std::string article;
        if (decision != nullptr && decision->effect.served.status) article = decision->effect.served.article;
        else if (interval.article == 0) article = article_of_cause(tx, shelf, career, interval);
        if (article.empty()) article = config.profile.article(interval.article);
        articles.push_back(std::move(article));
    }
    return articles;
}

/// What agents have of an institution against what derives from the tables and the log now.
Result<void> compare(Tx& tx, const HubLog& log, const std::string& code, RebuildReport& report) {
    ZIGE_TRY(records, load_records(tx, log, code));
    ZIGE_TRY(rows, tx.query(Sql::records_of, {sql(code)}));
    std::map<std::uint32_t, const Bytes*> published;
    for (const Row& row : rows) published.emplace(row.small(0), &row.bytes(1));
    const auto differs = [&](std::uint32_t no) {
        ++report.differences;
        if (report.differing.size() < kMostNamed) report.differing.push_back(code + " " + std::to_string(no));
    };
    for (const Record& record : records) {
        const auto at = published.find(record_no(record).value);
        if (at == published.end() || *at->second != wire::encode(record)) differs(record_no(record).value);
        if (at != published.end()) published.erase(at);
    }
    for (const auto& [no, content] : published) differs(no);
    report.records += records.size();
    ++report.institutions;
    return {};
}

}  // namespace

Result<CareerView> Ledger::show(const std::string& who) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<CareerView> {
        CareerView view;
        ZIGE_TRY(person, Registry::find_person_id(tx, who));
        ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
        ZIGE_TRY(events, HubLog(env_.hasher).career_of(tx, person));
        ZIGE_TRY(career, career_from(events));
        ZIGE_TRY(articles, articles_of(tx, shelf_, career));
        ZIGE_TRY(sites, tx.query(Sql::institutions_of_person, {sql(person.value)}));
        view.person = person;
        view.name = row ? row->text(0) : std::string();
        view.years = years_of(career);
        view.years_in_a_row = many_years_in_a_row(view.years);
        view.bar = career.bar_on(env_.today());
        view.articles = std::move(articles);
        view.events = std::move(events);
        view.career = std::move(career);
        for (const Row& site : sites) view.institutions.push_back(site.text(0));
        return view;
    });
}

Result<RebuildReport> Ledger::rebuild(const std::function<void(std::size_t, std::size_t)>& progress) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<RebuildReport> {
        RebuildReport report;
        const HubLog log(env_.hasher);
        ZIGE_CHECK(for_each_career(
            tx, log,
            [&](PersonId, std::span<const LogEvent> events) -> Result<void> {
                ZIGE_TRY(career, career_from(events));
                ++report.people;
                report.events += events.size();
                return {};
            },
            progress));
        ZIGE_TRY(rows, tx.query(Sql::institution_codes, {}));
        for (std::size_t done = 0; done < rows.size(); ++done) {
            ZIGE_CHECK(compare(tx, log, rows[done].text(0), report));
            if (progress) progress(done + 1, rows.size());
        }
        return report;
    });
}

bool in_ratio(const RatioRule& rule, std::uint64_t part, std::uint64_t all) {
    if (all == 0) return false;
    const bool enough = part * 100 >= std::uint64_t{rule.from_percent} * all;
    return enough && (!rule.to_percent || part * 100 <= std::uint64_t{*rule.to_percent} * all);
}

}  // namespace zige::hub
