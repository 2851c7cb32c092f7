#include "hub/core/publisher.h"

#include <stdexcept>

#include "hub/core/records.h"
#include "hub/core/trust.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"
#include "tests/unit/hub/together.h"

namespace zige::hub::testing {
namespace {

enum class Commit { goes_well, fails, throws };

/// Counts transactions that write, and breaks one of them just before its commit.
class WatchedStore : public Store {
public:
    explicit WatchedStore(Store& inner) : inner_(inner) {}
    Result<void> write(const Work& work) override {
        return inner_.write([&](Tx& tx) -> Result<void> {
            ZIGE_CHECK(work(tx));
            if (++writes != broken) return {};
            if (how == Commit::throws) throw std::runtime_error("a bug of the store");
            return fail(ErrorId::store_failed, "commit");
        });
    }
    Result<void> read(const Work& work) override { return inner_.read(work); }
    int writes = 0;
    int broken = 0;  ///< which of them
    Commit how = Commit::fails;

private:
    Store& inner_;
};

/// Notes each writing of a witness: how far it goes, and how far states were served then.
class WatchedFiles : public Files {
public:
    explicit WatchedFiles(Files& inner) : inner_(inner) {}
    Result<Bytes> read(const std::filesystem::path& path, std::size_t limit) override {
        return inner_.read(path, limit);
    }
    Result<void> write(const std::filesystem::path& path, ByteView content) override {
        if (on_write) on_write();
        return inner_.write(path, content);
    }
    Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) override {
        return inner_.write_at(path, offset, content);
    }
    Result<void> sync(const std::filesystem::path& path) override { return inner_.sync(path); }
    Result<void> remove(const std::filesystem::path& path) override { return inner_.remove(path); }
    Result<bool> exists(const std::filesystem::path& path) override { return inner_.exists(path); }
    Result<std::unique_ptr<Lock>> lock(const std::filesystem::path& path) override { return inner_.lock(path); }
    std::function<void()> on_write;

private:
    Files& inner_;
};

/// Two institutions, and a publisher of our own over a store and files that are watched.
struct Publishing : HubFixture {
    Publishing() : watched(*store), watched_files(files), guard(clock), witness(watched_files, *hasher, options.witness) {
        add(kHospital);
        add(kTownship);
        before = log_size();
        trust = must(Trust::open(env_of_watched(), options.keys, guard));
        publisher = std::make_unique<Publisher>(env_of_watched(), *trust, witness, guard);
        must(publisher->start());
    }
    Environment env_of_watched() {
        return {watched, clock, random, *hasher, *verifier, *keys, *compressor, watched_files};
    }
    /// Whose log_something() the log has.
    std::vector<std::string> actors_logged() {
        std::vector<std::string> actors;
        for (const LogEvent& event : must(hub().log(before, 1000)))
            if (event.event == HubEvent::clock_confirmed) actors.push_back(event.actor);
        return actors;
    }
    StoredState state(const std::string& institution) {
        return must(read_from(*store, [&](Tx& tx) { return last_state(tx, institution, 1000); })).value();
    }

    WatchedStore watched;
    WatchedFiles watched_files;
    ClockGuard guard;
    WitnessFile witness;
    std::unique_ptr<Trust> trust;
    std::unique_ptr<Publisher> publisher;
    std::uint64_t before = 0;
};

Result<void> log_something(Change& change) {
    LogEvent event;
    event.event = HubEvent::clock_confirmed;
    return change.log(std::move(event));
}
Result<void> be_refused(Change& change) {
    ZIGE_CHECK(log_something(change));
    return fail(ErrorId::usage_bad_argument, "test");
}
Result<void> throw_something(Change& change) {
    ZIGE_CHECK(log_something(change));
    throw std::runtime_error("a bug");
}
/// Makes a new state of the institution: it names a newer trust document.
Publisher::Work publish(const std::string& institution, std::uint32_t trust_version) {
    return [institution, trust_version](Change& change) -> Result<void> {
        if (trust_version > 0) change.use_trust(trust_version);
        change.touch(institution);
        return log_something(change);
    };
}

const Caller kFirst{"first", log_something};
const std::vector<Caller> kOthers = {
    {"good", log_something}, {"refused", be_refused}, {"thrower", throw_something}, {"good too", log_something}};

TEST(Publisher, changes_that_wait_share_a_commit_and_are_refused_each_by_itself) {
    Publishing f;
    const auto told = together(*f.publisher, kFirst, kOthers);
    CPPUNIT_ASSERT_EQUAL(2, f.watched.writes);
    CPPUNIT_ASSERT(told[0].kept() && told[1].kept() && told[4].kept());
    CPPUNIT_ASSERT(told[2].error == ErrorId::usage_bad_argument);
    CPPUNIT_ASSERT(told[3].threw);
    CPPUNIT_ASSERT(f.actors_logged() == (std::vector<std::string>{"first", "good", "good too"}));
    must(f.hub().verify_log());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.publisher->waiting());
}

struct BrokenCommit {
    const char* name;
    Commit how;
};
const BrokenCommit kBrokenCommits[] = {{"that_fails", Commit::fails}, {"that_throws", Commit::throws}};
TEST_EACH(Publisher, acknowledges_no_change_by_a_commit, kBrokenCommits) {
    Publishing f;
    f.watched.broken = 2;
    f.watched.how = row.how;
    const auto told = together(*f.publisher, kFirst, kOthers);
    CPPUNIT_ASSERT(told[0].kept());
    for (const std::size_t good : {1U, 4U}) {
        CPPUNIT_ASSERT(!told[good].kept());
        CPPUNIT_ASSERT_EQUAL(row.how == Commit::throws, told[good].threw);
    }
    CPPUNIT_ASSERT(told[2].error == ErrorId::usage_bad_argument);  // why it was refused is no matter of the others
    CPPUNIT_ASSERT(told[3].threw);
    CPPUNIT_ASSERT(f.actors_logged() == std::vector<std::string>{"first"});
    must(f.publisher->change("later", log_something));
    CPPUNIT_ASSERT(f.actors_logged() == (std::vector<std::string>{"first", "later"}));
}

TEST(Publisher, the_witness_is_written_once_for_all_who_share_a_commit_and_before_any_is_served) {
    Publishing f;
    const std::uint64_t last = must(f.publisher->visible());
    std::vector<std::uint64_t> served;
    const auto watch_from_now = [&](Change& change) {
        f.watched_files.on_write = [&] { served.push_back(must(f.publisher->visible())); };
        return log_something(change);
    };
    const auto told = together(*f.publisher, {"first", log_something},
                               {{"watcher", watch_from_now},
                                {"hospital", publish(kHospital, 7)},
                                {"refused", be_refused},
                                {"township", publish(kTownship, 0)}});
    CPPUNIT_ASSERT(told[2].kept() && told[4].kept());
    // Tried before the commit, written after it.
    CPPUNIT_ASSERT(served == (std::vector<std::uint64_t>{last, last}));
    CPPUNIT_ASSERT_EQUAL(last + 2, must(f.publisher->visible()));
    CPPUNIT_ASSERT_EQUAL(last + 1, f.state(kHospital).state.seq.value);  // a number each, in their order
    CPPUNIT_ASSERT_EQUAL(last + 2, f.state(kTownship).state.seq.value);
    CPPUNIT_ASSERT_EQUAL(last + 2, must(f.witness.read())->publish_number);
}

TEST(Publisher, a_state_names_the_trust_document_that_was_published_with_it) {
    Publishing f;
    together(*f.publisher, kFirst, {{"rotation", publish(kHospital, 7)}, {"other", publish(kTownship, 0)}});
    CPPUNIT_ASSERT_EQUAL(7U, f.state(kTownship).state.trust_version);
    must(f.publisher->change("later", [](Change& change) -> Result<void> {  // the new one is not read in yet
        change.touch(kHospital);
        return {};
    }));
    CPPUNIT_ASSERT_EQUAL(7U, f.state(kHospital).state.trust_version);
}

TEST(Publisher, who_comes_after_what_stops_the_hub_is_refused_though_they_share_a_commit) {
    Publishing f;
    const auto stop = [](Change& change) {
        change.stop(fail(ErrorId::hub_behind_agent, "agent", "1"));
        return log_something(change);
    };
    const auto told = together(*f.publisher, kFirst,
                               {{"before", log_something}, {"proof", stop}, {"after", publish(kHospital, 7)}});
    CPPUNIT_ASSERT(told[1].kept() && told[2].kept());
    CPPUNIT_ASSERT(told[3].error == ErrorId::hub_behind_agent);
    CPPUNIT_ASSERT(f.actors_logged() == (std::vector<std::string>{"first", "before", "proof"}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.publisher->visible().error().id);
    CPPUNIT_ASSERT(call(*f.publisher, {"later", log_something}).error == ErrorId::hub_behind_agent);
}

TEST(Publisher, a_stop_that_is_not_committed_stops_nothing) {
    Publishing f;
    f.watched.broken = 1;
    const auto stop = [](Change& change) -> Result<void> {
        change.stop(fail(ErrorId::hub_behind_agent, "agent", "1"));
        return {};
    };
    CPPUNIT_ASSERT(call(*f.publisher, {"proof", stop}).error == ErrorId::store_failed);
    CPPUNIT_ASSERT(!f.publisher->stopped());
}

TEST(Publisher, many_callers_at_once_lose_nothing_and_keep_nothing_that_was_refused) {
    constexpr int kCallers = 8;
    constexpr int kEach = 28;  // as many of each kind
    Publishing f;
    std::atomic<int> kept{0};
    std::atomic<bool> running{true};
    std::thread reader([&] {
        while (running) {
            const auto quiet = f.publisher->quiet();
            must(f.publisher->visible());
            f.publisher->keep_time();
        }
    });
    std::vector<std::thread> callers;
    for (int caller = 0; caller < kCallers; ++caller)
        callers.emplace_back([&, caller] {
            for (int i = 0; i < kEach; ++i) {
                const Publisher::Work works[] = {log_something, be_refused, throw_something,
                                                 publish(kHospital, static_cast<std::uint32_t>(10 + caller + i))};
                if (call(*f.publisher, {"caller", works[(caller + i) % 4]}).kept()) ++kept;
            }
        });
    for (std::thread& each : callers) each.join();
    running = false;
    reader.join();
    CPPUNIT_ASSERT_EQUAL(kCallers * kEach / 2, kept.load());
    CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(kept), f.actors_logged().size());
    must(f.hub().verify_log());
    CPPUNIT_ASSERT_EQUAL(must(f.witness.read())->publish_number, must(f.publisher->visible()));
}

}  // namespace
}  // namespace zige::hub::testing
