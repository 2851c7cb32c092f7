#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "shared/domain/registration.h"

namespace zige::hub {

/// Records that agents handed in and the database no longer knows: they stay under their number and are published as
/// they were, until the person behind them is registered again (P5).
Result<std::vector<Record>> load_kept(Tx& tx, const std::string& institution);
/// Of all institutions, each one's by itself.
Result<std::vector<std::vector<Record>>> load_all_kept(Tx& tx);
/// Registrations that other institutions keep under this national code, which is one person's; none for another code.
struct KeptElsewhere {
    std::string institution;
    Registration registration;
};
Result<std::vector<KeptElsewhere>> kept_elsewhere(Tx& tx, const std::string& institution, const std::string& code);
Result<void> keep_record(Change& change, const std::string& institution, const Record& record);
/// The kept registration of this code, which is the person's from now on: its number, its last day, its standing (into
/// the ledger of the person), its further codes. Nothing: no such record. What other institutions keep under a national
/// code stands against the person too (P8), and stays kept there.
Result<std::optional<Registration>> match_kept(Change& change, const std::string& institution, const std::string& code,
                                               PersonId person);

/// Files an interval in the person's ledger, as found with an agent (P5, P8).
Result<void> file_recovered(Change& change, const std::string& institution, RecordNo no, PersonId person,
                            const StandingInterval& interval);

}  // namespace zige::hub
