#include "hub/core/rotation.h"

#include "hub/core/key_files.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;

struct SuiteRow {
    const char* name;
    Suite suite;
};
const SuiteRow kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};

std::unique_ptr<Signer> signer_in(HubFixture& f, const std::string& path) {
    return must(f.keys->open_signing_key(as_text(must(f.files.read(path, 4096)))));
}
std::unique_ptr<Signer> root(HubFixture& f) { return signer_in(f, "/stick/root.key"); }

/// A root key that was made on another machine.
std::unique_ptr<Signer> new_root(HubFixture& f) {
    return must(f.keys->open_signing_key(must(f.keys->make_signing_key())));
}

Result<Published> rotate(HubFixture& f, const NextTrust& wish = {}) {
    ZIGE_TRY(draft, f.hub().rotation().draft(wish));
    ZIGE_CHECK(sign_draft(draft, *root(f), *f.verifier));
    return f.hub().rotation().publish(kOperator, draft);
}

std::uint8_t kid_of(ByteView envelope) {
    return std::to_integer<std::uint8_t>(must(wire::envelope_kid(envelope)).at(0));
}

std::uint8_t signs(HubFixture& f) { return kid_of(must(f.hub().feed().head(kHospital))); }

bool logged(HubFixture& f, HubEvent kind) {
    for (const LogEvent& event : must(f.hub().log(0, 10'000)))
        if (event.event == kind) return true;
    return false;
}

TEST_EACH(Rotation, is_one_signed_step_and_the_new_key_signs, kSuites) {
    HubFixture f(row.suite);
    f.add(kHospital);
    CPPUNIT_ASSERT_EQUAL(1, int(signs(f)));
    f.clock.advance(hours{24 * 30});
    must(rotate(f));
    CPPUNIT_ASSERT_EQUAL(2, int(signs(f)));
    const auto keys = f.hub().trust().document().online_keys;
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, keys.size());  // what the first one signed is still taken
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{2}, f.hub().trust().version());
    CPPUNIT_ASSERT(logged(f, HubEvent::trust_rotated));
    must(f.reopen());
    CPPUNIT_ASSERT_EQUAL(2, int(signs(f)));
}

struct RootsRow {
    const char* name;
    Suite suite;
    std::size_t roots;
    std::uint8_t threshold;
};
const RootsRow kRoots[] = {
    {"ed25519_sha256_1_of_1", Suite::ed25519_sha256, 1, 1},
    {"ed25519_sha256_3_of_5", Suite::ed25519_sha256, 5, 3},
    {"sm2_sm3_1_of_1", Suite::sm2_sm3, 1, 1},
    {"sm2_sm3_2_of_3", Suite::sm2_sm3, 3, 2},
    {"sm2_sm3_3_of_5", Suite::sm2_sm3, 5, 3},
};

using Roots = std::vector<std::unique_ptr<Signer>>;

/// All of `roots` sign, which may be more than are needed.
Result<Published> rotate(HubFixture& f, const NextTrust& wish, const Roots& roots) {
    ZIGE_TRY(draft, f.hub().rotation().draft(wish));
    for (const auto& root : roots) ZIGE_CHECK(sign_draft(draft, *root, *f.verifier));
    return f.hub().rotation().publish(kOperator, draft);
}

/// From the one root that the hub was made with: it signs too, this once.
Roots handed_on_to(HubFixture& f, const RootsRow& row) {
    Roots roots;
    roots.push_back(root(f));
    while (roots.size() < row.roots) roots.push_back(new_root(f));
    NextTrust wish;
    for (const auto& each : roots) wish.root_keys.push_back(each->public_key());
    wish.threshold = row.threshold;
    must(rotate(f, wish, roots));
    return roots;
}

/// Each document keeps three online keys from the third month on: the largest that a plain rotation gives.
TEST_EACH(Rotation, can_be_missed_24_times_at_a_kilobyte_each, kRoots) {
    HubFixture f(row.suite);
    f.add(kHospital);
    const Roots roots = handed_on_to(f, row);
    for (int month = 0; month < 24; ++month) {
        f.clock.advance(hours{24 * 30});
        must(rotate(f, {}, roots));
    }
    auto document =
        must(wire::decode_trust_document(must(wire::decode_signed_trust(f.hub().trust().chain()[1])).document));
    const std::vector<Bytes> missed = f.hub().trust().chain_after(2);
    CPPUNIT_ASSERT_EQUAL(std::size_t{24}, missed.size());
    for (const Bytes& step : missed) {
        CPPUNIT_ASSERT_MESSAGE(std::to_string(step.size()), step.size() <= 1000);
        const auto signed_step = must(wire::decode_signed_trust(step));
        CPPUNIT_ASSERT_EQUAL(std::size_t{row.threshold}, signed_step.signatures.size());
        document = must(wire::check_trust(&document, signed_step, *f.verifier));
    }
    CPPUNIT_ASSERT_EQUAL(kKeptOnlineKeys, document.online_keys.size());
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{26}, document.version);
    CPPUNIT_ASSERT_EQUAL(int(document.online_keys.back().id), int(signs(f)));
}

TEST(Rotation, an_old_state_is_signed_with_a_time_that_the_new_key_may_sign) {
    HubFixture f;
    f.add(kHospital);
    f.clock.advance(hours{24 * 80});
    must(rotate(f));
    const Feed::Answer answer = must(f.hub().feed().update(kHospital, wire::kGenesis));
    const auto delta = must(wire::decode_delta(open(f, MessageType::delta, answer.envelope)));
    CPPUNIT_ASSERT_EQUAL(2, int(kid_of(answer.envelope)));
    const auto key = must(wire::find_online_key(f.hub().trust().document(), must(wire::envelope_kid(answer.envelope))));
    CPPUNIT_ASSERT(wire::check_key_time(key, delta.hub_time).ok());
    CPPUNIT_ASSERT(delta.hub_time == f.clock.wall());
}

TEST(Rotation, serves_nothing_that_a_dropped_key_signed) {
    HubFixture f;
    f.add(kHospital);
    CPPUNIT_ASSERT_EQUAL(1, int(kid_of(must(f.hub().feed().update(kHospital, wire::kGenesis)).envelope)));
    NextTrust wish;
    wish.revoke = 1;
    must(rotate(f, wish));
    CPPUNIT_ASSERT_EQUAL(2, int(kid_of(must(f.hub().feed().update(kHospital, wire::kGenesis)).envelope)));
    CPPUNIT_ASSERT_EQUAL(2, int(signs(f)));
}

TEST(Rotation, a_revoked_key_never_comes_back) {
    HubFixture f;
    f.add(kHospital);
    NextTrust wish;
    wish.revoke = 1;
    must(rotate(f, wish));
    CPPUNIT_ASSERT(logged(f, HubEvent::trust_revoked));
    auto keys = f.hub().trust().document().online_keys;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, keys.size());
    CPPUNIT_ASSERT_EQUAL(2, int(keys[0].id));
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_key_unknown, rotate(f, wish).error().id);
    wish.revoke = 2;
    must(rotate(f, wish));
    CPPUNIT_ASSERT_EQUAL(3, int(f.hub().trust().document().online_keys.at(0).id));
}

TEST(Rotation, a_dropped_id_is_refused_even_when_root_signed_it) {
    HubFixture f;
    f.add(kHospital);
    NextTrust revoked;
    revoked.revoke = 1;
    must(rotate(f, revoked));
    TrustDraft draft = must(f.hub().rotation().draft({}));
    auto document = must(wire::decode_trust_document(draft.next.document));
    document.online_keys.back().id = 1;
    std::ranges::reverse(document.online_keys);
    draft.next.document = wire::encode(document);
    must(sign_draft(draft, *root(f), *f.verifier));
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_key_reused, f.hub().rotation().publish(kOperator, draft).error().id);
}

TEST(Rotation, a_key_that_ended_signs_nothing_until_the_next) {
    HubFixture f;
    f.add(kHospital);
    f.clock.advance(hours{24 * 91});
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_key_out_of_date, f.hub().feed().head(kHospital).error().id);
    CPPUNIT_ASSERT(must(f.hub().report().status()).online_key_until == Instant{});
    must(rotate(f));
    CPPUNIT_ASSERT_EQUAL(2, int(signs(f)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.hub().trust().document().online_keys.size());
}

TEST(Rotation, goes_on_with_an_older_key_when_the_newest_is_lost) {
    HubFixture f;
    f.add(kHospital);
    must(rotate(f));
    const auto newest = f.hub().trust().document().online_keys.back();
    must(f.files.remove("/keys/" + KeyFiles::name_of(KeyFiles::kOnline, newest.public_key)));
    must(f.reopen());
    CPPUNIT_ASSERT_EQUAL(1, int(signs(f)));
    const auto keys = f.hub().trust().online_keys(f.clock.wall());
    CPPUNIT_ASSERT(keys[0].signs && keys[0].here && !keys[1].here);
}

TEST(Rotation, needs_the_threshold_of_both_documents) {
    HubFixture f;
    f.add(kHospital);
    const auto second = new_root(f);
    const auto third = new_root(f);
    NextTrust wish;
    wish.root_keys = {root(f)->public_key(), second->public_key(), third->public_key()};
    wish.threshold = 2;
    TrustDraft draft = must(f.hub().rotation().draft(wish));
    const auto publish = [&] { return f.hub().rotation().publish(kOperator, draft); };
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_no_quorum, publish().error().id);
    must(sign_draft(draft, *second, *f.verifier));
    must(sign_draft(draft, *third, *f.verifier));
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_no_quorum, publish().error().id);  // the former root has not signed
    CPPUNIT_ASSERT(!must(read_draft(draft, *f.verifier)).complete());
    must(sign_draft(draft, *root(f), *f.verifier));
    CPPUNIT_ASSERT(must(read_draft(draft, *f.verifier)).complete());
    must(publish());
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_no_quorum, rotate(f).error().id);  // one is not enough any more
    draft = must(f.hub().rotation().draft({}));
    must(sign_draft(draft, *second, *f.verifier));
    must(sign_draft(draft, *third, *f.verifier));
    must(publish());
}

TEST(Rotation, a_draft_is_published_once) {
    HubFixture f;
    TrustDraft draft = must(f.hub().rotation().draft({}));
    must(sign_draft(draft, *root(f), *f.verifier));
    must(f.hub().rotation().publish(kOperator, draft));
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_bad_version, f.hub().rotation().publish(kOperator, draft).error().id);
}

TEST(Rotation, a_stranger_cannot_sign) {
    HubFixture f;
    TrustDraft draft = must(f.hub().rotation().draft({}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_key_unknown, sign_draft(draft, *new_root(f), *f.verifier).error().id);
    CPPUNIT_ASSERT(draft.next.signatures.empty());
}

TEST(Rotation, a_damaged_signature_counts_as_none_and_is_not_published) {
    HubFixture f;
    TrustDraft draft = must(f.hub().rotation().draft({}));
    must(sign_draft(draft, *root(f), *f.verifier));
    draft.next.signatures[0].signature[5] ^= std::byte{1};
    CPPUNIT_ASSERT(!must(read_draft(draft, *f.verifier)).complete());
    must(sign_draft(draft, *root(f), *f.verifier));
    must(sign_draft(draft, *root(f), *f.verifier));  // is there already
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, draft.next.signatures.size());
    must(f.hub().rotation().publish(kOperator, draft));
    const auto published = must(wire::decode_signed_trust(f.hub().trust().chain_after(1)[0]));
    CPPUNIT_ASSERT(published.signatures == std::vector<wire::RootSignature>{draft.next.signatures[1]});
}

TEST(Rotation, publishes_no_key_that_it_does_not_have) {
    HubFixture f;
    TrustDraft draft = must(f.hub().rotation().draft({}));
    must(sign_draft(draft, *root(f), *f.verifier));
    const auto document = must(wire::decode_trust_document(draft.next.document));
    must(f.files.remove("/keys/" + KeyFiles::name_of(KeyFiles::kOnline, document.online_keys.back().public_key)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, f.hub().rotation().publish(kOperator, draft).error().id);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, f.hub().trust().version());
}

TEST_EACH(Rotation, replaces_sealing_key_and_tls_authority, kSuites) {
    HubFixture f(row.suite);
    const auto before = f.hub().trust().document();
    NextTrust wish;
    wish.sealing_key = wish.tls = true;
    must(rotate(f, wish));
    const auto now = f.hub().trust().document();
    CPPUNIT_ASSERT(now.sealing_key != before.sealing_key && now.tls_ca != before.tls_ca);
    CPPUNIT_ASSERT(f.hub().trust().unsealer().public_key() == now.sealing_key);
    const ByteView old_reader = ByteView(before.sealing_key).last(8);
    CPPUNIT_ASSERT(f.hub().trust().unsealer_for(old_reader) != nullptr);  // agents that have not heard yet
    must(f.reopen());
    CPPUNIT_ASSERT(f.hub().trust().tls_server().authority == now.tls_ca);
    CPPUNIT_ASSERT(f.hub().trust().tls_server().older_authorities == std::vector<Bytes>{before.tls_ca});
}

struct BadWish {
    const char* name;
    ErrorId error;
    std::function<void(NextTrust&)> change;
};
const BadWish kBadWishes[] = {
    {"no_validity", ErrorId::usage_bad_argument, [](NextTrust& w) { w.online_validity = days{0}; }},
    {"over_90_days", ErrorId::usage_bad_argument, [](NextTrust& w) { w.online_validity = days{91}; }},
    {"threshold_above_the_roots", ErrorId::usage_bad_argument, [](NextTrust& w) { w.threshold = 2; }},
    {"threshold_0", ErrorId::usage_bad_argument, [](NextTrust& w) { w.threshold = 0; }},
    {"unknown_key", ErrorId::trust_key_unknown, [](NextTrust& w) { w.revoke = 9; }},
    {"a_root_twice", ErrorId::wire_duplicate_key,
     [](NextTrust& w) {
         w.root_keys = {Bytes(32), Bytes(32)};
     }},
    {"a_root_of_another_suite", ErrorId::wire_bad_value, [](NextTrust& w) { w.root_keys = {Bytes(31)}; }},
};
TEST_EACH(Rotation, draws_up_nothing_that_agents_would_refuse, kBadWishes) {
    HubFixture f;
    NextTrust wish;
    row.change(wish);
    const auto draft = f.hub().rotation().draft(wish);
    CPPUNIT_ASSERT(!draft.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, draft.error().id);
}

TEST(Rotation, resets_time_and_epoch_of_all_agents) {
    HubFixture f;
    f.add(kHospital);
    NextTrust wish;
    wish.reset = wire::TrustReset{f.clock.wall(), Epoch{5}};
    must(rotate(f, wish));
    CPPUNIT_ASSERT(f.hub().trust().document().reset == wish.reset);
    CPPUNIT_ASSERT(logged(f, HubEvent::time_reset));
    const auto head = must(wire::decode_head(open(f, MessageType::head, must(f.hub().feed().head(kHospital)))));
    CPPUNIT_ASSERT_EQUAL(Epoch{5}, head.state.epoch);
    must(f.reopen());
    CPPUNIT_ASSERT(!f.hub().stopped());
    wish.reset->epoch = Epoch{2};  // and back
    must(rotate(f, wish));
    CPPUNIT_ASSERT_EQUAL(Epoch{2}, must(f.hub().feed().current(kHospital)).state.epoch);
    must(f.reopen());
    CPPUNIT_ASSERT(!f.hub().stopped());
    must(rotate(f));
    CPPUNIT_ASSERT(!f.hub().trust().document().reset);  // the next document does not do it again
}

TEST(TrustDraft, comes_back_as_it_went) {
    HubFixture f;
    TrustDraft draft = must(f.hub().rotation().draft({}));
    CPPUNIT_ASSERT(must(decode_trust_draft(encode(draft))) == draft);
    must(sign_draft(draft, *root(f), *f.verifier));
    const Bytes bytes = encode(draft);
    CPPUNIT_ASSERT(must(decode_trust_draft(bytes)) == draft);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        CPPUNIT_ASSERT(!decode_trust_draft(ByteView(bytes).first(cut)).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, decode_trust_draft(Bytes(kMaxDraftBytes + 1)).error().id);
}

}  // namespace
}  // namespace zige::hub::testing
