#include "hub/core/incidents.h"

#include <algorithm>

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

struct Scene : HubFixture {
    Scene() {
        add(kHospital);
        import(kHospital, {row("D411500000001", "张伟", "110105194912310021")});
    }
    std::vector<Incident> open() { return must(hub().incidents().list(false)); }
    Incident only() {
        const auto incidents = open();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, incidents.size());
        return incidents.front();
    }
    Incident resolve(std::optional<Branch> branch = {}) {
        return must(hub().incidents().resolve(kOperator, only().number, {"核实完毕", branch}));
    }
    std::size_t events(HubEvent wanted) {
        std::size_t count = 0;
        for (const LogEvent& event : must(hub().log(0, 1000))) count += event.event == wanted ? 1 : 0;
        return count;
    }
};

/// One folder on two computers: the first one is at entry 3, the second one went its own way after entry 1.
struct Cloned : Scene {
    Cloned() : first(*this, kHospital), second(*this) {
        first.contact(1);
        first.sync();
        copy_to_second();
        first.contact(2);
        first.contact(3);
        first.sync();
        second.contact(77);
    }
    void copy_to_second() {
        second.id = first.id;
        second.chapter = first.chapter;
        second.institution = first.institution;
        second.signer = must(keys->open_signing_key(pem));
        second.tls_key = first.tls_key;
        second.entries = first.entries;
        second.hashes = first.hashes;
        second.batches = first.batches;
        second.held = first.held;
    }
    wire::Held contact_of(TestAgent& agent, bool anchor_ahead = false) {
        wire::SyncRequest request = agent.request();
        request.health.anchor_ahead = anchor_ahead;
        const wire::Held before = agent.held;
        const wire::Held heard = must(agent.sync(request)).held;
        if (heard.frozen) agent.held = before;  // what the hub holds is not its journal
        return heard;
    }
    std::string pem = must(keys->make_signing_key());
    struct WithKey : TestAgent {
        WithKey(Cloned& scene, const std::string& where) : TestAgent(static_cast<HubFixture&>(scene)) {
            signer = must(scene.keys->open_signing_key(scene.pem));
            must(enrol(must(scene.hub().enrolment().issue_token(kOperator, where, "127.0.0.1:7443")).token));
        }
    };
    WithKey first;
    TestAgent second;
};

TEST(Incident, of_a_clone_is_opened_once_with_both_entries) {
    Cloned f;
    CPPUNIT_ASSERT(f.contact_of(f.second).frozen);
    const Incident incident = f.only();
    CPPUNIT_ASSERT_EQUAL(IncidentKind::cloned, incident.kind);
    CPPUNIT_ASSERT_EQUAL(kHospital, incident.institution);
    CPPUNIT_ASSERT_EQUAL(f.first.id.value, incident.agent.value);
    const Incident shown = must(f.hub().incidents().show(incident.number));
    CPPUNIT_ASSERT_EQUAL(std::string("2"), std::string(shown.evidence.text("index")));
    CPPUNIT_ASSERT_EQUAL(to_hex(f.first.entries[1]), std::string(shown.evidence.text("held_entry")));
    CPPUNIT_ASSERT_EQUAL(to_hex(f.second.entries[1]), std::string(shown.evidence.text("other_entry")));
    f.second.contact(78);
    f.contact_of(f.second);
    f.contact_of(f.first);
    CPPUNIT_ASSERT_EQUAL(incident.number, f.only().number);  // not per contact
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::incident_opened));
}

/// Its anchor is rolled back with it, so that the agent does not know: each boot begins anew at the same entry.
TEST(Incident, of_a_disk_that_is_rolled_back_is_opened_at_the_third_journal_from_one_entry) {
    Cloned f;
    const auto image = [&] {
        f.second.entries = {f.first.entries[0]};
        f.second.hashes = {f.first.hashes[0]};
        f.second.batches = {f.first.batches[0]};
        f.second.held = {};
        f.second.held.size = 1;
    };
    const auto named = [&] {
        const auto open = f.open();
        return std::ranges::any_of(open, [](const Incident& each) { return each.kind == IncidentKind::disk_rolls_back; });
    };
    f.contact_of(f.second);
    CPPUNIT_ASSERT(!named());  // so far it may be a clone
    image();
    f.second.contact(78);
    f.contact_of(f.second);
    CPPUNIT_ASSERT(named());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.open().size());
}

TEST(Incident, of_a_clone_says_how_much_of_the_other_journal_is_kept) {
    Cloned f;
    for (std::uint8_t i = 0; i < 9; ++i) f.second.contact(i);
    wire::SyncRequest request = f.second.request();
    request.segments = {f.second.segment(2, 6)};  // all that the request holds
    const wire::Held before = f.second.held;
    must(f.second.sync(request));
    f.second.held = before;
    const Fields evidence = f.only().evidence;
    CPPUNIT_ASSERT_EQUAL(std::string("11"), std::string(evidence.text("other_size")));
    CPPUNIT_ASSERT_EQUAL(std::string("6"), std::string(evidence.text("other_kept_to")));
    CPPUNIT_ASSERT_EQUAL(std::string("5"), std::string(evidence.text("other_not_kept")));
}

TEST(Incident, when_resolved_opens_the_next_chapter_for_the_journal_that_goes_on) {
    Cloned f;
    f.contact_of(f.second);
    f.first.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    const std::vector<Bytes> waiting = f.first.filings;
    CPPUNIT_ASSERT(f.contact_of(f.first).results.empty());  // filings wait
    f.resolve();
    CPPUNIT_ASSERT_EQUAL(2U, f.contact_of(f.first).open_chapter.value().value);
    f.first.start_next_chapter();
    f.first.filings = waiting;
    const wire::Held held = f.contact_of(f.first);
    CPPUNIT_ASSERT(!held.frozen);
    CPPUNIT_ASSERT_EQUAL(2U, held.chapter.value);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, held.size);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, held.results.size());  // now it went out
    CPPUNIT_ASSERT(held.results[0].accepted);
    CPPUNIT_ASSERT(f.open().empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::chapter_opened));
}

TEST(Incident, names_the_clone_again_that_did_not_get_the_chapter) {
    Cloned f;
    f.contact_of(f.second);
    const std::uint64_t before = f.resolve().number;
    CPPUNIT_ASSERT(!f.contact_of(f.second).open_chapter);  // asks before the other one: it is not its chapter
    CPPUNIT_ASSERT(f.contact_of(f.first).open_chapter);
    f.first.start_next_chapter();
    f.contact_of(f.first);
    f.second.contact(79);
    f.second.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 9);
    const wire::Held heard = f.contact_of(f.second);
    CPPUNIT_ASSERT(heard.frozen);
    CPPUNIT_ASSERT(heard.results.empty());
    CPPUNIT_ASSERT_EQUAL(1U, heard.chapter.value);
    CPPUNIT_ASSERT(f.only().number > before);
    CPPUNIT_ASSERT(!f.contact_of(f.first).frozen);  // the one that goes on is not held up by it
}

TEST(Incident, can_let_the_other_journal_go_on) {
    Cloned f;
    f.contact_of(f.second);
    f.resolve(Branch::other);
    CPPUNIT_ASSERT(!f.contact_of(f.first).open_chapter);
    CPPUNIT_ASSERT(f.contact_of(f.second).open_chapter);
    f.second.start_next_chapter();
    CPPUNIT_ASSERT(!f.contact_of(f.second).frozen);
}

/// What the hub says to one of two clones is to the name that both have.
TEST(Incident, is_opened_anew_when_both_clones_heard_the_word_for_one) {
    Cloned f;
    f.contact_of(f.second);
    const std::uint64_t before = f.resolve(Branch::other).number;
    CPPUNIT_ASSERT(f.contact_of(f.second).open_chapter);
    f.first.start_next_chapter();
    f.second.start_next_chapter();
    CPPUNIT_ASSERT(!f.contact_of(f.first).frozen);
    CPPUNIT_ASSERT(f.contact_of(f.second).frozen);
    const Incident again = f.only();
    CPPUNIT_ASSERT(again.number > before && again.kind == IncidentKind::cloned);
    CPPUNIT_ASSERT_EQUAL(2U, again.chapter.value);
    f.resolve(Branch::other);
    CPPUNIT_ASSERT(!f.contact_of(f.first).open_chapter);
    CPPUNIT_ASSERT(f.contact_of(f.second).open_chapter);
    f.second.start_next_chapter();
    const wire::Held held = f.contact_of(f.second);
    CPPUNIT_ASSERT(!held.frozen);
    CPPUNIT_ASSERT_EQUAL(3U, held.chapter.value);
}

TEST(Chapter, left_behind_is_still_handed_in) {
    Cloned f;
    f.contact_of(f.second);
    f.resolve();
    f.first.contact(4);
    const wire::Segment rest = f.first.segment(4, 4);  // made before the agent heard of the chapter
    const Hash256 end = f.first.hashes.back();
    wire::SyncRequest silent = f.first.request();
    silent.segments.clear();
    CPPUNIT_ASSERT(must(f.first.sync(silent)).held.open_chapter);
    f.first.start_next_chapter();
    wire::SyncRequest request = f.first.request();
    request.segments.insert(request.segments.begin(), rest);
    const wire::Held held = must(f.first.sync(request)).held;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, held.earlier.size());
    CPPUNIT_ASSERT_EQUAL(1U, held.earlier[0].chapter.value);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, held.earlier[0].size);
    CPPUNIT_ASSERT(held.earlier[0].hash == end);
    CPPUNIT_ASSERT(f.open().empty());
}

TEST(Chapter, after_its_end_belongs_to_a_clone) {
    Cloned f;
    f.contact_of(f.second);
    f.resolve();
    f.contact_of(f.first);
    f.copy_to_second();  // another copy of the folder, taken just before the chapter was started
    f.second.entries = f.first.entries;
    f.first.start_next_chapter();
    f.contact_of(f.first);
    CPPUNIT_ASSERT(f.open().empty());
    f.second.contact(99);  // follows entry 3 without a contradiction, but the chapter ended there
    const wire::Held heard = f.contact_of(f.second);
    CPPUNIT_ASSERT(heard.frozen);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, heard.size);  // nothing of it joined the journal
    CPPUNIT_ASSERT_EQUAL(IncidentKind::cloned, f.only().kind);
}

TEST(Chapter, that_names_no_end_of_the_one_before_is_refused) {
    Cloned f;
    f.contact_of(f.second);
    f.resolve();
    f.contact_of(f.first);
    f.first.start_next_chapter();
    wire::SyncRequest request = f.first.request();
    f.first.entries.clear();
    f.first.hashes.clear();
    f.first.batches.clear();
    f.first.append(wire::ChapterEntry{f.first.id, Chapter{2}, "test", {}});
    request.segments = {f.first.segment(1, 1)};
    CPPUNIT_ASSERT_EQUAL(ErrorId::chapter_unexpected, f.first.sync(request).error().id);
}

TEST(Chapter, that_nobody_opened_is_refused) {
    Cloned f;
    f.first.start_next_chapter();
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_chain, f.first.sync(f.first.request()).error().id);
}

TEST(Incident, of_a_folder_put_back_lets_the_only_journal_go_on) {
    Cloned f;
    CPPUNIT_ASSERT(f.contact_of(f.second, true).frozen);
    CPPUNIT_ASSERT_EQUAL(IncidentKind::restored_folder, f.only().kind);
    f.resolve();
    CPPUNIT_ASSERT(f.contact_of(f.second, true).open_chapter);
    f.second.start_next_chapter();
    CPPUNIT_ASSERT(!f.contact_of(f.second).frozen);
    CPPUNIT_ASSERT(f.open().empty());
}

TEST(Incident, of_a_folder_put_back_before_the_chapter_leads_to_a_chapter_of_its_own) {
    Cloned f;
    f.contact_of(f.second, true);
    f.resolve(Branch::held);
    f.contact_of(f.first);
    f.first.start_next_chapter();
    f.contact_of(f.first);
    f.second.contact(80);  // now only the old folder is left, put back from before chapter 2
    f.contact_of(f.second, true);
    f.resolve();
    CPPUNIT_ASSERT_EQUAL(2U, f.contact_of(f.second, true).open_chapter.value().value);
    f.second.start_next_chapter();  // which the hub has with other bytes
    f.second.contact(81);
    CPPUNIT_ASSERT_EQUAL(3U, f.contact_of(f.second, true).open_chapter.value().value);
    f.second.start_next_chapter();
    CPPUNIT_ASSERT(!f.contact_of(f.second).frozen);
    CPPUNIT_ASSERT(f.open().empty());
}

TEST(Incident, of_lost_entries_that_were_never_handed_in_is_named_by_the_agent) {
    Cloned f;
    f.contact_of(f.first, true);
    const Incident incident = f.only();
    CPPUNIT_ASSERT_EQUAL(IncidentKind::restored_folder, incident.kind);
    CPPUNIT_ASSERT_EQUAL(std::string("3"), std::string(incident.evidence.text("journal_size")));
    f.contact_of(f.first, true);
    CPPUNIT_ASSERT_EQUAL(incident.number, f.only().number);
}

TEST(Incident, of_a_clock_or_a_disk_stays_until_somebody_saw_to_it) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    wire::SyncRequest request = agent.request();
    request.health.clock_suspect = true;
    must(agent.sync(request));
    must(agent.sync(request));
    CPPUNIT_ASSERT_EQUAL(IncidentKind::clock_suspect, f.only().kind);
    f.resolve();
    request.health.clock_suspect = false;
    request.health.disk_rolls_back = true;
    must(agent.sync(request));
    CPPUNIT_ASSERT_EQUAL(IncidentKind::disk_rolls_back, f.only().kind);
}

TEST(Incident, of_a_stolen_key_names_the_agent_over_whose_line_it_was_used) {
    Scene f;
    TestAgent owner(f, kHospital);
    TestAgent thief(f, kHospital);
    owner.contact(1);
    const Bytes line = std::exchange(owner.tls_key, thief.tls_key);
    for (int attempt = 0; attempt < 2; ++attempt)
        CPPUNIT_ASSERT_EQUAL(ErrorId::hub_unknown_agent, owner.sync(owner.request()).error().id);
    const Incident named = f.only();
    CPPUNIT_ASSERT_EQUAL(IncidentKind::stolen_key, named.kind);
    CPPUNIT_ASSERT_EQUAL(owner.id.value, named.agent.value);
    const Incident shown = must(f.hub().incidents().show(named.number));
    CPPUNIT_ASSERT_EQUAL(std::to_string(thief.id.value), std::string(shown.evidence.text("sent_by_agent")));
    owner.tls_key = line;
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, must(owner.sync(owner.request())).held.size);  // nothing came in by the thief
}

struct ClockOff {
    const char* name;
    std::chrono::seconds by;
    bool named;
};
const ClockOff kClocksOff[] = {
    {"a_slow_line_behind", std::chrono::seconds{-600}, false},
    {"ten_minutes_and_a_second_behind", std::chrono::seconds{-601}, true},
    {"ten_minutes_and_a_second_ahead", std::chrono::seconds{601}, true},
    {"the_year_2036", std::chrono::days{3400}, true},
};
TEST_EACH(Incident, of_a_clock_is_opened_by_the_hub_s_own_time, kClocksOff) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    wire::SyncRequest request = agent.request();
    request.times.wall += row.by;  // the agent itself has no doubt
    must(agent.sync(request));
    CPPUNIT_ASSERT_EQUAL(row.named ? std::size_t{1} : std::size_t{0}, f.open().size());
    if (row.named) CPPUNIT_ASSERT_EQUAL(IncidentKind::clock_suspect, f.only().kind);
}

struct Wrong {
    const char* name;
    std::uint64_t number;
    Incidents::Resolution resolution;
    ErrorId error;
};
const Wrong kWrong[] = {
    {"without_a_reason", 1, {"", {}}, ErrorId::usage_bad_argument},
    {"that_is_not_there", 7, {"没有", {}}, ErrorId::incident_not_found},
    {"with_a_branch_where_no_journal_is_forked", 1, {"时钟", Branch::other}, ErrorId::incident_wrong_step},
};
TEST_EACH(Incident, is_not_resolved, kWrong) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    wire::SyncRequest request = agent.request();
    request.health.clock_suspect = true;
    must(agent.sync(request));
    const auto done = f.hub().incidents().resolve(kOperator, row.number, row.resolution);
    CPPUNIT_ASSERT(!done.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, done.error().id);
    CPPUNIT_ASSERT(!f.only().resolved);
}

TEST(Incident, is_resolved_once) {
    Cloned f;
    f.contact_of(f.second);
    const Incident incident = f.resolve();
    CPPUNIT_ASSERT_EQUAL(kOperator, incident.resolved_by);
    const auto again = f.hub().incidents().resolve(kOperator, incident.number, {"再来", {}});
    CPPUNIT_ASSERT_EQUAL(ErrorId::incident_already_resolved, again.error().id);
}

}  // namespace
}  // namespace zige::hub::testing
