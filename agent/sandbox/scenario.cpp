#include "agent/sandbox/scenario.h"

#include <algorithm>
#include <cstdio>

#include "agent/sandbox/people.h"

namespace zige::sandbox {
namespace {

constexpr std::size_t kMaxTold = 1U << 20;
constexpr std::size_t kMaxWords = 2000;
constexpr std::string_view kStates[] = {"settled", "held", "refused", "unchecked", "unknown", "open"};

std::string yuan(std::int64_t fen) {
    char text[32];
    std::snprintf(text, sizeof text, "%lld.%02lld", static_cast<long long>(fen / 100), static_cast<long long>(fen % 100));
    return text;
}

void set_person(Json& line, const std::string& key, const char* code, const char* name = nullptr) {
    if (key.empty()) return;
    const bool made_up = key.starts_with(kMadeUp);
    line.set(code, made_up ? std::string_view(key) : person(key).code);
    if (name != nullptr) line.set(name, made_up ? "秦川" : person(key).name);
}

Json line_json(const WishedLine& wish, const WishedBill& bill, std::size_t number, Instant now) {
    const std::string item = wish.item.empty() ? "XA01" + bill.line_id(number) : wish.item;
    Json line = Json::object({{"feedetl_sn", bill.line_id(number)},
                              {"fee_ocur_time", format(bill.entered - wish.ago)},
                              {"det_item_fee_sumamt", yuan(wish.fen)},
                              {"cnt", "1"},
                              {"med_list_codg", item},
                              {"medins_list_codg", "Y" + item},
                              {"bilg_dept_codg", wish.department.empty() ? std::string(kDepartment) : wish.department},
                              {"bilg_dept_name", wish.department.empty() ? "内科" : "康复科"},
                              {"exp_content", "沙箱扩展字段"}});
    set_person(line, wish.ordering, "bilg_dr_codg", "bilg_dr_name");
    set_person(line, wish.executing, "orders_dr_code", "orders_dr_name");
    set_person(line, wish.nurse, "nurs_code");
    set_person(line, wish.pharmacist, "phar_prac_cert_no", "phar_name");
    if (bill.kind == "pharmacy") line.set("rx_flag", wish.prescription ? "1" : "0");
    if (!wish.new_order.empty())
        line.set("order", Json::object({{"number", wish.new_order}, {"time", format(now)}}));
    return line;
}

Json bill_json(const WishedBill& bill, Instant now) {
    Json lines = Json::array();
    for (std::size_t i = 0; i < bill.lines.size(); ++i) lines.push(line_json(bill.lines[i], bill, i + 1, now));
    Json words = Json::object({{"claim_id", bill.claim()},
                               {"mdtrt_id", bill.visit()},
                               {"chrg_bchno", "B" + bill.name},
                               {"psn_no", "P41150200000000001"},
                               {"psn_name", "患者某"},
                               {"med_type", bill.med_type},
                               {"kind", bill.kind},
                               {"begntime", format(bill.entered - std::chrono::hours(24 * 30))},
                               {"opter", person(bill.opter).code},
                               {"opter_name", person(bill.opter).name},
                               {"atddr_no", person(bill.attending).code},
                               {"dr_name", person(bill.attending).name}});
    if (bill.emergency)
        words.set("emergency", Json::object({{"kind", bill.emergency->kind},
                                             {"reason", bill.emergency->reason},
                                             {"declared_by", bill.emergency->declared_by}}));
    if (bill.release)
        words.set("release", Json::object({{"reason", bill.release->reason}, {"released_by", bill.release->released_by}}));
    return words.set("feedetail", std::move(lines));
}

Result<std::pair<std::string, ToldLine>> read_line(const Json& line) {
    ZIGE_TRY(id, text_member(line, "line_id", kMaxWords));
    ZIGE_TRY(state, text_member(line, "state", kMaxWords));
    ZIGE_TRY(shown, optional_text_member(line, "shown", kMaxWords));
    ZIGE_TRY(reference, optional_text_member(line, "reference", kMaxWords));
    if (std::ranges::find(kStates, state) == std::end(kStates))
        return fail(ErrorId::api_bad_field, "lines[].state", "settled, held, refused, unchecked, unknown or open");
    return std::pair{id, ToldLine{state, shown.value_or(""), reference.value_or("")}};
}

}  // namespace

Json scenario(const std::string& case_name, int act, const std::string& todo, const WishedBill& bill, const Surroundings& around,
              const Json& memory, Instant now) {
    return Json::object({{"sandbox", 1},
                         {"case", case_name},
                         {"act", act},
                         {"do", todo},
                         {"now", format(now)},
                         {"charset", around.charset},
                         {"agent", Json::object({{"url", around.agent_url}, {"key", around.key}, {"data", around.agent_data}})},
                         {"platform", Json::object({{"url", around.platform_url}})},
                         {"limits_ms", Json::object({{"agent", around.agent_ms}, {"platform", around.platform_ms}})},
                         {"institution", Json::object({{"fixmedins_code", kInstitution},
                                                       {"fixmedins_name", kInstitutionName},
                                                       {"mdtrtarea_admvs", kDivision}})},
                         {"bill", bill_json(bill, now)},
                         {"memory", memory}});
}

const ToldLine* Told::line(std::string_view id) const {
    const auto found = std::ranges::find(lines, id, [](const auto& each) { return std::string_view(each.first); });
    return found == lines.end() ? nullptr : &found->second;
}

Result<Told> read_told(std::string_view output) {
    ZIGE_TRY(answer, parse_json(output, kMaxTold));
    if (answer.members() == nullptr) return fail(ErrorId::api_bad_field, "", "an object");
    Told told;
    ZIGE_TRY(unsupported, optional_text_member(answer, "unsupported", kMaxWords));
    told.unsupported = unsupported.value_or("");
    if (const Json* memory = answer.find("memory")) told.memory = *memory;
    if (!told.unsupported.empty()) return told;
    const Json* lines = answer.find("lines");
    if (lines == nullptr || lines->items() == nullptr) return fail(ErrorId::api_missing_field, "lines");
    for (const Json& line : *lines->items()) {
        ZIGE_TRY(read, read_line(line));
        told.lines.push_back(std::move(read));
    }
    return told;
}

}  // namespace zige::sandbox
