#include "shared/wire/phone_codes.h"

#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

using zige::testing::fixed_unsealer;

struct Suited {
    const char* name;
    Suite suite;
};
const Suited kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};

constexpr std::byte kAgentKey{0x41};
constexpr std::byte kHubKey{0x51};
const PhoneParties kParties{"411500", AgentId{7}, 3};
const Uuid kId{std::byte{0xd1}};
const Bytes kFiling = to_bytes("a filing");

struct Fixture {
    explicit Fixture(Suite suite = Suite::ed25519_sha256)
        : hasher(make_hasher(suite)),
          hub(fixed_unsealer(kHubKey, suite)),
          agent(fixed_unsealer(kAgentKey, suite)),
          key(phone_key(kParties, *hub, agent->public_key()).value()) {}
    std::string code(std::uint32_t serial, int days) const {
        return prolongation_code(key, {serial, days}, *hasher).value();
    }
    Result<Prolongation> read(std::string_view typed, std::uint32_t used = 0) const {
        return read_prolongation(key, typed, used, *hasher);
    }
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Unsealer> hub, agent;
    Hash256 key;
};

TEST_EACH(PhoneKey, is_the_same_on_both_sides, kSuites) {
    const Fixture f(row.suite);
    const Hash256 at_the_agent = phone_key(kParties, *f.agent, f.hub->public_key()).value();
    CPPUNIT_ASSERT_EQUAL(to_hex(f.key), to_hex(at_the_agent));
}
TEST_EACH(PhoneKey, is_of_one_hub_one_agent_one_trust_version, kSuites) {
    const Fixture f(row.suite);
    for (const PhoneParties& other : {PhoneParties{"411600", AgentId{7}, 3}, PhoneParties{"411500", AgentId{8}, 3},
                                      PhoneParties{"411500", AgentId{7}, 4}})
        CPPUNIT_ASSERT(f.key != phone_key(other, *f.hub, f.agent->public_key()).value());
    const auto another = fixed_unsealer(std::byte{0x42}, row.suite);
    CPPUNIT_ASSERT(f.key != phone_key(kParties, *f.hub, another->public_key()).value());
}

TEST_EACH(Prolongation, is_read_as_it_was_granted, kSuites) {
    const Fixture f(row.suite);
    for (int days = 1; days <= kMaxProlongationDays; ++days)
        for (const std::uint32_t serial : {1U, 5U, 9U, 10U}) {
            const std::string code = f.code(serial, days);
            CPPUNIT_ASSERT_EQUAL(kProlongationDigits, code.size());
            CPPUNIT_ASSERT(f.read(code).value() == (Prolongation{serial, days}));
        }
}
TEST(Prolongation, is_taken_once) {
    const Fixture f;
    for (std::uint32_t serial = 1; serial <= 130; ++serial) {
        const std::string code = f.code(serial, 7);
        CPPUNIT_ASSERT(f.read(code, serial - 1).value() == (Prolongation{serial, 7}));
        for (const std::uint32_t later : {0U, 1U, 9U, 10U, 11U, 95U})
            CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_used, f.read(code, serial + later).error().id);
    }
}
TEST(Prolongation, may_skip_nine_that_were_never_typed) {
    const Fixture f;
    for (const std::uint32_t used : {0U, 1U, 8U, 9U, 10U, 4321U}) {
        for (std::uint32_t ahead = 1; ahead <= kMaxSerialsAhead; ++ahead)
            CPPUNIT_ASSERT_EQUAL(used + ahead, f.read(f.code(used + ahead, 3), used).value().serial);
        CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong, f.read(f.code(used + 11, 3), used).error().id);
    }
}
TEST(Prolongation, is_never_longer_than_15_days) {
    const Fixture f;
    for (const int days : {-1, 0, 16, 99, 100})
        CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_too_long, prolongation_code(f.key, {1, days}, *f.hasher).error().id);
}
TEST(Prolongation, of_another_key_is_wrong) {
    const Fixture f;
    Hash256 other = f.key;
    other[31] ^= std::byte{1};
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong, read_prolongation(other, f.code(1, 7), 0, *f.hasher).error().id);
}

/// A filing code with the check digit that belongs to it, found by trying.
std::string completed(const std::string& digits) {
    for (char last = '0'; last <= '9'; ++last)
        if (read_filing_code(digits + last).ok()) return digits + last;
    return {};
}

TEST(PhoneCode, with_one_digit_misheard_is_named_so) {
    const Fixture f;
    for (const std::uint32_t serial : {1U, 2U, 3U}) {
        const std::string code = f.code(serial, 12);
        for (std::size_t at = 0; at < code.size(); ++at)
            for (char digit = '0'; digit <= '9'; ++digit) {
                std::string misheard = code;
                misheard[at] = digit;
                if (misheard != code) CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_misheard, f.read(misheard).error().id);
            }
    }
}
TEST(PhoneCode, with_two_neighbours_swapped_is_named_so) {
    const Fixture f;
    int swapped = 0;
    for (std::uint32_t serial = 1; serial <= 10; ++serial)
        for (std::size_t at = 1; at < kProlongationDigits; ++at) {
            std::string code = f.code(serial, 12);
            if (code[at - 1] == code[at]) continue;
            std::swap(code[at - 1], code[at]);
            CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_misheard, f.read(code).error().id);
            ++swapped;
        }
    CPPUNIT_ASSERT(swapped > 50);
}
TEST(PhoneCode, with_plausible_digits_that_nobody_made_is_wrong) {
    const Fixture f;
    const std::string code = filing_code(f.key, kId, kFiling, *f.hasher);
    std::string other = code.substr(0, 7);
    other[3] = other[3] == '9' ? '0' : static_cast<char>(other[3] + 1);
    const std::string forged = completed(other);
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong,
                         check_filing_code(f.key, forged, kId, kFiling, *f.hasher).error().id);
}

struct Typed {
    const char* name;
    const char* between;  ///< after each fourth digit
    bool good;
};
const Typed kTyped[] = {
    {"in_groups", " ", true},
    {"with_hyphens", "-", true},
    {"with_wide_blanks", "\u3000", true},
    {"with_a_letter", "l", false},
    {"with_dots", ".", false},
    {"with_half_a_character", "\xef\xbc", false},
    {"with_wide_letters", "\uff21", false},
};
TEST_EACH(PhoneCode, is_read_as_people_type_it, kTyped) {
    const Fixture f;
    const std::string code = f.code(1, 15);
    std::string typed;
    for (std::size_t at = 0; at < code.size(); ++at) {
        typed += code[at];
        if (at % 4 == 3) typed += row.between;
    }
    const auto read = f.read(typed);
    CPPUNIT_ASSERT_EQUAL(row.good, read.ok());
    if (!row.good) CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_misheard, read.error().id);
}
TEST(PhoneCode, may_have_full_width_digits) {
    const Fixture f;
    std::string wide;
    for (const char digit : f.code(1, 15)) wide += {'\xef', '\xbc', static_cast<char>('\x90' + (digit - '0'))};
    CPPUNIT_ASSERT(f.read(wide).value() == (Prolongation{1, 15}));
}
TEST(PhoneCode, of_another_length_is_named_misheard) {
    const Fixture f;
    const std::string code = f.code(1, 15);
    for (const std::string& typed : {std::string(), code.substr(1), code + "0", code + code, std::string(100'000, '1')})
        CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_misheard, f.read(typed).error().id);
}
TEST(PhoneCode, is_spoken_in_groups_of_four) {
    CPPUNIT_ASSERT_EQUAL(std::string("1234 5678 9012"), spoken("123456789012"));
    CPPUNIT_ASSERT_EQUAL(std::string("12345678").insert(4, " "), spoken("12345678"));
    CPPUNIT_ASSERT_EQUAL(std::string(), spoken(""));
}

TEST_EACH(FilingCode, says_which_filing_it_was, kSuites) {
    const Fixture f(row.suite);
    const std::string code = filing_code(f.key, kId, kFiling, *f.hasher);
    CPPUNIT_ASSERT_EQUAL(kFilingCodeDigits, code.size());
    CPPUNIT_ASSERT_EQUAL(code, read_filing_code(spoken(code)).value());
    CPPUNIT_ASSERT(check_filing_code(f.key, spoken(code), kId, kFiling, *f.hasher).ok());
    Uuid other = kId;
    other[15] ^= std::byte{1};
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong,
                         check_filing_code(f.key, code, other, kFiling, *f.hasher).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong,
                         check_filing_code(f.key, code, kId, to_bytes("A filing"), *f.hasher).error().id);
}

/// 0, 255, 1, 254 ...: half of the bytes are over the fair limit.
class Counting final : public Random {
public:
    void fill(std::span<std::byte> out) override {
        for (std::byte& each : out) each = static_cast<std::byte>(at_++ % 2 == 0 ? at_ / 2 : 256 - at_ / 2);
    }

private:
    unsigned at_ = 0;
};

TEST_EACH(RegionCode, is_known_by_its_hash, kSuites) {
    const auto hasher = make_hasher(row.suite);
    Counting random;
    const std::string code = new_region_code(random);
    CPPUNIT_ASSERT_EQUAL(kRegionCodeDigits, code.size());
    const Hash256 hash = region_code_hash("411500", code, *hasher);
    CPPUNIT_ASSERT(check_region_code("411500", spoken(code), hash, *hasher).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong, check_region_code("411600", code, hash, *hasher).error().id);
    const std::string other = new_region_code(random);
    CPPUNIT_ASSERT(other != code);
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong, check_region_code("411500", other, hash, *hasher).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_misheard, check_region_code("411500", "12", hash, *hasher).error().id);
}

}  // namespace
}  // namespace zige::wire
