#include <algorithm>
#include <map>
#include <set>

#include "hub/core/enrolment.h"
#include "hub/core/institution_data.h"
#include "hub/core/statements.h"

namespace zige::hub {

/// A list, judged by what the database says.
struct Enrolment::Batch {
    struct Open {
        IssuedToken token;
        Hash256 hash{};
    };
    IssuedSlips result;
    std::vector<std::string> institutions;  ///< that get a slip
    std::vector<Open> void_now;
};

namespace {

Result<std::set<std::string>> with_an_agent(Tx& tx) {
    ZIGE_TRY(rows, tx.query(Sql::agent_life_all, {}));
    std::set<std::string> institutions;
    for (const Row& row : rows)
        if (row.unsigned_number(5) == 0) institutions.insert(row.text(1));
    return institutions;
}

Error still_open(const IssuedToken& token) {
    return fail(ErrorId::usage_bad_argument, "institution",
                "slip " + token.id + " was not used yet, valid until " + format(token.expires));
}

}  // namespace

Result<void> Enrolment::sort_lines(Tx& tx, Instant now, const SlipOrder& order, Batch& batch) const {
    std::multimap<std::string, Batch::Open> open;
    ZIGE_TRY(rows, tx.query(Sql::token_all, {}));
    for (const Row& row : rows) {
        const IssuedToken token = token_from(row);
        if (token.agent.value == 0 && token.expires > now)
            open.emplace(token.institution, Batch::Open{token, row.hash(0)});
    }
    ZIGE_TRY(served, with_an_agent(tx));
    batch.result.problems = order.list.problems;
    for (const SlipLine& line : order.list.lines) {
        const auto say = [&](std::vector<SlipProblem>& list, Error why) {
            list.push_back({line.line, line.institution, std::move(why)});
        };
        if (const auto known = load_institution(tx, line.institution); !known.ok()) {
            if (known.error().id != ErrorId::institution_not_found) return known.error();
            say(batch.result.problems, known.error());
            continue;
        }
        if (order.only_without_agent && served.contains(line.institution)) {
            say(batch.result.skipped, fail(ErrorId::enrol_already, "institution"));
            continue;
        }
        const auto [first, last] = open.equal_range(line.institution);
        if (first != last && order.open == OpenSlips::refuse) {
            say(batch.result.problems, still_open(first->second.token));
            continue;
        }
        if (first != last && order.open == OpenSlips::skip) {
            say(batch.result.skipped, still_open(first->second.token));
            continue;
        }
        for (auto at = first; at != last; ++at) batch.void_now.push_back(at->second);
        batch.institutions.push_back(line.institution);
    }
    std::ranges::stable_sort(batch.result.problems, {}, &SlipProblem::line);
    return {};
}

Result<IssuedSlips> Enrolment::issue_batch(const std::string& actor, const SlipOrder& order) {
    ZIGE_CHECK(check_terms(order.terms));
    Batch batch;
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_CHECK(sort_lines(change.tx(), change.now(), order, batch));
        if (!batch.result.problems.empty()) return {};
        for (Batch::Open& each : batch.void_now) {
            ZIGE_CHECK(withdraw_in(change, each.token, each.hash));
            batch.result.withdrawn.push_back(each.token);
        }
        for (const std::string& institution : batch.institutions) {
            ZIGE_TRY(slip, issue_in(change, institution, order.terms));
            batch.result.slips.push_back(std::move(slip));
            if (order.progress) order.progress(batch.result.slips.size(), batch.institutions.size());
        }
        return {};
    });
    if (!done.ok()) return done.error();
    return std::move(batch.result);
}

}  // namespace zige::hub
