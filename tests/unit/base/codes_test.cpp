#include "shared/base/codes.h"

#include <string>

#include "tests/support/testing.h"

using namespace zige;

namespace {

/// What must hold for every code of an enumeration, or the name of the first for which it does not.
template <class E>
std::string first_bad() {
    for (const E code : all<E>()) {
        const std::string name = to_string(code);
        if (from_name<E>(name) != code) return name + " by name";
        if (from_number<E>(static_cast<std::uint64_t>(code)) != code) return name + " by number";
        const bool has_texts = *text(code, Lang::zh) != '\0' && *text(code, Lang::en) != '\0';
        if (!has_texts && name != "none") return name + " has no text";
    }
    return all<E>().empty() ? "no codes" : "";
}

struct EnumRow {
    const char* name;
    std::string (*first_bad)();
};
const EnumRow kEnums[] = {
    {"outcomes", first_bad<Outcome>},    {"grounds", first_bad<Ground>},    {"advice", first_bad<Advice>},
    {"errors", first_bad<ErrorId>},      {"roles", first_bad<Role>},        {"transactions", first_bad<Txn>},
    {"hub_events", first_bad<HubEvent>}, {"entries", first_bad<EntryType>}, {"messages", first_bad<MessageType>},
};

}  // namespace

TEST_EACH(Codes, come_back_by_name_and_by_number, kEnums) { CPPUNIT_ASSERT_EQUAL(std::string(), row.first_bad()); }

TEST(Codes, do_not_know_numbers_and_names_that_are_not_there) {
    CPPUNIT_ASSERT(!from_number<Outcome>(0));
    CPPUNIT_ASSERT(!from_number<Outcome>(256 + 1));
    CPPUNIT_ASSERT(!from_name<Outcome>("allowed"));
}

TEST(Codes, keep_the_numbers_that_are_out_in_the_field) {
    CPPUNIT_ASSERT_EQUAL(1, static_cast<int>(Outcome::allow));
    CPPUNIT_ASSERT_EQUAL(5, static_cast<int>(Outcome::deny));
    CPPUNIT_ASSERT_EQUAL(4, static_cast<int>(Ground::suspended));
    CPPUNIT_ASSERT_EQUAL(1023, static_cast<int>(ErrorId::wire_bad_signature));
}

TEST(Codes, carry_their_attributes) {
    CPPUNIT_ASSERT(rank_of(Ground::terminated) < rank_of(Ground::suspended));
    CPPUNIT_ASSERT(severity_of(Outcome::deny) > severity_of(Outcome::hold));
    CPPUNIT_ASSERT_EQUAL(Errc::untrusted, errc_of(ErrorId::wire_bad_signature));
    CPPUNIT_ASSERT_EQUAL(Advice::map_code, advice_of(Ground::unmapped));
    CPPUNIT_ASSERT_EQUAL(std::string("2204"), std::string(infno_of(Txn::outpatient_fees)));
    CPPUNIT_ASSERT_EQUAL(std::string("暂停"), std::string(text(Standing::suspended, Lang::zh)));
}
