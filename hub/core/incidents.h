#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "shared/domain/ids.h"

namespace zige::hub {

/// Something that no program may settle by itself: it is named once, with its evidence, until a person has settled it.
struct Incident {
    std::uint64_t number = 0;  ///< 0: it stands in no database yet (the hub is behind its witness)
    IncidentKind kind = IncidentKind::cloned;
    std::string institution;  ///< empty: the hub itself
    AgentId agent;            ///< 0 if none
    Chapter chapter;          ///< of the agent's journal; 0 if none
    Instant opened{};
    Fields evidence;  ///< the bytes, hashes and heads themselves
    std::optional<Instant> resolved;
    std::string resolved_by;
    std::string resolution;
};

/// What an incident is about: as long as one of a kind is open about the same, it is not opened again.
struct IncidentSubject {
    IncidentKind kind = IncidentKind::cloned;
    std::string institution;
    AgentId agent;
    Chapter chapter;
};
/// Inside a change. False: such a one is open.
Result<bool> open_incident(Change& change, const IncidentSubject& subject, const Fields& evidence);
/// Closes the open incidents of a kind, whomever they are about: for what a program can see to be over.
Result<void> close_incidents(Change& change, IncidentKind kind, const std::string& resolution);
/// An open incident of this kind, whomever it is about.
Result<std::optional<Incident>> any_open(Tx& tx, IncidentKind kind);

/// Which of two journals with one past goes on.
enum class Branch : std::uint8_t {
    held,   ///< the one that the hub held first
    other,  ///< the one that came later and was kept beside it
    any,    ///< there is only one: a folder that was put back
};

/// The operator's desk for incidents. Any thread.
class Incidents {
public:
    Incidents(const Environment& env, Publisher& publisher) : env_(env), publisher_(publisher) {}

    /// Oldest first; `all`: those that were resolved too.
    Result<std::vector<Incident>> list(bool all) const;
    Result<Incident> show(std::uint64_t number) const;  ///< incident_not_found

    struct Resolution {
        std::string reason;            ///< what was found out and done; not empty
        std::optional<Branch> branch;  ///< of a journal: which one goes on
    };
    /// cloned, restored_folder: opens the next chapter for the journal that goes on. The others are closed with their
    /// reason. incident_not_found, incident_already_resolved; incident_wrong_step: a branch where no journal is forked,
    /// or an incident that only `recover` ends; usage_bad_argument: no reason.
    Result<Incident> resolve(const std::string& actor, std::uint64_t number, const Resolution& resolution);

private:
    Result<void> open_chapter(Change& change, const Incident& incident, Branch branch) const;

    Environment env_;
    Publisher& publisher_;
};

}  // namespace zige::hub
