#include "tests/unit/hub/scoring_scene.h"

#include <algorithm>

namespace zige::hub::testing {

Result<AdoptedRules> FixedShelf::on(Tx&, Day decided_on) const {
    for (const Rules& each : rules_)
        if (each.in_force(decided_on)) return AdoptedRules{each, {}};
    return fail(ErrorId::rules_not_in_force, "decided_on", format(decided_on));
}

Result<AdoptedRules> FixedShelf::version(Tx&, const std::string& id, std::uint32_t version) const {
    for (const Rules& each : rules_)
        if (each.id == id && each.version == version) return AdoptedRules{each, {}};
    return fail(ErrorId::rules_not_in_force, "profile", id);
}

ScoringScene::ScoringScene(std::vector<Rules> rules, std::string_view now) {
    options.shelf = std::make_shared<FixedShelf>(std::move(rules));
    must(reopen());
    clock.advance(at(now) - clock.wall());
    add(kHospital);
    add(kTownship, InstitutionKind::township_hospital);
    import(kHospital, {row(kWho, "张伟", "110105194912310021"), row(kOther, "陈静", "110105196505050011")});
    import(kTownship, {row(kWho, "张伟", "110105194912310021")});
}

Career ScoringScene::career(const std::string& who) {
    const PersonId id = must(hub().registry().find_exactly(who));
    return must(read_from(*store, [&](Tx& tx) { return load_career(tx, HubLog(*hasher), id); }));
}

std::pair<Violation, ResponsibilityDegree> violation_of(unsigned points) {
    static const char* const kLevels[] = {"1-3", "4-6", "7-9", "10-12"};
    Violation violation;
    violation.level = kLevels[(points - 1) / 3];
    return {violation, static_cast<ResponsibilityDegree>((points - 1) % 3 + 1)};
}

MatterOrder matter(const std::string& document, std::string_view decided_on, unsigned points, bool served,
                   const std::string& who) {
    MatterOrder order;
    order.institution = kHospital;
    order.decided_on = day(decided_on);
    order.conduct_year = static_cast<int>(std::chrono::year_month_day{order.decided_on}.year());
    auto [violation, degree] = violation_of(points);
    PersonOrder person;
    person.who = who;
    person.document = document;
    person.degree = degree;
    person.violations = {violation};
    if (served) person.service.served_on = order.decided_on;
    order.people = {person};
    return order;
}

CorrectOrder correction(const std::string& document, unsigned points) {
    auto [violation, degree] = violation_of(points);
    CorrectOrder order;
    order.who = ScoringScene::kWho;
    order.document = document;
    order.degree = degree;
    order.violations = {violation};
    order.reason = "申诉部分成立";
    return order;
}

}  // namespace zige::hub::testing
