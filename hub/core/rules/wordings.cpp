#include "hub/core/rules/wordings.h"

#include <algorithm>

#include "shared/base/result.h"

namespace zige::hub {
namespace {

constexpr std::string_view kUsualAppeal =
    "对本处理结果存在异议的，可在收到本通知书后 {days}内书面提出。";
constexpr std::string_view kUsualStatement = "可在收到本告知书后 {days}内陈述、申辩。";

constexpr WordingPlace kPlaces[] = {
    // what things are called
    {"score", "记分"},
    {"suspend", "暂停医保支付资格"},
    {"terminate", "终止医保支付资格"},
    {"suspended", "暂停"},
    {"terminated", "终止"},
    {"status_name", "登记备案状态"},
    {"bar_name", "不得再次登记备案"},
    {"talk", "定点医药机构谈话提醒"},
    {"appeal_name", "申诉"},
    // the notice of points, where a status follows
    {"notice_maintain", ""},
    {"notice_stop", ""},
    {"notice_fees", ""},
    {"notice_linked", ""},
    {"notice_ends", ""},  // of a suspension alone
    // and in any case
    {"notice_told", ""},
    {"appeal", kUsualAppeal, true},
    // prior notice
    {"statement", kUsualStatement, true},
    // result of an appeal
    {"appeal_late", "逾期提出，不予受理"},
    {"appeal_adjusted", ""},
    // result of a restoration
    {"restored_suspended", ""},
    {"restored_terminated", ""},
    {"restoration_refused", ""},
};

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    if (what == with) return;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

}  // namespace

std::span<const WordingPlace> wording_places() { return kPlaces; }

const WordingPlace* wording_place(std::string_view id) {
    const auto* const at = std::ranges::find(kPlaces, id, &WordingPlace::id);
    return at == std::end(kPlaces) ? nullptr : at;
}

std::string_view words(const Rules& rules, std::string_view id) {
    const auto own = std::ranges::find(rules.wordings, id, &Wording::id);
    if (own != rules.wordings.end()) return own->text;
    const WordingPlace* place = wording_place(id);
    expect(place != nullptr, "a wording that no place has");
    return place->usual;
}

AroundDays around_days(std::string_view sentence) {
    const std::size_t at = sentence.find(kDaysMark);
    if (at == std::string_view::npos) return {sentence, {}};
    return {sentence.substr(0, at), sentence.substr(at + kDaysMark.size())};
}

bool has_degrees(const Rules& rules) {
    const auto differ = [](const PointLevel& level) { return level.points.front() != level.points.back(); };
    return rules.levels.empty() || std::ranges::any_of(rules.levels, differ);
}

std::string points_given(const Rules& rules, std::string_view points) {
    const bool down = rules.style.value == ScoreStyle::counts_down_from_12;
    return (down ? "扣 " : "记 ") + std::string(points) + " 分";
}

std::string in_words_of(const Rules& rules, std::string text) {
    for (const std::string_view id : {"suspend", "terminate", "bar_name", "talk"})
        replace_all(text, wording_place(id)->usual, words(rules, id));
    for (const std::string_view id : {"suspended", "terminated"})
        if (text == wording_place(id)->usual) return std::string(words(rules, id));
    return text;
}

}  // namespace zige::hub
