#include <string>

#include "tests/tools/roster_maker.h"

namespace zige::testing {
namespace {

/// The texts of the rosters hold nothing that JSON escapes but these.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string person_json(const ExpectedPerson& person) {
    return "{\"line\": " + std::to_string(person.line) + ", \"code\": " + quoted(person.code) +
           ", \"name\": " + quoted(person.name) + ", \"identity_number\": " + quoted(person.identity_number) +
           ", \"principal\": " + (person.principal ? "true" : "false") + "}";
}

std::string issue_json(const ExpectedIssue& issue) {
    return "{\"line\": " + std::to_string(issue.line) + ", \"field\": " + quoted(issue.field) +
           ", \"error\": " + quoted(issue.error) + ", \"imported\": " + (issue.imported ? "true" : "false") + "}";
}

template <class T, class Write>
std::string list_json(const std::vector<T>& items, const std::string& indent, Write write) {
    std::string out = "[";
    for (const T& item : items) out += (out.size() > 1 ? ",\n" : "\n") + indent + write(item);
    return out + "]";
}

std::string file_json(const MadeFile& file) {
    return "{\"file\": " + quoted(file.name) + ", \"layout\": " + quoted(file.layout) +
           ", \"encoding\": " + quoted(file.encoding) + ", \"lines\": " + std::to_string(file.lines) +
           ",\n      \"issues\": " + list_json(file.issues, "        ", issue_json) +
           ",\n      \"people\": " + list_json(file.people, "        ", person_json) + "}";
}

std::string institution_json(const MadeInstitution& institution) {
    return "{\"code\": " + quoted(institution.code) + ", \"name\": " + quoted(institution.name) +
           ", \"kind\": " + quoted(institution.kind) +
           ",\n    \"files\": " + list_json(institution.files, "      ", file_json) + "}";
}

}  // namespace

std::string answers_json(std::uint64_t seed, const std::vector<MadeInstitution>& institutions) {
    return "{\"seed\": " + std::to_string(seed) +
           ",\n  \"institutions\": " + list_json(institutions, "    ", institution_json) + "}\n";
}

}  // namespace zige::testing
