#include "shared/wire/reference.h"

#include <set>

#include "shared/openssl/crypto.h"
#include "shared/wire/chain.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::wire;

namespace {

/// The references of a journal's first entries; `text` is what they say.
std::vector<std::string> references(AgentId agent, Chapter chapter, std::size_t count, std::string_view text) {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    Hash256 chain = chain_start(agent, chapter, *hasher);
    std::vector<std::string> all;
    for (std::size_t number = 1; number <= count; ++number) {
        chain = chain_next(chain, as_bytes(text), *hasher);
        all.push_back(reference(number, chain));
    }
    return all;
}

std::size_t shared_by(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const std::set<std::string> known(a.begin(), a.end());
    return static_cast<std::size_t>(
        std::count_if(b.begin(), b.end(), [&](const std::string& each) { return known.contains(each); }));
}

}  // namespace

TEST(Reference, is_read_back_as_the_entry_it_was_made_of) {
    Hash256 chain{};
    for (std::uint64_t number = 1; number < 5'000'000; number = number * 3 + 1) {
        chain[0] = std::byte(number >> 3U);
        chain[1] = std::byte(number * 7U);
        const std::string text = reference(number, chain);
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, text.size());
        const auto read = read_reference(text).value();
        CPPUNIT_ASSERT(read.is_of(number, chain));
        CPPUNIT_ASSERT(!read.is_of(number + 1, chain));
        chain[0] ^= std::byte{0x80};
        CPPUNIT_ASSERT(!read.is_of(number, chain));
    }
}

TEST(Reference, no_two_entries_of_a_chapter_share_one) {
    const auto all = references(AgentId{7}, Chapter{1}, kReferenceNumbers, "an entry");
    CPPUNIT_ASSERT_EQUAL(all.size(), std::set<std::string>(all.begin(), all.end()).size());
}

/// By chance 20,000 references meet one of 20,000 others 0.4 times.
TEST(Reference, is_another_one_at_another_agent_in_another_chapter_and_after_a_folder_was_put_back) {
    constexpr std::size_t kMany = 20'000;
    const auto first = references(AgentId{7}, Chapter{1}, kMany, "an entry");
    CPPUNIT_ASSERT(shared_by(first, references(AgentId{8}, Chapter{1}, kMany, "an entry")) <= 8);
    CPPUNIT_ASSERT(shared_by(first, references(AgentId{7}, Chapter{2}, kMany, "an entry")) <= 8);
    CPPUNIT_ASSERT(shared_by(first, references(AgentId{7}, Chapter{1}, kMany, "another entry")) <= 8);
}

TEST(Reference, neighbours_do_not_look_alike) {
    const Hash256 chain{};
    for (std::uint64_t number = 1; number < 1000; ++number) {
        const auto one = reference(number, chain);
        const auto next = reference(number + 1, chain);
        int different = 0;
        for (std::size_t i = 0; i < 6; ++i) different += one[i] != next[i];
        CPPUNIT_ASSERT_MESSAGE(one + " " + next, different >= 3);
    }
}

TEST(Reference, is_read_as_a_person_writes_it) {
    const std::string text = reference(77, {});
    std::string typed;
    for (const char c : text) typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(c >= 'A' ? c + 32 : c);
    CPPUNIT_ASSERT(read_reference(typed).value().is_of(77, {}));
    CPPUNIT_ASSERT(!read_reference("12345").has_value());
    CPPUNIT_ASSERT(!read_reference("1234567").has_value());
    CPPUNIT_ASSERT(!read_reference("12345U").has_value());
    CPPUNIT_ASSERT(!read_reference("12 45-").has_value());
}
