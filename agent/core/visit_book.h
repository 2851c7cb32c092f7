#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "agent/core/ports/journal_store.h"
#include "shared/domain/decide.h"
#include "shared/ports/crypto.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"

namespace zige::agent {

inline constexpr std::size_t kMaxVisits = 100'000;         ///< remembered at once, refusals alike; the oldest go first
inline constexpr std::chrono::hours kVisitsKept{24 * 90};  ///< since a visit was last asked about
inline constexpr std::size_t kVisitKeyBytes = 32;

/// What one line names, of the HIS: opaque, hashed at once and never kept.
struct VisitName {
    std::string_view visit;  ///< mdtrt_id; empty: the line is of no visit that is known
    std::string_view item;   ///< med_list_codg
};

/// What the gate remembers of visits and of refused lines, under keyed hashes: begin, kind and medical type of a visit,
/// when its first fee was asked, and to whom a line was refused. In memory; the journal's transactions carry it to the
/// disk. Any thread.
class VisitBook {
public:
    /// The secret of the hashes, from its file or made now. Where it cannot be written it serves for this run alone:
    /// what is remembered is then forgotten with it.
    static Bytes secret(Files& files, const std::filesystem::path& file, Random& random);
    /// Keeps references. The store's errors.
    static Result<std::unique_ptr<VisitBook>> open(JournalStore& store, const Hasher& hasher, Bytes secret,
                                                   Instant now);

    /// Puts what is known into the line. `med_type` holds what the line then points to, if it named none itself.
    void look_up(const VisitName& name, Instant now, FeeLine& line, std::string& med_type) const;
    /// What a decision about it leaves to be remembered.
    void note(const VisitName& name, Instant now, const FeeLine& line, const Decision& decision,
              JournalStore::Memory& memory) const;
    /// Once the journal has it.
    void remember(const JournalStore::Memory& memory);

    VisitBook(const Hasher& hasher, Bytes secret) : hasher_(hasher), secret_(std::move(secret)) {}  ///< use open()

private:
    std::uint64_t key(char kind, std::string_view first, std::string_view second) const;
    std::uint64_t visit_key(const VisitName& name) const { return key('v', name.visit, {}); }
    std::uint64_t line_key(const VisitName& name, Fen amount) const;
    std::uint64_t person_key(const PersonOnLine& person) const;
    void note_visit(const VisitName& name, Instant now, const FeeLine& line, JournalStore::Memory& memory) const;
    void forget_some();

    const Hasher& hasher_;
    Bytes secret_;
    mutable std::mutex mutex_;  // guards both
    std::unordered_map<std::uint64_t, JournalStore::Visit> visits_;
    std::unordered_map<std::uint64_t, JournalStore::Refusal> refusals_;
};

}  // namespace zige::agent
