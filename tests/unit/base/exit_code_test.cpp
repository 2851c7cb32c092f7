#include "shared/base/exit_code.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <vector>

#include "tests/support/testing.h"

using namespace zige;

namespace {

/// The words in back quotes.
std::vector<std::string> quoted(const std::string& text) {
    std::vector<std::string> words;
    for (auto at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
        const auto end = text.find('`', at + 1);
        words.push_back(text.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return words;
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> found;
    for (std::size_t at = 1; at < line.size();) {
        const auto end = line.find('|', at);
        found.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return found;
}

/// What the table in docs/operations.md says: "| 6 | meaning | `class` | `error_name` `error_name` |".
struct Page {
    std::map<std::string, int> classes;
    std::map<std::string, int> named;
    std::set<std::string> twice;  // on two rows
};

Page page() {
    std::ifstream file(ZIGE_OPERATIONS_PAGE);
    Page page;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("## ")) inside = line.starts_with("## 退出码");
        if (!inside || line.size() < 5 || line[0] != '|' || line[2] < '0' || line[2] > '8') continue;
        const auto row = cells(line);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(line, std::size_t{4}, row.size());
        for (const std::string& name : quoted(row[2])) page.classes[name] = line[2] - '0';
        for (const std::string& name : quoted(row[3]))
            if (!page.named.emplace(name, line[2] - '0').second) page.twice.insert(name);
    }
    return page;
}

struct Row {
    std::string name;  // of the error
    int exit;          // as the two pages say: 0 if they do not
};

/// Each error of docs/codes.md, "| 4013 | `journal_not_found` | not_found | text | text |", with what the page says of it
/// by name, else of its class.
std::vector<Row> documented() {
    const Page says = page();
    std::ifstream file(ZIGE_CODES_PAGE);
    std::vector<Row> rows;
    for (std::string line; std::getline(file, line);) {
        const auto row = line.starts_with("| ") ? cells(line) : std::vector<std::string>();
        const auto name = row.size() > 3 ? quoted(row[1]) : std::vector<std::string>();
        if (name.size() != 1 || !from_name<ErrorId>(name[0]) || row[2].size() < 3) continue;
        const auto by_name = says.named.find(name[0]);
        const auto by_class = says.classes.find(row[2].substr(1, row[2].size() - 2));
        if (by_class == says.classes.end()) continue;  // a table of other codes
        rows.push_back({name[0], by_name != says.named.end() ? by_name->second : by_class->second});
    }
    return rows;
}

}  // namespace

TEST_EACH(ExitCode, is_as_documented, documented()) {
    CPPUNIT_ASSERT_EQUAL(row.exit, static_cast<int>(exit_of(*from_name<ErrorId>(row.name))));
}

TEST(ExitCode, of_every_error_is_documented) {
    std::set<std::string> names;
    for (const Row& row : documented()) CPPUNIT_ASSERT_MESSAGE(row.name, names.insert(row.name).second);
    for (const ErrorId error : all<ErrorId>()) CPPUNIT_ASSERT_MESSAGE(to_string(error), names.contains(to_string(error)));
}

TEST(ExitCode, the_page_names_errors_that_there_are_and_each_once) {
    const Page says = page();
    for (const auto& [name, exit] : says.named) CPPUNIT_ASSERT_MESSAGE(name, from_name<ErrorId>(name).has_value());
    for (const std::string& name : says.twice) CPPUNIT_FAIL(name);
    for (int exit = 1; exit <= 8; ++exit)
        CPPUNIT_ASSERT_MESSAGE(std::to_string(exit), std::ranges::any_of(says.named, [exit](const auto& each) {
                                   return each.second == exit;
                               }));
}

TEST(ExitCode, no_error_ends_a_program_as_if_all_were_well) {
    for (const ErrorId error : all<ErrorId>()) CPPUNIT_ASSERT(exit_of(error) != Exit::ok);
}

TEST(ExitCode, a_clear_that_got_no_answer_never_looks_refused) {
    for (const ErrorId error : {ErrorId::agent_no_copy, ErrorId::agent_line_bad, ErrorId::journal_corrupt,
                                ErrorId::journal_not_recorded, ErrorId::journal_idempotency_conflict,
                                ErrorId::agent_busy, ErrorId::api_bad_field, ErrorId::local_keys_damaged,
                                ErrorId::enrol_damaged})
        CPPUNIT_ASSERT_MESSAGE(to_string(error), exit_of(error) != Exit::refused);
}
