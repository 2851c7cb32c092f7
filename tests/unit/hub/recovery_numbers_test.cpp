#include <set>

#include "hub/core/hub_values.h"
#include "hub/core/recovery.h"
#include "tests/unit/hub/restored.h"

namespace zige::hub::testing {
namespace {

/// A backup from before everything is put back twice; each time a person comes who was not there before.
TEST(Recovery, of_one_backup_put_back_twice_gives_other_numbers) {
    Restored f(false);
    f.copy_database("hub.db", "again.db");
    std::set<std::uint32_t> numbers, agents;
    std::set<std::uint64_t> incidents, sets;
    const auto next = [&](HubValue counter) {
        return must(read_from(*f.store, [&](Tx& tx) { return get_number(tx, counter); }));
    };
    for (const char* code : {"D411500000021", "D411500000022"}) {
        must(f.hub().recovery().start(kOperator));
        f.import(kHospital, {row(code, "新人",
                                 code == std::string("D411500000021") ? "110105194912310048" : "110105194912310064")});
        f.suspend(code, "2026-03-03", "信医保处〔2026〕11号");
        numbers.insert(f.person(code).sites[0].registration.no.value);
        agents.insert(TestAgent(f, kHospital).id.value);
        incidents.insert(next(HubValue::last_incident));
        sets.insert(next(HubValue::ineligible_version));
        f.store.reset();
        f.copy_database("again.db", "hub.db");
        must(f.reopen());
    }
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, numbers.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, agents.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, incidents.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, sets.size());
    CPPUNIT_ASSERT(*numbers.rbegin() - *numbers.begin() >= 900'000);  // not by one: whole blocks
}

/// A number far above all others was given in what was lost: it is given again, to another person.
TEST(Recovery, joins_no_two_people_of_one_number) {
    constexpr RecordNo kTwice{2'000'000};
    Restored f(false, true, kTwice.value);
    CPPUNIT_ASSERT_EQUAL(std::string("王芳"), std::get<Registration>(f.agent->records.at(kTwice)).name);
    must(f.hub().recovery().start(kOperator));
    f.import(kHospital, {row("D411500000011", "新人", "110105194912310048")});
    CPPUNIT_ASSERT(f.person("D411500000011").sites[0].registration.no == kTwice);
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT(f.standing("D411500000011").empty());
    std::size_t named = 0;
    for (const Incident& incident : must(f.hub().incidents().list(false))) {
        if (incident.kind != IncidentKind::number_of_another) continue;
        ++named;
        CPPUNIT_ASSERT_EQUAL(std::string(kHospital), incident.institution);
        CPPUNIT_ASSERT(incident.agent == f.agent->id);
        CPPUNIT_ASSERT_EQUAL(std::string("王芳 D411500000009"), std::string(incident.evidence.text("number_2000000_agent")));
        CPPUNIT_ASSERT_EQUAL(std::string("新人 D411500000011"), std::string(incident.evidence.text("number_2000000_hub")));
        const auto ended = must(f.hub().incidents().resolve(kOperator, incident.number, {"两人已核对", {}}));
        CPPUNIT_ASSERT(ended.resolved.has_value());
    }
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, named);
    f.agent->keep_copy();
    std::size_t found = 0;
    for (const auto& [no, record] : f.agent->records) {
        const auto* person = std::get_if<Registration>(&record);
        if (person == nullptr || person->code != "D411500000009") continue;
        ++found;
        CPPUNIT_ASSERT(no > kTwice);
        CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕10号"), person->standing.at(0).document);
    }
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found);
    CPPUNIT_ASSERT_EQUAL(std::string("新人"), std::get<Registration>(f.agent->records.at(kTwice)).name);
}

TEST(Recovery, answers_the_whole_region_set_across_an_epoch) {
    Restored f(false, true);
    must(f.hub().recovery().start(kOperator));
    must(f.agent->hand_in(f.agent->copy()));
    f.agent->contact(99);
    wire::SyncRequest asked = f.agent->asking();
    asked.ineligible_version = static_cast<std::uint32_t>(must(f.hub().report().status()).ineligible_version);
    const auto heard = must(f.agent->sync(asked));
    CPPUNIT_ASSERT(heard.answer.ineligible.has_value());
    const auto update =
        must(wire::decode_ineligible_update(open(f, MessageType::ineligible, heard.answer.ineligible.value())));
    CPPUNIT_ASSERT_EQUAL(0U, update.from);
}

TEST(Recovery, files_what_stands_against_whom_it_lost_where_it_knows_the_person) {
    Restored f(false, true);
    must(f.hub().recovery().start(kOperator));
    f.add(kTownship, InstitutionKind::township_hospital);
    f.import(kTownship, {row("D411500000009", "王芳", "11010519491231002X")});
    CPPUNIT_ASSERT(f.standing("D411500000009").empty());
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT_EQUAL(std::string(kTownship), f.person("D411500000009").sites.at(0).institution);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing("D411500000009").size());
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕10号"), f.standing("D411500000009")[0].document);
    const std::size_t filed = f.events(HubEvent::standing_recovered);
    f.agent->keep_copy();
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT_EQUAL(filed, f.events(HubEvent::standing_recovered));
}

struct Lost {
    const char* name;
    std::string code;
} kLost[] = {{"there_too", "D411500000009"}, {"there_alone", kZhang}};

/// Wang is lost at both, Zhang at the township alone.
TEST_EACH(Recovery, tells_an_institution_that_it_lost_somebody_at_what_another_hands_in, kLost) {
    Restored f(false, true);
    must(f.hub().recovery().start(kOperator));
    f.add(kTownship, InstitutionKind::township_hospital);
    Registration lost;
    lost.no = RecordNo{7};
    lost.code = row.code;
    must(f.store->write([&](Tx& tx) {
        return tx.exec(Sql::kept_put, {sql(kTownship), sql(lost.no.value), sql(wire::encode(Record(lost)))});
    }));
    const auto before = f.seq(kTownship);
    must(f.agent->hand_in(f.agent->copy()));
    const auto records =
        must(read_from(*f.store, [&](Tx& tx) { return load_records(tx, HubLog(*f.hasher), kTownship); }));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, std::get<Registration>(records.back()).standing.size());
    CPPUNIT_ASSERT(before < f.seq(kTownship));  // and is told
}

TEST(Recovery, of_whom_it_lost_tells_where_the_person_is_registered_next) {
    Restored f(false, true);
    must(f.hub().recovery().start(kOperator));
    must(f.agent->hand_in(f.agent->copy()));
    f.add(kTownship, InstitutionKind::township_hospital);
    f.import(kTownship, {row("D411500000009", "王芳", "11010519491231002X")});
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing("D411500000009").size());
    f.import(kHospital, {row("D411500000009", "王芳", "11010519491231002X")});  // found again there too
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing("D411500000009").size());
}

}  // namespace
}  // namespace zige::hub::testing
