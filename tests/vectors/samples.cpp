#include "tests/vectors/samples.h"

#include <algorithm>

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;
using zige::testing::fixed_signer;
using zige::testing::fixed_unsealer;

Day day(int year, unsigned month, unsigned at) {
    return Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{at}};
}

Times times(int seconds) {
    const Instant now = kPublished + std::chrono::seconds{seconds};
    return {kPublished, now, now - std::chrono::seconds{12}};
}

StandingInterval suspension() {
    return {Standing::suspended, day(2026, 11, 23), {}, day(2027, 2, 23), 9, "信医保处〔2026〕12号"};
}

Registration person(std::uint32_t no, const char* code, const char* name, Category category) {
    Registration r;
    r.no = {no};
    r.code = code;
    r.name = name;
    r.category = category;
    r.department = "A01";
    r.registered_from = day(2025, 3, 1);
    return r;
}

Bytes key_of(std::byte seed, Suite suite) { return fixed_signer(seed, suite)->public_key(); }

template <class Item>
Hash256 root_of(const std::vector<Item>& encoded, const Hasher& hasher) {
    std::vector<Hash256> leaves;
    for (const Bytes& each : encoded) leaves.push_back(merkle_leaf(each, hasher));
    return merkle_root(leaves, hasher);
}

Hash256 root_of_records(const std::vector<Record>& records, const Hasher& hasher) {
    std::vector<Bytes> encoded;
    for (const Record& each : records) encoded.push_back(encode(each));
    return root_of(encoded, hasher);
}

/// Before the suspension.
std::vector<Record> earlier_records() {
    std::vector<Record> all = records();
    std::get<Registration>(all[1]).standing.clear();
    return all;
}

std::byte seed_of_sender(MessageType type) {
    const bool by_agent =
        type == MessageType::sync_request || type == MessageType::hand_in || type == MessageType::renew_request;
    return by_agent ? kAgentKey : kOnlineKey;
}

}  // namespace

Hash256 filled(int byte) {
    Hash256 hash;
    hash.fill(static_cast<std::byte>(byte));
    return hash;
}

Uuid uuid(int byte) {
    Uuid id;
    id.fill(static_cast<std::byte>(byte));
    return id;
}

Bytes sender_key(MessageType type, Suite suite) { return key_of(seed_of_sender(type), suite); }

Bytes in_envelope(MessageType type, const Bytes& payload, Suite suite) {
    static const auto compressor = make_compressor(dictionaries());
    const auto signer = fixed_signer(seed_of_sender(type), suite);
    const Bytes kid =
        seed_of_sender(type) == kAgentKey ? Bytes{{}, {}, {}, std::byte{7}} : Bytes{std::byte{kOnlineKeyId}};
    return seal_envelope({kHub, type}, payload, kid, *signer, *compressor).value();
}

State previous(Suite suite) {
    const auto hasher = make_hasher(suite);
    const Hash256 root = root_of_records(earlier_records(), *hasher);
    return {{"H41150200017"}, {1}, {1017}, root, hasher->hash({encode(config())}), 1, filled(0xb0)};
}

State state(Suite suite) {
    const auto hasher = make_hasher(suite);
    State s = previous(suite);
    s.previous = state_hash(s, *hasher);
    s.seq = {1042};
    s.root = root_of_records(records(), *hasher);
    return s;
}

Head head(Suite suite) { return {state(suite), kPublished, 5}; }

/// A profile and a calendar of its own: vectors do not change when a bureau's values do.
Config config() {
    Profile p;
    p.id = "sample";
    p.version = 3;
    p.articles = {"信医保〔2025〕1号 第十四条", "信医保〔2025〕1号 第十八条"};
    p.article_suspended = p.article_terminated = 1;
    p.article_departed = 2;
    p.institution_kinds = {InstitutionKind::hospital, InstitutionKind::pharmacy};
    p.scope = {{InstitutionKind::hospital, Category::physician}, {InstitutionKind::pharmacy, Category::pharmacist}};
    p.roles = {{Txn::outpatient_fees, Role::ordering, RoleEffect::refuse, false},
               {Txn::pharmacy_settlement, Role::consultant, RoleEffect::refuse, true}};
    p.freshness = {{10, std::chrono::hours{72}, std::chrono::hours{360}, std::chrono::hours{1080}},
                   {UINT32_MAX, std::chrono::hours{4}, std::chrono::hours{72}, std::chrono::hours{240}}};
    p.chronic_med_type_prefixes = {"14"};
    p.emergency_med_types = {"13"};
    const CalendarYear year{2026, {day(2026, 1, 1), day(2026, 1, 2), day(2026, 1, 3)}, {day(2026, 1, 4)}, "sample"};
    return {p, Calendar::make({year}, {{day(2026, 3, 3), "地方假日"}}).value()};
}

std::vector<Record> records() {
    InstitutionRecord hospital;
    hospital.code = {"H41150200017"};
    hospital.name = "浉河区第二人民医院";
    hospital.division = "411502";
    hospital.mode_until = day(2027, 12, 31);
    hospital.history_from = day(2025, 10, 18);
    hospital.stops = {
        {StopKind::department_suspended, "B07", day(2026, 9, 1), day(2026, 10, 1), 8, "信医保协〔2026〕3号"}};
    Registration doctor = person(1, "D411502000123", "李明", Category::physician);
    doctor.standing = {suspension()};
    Registration nurse = person(3, "N411502004567", "欧阳晓敏", Category::nurse);
    nurse.commitment = {CommitmentKind::signed_on, day(2025, 2, 20)};
    nurse.last_day = day(2026, 9, 18);
    std::vector<Record> all;
    all.emplace_back(std::move(hospital));
    all.emplace_back(std::move(doctor));
    all.emplace_back(Alias{{2}, {1}, "0087"});
    all.emplace_back(std::move(nurse));
    Registration mother = person(4, "D411502000456", "周静", Category::physician);
    mother.leaves = {{LeaveKind::maternity, day(2026, 9, 1), day(2027, 2, 5)}};
    all.emplace_back(std::move(mother));
    return all;
}

Delta patch(Suite suite) {
    Delta delta;
    delta.state = state(suite);
    delta.hub_time = kPublished;
    delta.ineligible_version = 5;
    delta.patches.push_back({{1}, {suspension()}});
    return delta;
}

Delta snapshot(Suite suite) {
    Delta delta = patch(suite);
    delta.from = kGenesis;
    delta.config = encode(config());
    delta.records = records();
    delta.patches.clear();
    return delta;
}

Delta earlier_snapshot(Suite suite) {
    Delta delta = snapshot(suite);
    delta.state = previous(suite);
    delta.hub_time = kPublished - std::chrono::days{3};
    delta.records = earlier_records();
    return delta;
}

Manifest manifest_of(ByteView blob, Suite suite) {
    const auto hasher = make_hasher(suite);
    Manifest m{kGenesis, state_hash(state(suite), *hasher), blob.size(), hasher->hash({blob}), {}};
    for (std::size_t at = 0; at < blob.size(); at += kChunkBytes)
        m.chunks.push_back(hasher->hash({blob.subspan(at, std::min(kChunkBytes, blob.size() - at))}));
    return m;
}

Manifest manifest() {
    return {kGenesis, filled(0x5a), 2 * kChunkBytes + 17, filled(0x77), {filled(1), filled(2), filled(3)}};
}

JournalEntry chapter_entry() { return {1, times(0), ChapterEntry{{7}, {1}, "zige-agent 0.1.0", {}}}; }

JournalEntry decision_entry() {
    DecisionEntry d;
    d.claim_id = "MZ20261123000871";
    d.line_id = "1";
    d.idempotency_key = "6f1c1b0e-1d1f-4a53-9c1e-0c0de5ed0001";
    d.fee_time = kPublished + std::chrono::hours{24};
    d.prescribed_at = d.fee_time - std::chrono::hours{2};
    d.department = "A01";
    d.med_type = "11";
    d.amount = {12850};
    d.judged = Outcome::deny;
    d.served = Outcome::deny;
    d.grounds = {Ground::suspended};
    d.people = {{Role::ordering, "D411502000123", PersonFound::registered, {1}, Outcome::deny}};
    d.state_hash = state_hash(state(), *make_hasher(kFirstSuite));
    return {2, times(86'400), d};
}

JournalEntry contact_entry() { return {3, times(86'460), ContactEntry{uuid(0x7c)}}; }
JournalEntry filing_entry() { return {4, times(90'000), FilingEntry{encode(departure())}}; }
JournalEntry phone_code_entry() { return {5, times(93'600), PhoneCodeEntry{1, 5}}; }
JournalEntry forward_entry() {
    return {6, times(97'200), ForwardEntry{"2207", "H41150200017202611251200000001", filled(0x4d), 1, ForwardState::unknown, true, ""}};
}

JournalEntry released_entry() {
    JournalEntry entry = decision_entry();
    entry.index = 7;
    auto& d = std::get<DecisionEntry>(entry.body);
    d.idempotency_key = "";
    d.judged = d.served = Outcome::allow_marked;
    d.grounds = {Ground::unmapped, Ground::reattribution, Ground::responsible_release};
    d.people = {{Role::ordering, "0042", PersonFound::unmapped, {}, Outcome::allow_marked}};
    d.release_reason = "新入职，代码未维护";
    d.released_by = "赵院长";
    d.order_number = "YZ20261124000031";
    d.order_written = d.fee_time - std::chrono::minutes{20};
    return entry;
}
JournalEntry evidence_entry() {
    return {8, times(100'800), EvidenceEntry{{{1}, 2}, EmergencyKind::rescue, kPublished + std::chrono::hours{24},
                                            kPublished + std::chrono::hours{25}, "QJ20261124-03", "抢救记录已归档", "王伟"}};
}
JournalEntry reversal_entry() {
    return {9, times(104'400), ReversalEntry{{{{1}, 2}, {{1}, 7}}, "2205", "患者取消", "收费处"}};
}

Segment segment(Suite suite) {
    const auto hasher = make_hasher(suite);
    Segment s{{7}, {1}, 1, chain_start({7}, {1}, *hasher), {encode(chapter_entry()), encode(decision_entry())}, {}};
    const Bytes message = batch_message({7}, {1}, 1, 2, root_of(s.entries, *hasher));
    s.batches = {{1, 2, fixed_signer(kAgentKey, suite)->sign(message).value()}};
    return s;
}

Filing departure() {
    return {uuid(0xd1), times(90'000), "王芳", DepartureFiling{{3}, day(2026, 11, 20), "解除劳动合同"}};
}
Filing undo() { return {uuid(0xd2), times(91'000), "王芳", UndoFiling{uuid(0xd1)}}; }
Filing window() {
    return {uuid(0xd3), times(92'000), "王芳", WindowFiling{uuid(0xd1), day(2026, 11, 24), "DT2026112400031"}};
}

SyncRequest sync_request(Suite suite) {
    const auto hasher = make_hasher(suite);
    SyncRequest r;
    r.agent = {7};
    r.chapter = {1};
    r.institution = {"H41150200017"};
    r.epoch = {1};
    r.seq = {1042};
    r.state_hash = state_hash(state(suite), *hasher);
    r.ineligible_version = 5;
    r.trust_version = 1;
    r.segments = {segment(suite)};
    r.journal_size = 2;
    r.journal_hash = chain_start({7}, {1}, *hasher);
    for (const Bytes& entry : r.segments[0].entries) r.journal_hash = chain_next(r.journal_hash, entry, *hasher);
    r.times = times(90'100);
    r.health = {"zige-agent 0.1.0", false, false, 2, 1, false, false, kIssued + std::chrono::days{365}};
    r.filings = {encode(departure())};
    return r;
}

Held held(Suite suite) {
    Held h;
    h.agent = {7};
    h.chapter = {1};
    h.size = 2;
    h.hash = sync_request(suite).journal_hash;
    h.hub_time = kPublished + std::chrono::seconds{90'101};
    h.state_hash = state_hash(state(suite), *make_hasher(suite));
    h.results = {{uuid(0xd1), true, {}, {1043}, {}},
                 {uuid(0xd2), false, ErrorId::departure_already, {}, {}},
                 {uuid(0xd4), true, {}, {1043}, {5}}};
    h.next_contact = h.hub_time + std::chrono::minutes{15};
    return h;
}

SyncAnswer sync_answer(Suite suite) {
    return {{},
            MessageType::head,
            in_envelope(MessageType::head, encode(head(suite)), suite),
            in_envelope(MessageType::held, encode(held(suite)), suite),
            {}};
}

TrustDocument trust(std::uint32_t version, Suite suite) {
    TrustDocument d;
    d.suite = suite;
    d.version = version;
    d.hub_id = kHub;
    d.issued = kIssued;
    d.root_keys = {key_of(version == 1 ? kRootKey : kSecondRootKey, suite)};
    d.online_keys = {{kOnlineKeyId, key_of(kOnlineKey, suite), kIssued, kIssued + std::chrono::days{90}}};
    d.sealing_key = fixed_unsealer(kHubSealingKey, suite)->public_key();
    d.tls_ca = tls_ca();
    return d;
}

SignedTrust signed_trust(const TrustDocument& document, const std::vector<std::byte>& signers) {
    SignedTrust trust{encode(document), {}};
    for (const std::byte seed : signers)
        trust.signatures.push_back(sign_trust(trust.document, *fixed_signer(seed, document.suite)).value());
    return trust;
}

EnrolRequest enrol_request(Suite suite) {
    return {"R7Q2-8KXD-1M4T", tls_request(), key_of(kAgentKey, suite),
            fixed_unsealer(kAgentSealingKey, suite)->public_key()};
}
EnrolAnswer enrol_answer() { return {{7}, {2}, {"H41150200017"}, tls_certificate(), kPublished, {3}}; }

IneligibleUpdate ineligible(Suite suite) {
    const auto hasher = make_hasher(suite);
    IneligibleUpdate u;
    u.version = 5;
    u.salt = Bytes(16, std::byte{0x5e});
    for (const char* code : {"D411502000123", "D411525000777"})
        u.added.push_back({ineligible_key(u.salt, code, *hasher), Standing::suspended, day(2026, 11, 23), {}});
    u.added[1].end = day(2027, 1, 1);
    std::ranges::sort(u.added, {}, &IneligibleEntry::key);
    u.digest = ineligible_digest(u.added, u.salt, *hasher);
    return u;
}

}  // namespace zige::vectors
