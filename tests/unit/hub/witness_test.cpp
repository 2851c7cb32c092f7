#include "hub/core/witness.h"

#include <sqlite3.h>

#include <filesystem>

#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

const RosterRow kDoctor = row("D411500000001", "张伟", "110105194912310021");

void copy_database(const HubFixture& f, const std::string& from, const std::string& to) {
    for (const char* end : {"", "-wal"}) {
        const std::filesystem::path source = f.folder / (from + end);
        const std::filesystem::path target = f.folder / (to + end);
        std::filesystem::remove(target);
        if (std::filesystem::exists(source)) std::filesystem::copy_file(source, target);
    }
}

TEST(Witness, finds_out_a_database_from_an_old_backup) {
    HubFixture f;
    f.add(kHospital);
    copy_database(f, "hub.db", "backup.db");
    f.import(kHospital, {kDoctor});
    f.store.reset();
    copy_database(f, "backup.db", "hub.db");
    must(f.reopen());  // it opens, so that somebody can look
    CPPUNIT_ASSERT(f.hub().stopped().has_value());
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_witness, f.hub().stopped()->id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_witness, f.hub().feed().head(kHospital).error().id);
    const auto refused = f.hub().registry().set_mode(kOperator, kHospital, Mode::observe, {});
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_witness, refused.error().id);
}

TEST(Witness, finds_out_a_database_that_lacks_nothing_but_journals) {
    HubFixture f;
    f.add(kHospital);
    TestAgent agent(f, kHospital);
    agent.contact(1);
    agent.sync();
    copy_database(f, "hub.db", "backup.db");
    for (std::uint8_t contact = 2; contact < 5; ++contact) {
        f.clock.advance(std::chrono::seconds{2});  // the witness is written at most once a second
        agent.contact(contact);
        agent.sync();
    }
    const WitnessFile witness(f.files, *f.hasher, f.options.witness);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, must(witness.read())->entries);
    f.store.reset();
    copy_database(f, "backup.db", "hub.db");
    must(f.reopen());
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_witness, f.hub().stopped().value().id);
    must(f.hub().recovery().start(kOperator));
    must(f.reopen());
    CPPUNIT_ASSERT(!f.hub().stopped());
    agent.held = {};
    agent.state_hash = {};
    agent.sync();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, must(f.hub().agents().show(agent.id)).entries_held);
}

TEST(Witness, that_is_lost_or_damaged_stops_the_hub_and_names_the_way_out) {
    for (const bool damaged : {false, true}) {
        HubFixture f;
        f.add(kHospital);
        if (damaged) must(f.files.write(f.options.witness, to_bytes("format=zige-witness-1\nhash=00\n")));
        else must(f.files.remove(f.options.witness));
        must(f.reopen());
        const Error why = f.hub().stopped().value();
        CPPUNIT_ASSERT_EQUAL(ErrorId::witness_unreadable, why.id);
        CPPUNIT_ASSERT_MESSAGE(why.detail, why.detail.find("run zige-hub recover") != std::string::npos);
        must(f.hub().recovery().start(kOperator));  // and it is one
        CPPUNIT_ASSERT(!f.hub().stopped());
    }
}

TEST(Witness, is_written_within_a_minute_when_only_the_log_goes_on) {
    HubFixture f;
    f.add(kHospital);
    TestAgent agent(f, kHospital);  // the slip and the enrolment are in the log, and in no state
    f.clock.advance(std::chrono::minutes{2});
    must(f.hub().feed().head(kHospital));
    const WitnessFile witness(f.files, *f.hasher, f.options.witness);
    CPPUNIT_ASSERT_EQUAL(f.log_size(), must(witness.read())->log.number);
}

TEST(Witness, lets_a_hub_go_on_after_a_crash_between_commit_and_witness) {
    HubFixture f;
    f.add(kHospital);
    WitnessFile witness(f.files, *f.hasher, f.options.witness);
    const Witness before = *must(witness.read());
    f.import(kHospital, {kDoctor});
    must(witness.write(before));  // as if the power had gone just before the witness was written
    must(f.reopen());
    CPPUNIT_ASSERT(!f.hub().stopped());
    CPPUNIT_ASSERT(*must(witness.read()) != before);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, must(witness.read())->publish_number);
}

TEST(Witness, is_written_before_anybody_is_served) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    const Witness seen = *must(WitnessFile(f.files, *f.hasher, f.options.witness).read());
    CPPUNIT_ASSERT_EQUAL(f.seq(kHospital).value, seen.publish_number);
}

/// Files whose writes fail while told so.
class FailingFiles : public Files {
public:
    explicit FailingFiles(Files& inner) : inner_(inner) {}
    Result<Bytes> read(const std::filesystem::path& path, std::size_t limit) override {
        return inner_.read(path, limit);
    }
    Result<void> write(const std::filesystem::path& path, ByteView content) override {
        if (failing && good_writes == 0) return fail(ErrorId::file_io, path.string());
        if (failing) --good_writes;
        return inner_.write(path, content);
    }
    Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) override {
        return inner_.write_at(path, offset, content);
    }
    Result<void> sync(const std::filesystem::path& path) override { return inner_.sync(path); }
    Result<void> remove(const std::filesystem::path& path) override { return inner_.remove(path); }
    Result<bool> exists(const std::filesystem::path& path) override { return inner_.exists(path); }
    Result<std::unique_ptr<Lock>> lock(const std::filesystem::path& path) override { return inner_.lock(path); }
    bool failing = false;
    int good_writes = 0;  ///< that still succeed when failing

private:
    Files& inner_;
};

TEST(Witness, that_cannot_be_written_stops_a_change_before_it_is_made) {
    HubFixture f;
    f.add(kHospital);
    FailingFiles files(f.files);
    const Environment env{*f.store, f.clock, f.random, *f.hasher, *f.verifier, *f.keys, *f.compressor, files};
    const auto hub = must(Hub::open(env, f.options));
    const std::uint64_t events = f.log_size();
    files.failing = true;
    const auto failed = hub->registry().import_roster(kOperator, kHospital, {kDoctor}, {});
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_io, failed.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("witness"), failed.error().field);
    CPPUNIT_ASSERT(failed.error().detail.find("nothing was changed") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_io, hub->check_witness().error().id);
    files.failing = false;
    CPPUNIT_ASSERT(hub->check_witness().ok());
    CPPUNIT_ASSERT_EQUAL(1U, must(hub->registry().import_roster(kOperator, kHospital, {kDoctor}, {})).added);
}

TEST(Witness, that_fails_after_the_commit_keeps_the_new_state_from_everybody) {
    HubFixture f;
    f.add(kHospital);
    FailingFiles files(f.files);
    const Environment env{*f.store, f.clock, f.random, *f.hasher, *f.verifier, *f.keys, *f.compressor, files};
    const auto hub = must(Hub::open(env, f.options));
    const Hash256 before = must(hub->feed().current(kHospital)).hash;
    files.failing = true;
    files.good_writes = 1;
    const auto failed = hub->registry().import_roster(kOperator, kHospital, {kDoctor}, {});
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_io, failed.error().id);
    CPPUNIT_ASSERT(failed.error().detail.find("the change IS recorded") != std::string::npos);
    CPPUNIT_ASSERT(before == must(hub->feed().current(kHospital)).hash);
    CPPUNIT_ASSERT(!hub->feed().update(kHospital, wire::kGenesis).ok());
    const auto refused = hub->registry().set_mode(kOperator, kHospital, Mode::observe, {});
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_io, refused.error().id);
    files.failing = false;
    CPPUNIT_ASSERT_EQUAL(1U, must(hub->registry().import_roster(kOperator, kHospital, {kDoctor}, {})).unchanged);
    CPPUNIT_ASSERT(before != must(hub->feed().current(kHospital)).hash);
    CPPUNIT_ASSERT(hub->feed().update(kHospital, wire::kGenesis).ok());
}

struct Damage {
    const char* name;
    void (*change)(Bytes&);
};
const Damage kDamages[] = {
    {"a_flipped_bit", [](Bytes& b) { b[20] ^= std::byte{1}; }},
    {"a_missing_end", [](Bytes& b) { b.pop_back(); }},
    {"nothing_in_it", [](Bytes& b) { b.clear(); }},
};
TEST_EACH(Witness, stops_the_hub_with, kDamages) {
    HubFixture f;
    Bytes content = must(f.files.read(f.options.witness, 4096));
    row.change(content);
    must(f.files.write(f.options.witness, content));
    must(f.reopen());
    CPPUNIT_ASSERT_EQUAL(ErrorId::witness_unreadable, f.hub().stopped()->id);
}

TEST(Witness, must_be_there) {
    HubFixture f;
    must(f.files.remove(f.options.witness));
    must(f.reopen());
    CPPUNIT_ASSERT_EQUAL(ErrorId::witness_unreadable, f.hub().stopped()->id);
}

TEST(Hub, is_initialised_once) {
    HubFixture f;
    InitOptions init;
    init.hub_id = "another";
    const auto again = Hub::init(f.env(), f.options, init, henan_xinyang(), Calendar::official(), {});
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_already_initialised, again.error().id);
}

TEST(Hub, works_with_either_suite) {
    HubFixture f(Suite::sm2_sm3);
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    CPPUNIT_ASSERT(must(f.hub().feed().head(kHospital)).size() <= 230);
    CPPUNIT_ASSERT_EQUAL(Suite::sm2_sm3, must(Trust::read_suite(f.files, f.options.keys)));
}

/// Changes the database behind the hub's back.
void alter(const HubFixture& f, const char* statement) {
    sqlite3* database = nullptr;
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open((f.folder / "hub.db").c_str(), &database));
    const int done = sqlite3_exec(database, statement, nullptr, nullptr, nullptr);
    sqlite3_close(database);
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, done);
}

TEST(HubLog, chains_every_event_and_notices_a_changed_one) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    const LogTip tip = must(f.hub().verify_log());
    const std::vector<LogEvent> events = must(f.hub().log(0, 100));
    CPPUNIT_ASSERT_EQUAL(std::size_t{tip.number}, events.size());
    CPPUNIT_ASSERT_EQUAL(HubEvent::hub_initialised, events[0].event);
    alter(f, "UPDATE log SET actor = 'somebody else' WHERE number = 2");
    CPPUNIT_ASSERT_EQUAL(ErrorId::ledger_bad_chain, f.hub().verify_log().error().id);
}

}  // namespace
}  // namespace zige::hub::testing
