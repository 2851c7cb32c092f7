#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/codes.h"
#include "shared/base/result.h"
#include "shared/poco/json.h"

namespace zige::hub {

/// What a person reads of an operation's answer, Chinese or English. Every operation of the table has a text.
std::string print_answer(std::string_view operation, const Json& answer, Lang lang);
std::string print_error(const Error& error, Lang lang);

/// The list of an answer below its heading, as a spreadsheet takes it; empty: the operation gives no list.
using TableRows = std::vector<std::vector<std::string>>;
TableRows table_of(std::string_view operation, const Json& answer, Lang lang);
TableRows career_table(std::string_view operation, const Json& answer, Lang lang);
TableRows case_table(std::string_view operation, const Json& answer, Lang lang);
TableRows paper_table(std::string_view operation, const Json& answer, Lang lang);
TableRows audit_table(std::string_view operation, const Json& answer, Lang lang);
TableRows filing_table(std::string_view operation, const Json& answer, Lang lang);
TableRows desk_table(std::string_view operation, const Json& answer, Lang lang);

// By area; empty for an operation of another one.
std::string print_registry(std::string_view operation, const Json& answer, Lang lang);
std::string print_desk(std::string_view operation, const Json& answer, Lang lang);
std::string print_audit(std::string_view operation, const Json& answer, Lang lang);
std::string print_agent(std::string_view operation, const Json& answer, Lang lang);
std::string print_trust(std::string_view operation, const Json& answer, Lang lang);
std::string print_filing(std::string_view operation, const Json& answer, Lang lang);
std::string print_incident(std::string_view operation, const Json& answer, Lang lang);
std::string print_notice(std::string_view operation, const Json& answer, Lang lang);
std::string print_career(std::string_view operation, const Json& answer, Lang lang);
std::string print_profile(std::string_view operation, const Json& answer, Lang lang);
std::string print_case(std::string_view operation, const Json& answer, Lang lang);
std::string print_slips(std::string_view operation, const Json& answer, Lang lang);
std::string print_paper(std::string_view operation, const Json& answer, Lang lang);
/// A slip with its code. `colours`: for a terminal, where the code is black on white whatever its colours are.
std::string slip_text(const Json& slip, bool colours);

/// Members of an answer as text: "" where there is none.
std::string shown(const Json& json, std::string_view key);
const Json::Array& list_of(const Json& json, std::string_view key);

/// "（登记号3）": a number of the institution's. "#3" is a person's number, which other commands take.
std::string registration(const Json& json, Lang lang);

/// The text of a code that stands in the answer by its name.
template <class E>
std::string coded(const Json& json, std::string_view key, Lang lang) {
    const std::string name = shown(json, key);
    const auto code = from_name<E>(name);
    return code ? text(*code, lang) : name;
}

}  // namespace zige::hub
