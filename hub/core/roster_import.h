#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/core/environment.h"
#include "hub/core/institution_data.h"
#include "hub/core/publisher.h"
#include "hub/core/roster_row.h"

namespace zige::hub {

/// One import of a roster into one institution, inside one change. The same rows twice change nothing.
class RosterImport {
public:
    /// institution_not_found.
    static Result<RosterImport> start(const Environment& env, const Trust& trust, Change& change,
                                      const std::string& institution);
    /// A row that cannot be taken becomes a problem of the report; an Error is for the database.
    Result<void> take(RosterRow row);
    /// Logs the import if anything changed.
    Result<ImportReport> finish();

private:
    RosterImport(const Environment& env, const Trust& trust, Change& change, InstitutionRecord institution)
        : env_(env), trust_(trust), change_(change), institution_(std::move(institution)) {}

    struct Person {
        PersonId id;
        bool is_new = false;
    };
    std::optional<Error> refuse(const RosterRow& row) const;
    void drop_taken_licence(RosterRow& row, PersonId person);
    std::optional<Error> code_conflict(const std::string& code, PersonId person) const;
    Result<Person> find_or_add(const RosterRow& row);
    Result<std::optional<Error>> barred(const RosterRow& row, PersonId person) const;
    Result<void> take_person(const RosterRow& row, Person person);
    Result<void> add(const RosterRow& row, Person person);
    Result<void> update(const RosterRow& row, const KnownRegistration& known);
    Result<void> keep_licence_as_alias(const RosterRow& row, RecordNo target, PersonId person);
    Result<void> log(HubEvent event, const Registration& registration, PersonId person);
    Result<bool> not_eligible_today(PersonId person) const;
    Result<RecordNo> next_record();

    Environment env_;
    const Trust& trust_;
    Change& change_;
    InstitutionRecord institution_;
    std::map<PersonId, KnownRegistration> latest_;             // newest registration of each person here
    std::map<std::string, std::set<PersonId>> holders_;        // of each code here
    std::set<std::pair<std::uint32_t, std::string>> aliases_;  // target, code
    std::set<PersonId> seen_;                                  // in this roster
    ImportReport report_;
};

}  // namespace zige::hub
