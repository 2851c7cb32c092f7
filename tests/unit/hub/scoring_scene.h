#pragma once

#include "hub/core/career_ledger.h"
#include "tests/unit/hub/hub_fixture.h"
#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {

/// A shelf with any number of rules.
class FixedShelf : public RuleShelf {
public:
    explicit FixedShelf(std::vector<Rules> rules) : rules_(std::move(rules)) {}
    Result<AdoptedRules> on(Tx& tx, Day decided_on) const override;
    Result<AdoptedRules> version(Tx& tx, const std::string& id, std::uint32_t version) const override;

private:
    std::vector<Rules> rules_;
};

/// A hub that scores by 信阳, on 2026-06-01 if nothing else is said: a hospital and a township hospital where 张伟 works, 陈静 at the hospital.
struct ScoringScene : HubFixture {
    explicit ScoringScene(std::vector<Rules> rules = {xinyang_rules()}, std::string_view now = "2026-06-01 09:00:00");

    Scoring& scoring() { return hub().scoring(); }
    /// 张伟's career as the log makes it.
    Career career(const std::string& who = kWho);
    StandingTimeline standing(const std::string& who = kWho) { return person(who).sites.at(0).registration.standing; }

    static inline const std::string kWho = "D411500000001";
    static inline const std::string kOther = "D411500000005";
};

/// One person, one violation whose level has these points, decided on a day and served the same day if `served`.
MatterOrder matter(const std::string& document, std::string_view decided_on, unsigned points, bool served = true,
                   const std::string& who = ScoringScene::kWho);
CorrectOrder correction(const std::string& document, unsigned points);
/// Level and degree of 信阳 that give so many points.
std::pair<Violation, ResponsibilityDegree> violation_of(unsigned points);

}  // namespace zige::hub::testing
