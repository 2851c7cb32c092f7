#include "agent/sandbox/platform_books.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace zige::sandbox {
namespace {

PlatformWord refused(std::string why) { return {"-1", std::move(why), Json::object()}; }

std::string yuan(std::int64_t fen) {
    char text[32];
    std::snprintf(text, sizeof text, "%lld.%02lld", static_cast<long long>(fen / 100), static_cast<long long>(fen % 100));
    return text;
}

Json settlement(const std::string& id, const std::string& visit, const std::string& msgid, std::int64_t fen, Instant now) {
    const std::int64_t fund = fen * 7 / 10;
    return Json::object({{"setl_id", id},
                         {"mdtrt_id", visit},
                         {"medins_setl_id", msgid},
                         {"setl_time", format(now)},
                         {"medfee_sumamt", yuan(fen)},
                         {"fund_pay_sumamt", yuan(fund)},
                         {"acct_pay", "0.00"},
                         {"psn_cash_pay", yuan(fen - fund)}});
}

const Json& or_nothing(const Json* value) {
    static const Json kNothing = Json::object();
    return value == nullptr ? kNothing : *value;
}

}  // namespace

std::string words_of(const Json* object, std::string_view key) {
    const Json* value = object == nullptr ? nullptr : object->find(key);
    if (value == nullptr) return {};
    if (value->text() != nullptr) return *value->text();
    return value->number().value_or("");
}

std::int64_t fen_of(const std::string& text) {
    const auto dot = text.find('.');
    std::int64_t whole = 0;
    std::from_chars(text.data(), text.data() + std::min(dot, text.size()), whole);
    std::string cents = dot == std::string::npos ? "00" : (text.substr(dot + 1) + "00").substr(0, 2);
    std::int64_t part = 0;
    std::from_chars(cents.data(), cents.data() + cents.size(), part);
    return whole * 100 + part;
}

PlatformWord PlatformBooks::take(const std::string& infno, const Json& message, Instant now) {
    const Json* input = message.find("input");
    if (input == nullptr || input->members() == nullptr) return refused("入参 input 缺失");
    const Json& data = or_nothing(input->find("data"));
    const std::string msgid = words_of(&message, "msgid");
    if (infno == "2204" || infno == "2301") return upload(*input, "feedetail");
    if (infno == "2205" || infno == "2302") return withdraw(data);
    if (infno == "2207" || infno == "2304") return settle(data, msgid, now);
    if (infno == "2208" || infno == "2305" || infno == "2103") return reverse(data);
    if (infno == "2102") return sell(*input, msgid, now);
    if (infno == "5203") return show_settlements(data);
    if (infno == "5204") return show_lines(data);
    return {};
}

PlatformWord PlatformBooks::upload(const Json& input, const char* list) {
    const Json* lines = input.find(list);
    if (lines == nullptr || lines->items() == nullptr || lines->items()->empty()) return refused("费用明细为空");
    for (const Json& line : *lines->items()) {
        const Visit& visit = visits_[words_of(&line, "mdtrt_id")];
        if (std::ranges::find(visit.lines, words_of(&line, "feedetl_sn"), &Line::number) != visit.lines.end())
            return refused("费用明细流水号重复：" + words_of(&line, "feedetl_sn"));
    }
    Json results = Json::array();
    for (const Json& line : *lines->items()) {
        const std::string amount = words_of(&line, "det_item_fee_sumamt");
        visits_[words_of(&line, "mdtrt_id")].lines.push_back(
            {words_of(&line, "feedetl_sn"), words_of(&line, "chrg_bchno"), fen_of(amount), false});
        results.push(Json::object({{"feedetl_sn", words_of(&line, "feedetl_sn")}, {"det_item_fee_sumamt", amount}}));
    }
    return {"0", "", Json::object({{"result", std::move(results)}})};
}

PlatformWord PlatformBooks::withdraw(const Json& data) {
    Visit& visit = visits_[words_of(&data, "mdtrt_id")];
    const std::string lot = words_of(&data, "chrg_bchno");
    const bool all = lot.empty() || lot == "0000";
    std::erase_if(visit.lines, [&](const Line& line) { return !line.settled && (all || line.lot == lot); });
    return {};
}

PlatformWord PlatformBooks::settle(const Json& data, const std::string& msgid, Instant now) {
    const std::string name = words_of(&data, "mdtrt_id");
    const std::string lot = words_of(&data, "chrg_bchno");
    Visit& visit = visits_[name];
    std::int64_t fen = 0;
    bool any = false;
    for (Line& line : visit.lines) {
        if (line.settled || (!lot.empty() && line.lot != lot)) continue;
        any = line.settled = true;
        fen += line.fen;
    }
    if (!any) return refused("没有可结算的费用明细");
    const std::string id = "S" + std::to_string(++serial_);
    visit.settlements[id] = fen;
    return {"0", "", Json::object({{"setlinfo", settlement(id, name, msgid, fen, now)}})};
}

PlatformWord PlatformBooks::sell(const Json& input, const std::string& msgid, Instant now) {
    const Json& head = or_nothing(input.find("druginfo"));
    const Json* lines = input.find("drugdetail");
    if (lines == nullptr || lines->items() == nullptr || lines->items()->empty()) return refused("药品明细为空");
    std::int64_t fen = 0;
    for (const Json& line : *lines->items()) fen += fen_of(words_of(&line, "det_item_fee_sumamt"));
    const std::string id = "S" + std::to_string(++serial_);
    const std::string name = words_of(&head, "mdtrt_id");
    visits_[name].settlements[id] = fen;
    return {"0", "", Json::object({{"setlinfo", settlement(id, name, msgid, fen, now)}})};
}

PlatformWord PlatformBooks::reverse(const Json& data) {
    Visit& visit = visits_[words_of(&data, "mdtrt_id")];
    if (visit.settlements.erase(words_of(&data, "setl_id")) == 0) return refused("查无此结算");
    for (Line& line : visit.lines) line.settled = false;
    return {"0", "", Json::object({{"setlinfo", Json::object({{"setl_id", "R" + std::to_string(++serial_)}})}})};
}

PlatformWord PlatformBooks::show_settlements(const Json& data) const {
    const auto visit = visits_.find(words_of(&data, "mdtrt_id"));
    if (visit == visits_.end() || visit->second.settlements.empty()) return refused("查无此结算");
    const auto& [id, fen] = *visit->second.settlements.rbegin();
    return {"0", "",
            Json::object({{"setlinfo", Json::object({{"setl_id", id}, {"mdtrt_id", visit->first}, {"medfee_sumamt", yuan(fen)}})}})};
}

PlatformWord PlatformBooks::show_lines(const Json& data) const {
    Json lines = Json::array();
    if (const auto visit = visits_.find(words_of(&data, "mdtrt_id")); visit != visits_.end())
        for (const Line& line : visit->second.lines)
            lines.push(Json::object({{"feedetl_sn", line.number}, {"chrg_bchno", line.lot}, {"det_item_fee_sumamt", yuan(line.fen)}}));
    return {"0", "", Json::object({{"result", std::move(lines)}})};
}

}  // namespace zige::sandbox
