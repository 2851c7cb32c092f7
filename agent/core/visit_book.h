#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "agent/core/ports/journal_store.h"
#include "shared/domain/decide.h"
#include "shared/ports/crypto.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"

namespace zige::agent {

inline constexpr std::size_t kMaxVisits = 100'000;         ///< remembered at once, refusals alike; the oldest go first
/// Of running time, since a visit was last asked about: 90 days, and 100 by which a stolen key of the hub, which lives
/// for 90 (TRUST-5), can move trusted time before root takes that back.
inline constexpr std::chrono::hours kVisitsKept{24 * 190};
inline constexpr std::size_t kVisitKeyBytes = 32;

/// What one line names, of the HIS: opaque, hashed at once and never kept.
struct VisitName {
    std::string_view visit;  ///< mdtrt_id; empty: the line is of no visit that is known
    std::string_view item;   ///< med_list_codg
    std::string_view lot{};  ///< chrg_bchno: lines that are settled, and withdrawn, together
};

/// What a message of the HIS said of a visit and asked nobody about.
struct VisitNews {
    std::string_view visit;
    Txn txn = Txn::visit_info;  ///< 2201, 2203 or 2401
    std::optional<Instant> begun;
    std::string_view med_type;
};

/// What takes lines back.
struct Withdrawal {
    std::string_view visit;
    std::optional<std::string_view> lot;  ///< none: all of the visit that are not settled
    std::string_view settlement;          ///< setl_id: the lines that it settled, in place of a lot
    bool of_settlement = false;           ///< the settlement itself is withdrawn; `lot` says nothing
};

/// What the gate remembers of visits and of refused lines, under keyed hashes: begin, kind and medical type of a visit,
/// when its first fee was asked, and to whom a line was refused; in memory, and the journal's transactions carry it to
/// the disk. Which lots were asked, and what settled them, stands on the disk alone. What is old is told by running time
/// (P4): a PC's clock that jumps forgets nothing. Any thread.
class VisitBook {
public:
    /// The secret of the hashes, from its file or made now. Where it cannot be written it serves for this run alone:
    /// what is remembered is then forgotten with it.
    static Bytes secret(Files& files, const std::filesystem::path& file, Random& random);
    /// Keeps references. The store's errors.
    static Result<std::unique_ptr<VisitBook>> open(JournalStore& store, const Hasher& hasher, Bytes secret,
                                                   Instant running);

    /// Puts what is known into the line, which the PC's clock asks about at `wall`; none: it is no first ask. `med_type` holds what the line then points to, if it named none itself.
    /// Gives the key of what the line asks for, of visit, item and amount; 0 where it names none.
    std::uint64_t look_up(const VisitName& name, std::optional<Instant> wall, FeeLine& line,
                          std::string& med_type) const;
    struct Place {
        std::size_t index = 0;   ///< of the line in its claim
        std::uint64_t asked = 0;  ///< what look_up() gave
    };
    /// What a decision about a line of a claim leaves to be remembered.
    void note(const VisitName& name, const Place& place, const Moment& now, const FeeLine& line,
              const Decision& decision, JournalStore::Memory& memory) const;
    /// Once the journal has it.
    void remember(const JournalStore::Memory& memory);

    /// On disk when it returns. The store's errors: it is remembered until the program ends.
    Result<void> note(const VisitNews& news, const Moment& now);

    /// Whether lines of this lot, or without one of any lot of the visit, were asked about and stand. The store's
    /// errors.
    Result<bool> asked(std::string_view visit, std::optional<std::string_view> lot) const;
    /// That it was settled: this lot, or without one all of the visit that are not settled yet. `settlement`: setl_id;
    /// may be empty.
    Result<void> settled(std::string_view visit, std::optional<std::string_view> lot, std::string_view settlement);
    /// A settlement was withdrawn, and its lines wait for the next one (2305).
    Result<void> unsettled(const Withdrawal& withdrawal);
    /// The decisions that are taken back, some of them perhaps reversed already. Of a settlement that nobody named the
    /// visit's only one; none where it has several.
    Result<std::vector<wire::EntryName>> withdrawn_by(const Withdrawal& withdrawal) const;
    /// Once a day: on disk, what is older than kVisitsKept goes. The store's errors.
    Result<void> forget_old(Instant running);

    VisitBook(JournalStore& store, const Hasher& hasher, Bytes secret)
        : store_(store), hasher_(hasher), secret_(std::move(secret)) {}  ///< use open()

private:
    std::uint64_t key(char kind, std::string_view first, std::string_view second) const;
    std::uint64_t visit_key(std::string_view visit) const { return key('v', visit, {}); }
    std::uint64_t lot_key(std::string_view visit, std::string_view lot) const { return key('b', visit, lot); }
    std::uint64_t line_key(const VisitName& name, Fen amount) const;
    std::uint64_t person_key(const PersonOnLine& person) const;
    void note_refusal(std::uint64_t asked, const Moment& now, const FeeLine& line, const Decision& decision,
                      JournalStore::Memory& memory) const;
    bool is_strong(std::uint64_t asked, const JournalStore::Memory& memory) const;
    void note_visit(const VisitName& name, const Moment& now, const FeeLine& line, JournalStore::Memory& memory) const;
    void note_lot(const VisitName& name, std::size_t index, const Moment& now, JournalStore::Memory& memory) const;
    JournalStore::Visit known(std::uint64_t key) const;
    Result<std::vector<JournalStore::Lot>> lots_of(const Withdrawal& withdrawal) const;
    Result<std::vector<JournalStore::Lot>> lots_of_settlement(const Withdrawal& withdrawal) const;
    void forget_some();

    JournalStore& store_;
    const Hasher& hasher_;
    Bytes secret_;
    mutable std::mutex mutex_;  // guards both
    std::unordered_map<std::uint64_t, JournalStore::Visit> visits_;
    std::unordered_map<std::uint64_t, JournalStore::Refusal> refusals_;
};

}  // namespace zige::agent
