#include "hub/core/rejudge.h"

#include <algorithm>
#include <set>

#include "hub/core/institution_data.h"
#include "hub/core/kept_records.h"
#include "hub/core/region.h"
#include "hub/core/statements.h"
#include "shared/wire/journaled_line.h"

namespace zige::hub {
namespace {

/// Lines that carry a former code are judged by the person who had it, unless it stands for somebody here today.
Result<void> add_former_codes(Tx& tx, const std::string& institution, Copy::Parts& parts) {
    std::set<std::string> present;
    std::uint32_t last = 0;
    for (const Registration& each : parts.registrations) {
        present.insert(each.code);
        last = std::max(last, each.no.value);
    }
    for (const Alias& each : parts.aliases) {
        present.insert(each.code);
        last = std::max(last, each.no.value);
    }
    ZIGE_TRY(rows, tx.query(Sql::former_codes_of, {sql(institution)}));
    for (const Row& row : rows)
        if (!present.contains(row.text(1)))
            parts.aliases.push_back({RecordNo{++last}, RecordNo{row.small(0)}, row.text(1)});
    return {};
}

/// What only the agent could see: visits, orders and who had signed on.
bool seen_at_the_till(Ground ground) {
    return ground == Ground::time_inconsistent || ground == Ground::reattribution ||
           ground == Ground::duty_session_missing;
}

void keep_what_the_till_saw(const wire::DecisionEntry& entry, Decision& decision) {
    for (const Ground ground : entry.grounds) {
        if (!seen_at_the_till(ground) || decision.grounds.full()) continue;
        GroundHit hit;
        hit.ground = ground;
        hit.outcome = entry.judged == Outcome::hold ? Outcome::hold : Outcome::allow_marked;
        decision.grounds.push_back(hit);
        if (severity_of(hit.outcome) > severity_of(decision.judged)) decision.judged = hit.outcome;
    }
}

}  // namespace

Result<std::shared_ptr<const Copy>> copy_of_today(Tx& tx, const HubLog& log, const Hasher& hasher,
                                                  const std::string& institution) {
    Copy::Parts parts;
    ZIGE_TRY(record, load_institution(tx, institution));
    ZIGE_TRY(registrations, load_registrations(tx, log, institution));
    ZIGE_TRY(aliases, load_aliases(tx, institution));
    ZIGE_TRY(config, load_config(tx, institution));
    ZIGE_TRY(ineligible, Region(hasher).load(tx));
    parts.institution = std::move(record);
    for (KnownRegistration& known : registrations) parts.registrations.push_back(std::move(known.registration));
    parts.aliases = std::move(aliases);
    ZIGE_TRY(kept, load_kept(tx, institution));
    for (Record& each : kept) {
        if (auto* lost = std::get_if<Registration>(&each)) parts.registrations.push_back(std::move(*lost));
        else if (auto* alias = std::get_if<Alias>(&each)) parts.aliases.push_back(std::move(*alias));
    }
    ZIGE_CHECK(add_former_codes(tx, institution, parts));
    parts.profile = std::move(config.profile);
    parts.calendar = std::move(config.calendar);
    parts.ineligible = std::move(ineligible);
    return Copy::build(std::move(parts));
}

Decision judge_again(const wire::DecisionEntry& entry, const Copy& copy) {
    Moment moment;
    moment.wall = entry.fee_time;
    moment.running = entry.fee_time;
    moment.copy_as_of = entry.fee_time;
    Decision decision = decide(wire::line_of(entry), copy, Overlay{}, moment);
    keep_what_the_till_saw(entry, decision);
    return decision;
}

}  // namespace zige::hub
