#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "shared/domain/calendar.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// A filing as the hub answered it.
struct FilingRecord {
    wire::Filing filing;
    FilingKind kind = FilingKind::departure;
    std::string institution;
    AgentId agent;
    bool accepted = false;
    ErrorId reason{};  ///< when refused
    Seq in_seq;
    RecordNo record;
    std::string name;  ///< of the registration; empty if there is none
    std::string code;
    std::optional<Day> last_day;
    bool withdrawn = false;
    std::optional<Day> window_day;
    std::string receipt;
    Instant hub_before{};  ///< newest signed hub time before it; 0: none
    Instant hub_after{};   ///< hub time at which it came, or at which its code was entered
    bool hub_owned = false;
    std::string dispute;  ///< why its date is disputed; empty: it is not
};

/// Somebody of whom nobody said that he left: 还在职吗?
struct PresenceQuestion {
    std::string institution;
    RecordNo record;
    std::string name;
    Instant asked{};
    std::string reason;
    DueDate due;  ///< 10 working days; unanswered after it is an overdue duty to answer, never a refusal
    std::optional<Instant> answered;
    bool present = false;
    std::string note;
};

struct DutySession {
    RecordNo record;
    std::string name;
    Instant from{};
    std::optional<Instant> until;
};

struct EnteredCode {
    std::string institution;
    std::string code;
    Instant entered{};
    std::string by;
    std::optional<Bytes> filing;  ///< UUID, once it came
};

/// What operators do with filings: look, enter codes, settle disputed dates, ask whether somebody is still there.
class Filings {
public:
    Filings(const Environment& env, Publisher& publisher) : env_(env), publisher_(publisher) {}

    /// Oldest first. `institution` empty: of all.
    Result<std::vector<FilingRecord>> list(const std::string& institution, std::optional<FilingKind> kind) const;
    /// By the first 8 or more hexadecimal digits of its UUID. filing_not_found.
    Result<FilingRecord> find(const std::string& id) const;

    /// A code that a clerk reads over the phone: kept until its filing comes. phone_code_misheard,
    /// institution_not_found.
    Result<void> enter_code(const std::string& actor, const std::string& institution, const std::string& typed);
    Result<std::vector<EnteredCode>> codes() const;

    /// The institution's date stands; a case is open. filing_not_found.
    Result<void> dispute(const std::string& actor, const std::string& id, const std::string& reason);
    /// The bureau sets the last day of a departure; from now on the institution cannot amend or withdraw it.
    /// filing_not_found, what check_departure() says.
    Result<Published> set_last_day(const std::string& actor, const std::string& id, Day last_day,
                                   const std::string& reason);

    /// Asks by hand (a death list, a call). filing_unknown_person.
    Result<void> ask(const std::string& actor, const std::string& institution, RecordNo no, const std::string& reason);
    /// Asks about everybody whose contract ended before today, or who ordered nothing for 15 working days after having
    /// ordered before. Gives how many are asked now.
    Result<std::size_t> scan(const std::string& actor);
    Result<std::vector<PresenceQuestion>> questions() const;
    Result<std::vector<DutySession>> sessions(const std::string& institution) const;

    /// Institutions of one owner carry the same words. institution_not_found.
    Result<void> set_owner(const std::string& actor, const std::string& institution, const std::string& owner);

private:
    Environment env_;
    Publisher& publisher_;
};

}  // namespace zige::hub
