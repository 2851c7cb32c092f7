#pragma once

#include <array>
#include <cstdint>

namespace zige::simulation {

/// A seed that once found a bug, and the number of steps that its story had. A change of the stories may make another
/// story of it: what it found has a test of its own besides, which `why` names.
struct NamedSeed {
    const char* name;
    std::uint64_t seed;
    int steps;
    const char* why;
};

/// Run by `make test` beside the range.
inline constexpr std::array kFoundBugs{
    NamedSeed{"ineligible_set_after_a_reset", 12, 60,
              "a hub that was put back counted the versions of its region's set anew: agents refused each update"},
    NamedSeed{"hub_time_after_a_restart", 58, 60,
              "a time that was given out within a minute of the last note was forgotten: held messages were refused"},
    NamedSeed{
        "copy_proven_by_a_key_that_made_room", 44, 60,
        "three rotations after a recovery the hub called a key revoked that had only made room: an agent's copy was "
        "refused for ever"},
    NamedSeed{"journals_without_a_publish", 75, 60,
              "the witness does not tell of journals lost with an old backup: agents hand them in again"},
    NamedSeed{"a_registration_taken_back_and_filed_again", 1051, 60,
              "the story's judge read one record of a person who has two; a statement on paper counted for one only"},
    NamedSeed{"two_documents_of_one_status_and_day", 620, 60,
              "the story's judge missed a document in whose place another of the same status and first day stands"},
    NamedSeed{"notice_on_paper_in_a_recovery", 4939, 60,
              "a notice on paper ended with a publish number of a recovery's epoch (Statement.counts_on_while_a_recovery)"},
    NamedSeed{"deltas_without_a_word", 20, 60,
              "agents that had a state by its delta alone could not prove it to a hub that had lost it "
              "(Sync.a_state_that_nothing_else_names_is_proven_by_its_delta)"},
    NamedSeed{"snapshots_from_a_hub_that_lost_states", 4, 60,
              "whoever wanted a snapshot named no state: what the hub had lost was taken away without a word "
              "(Recovery.is_needed_once_whoever_wants_a_snapshot_proves_what_it_would_lose)"},
    NamedSeed{"one_word_heard_by_two_clones", 3153, 60,
              "the story's judge wanted one of two clones to go on; the line had given the word to both, which is "
              "named as any clone is (Incident.is_opened_anew_when_both_clones_heard_the_word_for_one)"},
    NamedSeed{"a_lost_state_published_once_more", 6420, 60,
              "the story's judge wanted a hub named for a state that it had lost and published again, the same to the "
              "last bit"},
    NamedSeed{"lost_under_a_number_that_was_used_again", 996, 60,
              "a hub that was put back and had used the number again noted the fork, gave its own state to the agent, "
              "and nobody had the suspension any more (StateFork.is_an_incident_with_both_states)"},
    NamedSeed{"seen_on_paper_only", 1004, 60,
              "the story's judge took a notice on paper for a copy that is handed back"},
};

/// Stories that fail for a reason that is known and not mended yet; ranges leave them out.
inline constexpr std::array<NamedSeed, 0> kKnownFailures{};

}  // namespace zige::simulation
