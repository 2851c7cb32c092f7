#include "shared/base/exit_code.h"

#include <algorithm>
#include <fstream>
#include <vector>

#include "tests/support/testing.h"

using namespace zige;

namespace {

/// A row of the table in docs/operations.md: "| 6 | meaning | `error_name` `error_name` |".
struct Documented {
    std::string name;  // of the error
    ErrorId error;
    int exit;
};

std::vector<Documented> documented() {
    std::ifstream page(ZIGE_OPERATIONS_PAGE);
    std::vector<Documented> rows;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) inside = line.starts_with("## 退出码");
        if (!inside || line.size() < 5 || line[0] != '|' || line[2] < '0' || line[2] > '8') continue;
        const auto examples = line.rfind('|', line.size() - 2);
        for (auto at = line.find('`', examples); at != std::string::npos; at = line.find('`', at + 1)) {
            const auto end = line.find('`', at + 1);
            const std::string name = line.substr(at + 1, end - at - 1);
            const auto error = from_name<ErrorId>(name);
            CPPUNIT_ASSERT_MESSAGE(name, error.has_value());
            rows.push_back({name, *error, line[2] - '0'});
            at = end;
        }
    }
    return rows;
}

/// What the class of an error alone would give.
Exit by_class(ErrorId error) {
    switch (errc_of(error)) {
        case Errc::invalid: return Exit::usage;
        case Errc::not_found: return Exit::not_found;
        case Errc::busy: return Exit::busy;
        case Errc::untrusted: return Exit::untrusted;
        case Errc::unavailable:
        case Errc::gap:
        case Errc::stale: return Exit::unavailable;
        case Errc::corrupt:
        case Errc::io:
        case Errc::unsupported:
        case Errc::internal: return Exit::io;
    }
    return Exit::ok;
}

}  // namespace

TEST_EACH(ExitCode, is_as_documented, documented()) {
    CPPUNIT_ASSERT_EQUAL(row.exit, static_cast<int>(exit_of(row.error)));
}

TEST(ExitCode, every_code_of_the_page_has_an_example) {
    const auto rows = documented();
    for (int exit = 1; exit <= 8; ++exit) {
        CPPUNIT_ASSERT_MESSAGE(std::to_string(exit), std::ranges::count(rows, exit, &Documented::exit) > 0);
    }
}

TEST(ExitCode, whatever_differs_from_its_class_stands_on_the_page) {
    const auto rows = documented();
    for (const ErrorId error : all<ErrorId>())
        if (exit_of(error) != by_class(error))
            CPPUNIT_ASSERT_MESSAGE(to_string(error), std::ranges::count(rows, error, &Documented::error) == 1);
}

TEST(ExitCode, no_error_ends_a_program_as_if_all_were_well) {
    for (const ErrorId error : all<ErrorId>()) CPPUNIT_ASSERT(exit_of(error) != Exit::ok);
}

TEST(ExitCode, a_clear_that_got_no_answer_never_looks_refused) {
    for (const ErrorId error : {ErrorId::agent_no_copy, ErrorId::agent_line_bad, ErrorId::journal_corrupt,
                                ErrorId::journal_not_recorded, ErrorId::journal_idempotency_conflict,
                                ErrorId::agent_busy, ErrorId::api_bad_field, ErrorId::local_keys_damaged})
        CPPUNIT_ASSERT_MESSAGE(to_string(error), exit_of(error) != Exit::refused);
}
