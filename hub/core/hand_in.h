#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/core/fields.h"
#include "hub/core/institution_data.h"
#include "hub/core/publisher.h"
#include "hub/core/trust.h"
#include "shared/wire/agent_messages.h"

namespace zige::hub {

/// A copy that an agent handed in, verified: this hub signed what it says (REC-3).
struct VerifiedCopy {
    wire::State state;
    Hash256 hash{};
    std::vector<Record> records;  ///< ascending numbers, the institution first
};
/// hand_in_refused: the parts do not belong together; wire_bad_root, wire_bad_hash, wire_bad_order, wire_bad_signature
/// and what decoding says.
Result<VerifiedCopy> verify_copy(const Environment& env, const Trust& trust, const std::string& institution,
                                 const wire::CopyHandIn& copy);

/// What a copy made stricter (REC-4).
struct Recovered {
    std::uint32_t standings = 0;   ///< intervals filed as standing_recovered
    std::uint32_t departures = 0;  ///< last days that the database had lost
    std::uint32_t stops = 0;       ///< of the institution or a department
    std::uint32_t kept = 0;        ///< records of people whom the database lost
    std::uint32_t others = 0;      ///< numbers under which the database has somebody else
    Fields other_people;           ///< who stands where under the first of these numbers, as evidence
};
inline constexpr std::uint32_t kMaxOtherPeople = 50;  ///< that are named; all are counted

/// Files what a copy shows and the ledger does not, inside one change. What an operator decided since the recovery
/// started stands (P8).
class StricterFromCopy {
public:
    StricterFromCopy(const HubLog& log, Change& change, std::string institution, std::uint64_t recovery_log)
        : log_(log), change_(change), institution_(std::move(institution)), recovery_log_(recovery_log) {}
    Result<Recovered> take(const std::vector<Record>& records);

private:
    Result<void> take_institution(const InstitutionRecord& then);
    Result<void> load();
    Result<void> take_person(const Registration& then);
    Result<void> take_alias(const Alias& then);
    Result<void> take_registration(const Registration& then, const KnownRegistration& now);
    Result<void> keep(Registration then);
    Result<void> file_elsewhere(const Registration& then);
    Result<void> file_stricter(const Registration& then, RecordNo no, PersonId person);
    void note_other(const Registration& then, const Registration& now);
    Result<RecordNo> own_or_next(RecordNo no);
    Result<void> put(Record record);
    bool is_free(RecordNo no) const;
    bool is_same(const Registration& then, const Registration& now) const;
    std::set<std::string> codes_of(const std::vector<Alias>& aliases, const Registration& registration) const;
    Result<bool> is_stricter(const StandingInterval& then, PersonId person) const;
    Result<void> touch_everywhere(PersonId person);
    Result<void> touch_where_kept(const std::string& code);

    const HubLog& log_;
    Change& change_;
    std::string institution_;
    std::uint64_t recovery_log_;
    std::vector<KnownRegistration> known_;
    std::vector<Alias> aliases_;
    std::map<RecordNo, Record> kept_;  // before, and from this copy
    std::vector<Alias> copy_aliases_;
    std::map<RecordNo, RecordNo> now_under_;  // whom the copy has under a number that is somebody else's here
    Recovered done_;
};

}  // namespace zige::hub
