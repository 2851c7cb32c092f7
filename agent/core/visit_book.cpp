#include "agent/core/visit_book.h"

#include <algorithm>

namespace zige::agent {
namespace {

constexpr std::size_t kForgottenAtOnce = kMaxVisits / 10;

bool opens_visit(Txn txn) {
    return txn == Txn::outpatient_registration || txn == Txn::visit_info || txn == Txn::admission;
}

bool asks_fee(Txn txn) {
    return txn == Txn::outpatient_fees || txn == Txn::inpatient_fees || txn == Txn::pharmacy_presettlement ||
           txn == Txn::pharmacy_settlement;
}

/// Those that come to a settlement with the lot that they name.
bool joins_lot(Txn txn) {
    return txn == Txn::outpatient_fees || txn == Txn::inpatient_fees || txn == Txn::pharmacy_settlement;
}

bool is_refusal(Outcome outcome) { return outcome == Outcome::deny || outcome == Outcome::account_only; }

/// For how long it is remembered. Where running time lags behind the PC's clock, as it does on a PC that was off until
/// the next sync, the clock is believed for as long as anything is kept; more than that no clock can add.
Instant touched_at(const Moment& now) { return std::clamp(now.wall, now.running, now.running + kVisitsKept); }

/// When a fee was asked about: a clock that is not believed says nothing of that.
Instant asked_at(const Moment& now) { return now.clock_suspect || now.clock_unknown ? now.running : now.wall; }

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
    return a && b ? std::min(a, b) : a ? a : b;
}

/// Two messages of one visit may have been under way at once.
void merge(JournalStore::Visit& kept, const JournalStore::Visit& more) {
    kept.begun = earlier(kept.begun, more.begun);
    kept.admitted = kept.admitted || more.admitted;
    kept.first_asked = earlier(kept.first_asked, more.first_asked);
    if (!more.med_type.empty()) kept.med_type = more.med_type;
    kept.touched = std::max(kept.touched, more.touched);
}

/// The oldest go; `age` says how old one is.
template <class Map, class Age>
void shrink(Map& map, Age age) {
    if (map.size() < kMaxVisits) return;
    std::vector<std::pair<Instant, std::uint64_t>> all;
    all.reserve(map.size());
    for (const auto& [key, value] : map) all.emplace_back(age(value), key);
    const std::size_t count = std::min(all.size(), map.size() - kMaxVisits + kForgottenAtOnce);
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count) - 1, all.end());
    for (std::size_t i = 0; i < count; ++i) map.erase(all[i].second);
}

}  // namespace

Bytes VisitBook::secret(Files& files, const std::filesystem::path& file, Random& random) {
    auto kept = files.read(file, kVisitKeyBytes);
    if (kept && kept->size() == kVisitKeyBytes) return *std::move(kept);
    Bytes made(kVisitKeyBytes);
    random.fill(made);
    // What cannot be read now may be there at the next start; a disk that cannot be written: it serves for this run.
    if (kept || kept.error().id == ErrorId::file_not_found) (void)files.write(file, made);
    return made;
}

Result<std::unique_ptr<VisitBook>> VisitBook::open(JournalStore& store, const Hasher& hasher, Bytes secret,
                                                   Instant running) {
    auto book = std::make_unique<VisitBook>(store, hasher, std::move(secret));
    (void)book->forget_old(running);  // on a disk that cannot be written it stays, and is not asked for
    ZIGE_TRY(memory, store.remembered(running - kVisitsKept, kMaxVisits - kForgottenAtOnce));
    book->remember(memory);
    return book;
}

/// 8 bytes of a keyed hash; a zero parts what is hashed together.
std::uint64_t VisitBook::key(char kind, std::string_view first, std::string_view second) const {
    std::string words{kind};
    words.append(first).push_back('\0');
    words.append(second);
    const Hash256 mac = hasher_.mac(secret_, as_bytes(words));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8U | std::to_integer<std::uint64_t>(mac[i]);
    return value;
}

std::uint64_t VisitBook::line_key(const VisitName& name, Fen amount) const {
    return key('l', name.visit, std::string(name.item) + '\0' + std::to_string(amount.value));
}

std::uint64_t VisitBook::person_key(const PersonOnLine& person) const {
    return key('p', std::to_string(static_cast<unsigned>(person.role)), person.code);
}

std::uint64_t VisitBook::look_up(const VisitName& name, std::optional<Instant> wall, FeeLine& line,
                                 std::string& med_type) const {
    line.visit = {};
    if (asks_fee(line.txn)) line.visit.first_asked = wall;
    if (name.visit.empty()) return 0;
    const std::uint64_t visit = visit_key(name.visit);
    const std::uint64_t asked = name.item.empty() || !asks_fee(line.txn) ? 0 : line_key(name, line.amount);
    std::optional<JournalStore::Refusal> refusal;
    {
        const std::lock_guard lock(mutex_);
        if (const auto at = visits_.find(visit); at != visits_.end()) {
            line.visit.begun = at->second.begun;
            line.visit.admitted = at->second.admitted;
            if (at->second.first_asked && asks_fee(line.txn)) line.visit.first_asked = at->second.first_asked;
            if (line.med_type.empty()) med_type = at->second.med_type;
        }
        if (const auto at = refusals_.find(asked); asked != 0 && at != refusals_.end()) refusal = at->second;
    }
    if (line.med_type.empty()) line.med_type = med_type;
    if (!refusal) return asked;
    const bool same =
        std::ranges::any_of(line.people, [&](const PersonOnLine& each) { return person_key(each) == refusal->person; });
    if (!same) line.visit.refused_at = refusal->at;
    line.visit.refused_day = day_of(refusal->touched);
    line.visit.refused_weakly = refusal->weak;
    return asked;
}

void VisitBook::note(const VisitName& name, const Place& place, const Moment& now, const FeeLine& line,
                     const Decision& decision, JournalStore::Memory& memory) const {
    if (joins_lot(line.txn) && (!name.visit.empty() || !name.lot.empty())) note_lot(name, place.index, now, memory);
    if (name.visit.empty()) return;
    note_visit(name, now, line, memory);
    if (place.asked == 0) return;
    if (is_refusal(decision.served)) return note_refusal(place.asked, now, line, decision, memory);
    if (!passes(decision.served)) return;
    memory.passed.push_back(place.asked);
    for (JournalStore::Refusal& each : memory.refusals)
        if (each.key == place.asked) each.weak = true;
}

/// Weak where nobody need have been put in the place of anybody: the code may have been mistyped, who refused was not the
/// one that ordered, or the same was asked beside it for another person. It never takes the place of a strong one.
void VisitBook::note_refusal(std::uint64_t asked, const Moment& now, const FeeLine& line, const Decision& decision,
                             JournalStore::Memory& memory) const {
    for (std::size_t i = 0; i < decision.people.size() && i < line.people.size(); ++i) {
        if (!is_refusal(decision.people[i].outcome)) continue;
        const Role role = line.people[i].role;
        const bool orders = role == Role::ordering || role == Role::prescriber;
        const bool stranger = decision.people[i].found == PersonFound::not_registered;
        const bool beside = std::ranges::find(memory.passed, asked) != memory.passed.end();
        const bool weak = !orders || stranger || beside;
        if (weak && is_strong(asked, memory)) return;
        memory.refusals.push_back({asked, person_key(line.people[i]), now.wall, touched_at(now), weak});
        return;
    }
}

bool VisitBook::is_strong(std::uint64_t asked, const JournalStore::Memory& memory) const {
    const auto strong = [&](const JournalStore::Refusal& each) { return each.key == asked && !each.weak; };
    if (std::ranges::any_of(memory.refusals, strong)) return true;
    const std::lock_guard lock(mutex_);
    const auto at = refusals_.find(asked);
    return at != refusals_.end() && !at->second.weak;
}

void VisitBook::note_visit(const VisitName& name, const Moment& now, const FeeLine& line,
                           JournalStore::Memory& memory) const {
    if (!opens_visit(line.txn) && !asks_fee(line.txn)) return;
    const std::uint64_t key = visit_key(name.visit);
    auto at = std::ranges::find(memory.visits, key, &JournalStore::Visit::key);
    if (at == memory.visits.end()) {
        memory.visits.push_back(known(key));
        at = memory.visits.end() - 1;
    }
    at->touched = touched_at(now);
    if (!line.med_type.empty()) at->med_type = line.med_type;
    if (asks_fee(line.txn) && !at->first_asked) at->first_asked = asked_at(now);
    if (!opens_visit(line.txn)) return;
    at->begun = at->begun ? std::min(*at->begun, line.fee_time) : line.fee_time;
    at->admitted = at->admitted || line.txn == Txn::admission;
}

JournalStore::Visit VisitBook::known(std::uint64_t key) const {
    const std::lock_guard lock(mutex_);
    if (const auto kept = visits_.find(key); kept != visits_.end()) return kept->second;
    JournalStore::Visit fresh;
    fresh.key = key;
    return fresh;
}

/// Lines of one lot that follow each other are one row.
void VisitBook::note_lot(const VisitName& name, std::size_t index, const Moment& now,
                         JournalStore::Memory& memory) const {
    const std::uint64_t visit = visit_key(name.visit);
    const std::uint64_t lot = lot_key(name.visit, name.lot);
    if (!memory.lots.empty()) {
        JournalStore::Lot& last = memory.lots.back();
        if (last.visit == visit && last.lot == lot && last.first.number + last.count == index) {
            ++last.count;
            return;
        }
    }
    memory.lots.push_back({visit, lot, {{}, index}, 1, 0, touched_at(now)});
}

Result<void> VisitBook::note(const VisitNews& news, const Moment& now) {
    if (news.visit.empty()) return {};
    JournalStore::Visit visit = known(visit_key(news.visit));
    visit.touched = touched_at(now);
    if (!news.med_type.empty()) visit.med_type = news.med_type;
    if (news.begun) visit.begun = visit.begun ? std::min(*visit.begun, *news.begun) : *news.begun;
    visit.admitted = visit.admitted || news.txn == Txn::admission;
    JournalStore::Memory memory;
    memory.visits.push_back(std::move(visit));
    remember(memory);
    return store_.remember(memory);
}

Result<bool> VisitBook::asked(std::string_view visit, std::optional<std::string_view> lot) const {
    ZIGE_TRY(lots, lot ? store_.lots_named(lot_key(visit, *lot)) : store_.lots_of(visit_key(visit)));
    return !lots.empty();
}

Result<std::vector<JournalStore::Lot>> VisitBook::lots_of(const Withdrawal& withdrawal) const {
    if (withdrawal.of_settlement) return lots_of_settlement(withdrawal);
    if (withdrawal.lot) return store_.lots_named(lot_key(withdrawal.visit, *withdrawal.lot));
    if (withdrawal.visit.empty()) return std::vector<JournalStore::Lot>();  // of no visit that anybody named
    ZIGE_TRY(lots, store_.lots_of(visit_key(withdrawal.visit)));
    std::erase_if(lots, [](const JournalStore::Lot& each) { return each.settlement != 0; });
    return lots;
}

Result<std::vector<JournalStore::Lot>> VisitBook::lots_of_settlement(const Withdrawal& withdrawal) const {
    if (!withdrawal.settlement.empty()) {
        ZIGE_TRY(named, store_.lots_settled_by(key('s', withdrawal.settlement, {})));
        if (!named.empty()) return named;
    }
    if (withdrawal.visit.empty()) return std::vector<JournalStore::Lot>();
    ZIGE_TRY(lots, store_.lots_of(visit_key(withdrawal.visit)));
    const bool any = std::ranges::any_of(lots, [](const JournalStore::Lot& each) { return each.settlement != 0; });
    if (any) std::erase_if(lots, [](const JournalStore::Lot& each) { return each.settlement == 0; });
    const auto one_of = [](const JournalStore::Lot& each) { return each.settlement != 0 ? each.settlement : each.lot; };
    const bool several = std::ranges::any_of(lots, [&](const auto& each) { return one_of(each) != one_of(lots[0]); });
    if (several) lots.clear();
    return lots;
}

Result<void> VisitBook::settled(std::string_view visit, std::optional<std::string_view> lot,
                                std::string_view settlement) {
    ZIGE_TRY(lots, lots_of({visit, lot, {}, false}));
    return store_.settle(lots, settlement.empty() ? key('u', visit, lot.value_or("")) : key('s', settlement, {}));
}

Result<void> VisitBook::unsettled(const Withdrawal& withdrawal) {
    ZIGE_TRY(lots, lots_of(withdrawal));
    return store_.settle(lots, 0);
}

Result<std::vector<wire::EntryName>> VisitBook::withdrawn_by(const Withdrawal& withdrawal) const {
    ZIGE_TRY(lots, lots_of(withdrawal));
    std::vector<wire::EntryName> decisions;
    for (const JournalStore::Lot& lot : lots)
        for (std::uint32_t i = 0; i < lot.count; ++i) decisions.push_back({lot.first.chapter, lot.first.number + i});
    return decisions;
}

Result<void> VisitBook::forget_old(Instant running) { return store_.forget_visits(running - kVisitsKept); }

void VisitBook::remember(const JournalStore::Memory& memory) {
    if (memory.visits.empty() && memory.refusals.empty()) return;
    const std::lock_guard lock(mutex_);
    for (const auto& each : memory.visits) merge(visits_.try_emplace(each.key, each).first->second, each);
    for (const auto& each : memory.refusals) refusals_.insert_or_assign(each.key, each);
    forget_some();
}

void VisitBook::forget_some() {
    shrink(visits_, [](const JournalStore::Visit& each) { return each.touched; });
    shrink(refusals_, [](const JournalStore::Refusal& each) { return each.touched; });
}

}  // namespace zige::agent
