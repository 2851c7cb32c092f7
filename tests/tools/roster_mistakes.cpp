#include "tests/tools/roster_mistakes.h"

namespace zige::testing {
namespace {

ExpectedIssue refused(std::string field, std::string error) { return {0, std::move(field), std::move(error), false}; }
ExpectedIssue warned(std::string field, std::string error) { return {0, std::move(field), std::move(error), true}; }

void spoil_check_digit(std::string& number) { number.back() = number.back() == '7' ? '8' : '7'; }

/// 15 digits, as before 1999: no century and no check digit.
std::string old_number(const std::string& number) { return number.substr(0, 6) + number.substr(8, 9); }

}  // namespace

std::optional<ExpectedIssue> make_mistake(Mistake mistake, Columns& columns) {
    switch (mistake) {
        case Mistake::bad_checksum:
            spoil_check_digit(columns[kIdentity]);
            return refused("identity_number", "identity_bad_checksum");
        case Mistake::old_identity_number:
            columns[kIdentity] = old_number(columns[kIdentity]);
            return refused("identity_number", "identity_bad_length");
        case Mistake::impossible_birth:
            columns[kIdentity].replace(10, 4, "0230");
            return refused("identity_number", "identity_bad_date");
        case Mistake::lower_case_x:
            columns[kIdentity] = "11010519491231002x";
            return warned("identity_number", "roster_lower_case_x");
        case Mistake::no_code: columns[kCode].clear(); return warned("code", "roster_no_code");
        case Mistake::unusual_code: columns[kCode] = "D190"; return warned("code", "roster_unusual_code");
        case Mistake::person_twice: return refused("identity_number", "roster_duplicate_person");
        case Mistake::left: columns[kState] = "离职"; return refused("state", "roster_person_left");
        case Mistake::unclear_state: columns[kState] = "借调"; return warned("state", "roster_unclear_state");
        case Mistake::contract_ended:
            columns[kUntil] = "2024-06-30";
            return warned("contract_until", "roster_contract_ended");
        case Mistake::bad_day: columns[kFrom] = "2023-02-29"; return warned("contract_from", "roster_bad_day");
        case Mistake::extra_column: columns.emplace_back("备注"); return refused("line", "roster_bad_columns");
        case Mistake::missing_column:
            columns.erase(columns.begin() + kSex);
            return refused("line", "roster_bad_columns");
        case Mistake::trailing_tabs: columns.insert(columns.end(), 3, ""); return std::nullopt;
        case Mistake::wrong_institution:
            columns[kInstitution] = "H41150399999";
            return refused("institution_code", "roster_wrong_institution");
        case Mistake::rare_character: columns[kName] = "李𫖯"; return warned("name", "roster_rare_character");
        case Mistake::lost_character: columns[kName] = "王㛃"; return warned("name", "roster_lost_character");
        case Mistake::damaged_bytes:
            columns[kName] = std::string("赵") + kDamage;
            return refused("line", "roster_bad_text");
    }
    return std::nullopt;
}

}  // namespace zige::testing
