#include "tests/unit/wire/random_messages.h"

#include <algorithm>
#include <tuple>

#include "shared/ports/crypto.h"
#include "shared/wire/limits.h"

namespace zige::wire::testing {
namespace {

DecisionEntry draw_decision(Draw& d) {
    DecisionEntry e;
    e.claim_id = d.text(kMaxCode);
    e.line_id = d.text(kMaxCode);
    e.idempotency_key = d.text(kMaxIdempotencyKey);
    e.txn = d.code<Txn>();
    e.item = d.code<ItemClass>();
    e.insured = d.chance(50);
    e.fee_time = d.instant();
    if (d.chance(50)) e.prescribed_at = d.instant();
    e.department = d.text(kMaxCode);
    e.med_type = d.text(kMaxCode);
    e.amount.value = static_cast<std::int64_t>(d.number(2'000'000'000'000)) - 1'000'000'000'000;
    e.judged = d.code<Outcome>();
    e.served = d.code<Outcome>();
    for (std::uint64_t n = d.number(4); n > 0; --n) e.grounds.push_back(d.code<Ground>());
    for (std::uint64_t n = d.number(4); n > 0; --n)
        e.people.push_back(
            {d.code<Role>(), d.text(kMaxCode), d.code<PersonFound>(), {d.any<std::uint32_t>()}, d.code<Outcome>()});
    e.emergency = d.code<EmergencyKind>();
    e.emergency_reason = d.text(90);
    e.emergency_by = d.text(30);
    if (d.chance(80)) e.state_hash = d.hash();
    e.mode = d.code<Mode>();
    if (d.chance(30)) {
        e.release_reason = d.text(60, 1);
        e.released_by = d.text(30);
    }
    if (d.chance(30)) {
        e.order_number = d.text(kMaxCode, 1);
        if (d.chance(70)) e.order_written = d.instant();
    }
    return e;
}

EntryName draw_name(Draw& d) { return {{d.any<std::uint32_t>(1)}, d.number(kMaxSeq, 1)}; }

EvidenceEntry draw_evidence(Draw& d) {
    EvidenceEntry e;
    e.decision = draw_name(d);
    e.kind = d.code<EmergencyKind>();
    e.begun = d.instant();
    e.ended = std::max(e.begun, d.instant());
    e.record_number = d.text(kMaxCode);
    e.text = d.text(90);
    e.by = d.text(30, 1);
    return e;
}

ReversalEntry draw_reversal(Draw& d) {
    ReversalEntry e;
    for (std::uint64_t n = d.number(5, 1); n > 0; --n) e.decisions.push_back(draw_name(d));
    std::ranges::sort(e.decisions);
    const auto twice = std::ranges::unique(e.decisions);
    e.decisions.erase(twice.begin(), twice.end());
    e.infno = d.text(kMaxInfno);
    e.reason = d.text(60);
    e.by = d.text(30, 1);
    return e;
}

ChapterEntry draw_chapter(Draw& d) {
    ChapterEntry e{{d.any<std::uint32_t>(1)}, {d.any<std::uint32_t>(1)}, d.text(20), {}};
    if (d.chance(50))
        e.before = ChapterBefore{{d.any<std::uint32_t>(1)}, {d.any<std::uint32_t>(1)}, d.number(kMaxSeq), d.hash()};
    return e;
}

ForwardEntry draw_forward(Draw& d) {
    ForwardEntry e;
    e.infno = d.text(kMaxInfno, 1);
    e.msgid = d.text(kMaxCode, 1);
    e.message = d.hash();
    e.attempt = static_cast<std::uint32_t>(d.number(kMaxForwards, 1));
    e.state = d.code<ForwardState>();
    e.lines_unseen = d.chance(50);
    e.infcode = d.text(kMaxCode);
    return e;
}

std::vector<IneligibleEntry> draw_ineligible(Draw& d) {
    std::vector<IneligibleEntry> entries;
    for (std::uint64_t n = d.number(20); n > 0; --n) {
        IneligibleEntry entry{{}, d.code<Standing>(), d.day(), d.maybe_day()};
        for (std::byte& each : entry.key) each = static_cast<std::byte>(d.number(255));
        entries.push_back(entry);
    }
    const auto order = [](const auto& e) { return std::tuple(e.key, e.from, e.status, e.end); };
    std::ranges::sort(entries, {}, order);
    const auto same = std::ranges::unique(entries, {}, order);
    entries.erase(same.begin(), same.end());
    return entries;
}

}  // namespace

State draw_state(Draw& d) {
    return {{d.text(kMaxInstitutionCode, 1)},
            {d.any<std::uint32_t>()},
            {d.number(kMaxSeq)},
            d.hash(),
            d.hash(),
            d.any<std::uint32_t>(),
            d.hash()};
}

Head draw_head(Draw& d) { return {draw_state(d), d.instant(), d.any<std::uint32_t>()}; }

Config draw_config(Draw& d) { return {d.profile(), d.calendar()}; }

Record draw_record(Draw& d) { return d.record({d.chance(30) ? 0 : d.any<std::uint32_t>()}); }

Delta draw_delta(Draw& d) {
    Delta delta{draw_state(d), d.instant(), d.any<std::uint32_t>(), {}, {}, d.records(), {}};
    if (d.chance(50)) delta.from = d.chance(50) ? kGenesis : d.hash();
    if (d.chance(50)) delta.config = d.bytes(400, 1);
    std::uint32_t no = 0;
    for (std::uint64_t n = d.number(5); n > 0; --n) {
        no += static_cast<std::uint32_t>(d.number(70'000, 1));
        const bool taken =
            std::ranges::any_of(delta.records, [&](const Record& r) { return record_no(r).value == no; });
        if (!taken) delta.patches.push_back({{no}, d.timeline()});
    }
    return delta;
}

Manifest draw_manifest(Draw& d) {
    Manifest manifest{d.chance(30) ? kGenesis : d.hash(), d.hash(), d.number(40 * kChunkBytes, 1), d.hash(), {}};
    for (std::uint64_t at = 0; at < manifest.size; at += kChunkBytes) manifest.chunks.push_back(d.hash());
    return manifest;
}

JournalEntry draw_journal_entry(Draw& d) {
    JournalEntry entry{d.number(kMaxSeq, 1), d.times(), {}};
    switch (d.number(7)) {
        case 0: entry.body = draw_chapter(d); break;
        case 1: entry.body = draw_decision(d); break;
        case 2: entry.body = ContactEntry{d.uuid()}; break;
        case 3: entry.body = PhoneCodeEntry{d.any<std::uint32_t>(1), static_cast<std::uint32_t>(d.number(15, 1))}; break;
        case 4: entry.body = draw_forward(d); break;
        case 5: entry.body = draw_evidence(d); break;
        case 6: entry.body = draw_reversal(d); break;
        default: entry.body = FilingEntry{d.bytes(200, 1)}; break;
    }
    return entry;
}

Segment draw_segment(Draw& d) {
    Segment segment{{d.any<std::uint32_t>(1)}, {d.any<std::uint32_t>(1)}, d.number(kMaxSeq, 1), d.hash(), {}, {}};
    for (std::uint64_t n = d.number(5); n > 0; --n) segment.entries.push_back(d.bytes(300, 1));
    for (std::uint64_t n = d.number(3); n > 0; --n) {
        const std::uint64_t first = d.number(kMaxSeq, 1);
        segment.batches.push_back({first, d.number(kMaxSeq, first), d.bytes(64, 64)});
    }
    return segment;
}

StateProof draw_proof(Draw& d) { return {d.chance(50) ? MessageType::head : MessageType::held, d.bytes(200, 1)}; }

SyncRequest draw_sync_request(Draw& d) {
    SyncRequest r;
    r.agent = {d.any<std::uint32_t>(1)};
    r.chapter = {d.any<std::uint32_t>(1)};
    r.institution = {d.text(kMaxInstitutionCode, 1)};
    r.epoch = {d.any<std::uint32_t>()};
    r.seq = {d.number(kMaxSeq)};
    if (d.chance(70)) r.state_hash = d.hash();
    if (d.chance(30)) r.staged = d.hash();
    r.ineligible_version = d.any<std::uint32_t>();
    r.trust_version = d.any<std::uint32_t>();
    r.journal_size = d.number(kMaxSeq);
    r.journal_hash = d.hash();
    r.times = d.times();
    r.health = {d.text(20),   d.chance(50), d.chance(50), d.any<std::uint32_t>(), d.any<std::uint32_t>(),
                d.chance(50), d.chance(50), d.instant()};
    for (std::uint64_t n = d.number(2); n > 0; --n) r.segments.push_back(draw_segment(d));
    for (std::uint64_t n = d.number(3); n > 0; --n) r.filings.push_back(d.bytes(100, 1));
    if (d.chance(50)) r.proof = draw_proof(d);
    return r;
}

Held draw_held(Draw& d) {
    Held held{{d.any<std::uint32_t>(1)},
              {d.any<std::uint32_t>(1)},
              d.number(kMaxSeq),
              d.hash(),
              d.instant(),
              {},
              d.chance(50),
              {},
              d.instant(),
              {},
              d.chance(50),
              d.chance(50),
              {}};
    if (d.chance(50) && held.chapter.value < UINT32_MAX) held.open_chapter = Chapter{held.chapter.value + 1};
    for (std::uint64_t n = d.number(3); n > 0; --n)
        held.earlier.push_back({{d.any<std::uint32_t>(1)}, {d.any<std::uint32_t>(1)}, d.number(kMaxSeq), d.hash()});
    if (d.chance(80)) held.state_hash = d.hash();
    for (std::uint64_t n = d.number(3); n > 0; --n) {
        FilingResult result{d.uuid(), d.chance(50), {}, {d.number(kMaxSeq)}, {d.any<std::uint32_t>()}};
        if (!result.accepted) result.reason = d.code<ErrorId>();
        held.results.push_back(result);
    }
    return held;
}

SyncAnswer draw_sync_answer(Draw& d) {
    static constexpr MessageType kTypes[] = {MessageType::head, MessageType::delta, MessageType::manifest};
    SyncAnswer answer{{}, kTypes[d.number(2)], d.bytes(300, 1), d.bytes(300, 1), {}};
    for (std::uint64_t n = d.number(3); n > 0; --n) answer.trust.push_back(d.bytes(300, 1));
    if (d.chance(50)) answer.ineligible = d.bytes(300, 1);
    if (answer.institution_type == MessageType::head && d.chance(30)) answer.institution.clear();
    return answer;
}

TrustDocument draw_trust_document(Draw& d) {
    TrustDocument t;
    t.version = d.any<std::uint32_t>(1);
    t.hub_id = d.text(kMaxHubId, 1);
    t.suite = d.code<Suite>();
    t.issued = d.instant();
    const std::size_t key = public_key_bytes(t.suite);
    for (std::uint64_t n = d.number(4, 1); n > 0; --n) t.root_keys.push_back(d.bytes(key, key));
    t.threshold = static_cast<std::uint8_t>(d.number(t.root_keys.size(), 1));
    for (std::uint64_t n = d.number(3, 1); n > 0; --n) {
        const Instant from{std::chrono::seconds{d.number(4'000'000'000)}};
        t.online_keys.push_back({static_cast<std::uint8_t>(n), d.bytes(key, key), from,
                                 from + std::chrono::seconds{d.number(90 * 86'400, 1)}});
    }
    t.sealing_key = d.bytes(key, key);
    t.tls_ca = d.bytes(500, 1);
    if (d.chance(50)) t.reset = TrustReset{t.online_keys.back().not_before, {d.any<std::uint32_t>()}};
    return t;
}

SignedTrust draw_signed_trust(Draw& d) {
    SignedTrust trust{d.bytes(500, 1), {}};
    for (std::uint64_t n = d.number(3, 1); n > 0; --n) trust.signatures.push_back({d.bytes(4, 4), d.bytes(64, 64)});
    return trust;
}

EnrolRequest draw_enrol_request(Draw& d) { return {d.text(128, 1), d.bytes(400, 1), d.bytes(33, 32), d.bytes(33, 32)}; }

EnrolAnswer draw_enrol_answer(Draw& d) {
    return {{d.any<std::uint32_t>(1)},
            {d.any<std::uint32_t>(1)},
            {d.text(kMaxInstitutionCode, 1)},
            d.bytes(400, 1),
            d.instant(),
            {d.any<std::uint32_t>()}};
}

IneligibleUpdate draw_ineligible_update(Draw& d) {
    IneligibleUpdate update{
        d.any<std::uint32_t>(), d.any<std::uint32_t>(), d.bytes(32, 16), d.hash(), draw_ineligible(d), {}};
    if (update.from != 0) update.removed = draw_ineligible(d);
    return update;
}

}  // namespace zige::wire::testing
