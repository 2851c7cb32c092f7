#include "agent/sandbox/fault.h"

#include <algorithm>
#include <charconv>

namespace zige::sandbox {
namespace {

struct Row {
    std::string_view name;
    FaultKind kind;
    bool taken;
    bool has_value;
};
constexpr Row kRows[] = {
    {"timeout", FaultKind::timeout, true, false}, {"lost", FaultKind::lost, false, false},
    {"cut", FaultKind::cut, true, false},         {"slow", FaultKind::slow, true, true},
    {"refuse", FaultKind::refuse, false, false},  {"infcode", FaultKind::infcode, false, true},
    {"http500", FaultKind::http500, false, false}, {"rubbish", FaultKind::rubbish, false, false},
    {"charset", FaultKind::charset, true, false},
};
constexpr int kMaxMilliseconds = 600'000;
constexpr int kMaxNth = 1'000'000;

const Row& row_of(FaultKind kind) { return *std::ranges::find(kRows, kind, &Row::kind); }

Error bad(std::string_view text, const std::string& why) {
    return fail(ErrorId::usage_bad_argument, "--fault", std::string(text.substr(0, 60)) + ": " + why);
}

std::optional<int> number_of(std::string_view text, int low, int high) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < low || value > high)
        return std::nullopt;
    return value;
}

bool is_transaction(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return text == "*" || (text.size() >= 4 && text.size() <= 5 && std::ranges::all_of(text.substr(0, 4), is_digit));
}

}  // namespace

Result<Fault> parse_fault(std::string_view text) {
    const auto colon = text.find(':');
    Fault fault;
    fault.infno = text.substr(0, colon);
    if (colon == std::string_view::npos || !is_transaction(fault.infno)) return bad(text, "TRANSACTION:FAULT");
    std::string_view rest = text.substr(colon + 1);
    if (const auto at = rest.find('@'); at != std::string_view::npos) {
        const auto nth = number_of(rest.substr(at + 1), 1, kMaxNth);
        if (!nth) return bad(text, "a number from 1 behind @");
        fault.nth = *nth;
        rest = rest.substr(0, at);
    }
    const auto equals = rest.find('=');
    if (equals != std::string_view::npos) fault.value = rest.substr(equals + 1);
    const Row* row = std::ranges::find(kRows, rest.substr(0, equals), &Row::name);
    if (row == std::end(kRows)) return bad(text, "the fault is one of " + fault_kinds());
    if (row->has_value == fault.value.empty())
        return bad(text, row->has_value ? "a value behind =" : "this fault takes no value");
    fault.kind = row->kind;
    if (fault.kind == FaultKind::slow && !number_of(fault.value, 1, kMaxMilliseconds))
        return bad(text, "milliseconds up to 600000");
    return fault;
}

std::string fault_kinds() {
    std::string list;
    for (const Row& row : kRows) {
        list += (list.empty() ? "" : " ") + std::string(row.name);
        if (row.kind == FaultKind::slow) list += "=MS";
        if (row.kind == FaultKind::infcode) list += "=CODE";
    }
    return list;
}

std::string describe(const Fault& fault) {
    std::string text = fault.infno + ":" + std::string(row_of(fault.kind).name);
    if (!fault.value.empty()) text += "=" + fault.value;
    if (fault.nth > 0) text += "@" + std::to_string(fault.nth);
    return text;
}

bool takes(FaultKind kind) { return row_of(kind).taken; }

void FaultScript::set(std::vector<Fault> faults) {
    const std::lock_guard lock(mutex_);
    faults_ = std::move(faults);
    seen_.clear();
}

std::optional<Fault> FaultScript::next(const std::string& infno) {
    const std::lock_guard lock(mutex_);
    const int count = ++seen_[infno];
    const auto meets = [&](const Fault& fault) {
        return (fault.infno == "*" || fault.infno == infno) && (fault.nth == 0 || fault.nth == count);
    };
    const auto found = std::ranges::find_if(faults_, meets);
    return found == faults_.end() ? std::nullopt : std::optional(*found);
}

}  // namespace zige::sandbox
