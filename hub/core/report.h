#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/environment.h"
#include "hub/core/hub_log.h"
#include "hub/core/policy.h"
#include "hub/core/receipts.h"
#include "shared/domain/departure.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// What the desk thinks today of a decision at a till.
enum class Verdict { rightly_allowed, rightly_refused, wrongly_allowed, wrongly_refused, not_judged };
const char* to_string(Verdict verdict);

struct ReportLine {
    AgentId agent;
    Chapter chapter;
    std::uint64_t index = 0;
    std::string claim_id;
    std::string line_id;
    Instant fee_time{};
    Fen amount{};
    Outcome judged = Outcome::allow;  ///< then, by the agent
    Outcome served = Outcome::allow;  ///< then, after the mode
    Outcome now = Outcome::allow;     ///< by today's timeline
    std::vector<Ground> grounds_then;
    std::vector<Ground> grounds_now;  ///< gravest first
    std::string document;             ///< of the gravest ground now; empty if none
    std::string person;               ///< name behind the gravest ground now, else of the first known person
    std::string person_code;
    Seq copy_seq;                     ///< state that was judged by; 0: a state this hub does not hold
    std::chrono::seconds copy_age{};  ///< max(0, fee time - newest signed hub time the agent knew)
    Verdict verdict = Verdict::rightly_allowed;
};

struct ReportDeparture {
    FilingKind kind = FilingKind::departure;  ///< or transfer, or death
    RecordNo no;
    std::string name;
    std::string code;
    DepartureDuty duty;
    FilingProof proof = FilingProof::claimed;
    Instant filed_after{};    ///< newest signed hub time before the filing
    Instant filed_before{};   ///< hub time at which it arrived
    Instant filed_claimed{};  ///< what the PC's clock said
    std::optional<Day> window_updated;
    std::string window_receipt;
    std::string reason;
    /// May it stand where everybody sees it?
    bool on_board() const { return kind != FilingKind::death; }
};

struct InstitutionReport {
    std::string institution;
    std::string name;
    Mode mode = Mode::enforce;
    std::vector<ReportLine> lines;  ///< without those that the institution reversed
    std::vector<ReportDeparture> departures;  ///< by due day
    std::size_t count(Verdict verdict) const;
    std::int64_t fen(Verdict verdict) const;
};

struct AgentStatus {
    AgentId agent;
    Chapter chapter;
    std::string institution;
    bool frozen = false;  ///< its journal diverged
    std::optional<Instant> last_contact;
    Seq have_seq;     ///< of the copy that it showed last
    Seq current_seq;  ///< of its institution
    std::uint64_t entries_held = 0;
    std::string software;
    bool clock_suspect = false;
    bool clock_unknown = false;
    std::uint32_t waiting_entries = 0;
    std::uint32_t waiting_filings = 0;
};

struct HubStatus {
    std::string hub_id;
    Epoch epoch;
    std::uint64_t publish_number = 0;
    LogTip log;
    std::uint32_t trust_version = 0;
    Instant online_key_until{};  ///< of those whose private part is here; 0: nothing can be signed
    std::uint32_t ineligible_version = 0;
    std::uint32_t ineligible_entries = 0;
    std::uint32_t institutions = 0;
    std::uint32_t people = 0;
    std::vector<AgentStatus> agents;
};

/// Judges the past again by what is known today. Reads only.
class Report {
public:
    Report(const Environment& env, const Trust& trust) : env_(env), trust_(trust) {}

    /// institution_not_found. Lines by agent, chapter, index.
    Result<InstitutionReport> institution(const std::string& code) const;
    Result<std::vector<InstitutionReport>> all() const;
    /// Departures only, without judging any line again.
    Result<InstitutionReport> departures(const std::string& code) const;
    Result<std::vector<InstitutionReport>> departures() const;
    Result<HubStatus> status() const;
    /// The decisions that a till's 6-character reference may mean, those of another branch of a journal too; several
    /// only by chance. journal_not_found, institution_not_found.
    Result<std::vector<ReportLine>> find(const std::string& institution, std::string_view reference) const;
    Result<ReceiptFinding> receipt(std::string_view text) const { return verify_receipt(env_, text); }

private:
    Result<std::vector<InstitutionReport>> of_all(bool with_lines) const;

    Environment env_;
    const Trust& trust_;
};

}  // namespace zige::hub
