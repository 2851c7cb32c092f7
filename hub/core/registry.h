#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "hub/core/roster_row.h"
#include "shared/domain/registration.h"

namespace zige::hub {

struct InstitutionSpec {
    std::string code;  ///< 1..20 characters, letters and digits
    std::string name;
    InstitutionKind kind = InstitutionKind::hospital;
    std::string division;  ///< 6 digits
    Mode mode = Mode::observe;
    std::optional<Day> mode_until;
    /// Age limits of the copy for this institution instead of the profile's (by headcount); empty: the profile's.
    std::vector<FreshnessLimits> limits;
};

struct InstitutionInfo {
    InstitutionSpec spec;
    bool strict = false;
    Seq seq;  ///< of its current state; 0 if none
    std::uint32_t people = 0;
    std::uint32_t departed = 0;
    std::vector<Stop> stops;
    std::vector<std::pair<std::string, std::string>> departments;  ///< code, name
};

struct PersonInfo {
    PersonId id;
    std::string name;
    std::string certificate_type;
    std::string masked_number;
    struct Site {
        std::string institution;
        Registration registration;  ///< with today's standing timeline
    };
    std::vector<Site> sites;
};

/// Institutions, people and who is registered where (一医一档). Any thread.
class Registry {
public:
    Registry(const Environment& env, const Trust& trust, Publisher& publisher);

    /// institution_exists, institution_bad_value (names the field), institution_value_undecided (warn and enforce need
    /// every undecided profile value confirmed).
    Result<Published> add_institution(const std::string& actor, const InstitutionSpec& spec);
    /// Name, kind, division and limits. institution_not_found, institution_bad_value.
    Result<Published> change_institution(const std::string& actor, const InstitutionSpec& spec);
    /// institution_value_undecided as above; `until` only raises a duty when it is past (P11).
    Result<Published> set_mode(const std::string& actor, const std::string& institution, Mode mode,
                               std::optional<Day> until);
    /// Strict: a copy that expired denies, for an institution that the bureau named; with the reason in the log.
    /// institution_not_found, institution_bad_value (no reason).
    Result<Published> set_strict(const std::string& actor, const std::string& institution, bool strict,
                                 const std::string& reason);
    Result<Published> add_department(const std::string& actor, const std::string& institution, const std::string& code,
                                     const std::string& name);

    /// Stops the institution (department empty) or one department from a day on. `article`: number in the profile, 0:
    /// its default. institution_not_found, sanction_no_document, sanction_overlaps (the document is already there and
    /// was not withdrawn), institution_bad_value (names the departments that are known), sanction_bad_interval.
    Result<Published> stop(const std::string& actor, const std::string& institution, const Stop& stop);
    /// Ends the stop with this document: service is paid again from `end` on. On its first day: the stop is withdrawn,
    /// and the same document may be recorded again. sanction_not_found, sanction_bad_interval.
    Result<Published> resume(const std::string& actor, const std::string& institution, const std::string& document,
                             Day end);

    /// Everything in one transaction; bad rows are reported, the rest goes in. A second run changes nothing.
    /// `progress` is called now and then with rows done. institution_not_found.
    Result<ImportReport> import_roster(const std::string& actor, const std::string& institution,
                                       const std::vector<RosterRow>& rows,
                                       const std::function<void(std::size_t)>& progress);
    /// A further code of a registered person. code_taken, person_not_found.
    Result<Published> add_alias(const std::string& actor, const std::string& institution, RecordNo target,
                                const std::string& code);

    Result<std::vector<InstitutionInfo>> institutions() const;
    Result<InstitutionInfo> institution(const std::string& code) const;  ///< institution_not_found
    /// By national code or any alias, one that was given up too, by exact name, or by "#<person id>". person_not_found,
    /// person_ambiguous.
    Result<PersonInfo> find_person(const std::string& who) const;
    /// By identity document; `number` as rosters are read (type 01: checked, X upper case). person_not_found.
    Result<PersonId> find_person_by_number(const std::string& certificate_type, const std::string& number) const;
    /// The same, but by code or "#<person id>" only: for what must not meet a namesake. person_ambiguous: a name;
    /// `detail` lists who has it. Not found is not said with the words that were typed (P9).
    Result<PersonId> find_exactly(const std::string& who) const;
    static Result<PersonId> find_person_id(Tx& tx, const std::string& who);

private:
    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
};

}  // namespace zige::hub
