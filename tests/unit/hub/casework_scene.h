#pragma once

#include "tests/unit/hub/case_scene.h"
#include "tests/unit/hub/scoring_scene.h"

namespace zige::hub::testing {

/// Points and procedure of 信阳, with the bureau's reports.
Rules casework_rules();

/// A hub that does casework: 张伟 at two hospitals, 陈静 at one.
struct CaseworkScene : ScoringScene {
    explicit CaseworkScene(Rules rules = casework_rules());

    Cases& cases() { return hub().cases(); }
    void on(std::string_view day);  ///< the hub's clock, 09:00
    std::uint64_t open(CaseKind kind, const std::vector<std::string>& people = {kWho},
                       const std::string& document = {});
    /// Takes a step today with values for what it must have, and then `entries` ("points=9"); fails the test if it is
    /// refused.
    StepResult take(CaseStep step, std::vector<std::string> entries = {}, const std::string& actor = "李审核",
                    const std::vector<std::string>& people = {});
    Result<StepResult> attempt(CaseStep step, std::vector<std::string> entries = {},
                               const std::string& actor = "李审核", const std::vector<std::string>& people = {});
    /// A new case with facts, hearing and this proposal (by 张拟稿); told and waived, too.
    void to_proposed(std::vector<std::string> proposal, CaseKind kind = CaseKind::scoring,
                     std::vector<std::string> facts = {});
    void to_answered(std::vector<std::string> proposal, CaseKind kind = CaseKind::scoring);
    /// Facts of 2026-06-01, hearing, a proposal of so many points, notice, waiver, review and discussion as needed,
    /// decision 信医保处〔2026〕1号 on 06-03, issued, served on 06-04.
    void decide(unsigned points);
    /// The hospital's agreement is suspended from a day on.
    void stop(std::string_view from, const std::string& document = "信医保协〔2026〕3号");
    CaseState state(const std::string& who = kWho);
    Fields outcome(CaseStep step, const std::string& who = kWho);

    std::uint64_t number = 0;  ///< of the case at hand
    static inline const std::string kNotice = "信医保处〔2026〕1号";
};

/// "level=7-9", "degree=main", "points=9" for so many points.
std::vector<std::string> proposal_of(unsigned points);

}  // namespace zige::hub::testing
