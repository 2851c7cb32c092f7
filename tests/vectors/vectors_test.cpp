#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "shared/wire/dictionary.h"
#include "tests/support/testing.h"
#include "tests/vectors/diagnostic.h"
#include "tests/vectors/vector.h"

namespace zige::vectors {
namespace {

const std::string kFolder = ZIGE_PROTOCOL_FOLDER "/vectors";

std::vector<Vector> of_folder(const std::string& prefix) {
    std::vector<Vector> all = read_index(kFolder);
    std::erase_if(all, [&](const Vector& v) { return !v.name.starts_with(prefix); });
    return all;
}

/// A row of a table: named like its file.
struct Row {
    std::string name;
    Vector vector;
};
std::vector<Row> rows_of(const std::string& prefix) {
    std::vector<Row> rows;
    for (Vector& each : of_folder(prefix)) rows.push_back({each.name.substr(prefix.size()), each});
    return rows;
}

TEST_EACH(Vectors, takes, rows_of("good/")) {
    const auto payload = receive(row.vector);
    if (!payload.ok()) CPPUNIT_FAIL(payload.error().describe());
    CPPUNIT_ASSERT_EQUAL(row.vector.payload, diagnostic(*payload));
}

TEST_EACH(Vectors, refuses, rows_of("bad/")) {
    const auto payload = receive(row.vector);
    CPPUNIT_ASSERT_MESSAGE("was accepted", !payload.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(payload.error().describe(), *row.vector.error, payload.error().id);
}

TEST(VectorFiles, are_all_in_the_index) {
    std::set<std::string> indexed;
    for (const Vector& each : read_index(kFolder)) indexed.insert(each.name + ".hex");
    std::set<std::string> found;
    for (const char* folder : {"good", "bad"})
        for (const auto& file : std::filesystem::directory_iterator(kFolder + "/" + folder))
            found.insert(std::string(folder) + "/" + file.path().filename().string());
    CPPUNIT_ASSERT_EQUAL(indexed, found);
}

/// Good vectors say today what they said when they were made; signatures and deflate may differ.
TEST(VectorFiles, hold_what_the_samples_say) {
    const auto stored = of_folder("good/");
    const auto made = make_good();
    CPPUNIT_ASSERT_EQUAL(made.size(), stored.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
        CPPUNIT_ASSERT_EQUAL(made[i].name, stored[i].name);
        CPPUNIT_ASSERT_EQUAL(made[i].payload, stored[i].payload);
    }
}

TEST(VectorFiles, hold_the_dictionary_that_the_program_has) {
    std::ifstream in(ZIGE_PROTOCOL_FOLDER "/dictionary/1.bin", std::ios::binary);
    const std::string stored{std::istreambuf_iterator<char>(in), {}};
    CPPUNIT_ASSERT_EQUAL(to_hex(wire::dictionary(1)), to_hex(as_bytes(stored)));
}

}  // namespace
}  // namespace zige::vectors
