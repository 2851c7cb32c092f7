#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "shared/base/bounded.h"
#include "shared/domain/copy.h"
#include "shared/domain/fee_line.h"
#include "shared/domain/overlay.h"

namespace zige {

/// The moment of judging, as the time guard knows it.
struct Moment {
    Instant wall{};           ///< the PC's clock: a claim
    Instant running{};        ///< max(trusted, persisted) + time since, never behind trusted time
    Instant copy_as_of{};     ///< signed hub time that the copy is known to be current at
    bool clock_unknown = false;  ///< wall - running > 60 days or no trusted time yet: the copy counts as stale
    bool clock_suspect = false;
    std::optional<Instant> prolonged_until = {};  ///< by telephone: until then an expired copy counts as stale
};

/// One reason, about one person or the whole line. Views live as long as Copy and FeeLine.
struct GroundHit {
    Ground ground = Ground::suspended;
    Outcome outcome = Outcome::deny;   ///< what this ground alone gives here, after role effect, chronic type and emergency
    std::int8_t person = -1;           ///< index into FeeLine::people, -1: the line or institution
    bool freed = false;                ///< by the declared emergency
    bool released = false;             ///< by the head of the institution (担责放行)
    std::uint16_t article = 0;         ///< index into Profile::articles
    std::string_view document;         ///< number of the notice; empty if none
    std::optional<Day> from;
    std::optional<Day> end;
    std::optional<Day> nominal_end;
};

/// Who a person on the line turned out to be.
struct PersonVerdict {
    Role role = Role::ordering;
    PersonFound found = PersonFound::registered;
    RecordNo no{};             ///< 0 unless registered; 0 too by a filing that the hub has not answered
    Outcome outcome = Outcome::allow;
};

inline constexpr std::size_t kMaxGrounds = kMaxPeoplePerLine * 8;

/// The answer (判定). A refusal is a normal answer, not an error.
struct Decision {
    Outcome judged = Outcome::allow;  ///< what the rules say
    Outcome served = Outcome::allow;  ///< what the mode makes of it: observe and warn never refuse
    Freshness freshness = Freshness::fresh;
    std::chrono::seconds age{};       ///< max(0, fee time - hub time of the copy)
    Advice advice = Advice::none;     ///< what to do next, of the gravest ground
    bool cost_to_patient = false;     ///< may the patient be charged instead
    /// All that were found, freed ones too, gravest first: by what each comes to, then by its rank. `judged` is the worst of
    /// them. Where more than kMaxGrounds are found the least grave are left out.
    Bounded<GroundHit, kMaxGrounds> grounds;
    Bounded<PersonVerdict, kMaxPeoplePerLine> people;  ///< in the order of the line; none if the line is out of scope
};

/// Judges one line. Pure: no clock, no I/O, no allocation; any thread.
/// Steps: scope -> resolve people -> grounds at the fee's time -> emergency -> freshness -> mode.
/// Worst wins: deny > hold > account_only > allow_marked > allow. P1, P6, P11.
Decision decide(const FeeLine& line, const Copy& copy, const Overlay& overlay, const Moment& now);

/// allow or allow_marked; not for `not_judged`, which is no business of the gate.
bool passes(Outcome outcome);

}  // namespace zige
