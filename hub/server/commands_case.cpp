#include <algorithm>
#include <deque>

#include "hub/core/casework/entries.h"
#include "hub/server/command_line.h"

namespace zige::hub {
namespace {

/// Names that are made here live as long as the program: a CommandSpec only points at them.
std::string_view keep(std::string text) {
    static std::deque<std::string> kept;
    return kept.emplace_back(std::move(text));
}

std::string_view option_name(std::string name) {
    for (char& c : name)
        if (c == '_') c = '-';
    return keep(std::move(name));
}

bool takes(CaseKind kind, CaseStep step) {
    for (const StepRule& row : procedure())
        if (row.step == step && row.kinds.has(kind)) return true;
    return false;
}

/// Required on the command line: in every kind of case that knows the step.
bool always_required(const StepEntry& entry) {
    for (const CaseKind kind : all<CaseKind>()) {
        if (!takes(kind, entry.step)) continue;
        bool required = false;
        for (const StepEntry* each : entries_of(entry.step, kind))
            if (std::string_view(each->name) == entry.name) required = each->required;
        if (!required) return false;
    }
    return true;
}

const char* value_name(EntryKind kind) {
    switch (kind) {
        case EntryKind::text: return "TEXT";
        case EntryKind::day: return "DAY";
        case EntryKind::number: return "N";
        case EntryKind::yes: return "";
        case EntryKind::choice: return "WORD";
    }
    return "TEXT";
}

CommandSpec command_of(CaseStep step) {
    CommandSpec command;
    command.name = keep(std::string("case ") + to_string(step));
    command.arguments = {"NUMBER"};
    command.zh = text(step, Lang::zh);
    command.en = text(step, Lang::en);
    command.operation = keep(std::string("case.") + to_string(step));
    command.options = {
        {"person", "WHO", "只对此人：代码或 #人员编号，缺省为案内所有未办结人员",
         "of this person only: code or #id; everybody in the case who is not done by default", false, true},
        {"on", "DAY", "发生日，缺省今天", "when it happened, today by default"}};
    for (const StepEntry& entry : step_entries()) {
        if (entry.step != step) continue;
        const std::string_view name = option_name(entry.name);
        if (std::ranges::find(command.options, name, &OptionSpec::name) != command.options.end()) continue;
        command.options.push_back({name, value_name(entry.kind), entry.zh, entry.en,
                                   always_required(entry) && entry.kind != EntryKind::yes, false});
    }
    return command;
}

std::vector<CommandSpec> about_cases() {
    return {
        {"case open",
         {},
         {{"kind", "KIND", "类别：scoring 记分、status 不经记分的状态、repair 修复、restoration 恢复、referral 移送",
           "scoring, status, repair, restoration or referral", true},
          {"institution", "CODE", "机构代码", "institution", true},
          {"person", "WHO", "人员：代码或 #人员编号，可多次", "code or #id of a person, may be repeated", true, true},
          {"text", "TEXT", "事由", "what it is about", true},
          {"document", "NUMBER", "所涉处理通知书文号（恢复申请必填）",
           "notice that it is about; required of a restoration"},
          {"on", "DAY", "收到之日，缺省今天", "day on which it arrived, today by default"},
          {"reviewer", "BUREAU", "代为复核的上级经办机构", "bureau above that reviews"}},
         "立案",
         "open a case",
         "case.open"},
        {"case list",
         {},
         {{"all", "", "包括已办结的", "also those that are done"},
          {"of", "WHO", "只列此人的", "of this person only"},
          csv_option()},
         "案件一览",
         "the cases",
         "case.list"},
        {"case show",
         {"NUMBER"},
         {},
         "案件详情：步骤、时限和可办步骤",
         "a case, its steps, limits and what is possible",
         "case.show"},
        {"due",
         {},
         {{"within", "DAYS", "只列此天数内到期的（含逾期和未定期限的）", "due within so many days, what is overdue, and what no text gives a day"},
          csv_option()},
         "办理期限一览：逾期在前",
         "what is due when, overdue first",
         "due.list"},
        {"due done",
         {"KIND"},
         {{"period", "PERIOD", "报送期，如 2026-08、2026-Q3、2026", "period, such as 2026-08, 2026-Q3, 2026"},
          {"document", "NUMBER", "报送文号，或处理通知书文号", "number of the report, or of the notice", true},
          {"on", "DAY", "通知书出具、送达或告知之日，缺省今天",
           "day on which the notice was issued, served or given, today by default"}},
         "登记已办：报送 monthly_report、quarterly_report、yearly_report；纸质通知书出具 issue_notice；不涉及状态的送达 serve_notice；"
         "处理变重的事先告知 prior_notice",
         "what was done. A report: monthly_report, quarterly_report, yearly_report. A notice on paper: issue_notice. "
         "Service that begins nothing: serve_notice. Prior notice of what became graver: prior_notice",
         "due.done"},
    };
}

}  // namespace

std::vector<CommandSpec> case_commands() {
    std::vector<CommandSpec> commands = about_cases();
    for (const CaseStep step : all<CaseStep>()) commands.push_back(command_of(step));
    return commands;
}

}  // namespace zige::hub
