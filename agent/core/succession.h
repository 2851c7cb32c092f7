#pragma once

#include <filesystem>

#include "agent/core/ports/journal_store.h"
#include "shared/ports/files.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// What the folder of a PC that is replaced leaves to its successor (LIFE-7). Every batch of its journal is signed.
struct Predecessor {
    AgentId agent;
    AgentId replaced_by;  ///< as the folder knows; 0: nobody
    Bytes signing_key;    ///< public; of its batch signatures
    JournalStore& journal;
    Files& files;
    std::filesystem::path word;  ///< where its folder keeps the word that it was revoked
};

/// Carries the journal over, with claims and filings, part by part, and then leaves the word in the old folder, so that
/// its program names its successor, with or without a line. Durable on return; cut short, calling again goes on.
/// enrol_bad_slip: the slip is for another agent's place; agent_revoked: somebody else took the place;
/// chapter_unexpected: the folder went on in a chapter that the hub does not know; the errors of both disks.
Result<void> take_over(const Predecessor& from, JournalStore& to, const wire::EnrolAnswer& answer);

}  // namespace zige::agent
