#include "hub/core/agent_life.h"

#include <algorithm>

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

/// An agent whose entries 1 and 2 are held, 3 and 4 are not; a slip for its place.
struct Scene : HubFixture {
    Scene() {
        add(kHospital);
        add(kPharmacy, InstitutionKind::pharmacy);
        import(kHospital, {row("D411500000001", "张伟", "110105194912310021")});
        old = std::make_unique<TestAgent>(*this, kHospital);
        old->append(wire::ChapterEntry{old->id, old->chapter, "test", {}});
        old->contact(1);
        old->sync();
        old->contact(2);
        old->contact(3);
        next = std::make_unique<TestAgent>(*this);
    }
    std::string slip_for(AgentId replaced) {
        return must(hub().enrolment().issue_token(kOperator, kHospital, SlipTerms{"127.0.0.1:7443", {}, replaced})).token;
    }
    wire::EnrolAnswer replace(TestAgent& successor, AgentId replaced) {
        return must(successor.enrol(slip_for(replaced)));
    }
    /// Its first entry says where the chapter that it took over ends.
    static void start_after(TestAgent& successor, const TestAgent& before) {
        successor.append(wire::ChapterEntry{
            successor.id, successor.chapter, "test",
            wire::ChapterBefore{before.id, before.chapter, before.entries.size(), before.hashes.back()}});
    }
    /// A request that carries segments of others before its own.
    static wire::SyncRequest with_rest(TestAgent& successor, const std::vector<wire::Segment>& rest) {
        wire::SyncRequest request = successor.request();
        request.segments.insert(request.segments.begin(), rest.begin(), rest.end());
        return request;
    }
    AgentInfo info(const TestAgent& agent) { return must(hub().agents().show(agent.id)); }
    std::vector<Incident> open_incidents() { return must(hub().incidents().list(false)); }

    std::unique_ptr<TestAgent> old, next;
};

TEST(Succession, takes_the_place_of_an_agent_in_one_change) {
    Scene f;
    const wire::EnrolAnswer answer = f.replace(*f.next, f.old->id);
    CPPUNIT_ASSERT_EQUAL(f.old->id.value, answer.replaces.value);
    CPPUNIT_ASSERT_EQUAL(2U, answer.chapter.value);
    const AgentInfo ended = f.info(*f.old);
    CPPUNIT_ASSERT(ended.end && ended.end->reason == RevocationReason::replaced);
    CPPUNIT_ASSERT_EQUAL(f.next->id.value, ended.end->replaced_by.value);
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, f.old->sync(f.old->request()).error().id);
    const auto log = must(f.hub().log(0, 1000));
    const auto event = std::ranges::find(log, HubEvent::agent_replaced, &LogEvent::event);
    CPPUNIT_ASSERT(event != log.end());
    CPPUNIT_ASSERT_EQUAL(std::string("2"), std::string(event->body.text("held")));  // what is known to be kept of it
    CPPUNIT_ASSERT_EQUAL(std::to_string(f.next->id.value), std::string(event->body.text("replaced_by")));
}

TEST(Succession, hands_in_what_the_old_one_left_under_its_own_key_and_chain) {
    Scene f;
    f.replace(*f.next, f.old->id);
    Scene::start_after(*f.next, *f.old);
    const wire::Held held = must(f.next->sync(Scene::with_rest(*f.next, {f.old->segment(3, 4)}))).held;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, held.earlier.size());
    CPPUNIT_ASSERT(held.earlier[0] == (wire::ChapterHeld{f.old->id, Chapter{1}, 4, f.old->hashes.back()}));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, f.info(*f.old).entries_held);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, held.size);
    // The same again, as after a lost answer.
    must(f.next->sync(Scene::with_rest(*f.next, {f.old->segment(3, 4)})));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, f.info(*f.old).entries_held);
    CPPUNIT_ASSERT(f.open_incidents().empty());
}

TEST(Succession, sends_the_filings_that_waited_and_a_fork_of_the_old_one_does_not_hold_them_up) {
    Scene f;
    f.old->file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    TestAgent clone(f);
    clone.id = f.old->id;
    clone.institution = kHospital;
    wire::SyncRequest diverging = f.old->request();
    diverging.journal_size = 2;
    diverging.journal_hash.fill(std::byte{9});
    diverging.segments.clear();
    diverging.filings.clear();
    const std::vector<Bytes> waiting = f.old->filings;
    CPPUNIT_ASSERT(must(f.old->sync(diverging)).held.frozen);
    f.replace(*f.next, f.old->id);
    Scene::start_after(*f.next, *f.old);
    f.next->filings = waiting;
    const wire::Held held = must(f.next->sync(Scene::with_rest(*f.next, {f.old->segment(3, 5)}))).held;
    CPPUNIT_ASSERT(!held.frozen);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, held.results.size());
    CPPUNIT_ASSERT(held.results[0].accepted);
}

TEST(Succession, reaches_over_several_pcs) {
    Scene f;
    f.replace(*f.next, f.old->id);
    Scene::start_after(*f.next, *f.old);
    TestAgent last(f);
    CPPUNIT_ASSERT_EQUAL(3U, f.replace(last, f.next->id).chapter.value);
    Scene::start_after(last, *f.next);
    must(last.sync(Scene::with_rest(last, {f.old->segment(3, 4), f.next->segment(1, 1)})));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, f.info(*f.old).entries_held);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, f.info(*f.next).entries_held);
}

TEST(Succession, without_the_old_folder_starts_with_nothing) {
    Scene f;
    f.replace(*f.next, f.old->id);
    f.next->append(wire::ChapterEntry{f.next->id, f.next->chapter, "test", {}});
    const wire::Held held = must(f.next->sync(f.next->request())).held;
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, held.size);
    CPPUNIT_ASSERT(held.earlier.empty());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, f.info(*f.old).entries_held);
}

struct Foreign {
    const char* name;
    ErrorId error;
    wire::SyncRequest (*request)(Scene&);
};
const Foreign kForeign[] = {
    {"by_an_agent_that_took_another_place", ErrorId::wire_bad_chain,
     [](Scene& f) {
         TestAgent other(f, kHospital);
         f.replace(*f.next, other.id);
         return Scene::with_rest(*f.next, {f.old->segment(3, 4)});
     }},
    {"by_an_agent_beside_it", ErrorId::wire_bad_chain,
     [](Scene& f) {
         const auto slip = must(f.hub().enrolment().issue_token(kOperator, kHospital, "127.0.0.1:7443"));
         must(f.next->enrol(slip.token));
         return Scene::with_rest(*f.next, {f.old->segment(3, 4)});
     }},
    {"that_the_successor_signed_itself", ErrorId::wire_bad_signature,
     [](Scene& f) {
         f.replace(*f.next, f.old->id);
         f.old->signer = std::move(must(f.keys->open_signing_key(must(f.keys->make_signing_key()))));
         f.old->contact(9);
         return Scene::with_rest(*f.next, {f.old->segment(3, 5)});
     }},
    {"of_a_chapter_that_names_a_stranger_as_the_one_before", ErrorId::wire_bad_chain,
     [](Scene& f) {
         TestAgent stranger(f, kHospital);
         stranger.contact(1);
         f.replace(*f.next, f.old->id);
         Scene::start_after(*f.next, stranger);
         return f.next->request();
     }},
    {"of_a_chapter_whose_predecessor_is_not_below_it", ErrorId::chapter_unexpected,
     [](Scene& f) {
         f.replace(*f.next, f.old->id);
         f.old->chapter = Chapter{2};
         Scene::start_after(*f.next, *f.old);
         return f.next->request();
     }},
};
TEST_EACH(Succession, refuses_a_rest, kForeign) {
    Scene f;
    const wire::SyncRequest request = row.request(f);
    CPPUNIT_ASSERT_EQUAL(row.error, f.next->sync(request).error().id);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, f.info(*f.old).entries_held);
}

TEST(Succession, is_repeated_by_the_same_key_only) {
    Scene f;
    const std::string token = f.slip_for(f.old->id);
    const wire::EnrolAnswer first = must(f.next->enrol(token));
    CPPUNIT_ASSERT(must(f.next->enrol(token)) == first);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_token_used, TestAgent(f).enrol(token).error().id);
}

TEST(Succession, of_one_place_goes_to_the_first_who_enrols) {
    Scene f;
    const std::string early = f.slip_for(f.old->id);
    const std::string late = f.slip_for(f.old->id);
    must(f.next->enrol(early));
    const auto refused = TestAgent(f).enrol(late);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_token_used, refused.error().id);
    CPPUNIT_ASSERT(refused.error().detail.find("agent " + std::to_string(f.next->id.value)) != std::string::npos);
    const auto slip = [&](AgentId agent) {
        return f.hub().enrolment().issue_token(kOperator, kHospital, SlipTerms{"127.0.0.1:7443", {}, agent}).error().id;
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_agent_ended, slip(f.old->id));
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_no_such_agent, slip(AgentId{99}));
    TestAgent pharmacy(f, kPharmacy);
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, slip(pharmacy.id));
}

TEST(Succession, of_an_agent_that_was_lost_keeps_the_reason) {
    Scene f;
    must(f.hub().agents().revoke(kOperator, f.old->id, RevocationReason::stolen, {}));
    f.replace(*f.next, f.old->id);
    const AgentInfo ended = f.info(*f.old);
    CPPUNIT_ASSERT(ended.end->reason == RevocationReason::stolen);
    CPPUNIT_ASSERT_EQUAL(f.next->id.value, ended.end->replaced_by.value);
    Scene::start_after(*f.next, *f.old);
    must(f.next->sync(Scene::with_rest(*f.next, {f.old->segment(3, 4)})));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, f.info(*f.old).entries_held);
}

/// The folder that was carried over was an old image: the journal that went on from there is another one.
TEST(Succession, names_another_journal_of_the_old_one) {
    Scene f;
    TestAgent image(f);
    image.id = f.old->id;
    image.chapter = f.old->chapter;
    image.signer = std::move(f.old->signer);
    image.entries = {f.old->entries[0]};
    image.hashes = {f.old->hashes[0]};
    image.batches = {f.old->batches[0]};
    image.contact(55);
    f.replace(*f.next, f.old->id);
    Scene::start_after(*f.next, image);
    const wire::Held held = must(f.next->sync(Scene::with_rest(*f.next, {image.segment(2, 2)}))).held;
    CPPUNIT_ASSERT(!held.frozen);
    const auto incidents = f.open_incidents();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, incidents.size());
    CPPUNIT_ASSERT_EQUAL(IncidentKind::cloned, incidents[0].kind);
    CPPUNIT_ASSERT_EQUAL(f.old->id.value, incidents[0].agent.value);
    // It is acknowledged as another branch, so that nobody sends it for ever.
    CPPUNIT_ASSERT(held.earlier.at(0) == (wire::ChapterHeld{f.old->id, Chapter{1}, 2, image.hashes.back()}));
}

TEST(Succession, ends_the_chapter_that_it_names) {
    Scene f;
    f.replace(*f.next, f.old->id);
    Scene::start_after(*f.next, *f.old);
    must(f.next->sync(Scene::with_rest(*f.next, {f.old->segment(3, 4)})));
    f.old->contact(5);  // its program was started again, and its folder came by another way
    must(f.next->sync(Scene::with_rest(*f.next, {f.old->segment(5, 5)})));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, f.info(*f.old).entries_held);
    CPPUNIT_ASSERT_EQUAL(IncidentKind::cloned, f.open_incidents().at(0).kind);
}

}  // namespace
}  // namespace zige::hub::testing
