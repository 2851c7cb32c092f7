#include "tests/vectors/fields.h"

#include "tests/support/testing.h"

namespace zige::vectors {
namespace {

struct Row {
    std::string name;
    Fields fields;
};
std::vector<Row> rows_of(const char* file) {
    std::vector<Row> rows;
    for (Fields& fields : read_fields(std::string(ZIGE_PROTOCOL_FOLDER "/vectors/") + file))
        rows.push_back({fields.at("name"), fields});
    return rows;
}

/// What the row says that a receiver finds, or how it refuses.
std::string expected(const Fields& fields, const char* good) {
    const auto error = fields.find("error");
    return error == fields.end() ? fields.at(good) : error->second;
}

TEST_EACH(Vectors, of_sealed_messages, rows_of("sealed.json")) {
    CPPUNIT_ASSERT_EQUAL(expected(row.fields, "plain"), found_in_sealed(row.fields));
}
TEST_EACH(Vectors, of_phone_codes, rows_of("phone_codes.json")) {
    CPPUNIT_ASSERT_EQUAL(expected(row.fields, "found"), found_in_phone_code(row.fields));
}

TEST(VectorFiles, of_phone_codes_say_what_they_said) {
    CPPUNIT_ASSERT(make_phone_codes() == read_fields(ZIGE_PROTOCOL_FOLDER "/vectors/phone_codes.json"));
}
/// All but the bytes, which are random.
TEST(VectorFiles, of_sealed_messages_say_what_they_said) {
    auto made = make_sealed();
    auto stored = read_fields(ZIGE_PROTOCOL_FOLDER "/vectors/sealed.json");
    for (auto* rows : {&made, &stored})
        for (Fields& row : *rows) row.erase("sealed");
    CPPUNIT_ASSERT(made == stored);
}

}  // namespace
}  // namespace zige::vectors
