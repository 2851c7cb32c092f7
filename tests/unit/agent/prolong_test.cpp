#include "shared/wire/phone_codes.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;
using std::chrono::days;
using std::chrono::hours;

namespace {

/// An agent whose copy has run out, and the hub's side of its telephone.
struct Expired : AgentFixture {
    Expired() {
        ready();
        advance(days{60});
    }
    std::string code(std::uint32_t serial, AgentId whose = {3}, int days = 15) {
        const auto own = keys.unsealer().value();
        const auto key =
            wire::phone_key({"411500", whose, agent->status().trust_version}, *hub.unsealer, own->public_key());
        return wire::prolongation_code(key.value(), {serial, days}, *hub.hasher).value();
    }
    ErrorId refusal(const std::string& typed) {
        const auto until = agent->prolong(typed);
        CPPUNIT_ASSERT_MESSAGE("it was taken", !until.ok());
        return until.error().id;
    }
    /// The second digit is another one.
    static std::string misheard(std::string typed) {
        typed[1] = typed[1] == '9' ? '0' : static_cast<char>(typed[1] + 1);
        return typed;
    }
    Outcome now(std::string_view person) { return check(person, format(clock.wall()).c_str()); }
};

TEST(Prolonging, lets_an_expired_copy_count_as_stale_and_frees_nobody) {
    Expired f;
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.now("D411502000001"));
    CPPUNIT_ASSERT(f.agent->prolong(f.code(1)).ok());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.now("D411502000001"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.now("D411502000003"));  // P1: suspended
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.now("D411502000001"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_used, f.refusal(f.code(1)));
    f.advance(days{16});
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.now("D411502000001"));
}

TEST(Prolonging, is_not_shortened_by_a_second_code) {
    Expired f;
    const Instant first = f.agent->prolong(f.code(1)).value();
    CPPUNIT_ASSERT(f.agent->prolong(f.code(2, AgentId{3}, 3)).value() == first);
    f.advance(days{14});
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.now("D411502000001"));
}

TEST(Prolonging, stops_somebody_who_guesses_for_an_hour) {
    Expired f;
    for (std::uint32_t serial = 1; serial <= 5; ++serial)  // plausible, but of another agent
        CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong, f.refusal(f.code(serial, AgentId{4})));
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_overloaded, f.refusal(f.code(1)));
    f.restart();
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_overloaded, f.refusal(f.code(1)));
    f.advance(hours{1});
    CPPUNIT_ASSERT(f.agent->prolong(f.code(1)).ok());
}

TEST(Prolonging, does_not_count_what_was_misheard) {
    Expired f;
    for (int i = 0; i < 20; ++i) CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_misheard, f.refusal(f.misheard(f.code(1))));
    CPPUNIT_ASSERT(f.agent->prolong(f.code(1)).ok());
}

}  // namespace
