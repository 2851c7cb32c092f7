#include "agent/daemon/fsi_answer.h"

#include <algorithm>
#include <cstdio>

#include "agent/daemon/clear_answer.h"
#include "shared/base/error_words.h"
#include "shared/base/time_digits.h"
#include "shared/domain/may_settle.h"
#include "shared/posix/gb18030.h"

namespace zige::daemon {
namespace {

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::size_t length_of(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(utf8, starts_character));
}

/// At most `characters` of it.
std::string cut(std::string_view utf8, std::size_t characters) {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i)
        if (starts_character(utf8[i]) && ++seen > characters) return std::string(utf8.substr(0, i));
    return std::string(utf8);
}

/// Division of the receiver (6), time (14), serial number (10).
std::string message_number(const FsiStamp& stamp) {
    char serial[11];
    std::snprintf(serial, sizeof serial, "%010llu", static_cast<unsigned long long>(stamp.serial % 10'000'000'000ULL));
    const std::string division = stamp.institution.size() >= 7 ? stamp.institution.substr(1, 6) : "000000";
    return division + digits_of(stamp.answered) + serial;
}

std::string person_of(const agent::ClaimLine& asked, const agent::LineAnswer& line, const agent::View& view) {
    const GroundHit& hit = line.decision.grounds[0];
    const auto index = static_cast<std::size_t>(hit.person);
    if (hit.person < 0 || index >= asked.line.people.size()) return {};
    const std::string code(asked.line.people[index].code);
    if (index >= line.decision.people.size()) return code;
    const RecordNo no = line.decision.people[index].no;
    const Registration* registration = no.value == 0 ? nullptr : view.copy->by_number(no);
    return registration == nullptr ? code : registration->name;
}

/// "明细7 张三：医保支付资格暂停中（参考号7KQ2M4）"
std::string line_words(const agent::ClaimLine& asked, const agent::LineAnswer& line, const agent::View& view) {
    std::string words = "明细" + std::string(asked.line_id);
    if (!line.decision.grounds.empty()) {
        const std::string person = person_of(asked, line, view);
        if (!person.empty()) words += " " + person;
        words += std::string("：") + text(line.decision.grounds[0].ground, Lang::zh);
    } else {
        words += std::string("：") + text(line.decision.served, Lang::zh);
    }
    return line.reference.empty() ? words : words + "（参考号" + line.reference + "）";
}

Json brief(const Json& line) {
    Json brief = Json::object();
    for (const char* const key : {"line_id", "outcome", "may_settle", "number", "reference"})
        if (const Json* value = line.find(key)) brief.set(key, *value);
    const Json* grounds = line.find("grounds");
    if (grounds != nullptr && grounds->items() != nullptr && !grounds->items()->empty())
        if (const Json* code = grounds->items()->front().find("code")) brief.set("ground", *code);
    return brief;
}

Json with_lines(const Json& cleared, bool all_brief) {
    Json result = cleared;
    const Json* lines = cleared.find("lines");
    if (lines == nullptr || lines->items() == nullptr) return result;
    Json shorter = Json::array();
    for (const Json& line : *lines->items()) {
        const Json* outcome = line.find("outcome");
        const bool plain = outcome != nullptr && outcome->text() != nullptr && *outcome->text() == "allow";
        shorter.push(plain || all_brief ? brief(line) : line);
    }
    return result.set("lines", std::move(shorter));
}

/// The digits behind the first "infcode" of an answer that our parser does not take.
std::string scanned_infcode(std::string_view body) {
    constexpr std::string_view kKey = "\"infcode\"";
    auto at = body.find(kKey);
    if (at == std::string_view::npos) return {};
    at = body.find_first_not_of(" \t\r\n:\"", at + kKey.size());
    if (at == std::string_view::npos) return {};
    const auto end = body.find_first_not_of("-0123456789", at);
    return std::string(body.substr(at, std::min<std::size_t>(end - at, 10)));
}

std::string short_words(const Json* value, std::size_t max_bytes) {
    if (value == nullptr) return {};
    if (const auto number = value->number()) return number->substr(0, max_bytes);
    return value->text() == nullptr ? "" : value->text()->substr(0, max_bytes);
}

/// In `output`, or in an object that lies in it: data, setlinfo, result.
std::string given_in(const Json& output, std::string_view key) {
    constexpr std::size_t kMaxId = 30;
    std::string given = short_words(output.find(key), kMaxId);
    if (!given.empty() || output.members() == nullptr) return given;
    for (const Json::Member& each : *output.members())
        if (each.value.members() != nullptr && given.empty()) given = short_words(each.value.find(key), kMaxId);
    return given;
}

}  // namespace

bool may_settle(const agent::LineAnswer& line) {
    return line.answered && zige::may_settle(line.decision.served);
}

HttpReply fsi_reply(int status, Charset charset, std::string_view err_msg, Json zige, const FsiStamp& stamp) {
    Json output = Json::object();
    output.set("zige", std::move(zige));
    const Json envelope = Json::object({{"infcode", err_msg.empty() ? 0 : -1},
                                        {"inf_refmsgid", message_number(stamp)},
                                        {"refmsg_time", digits_of(stamp.received) + "000"},
                                        {"respond_time", digits_of(stamp.answered) + "000"},
                                        {"err_msg", err_msg},
                                        {"output", std::move(output)}});
    const std::string words = envelope.write();
    HttpReply reply;
    reply.status = status;
    if (const auto gbk = charset == Charset::gbk ? to_gb18030(words) : Result<std::string>(std::string());
        gbk && charset == Charset::gbk) {
        reply.content_type = "application/json; charset=GBK";
        reply.body = to_bytes(*gbk);
    } else {
        reply.body = to_bytes(words);
    }
    return reply;
}

std::string refusal_words(const agent::Claim& asked, const agent::ClaimAnswer& cleared, bool gateway) {
    std::vector<std::size_t> refused;
    for (std::size_t i = 0; i < cleared.lines.size(); ++i)
        if (cleared.lines[i].answered && !may_settle(cleared.lines[i])) refused.push_back(i);
    if (refused.empty()) return {};
    const std::string count =
        "共" + std::to_string(refused.size()) + "行不能结算" + (gateway ? "，整单未上传。" : "。");
    const auto worst = std::ranges::max_element(
        refused, {}, [&](std::size_t i) { return severity_of(cleared.lines[i].decision.served); });
    std::string end = count + text(cleared.lines[*worst].decision.advice, Lang::zh);
    std::string words;
    for (const std::size_t i : refused) {
        const std::string line = line_words(asked.lines[i], cleared.lines[i], *cleared.view) + "；";
        if (length_of(words) + length_of(line) + length_of(end) > kMaxErrMsg) break;
        words += line;
    }
    return cut(words + end, kMaxErrMsg);
}

std::string error_words(const Error& error) {
    const ErrorWords words = words_of(error, Lang::zh);
    return cut(words.next.empty() ? words.reason : words.reason + "。" + words.next, kMaxErrMsg);
}

HttpHeaders decision_headers(const agent::ClaimAnswer& cleared) {
    Worst worst;
    std::string references;
    for (const agent::LineAnswer& line : cleared.lines) {
        if (line.answered) worst.add(line.decision.served);
        if (&line != &cleared.lines.front()) references += ',';
        references += line.reference;
    }
    HttpHeaders headers{{"X-Zige-Reference", std::move(references)}};
    if (worst.outcome()) headers.emplace_back("X-Zige-Outcome", to_string(*worst.outcome()));
    return headers;
}

Json shortened(Json cleared) {
    Json result = with_lines(cleared, false);
    if (result.write().size() > kMaxFsiOutput) result = with_lines(cleared, true);
    return result;
}

PlatformWords words_of_platform(std::string_view content_type, ByteView body) {
    const auto charset = charset_of(content_type, body);
    const auto words = charset ? text_of(body, *charset) : Result<std::string>(charset.error());
    const auto envelope = words ? parse_json(*words, words->size()) : Result<Json>(words.error());
    if (!envelope) return {scanned_infcode(as_text(body)), {}, {}};
    PlatformWords said{short_words(envelope->find("infcode"), 10), {}, {}};
    if (const Json* output = envelope->find("output")) {
        said.visit = given_in(*output, "mdtrt_id");
        said.settlement = given_in(*output, "setl_id");
    }
    return said;
}

}  // namespace zige::daemon
