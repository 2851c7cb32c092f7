#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"
#include "tests/vectors/fields.h"
#include "tests/vectors/samples.h"
#include "tests/vectors/vector.h"

namespace zige::vectors {
namespace {

const std::filesystem::path kProtocol = ZIGE_PROTOCOL_FOLDER;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    CPPUNIT_ASSERT_MESSAGE(path.string(), in.good());
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The bytes of an example of SPEC.md: what stands before the '#' in each line of the block that follows its marker.
Bytes example(const std::string& name) {
    const std::string spec = text_of(kProtocol / "SPEC.md");
    const std::size_t marker = spec.find("<!-- example: " + name + " -->");
    CPPUNIT_ASSERT_MESSAGE(name, marker != std::string::npos);
    const std::size_t start = spec.find("```", marker) + 3;
    std::string hex;
    bool comment = false;
    for (const char c : spec.substr(start, spec.find("```", start) - start)) {
        comment = c == '#' || (comment && c != '\n');
        if (!comment && c != ' ' && c != '\n') hex += c;
    }
    return from_hex(hex).value();
}

TEST(Spec, shows_the_bytes_that_the_code_reads) {
    const auto compressor = make_compressor(wire::dictionaries());
    const auto verifier = make_verifier(Suite::ed25519_sha256);
    const auto signer = zige::testing::fixed_signer(kOnlineKey);
    const auto payload = wire::open_envelope({kHub, MessageType::head}, example("envelope"), signer->public_key(),
                                             *verifier, *compressor, kMaxHeadBytes);
    if (!payload.ok()) CPPUNIT_FAIL(payload.error().describe());
    CPPUNIT_ASSERT_EQUAL(to_hex(example("payload")), to_hex(*payload));
    CPPUNIT_ASSERT(wire::decode_head(*payload).value() == head());
    CPPUNIT_ASSERT_EQUAL(to_hex(example("payload")), to_hex(wire::encode(head())));
}

TEST(Spec, shows_the_vector) {
    for (const Vector& each : read_index((kProtocol / "vectors").string()))
        if (each.name == "good/head") CPPUNIT_ASSERT_EQUAL(to_hex(each.bytes), to_hex(example("envelope")));
}

/// Rules that the code cites, wherever it does.
std::set<std::string> cited_rules() {
    const std::regex rule("\\b(CBOR|ENV|VER|LIMIT|STATE|DELTA|BLOB|JRN|SYNC|TRUST|SEAL|PHONE|LIFE|REC|STMT)-[0-9]+\\b");
    std::set<std::string> rules;
    for (const char* folder : {"shared", "agent", "hub"})
        for (const auto& file : std::filesystem::recursive_directory_iterator(kProtocol.parent_path() / folder)) {
            if (file.path().extension() != ".cpp" && file.path().extension() != ".h") continue;
            const std::string text = text_of(file.path());
            for (std::sregex_iterator at(text.begin(), text.end(), rule), end; at != end; ++at) rules.insert(at->str());
        }
    return rules;
}

TEST(Spec, has_every_rule_that_the_code_cites) {
    const std::string spec = text_of(kProtocol / "SPEC.md");
    const std::set<std::string> rules = cited_rules();
    CPPUNIT_ASSERT_MESSAGE("found none", rules.size() > 20);
    for (const std::string& rule : rules) {
        const bool defined =
            spec.find("| " + rule + " |") != std::string::npos || spec.find(rule + ":") != std::string::npos;
        CPPUNIT_ASSERT_MESSAGE(rule + " is cited, but SPEC.md does not define it", defined);
    }
}

/// Every vector that the table of attacks names is there.
TEST(Spec, names_vectors_that_exist) {
    const std::string spec = text_of(kProtocol / "SPEC.md");
    const std::size_t start = spec.find("## 2.");
    const std::string table = spec.substr(start, spec.find("## 3.") - start);
    std::set<std::string> names;
    for (const Vector& each : read_index((kProtocol / "vectors").string()))
        names.insert(each.name.substr(each.name.find('/') + 1));
    for (const FieldsFile& file : kFieldsFiles)
        for (const Fields& each : read_fields((kProtocol / "vectors" / file.name).string() + ".json"))
            names.insert(each.at("name"));
    const std::regex quoted("`([a-z0-9-]+)(\\*?)`");
    for (std::sregex_iterator at(table.begin(), table.end(), quoted), end; at != end; ++at) {
        const std::string name = (*at)[1];
        const bool prefix = (*at)[2].length() > 0;
        const bool found = std::ranges::any_of(
            names, [&](const std::string& each) { return prefix ? each.starts_with(name) : each == name; });
        CPPUNIT_ASSERT_MESSAGE(name, found);
    }
}

}  // namespace
}  // namespace zige::vectors
