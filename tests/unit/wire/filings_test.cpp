#include "shared/wire/filings.h"

#include <set>

#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "tests/support/testing.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire::testing {
namespace {

Day day(int year, unsigned month, unsigned at) {
    return Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{at}};
}

Result<Filing> sent(FilingBody body) { return decode_filing(encode(Filing{{}, {}, "王芳", std::move(body)})); }

RegistrationFiling new_doctor() {
    RegistrationFiling filing;
    filing.code = "D411502000777";
    filing.name = "李新";
    filing.from = day(2026, 9, 1);
    return filing;
}

TEST(Filings, carry_every_kind_of_the_registry) {
    std::set<FilingKind> drawn;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        Draw draw(seed);
        drawn.insert(kind_of(decode_filing(encode(draw_filing(draw))).value().body));
    }
    CPPUNIT_ASSERT_EQUAL(all<FilingKind>().size(), drawn.size());
    CPPUNIT_ASSERT_EQUAL(all<FilingKind>().size(), std::variant_size_v<FilingBody>);
}

struct Bad {
    const char* name;
    FilingBody body;
    ErrorId error;
    const char* field;
};
RegistrationFiling nameless() {
    RegistrationFiling filing = new_doctor();
    filing.name.clear();
    return filing;
}
RegistrationFiling without_any_code() {
    RegistrationFiling filing = new_doctor();
    filing.code.clear();
    return filing;
}
RegistrationFiling with_a_long_identity() {
    RegistrationFiling filing = new_doctor();
    filing.identity = Bytes(kMaxSealedIdentity + 1);
    return filing;
}
const Bad kBad[] = {
    {"a_registration_names_a_code_or_a_licence", without_any_code(), ErrorId::wire_missing_field, "filing.code"},
    {"a_registration_names_a_person", nameless(), ErrorId::wire_bad_value, "filing.name"},
    {"a_sealed_identity_is_short", with_a_long_identity(), ErrorId::wire_bad_value, "filing.identity"},
    {"a_change_changes_something", ChangeFiling{{1}, {}, {}, {}, {}, {}}, ErrorId::wire_missing_field, "filing.body"},
    {"a_leave_ends_after_it_begins", LeaveFiling{{1}, LeaveKind::study, day(2026, 9, 2), day(2026, 9, 1)},
     ErrorId::wire_bad_value, "filing.until"},
    {"a_new_contract_ends_after_it_begins", RehireFiling{{1}, day(2026, 9, 2), day(2026, 9, 1)},
     ErrorId::wire_bad_value, "filing.until"},
    {"a_duty_session_ends_after_it_begins",
     DutySessionFiling{{1}, Instant{std::chrono::hours{10}}, Instant{std::chrono::hours{9}}}, ErrorId::wire_bad_value,
     "filing.until"},
    {"an_alias_is_a_code", AliasFiling{{1}, "", false}, ErrorId::wire_bad_value, "filing.code"},
    {"a_filing_is_about_a_person", CommitmentFiling{{0}, day(2026, 9, 1)}, ErrorId::wire_bad_value, "filing.no"},
    {"an_appeal_says_something", AppealFiling{{1}, "信医保处〔2026〕12号", "", {}}, ErrorId::wire_bad_value,
     "filing.text"},
    {"an_application_is_short", RepairFiling{{1}, "", std::string(kMaxCaseText + 1, 'a'), {}}, ErrorId::wire_bad_value,
     "filing.text"},
};
TEST_EACH(Filings, are_refused_unless, kBad) {
    const auto filing = sent(row.body);
    CPPUNIT_ASSERT(!filing.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, filing.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), filing.error().field);
}

TEST(Filings, may_be_as_long_as_their_fields_allow) {
    RegistrationFiling filing = new_doctor();
    filing.licence = filing.department = std::string(kMaxCode, '9');
    filing.name = std::string(kMaxText, 'a');
    filing.identity = Bytes(kMaxSealedIdentity);
    filing.commitment_signed = day(2026, 9, 1);
    const std::string clerk(kMaxText, 'b');
    CPPUNIT_ASSERT(decode_filing(encode(Filing{{}, {}, clerk, filing})).ok());
    const AppealFiling appeal{{UINT32_MAX}, std::string(kMaxText, 'c'), std::string(kMaxCaseText, 'd'), Hash256{}};
    CPPUNIT_ASSERT(decode_filing(encode(Filing{{}, {}, clerk, appeal})).ok());
}

TEST(Leaves, cost_a_record_nothing_where_there_are_none) {
    Draw draw(3);
    Registration person = draw.registration({7});
    person.leaves.clear();
    const Bytes without = encode(Record(person));
    CPPUNIT_ASSERT_EQUAL(std::byte{0x80 | 11}, without[0]);
    person.leaves = {{LeaveKind::maternity, day(2026, 3, 1), day(2026, 8, 27)}};
    CPPUNIT_ASSERT(std::get<Registration>(decode_record(encode(Record(person))).value()).leaves == person.leaves);
}

struct BadLeaves {
    const char* name;
    std::vector<Leave> leaves;
    ErrorId error;
};
const BadLeaves kBadLeaves[] = {
    {"they_end_after_they_begin", {{LeaveKind::sick, day(2026, 9, 2), day(2026, 9, 1)}}, ErrorId::wire_bad_value},
    {"they_ascend",
     {{LeaveKind::sick, day(2026, 9, 2), {}}, {LeaveKind::study, day(2026, 9, 1), {}}},
     ErrorId::wire_bad_order},
    {"they_begin_on_different_days",
     {{LeaveKind::sick, day(2026, 9, 2), {}}, {LeaveKind::study, day(2026, 9, 2), {}}},
     ErrorId::wire_bad_order},
    {"they_are_few", std::vector<Leave>(kMaxLeaves + 1), ErrorId::wire_too_many},
};
TEST_EACH(Leaves, are_refused_unless, kBadLeaves) {
    Draw draw(3);
    Registration person = draw.registration({7});
    person.leaves = row.leaves;
    const auto record = decode_record(encode(Record(person)));
    CPPUNIT_ASSERT(!record.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, record.error().id);
}

TEST(Leaves, are_not_written_where_there_are_none) {
    Draw draw(3);
    Registration person = draw.registration({7});
    person.leaves.clear();
    Bytes bytes = encode(Record(person));
    bytes[0] = std::byte{0x80 | 12};
    bytes.push_back(std::byte{0x80});
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_not_canonical, decode_record(bytes).error().id);
}

}  // namespace
}  // namespace zige::wire::testing
