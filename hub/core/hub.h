#pragma once

#include <filesystem>
#include <memory>

#include "hub/core/agent_life.h"
#include "hub/core/casework/case_filings.h"
#include "hub/core/casework/due_list.h"
#include "hub/core/casework/scoring_acts.h"
#include "hub/core/clock_guard.h"
#include "hub/core/enrolment.h"
#include "hub/core/feed.h"
#include "hub/core/file_enrolment.h"
#include "hub/core/filings.h"
#include "hub/core/incidents.h"
#include "hub/core/ingest.h"
#include "hub/core/ledger.h"
#include "hub/core/linked_sanctions.h"
#include "hub/core/notices.h"
#include "hub/core/paper_desk.h"
#include "hub/core/policy.h"
#include "hub/core/registry.h"
#include "hub/core/report.h"
#include "hub/core/rotation.h"
#include "hub/core/rule_shelf.h"
#include "hub/core/sanctions.h"
#include "hub/core/scoring.h"
#include "hub/core/trust.h"

namespace zige::hub {

struct HubOptions {
    KeyPaths keys;
    std::filesystem::path witness;  ///< outside the folder of the database
    FeedOptions feed;
    EnrolmentOptions enrolment;
    IngestOptions ingest;
    std::shared_ptr<const RuleShelf> shelf;  ///< nothing: the profile files that the hub keeps
};

/// All services of a hub over one environment. `hub_init` once, then open.
class Hub {
public:
    /// Keys, trust document, first witness and the profile. hub_already_initialised.
    static Result<void> init(const Environment& env, const HubOptions& options, const InitOptions& init,
                             const Profile& profile, const Calendar& calendar,
                             const std::vector<UndecidedValue>& undecided, std::string_view profile_text = {});
    /// hub_not_initialised. A hub behind its witness opens; what would publish answers hub_behind_witness.
    static Result<std::unique_ptr<Hub>> open(const Environment& env, const HubOptions& options);
    ~Hub();

    const Trust& trust() const { return *trust_; }
    Rotation& rotation() { return *rotation_; }
    Policy& policy() { return *policy_; }
    Registry& registry() { return *registry_; }
    Sanctions& sanctions() { return *sanctions_; }
    const RuleShelf& shelf() const { return *shelf_; }
    Scoring& scoring() { return *scoring_; }
    LinkedSanctions& linked_sanctions() { return *linked_sanctions_; }
    const Ledger& ledger() const { return *ledger_; }
    Cases& cases() { return *cases_; }
    DueList& due_list() { return *due_list_; }
    Enrolment& enrolment() { return *enrolment_; }
    FileEnrolment& file_enrolment() { return *file_enrolment_; }
    AgentLife& agents() { return *agents_; }
    Feed& feed() { return *feed_; }
    Ingest& ingest() { return *ingest_; }
    Report& report() { return *report_; }
    Filings& filings() { return *filings_; }
    /// The time that everything signed and logged carries. hub_clock_jumped.
    ClockGuard::Status clock() const { return publisher_->clock(); }
    Result<void> confirm_clock(const std::string& actor, const std::string& reason) {
        return publisher_->confirm_clock(actor, reason);
    }
    Incidents& incidents() { return *incidents_; }
    Recovery& recovery() { return *recovery_; }
    Notices& notices() { return *notices_; }
    const PaperDesk& papers() const { return *papers_; }
    /// The witness can be written, as every publication needs. hub_behind_witness, witness_unreadable, file_*.
    Result<void> check_witness() { return publisher_->check_witness(); }
    /// Why nothing is published, if so.
    std::optional<Error> stopped() const { return publisher_->stopped(); }
    /// What stands in no database because the hub is stopped: as an incident. Nothing: the hub publishes.
    std::optional<Incident> stopped_incident() const;
    /// Recomputes the log's chain. ledger_bad_chain.
    Result<LogTip> verify_log() const;
    Result<std::vector<LogEvent>> log(std::uint64_t after, std::uint32_t limit) const;

private:
    Hub(const Environment& env, const HubOptions& options);
    Result<void> start_clock();
    Result<void> start_publisher();

    Environment env_;
    std::unique_ptr<WitnessFile> witness_;
    std::unique_ptr<ClockGuard> clock_;
    std::unique_ptr<Trust> trust_;
    std::unique_ptr<Publisher> publisher_;
    std::unique_ptr<Rotation> rotation_;
    std::unique_ptr<Policy> policy_;
    std::unique_ptr<Registry> registry_;
    std::unique_ptr<Sanctions> sanctions_;
    std::shared_ptr<const RuleShelf> shelf_;
    std::unique_ptr<Scoring> scoring_;
    std::unique_ptr<LinkedSanctions> linked_sanctions_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<Enrolment> enrolment_;
    std::unique_ptr<AgentLife> agents_;
    std::unique_ptr<Feed> feed_;
    std::unique_ptr<FileEnrolment> file_enrolment_;
    std::unique_ptr<Ingest> ingest_;
    std::unique_ptr<Report> report_;
    std::unique_ptr<Filings> filings_;
    std::unique_ptr<Incidents> incidents_;
    std::unique_ptr<Recovery> recovery_;
    std::unique_ptr<Notices> notices_;
    std::unique_ptr<CaseActs> case_acts_;
    std::unique_ptr<Cases> cases_;
    std::unique_ptr<FiledCases> filed_cases_;
    std::unique_ptr<DueList> due_list_;
    std::unique_ptr<PaperFacts> paper_facts_;
    std::unique_ptr<PaperDesk> papers_;
};

}  // namespace zige::hub
