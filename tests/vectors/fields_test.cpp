#include "tests/vectors/fields.h"

#include "tests/support/testing.h"

namespace zige::vectors {
namespace {

std::string path_of(const FieldsFile& file) {
    return std::string(ZIGE_PROTOCOL_FOLDER "/vectors/") + file.name + ".json";
}

struct Row {
    std::string name;
    Fields fields;
    std::string (*found)(const Fields& row);
};
std::vector<Row> all_rows() {
    std::vector<Row> rows;
    for (const FieldsFile& file : kFieldsFiles)
        for (Fields& fields : read_fields(path_of(file))) rows.push_back({fields.at("name"), fields, file.found});
    return rows;
}
TEST_EACH(VectorRows, are_met_as_they_say, all_rows()) {
    CPPUNIT_ASSERT_EQUAL(meant(row.fields), row.found(row.fields));
}

/// All but the bytes that are random.
TEST_EACH(VectorRows, say_what_they_said_in, kFieldsFiles) {
    auto made = row.make();
    auto stored = read_fields(path_of(row));
    for (auto* rows : {&made, &stored})
        for (Fields& each : *rows) {
            each.erase(row.random);
            if (each.contains("varies")) each.erase(each.at("varies"));
        }
    CPPUNIT_ASSERT(made == stored);
}

}  // namespace
}  // namespace zige::vectors
