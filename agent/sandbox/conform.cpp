#include "agent/sandbox/conform.h"

namespace zige::sandbox {

Verdict judge(const Case& which, World& world) {
    Verdict verdict{which, {}, {}};
    Play play(world, std::string(which.name));
    which.play(play);
    verdict.not_run = play.not_run();
    verdict.failures = play.failures();
    return verdict;
}

Summary summary_of(std::span<const Verdict> verdicts) {
    Summary summary;
    for (const Verdict& each : verdicts) ++(each.holds() ? summary.hold : each.failures.empty() ? summary.not_run : summary.fail);
    return summary;
}

std::string print(const Verdict& verdict, Lang lang) {
    const bool zh = lang == Lang::zh;
    const char* word = verdict.holds()             ? (zh ? "符合    " : "holds    ")
                       : verdict.failures.empty() ? (zh ? "未检验  " : "not run  ")
                                                  : (zh ? "不符合  " : "FAILS    ");
    std::string text = word + std::string(verdict.played.name) + "  " + std::string(zh ? verdict.played.zh : verdict.played.en) + "\n";
    for (const std::string& why : verdict.failures)
        text += "          " + why + "\n          " + (zh ? "依据 " : "rule ") + std::string(verdict.played.rule) + "\n";
    if (verdict.failures.empty() && !verdict.not_run.empty()) text += "          " + verdict.not_run + "\n";
    return text;
}

std::string print(const Summary& summary, Lang lang) {
    const std::string hold = std::to_string(summary.hold);
    const std::string failing = std::to_string(summary.fail);
    const std::string rest = std::to_string(summary.not_run);
    return lang == Lang::zh ? "符合 " + hold + " 项，不符合 " + failing + " 项，未检验 " + rest + " 项\n"
                            : hold + " hold, " + failing + " fail, " + rest + " were not run\n";
}

Json case_json(const Case& which) {
    return Json::object({{"case", which.name},
                         {"family", which.family},
                         {"zh", which.zh},
                         {"en", which.en},
                         {"checks", which.checks},
                         {"rule", which.rule}});
}

Json report(std::span<const Verdict> verdicts) {
    const Summary summary = summary_of(verdicts);
    Json cases = Json::array();
    for (const Verdict& each : verdicts) {
        Json row = case_json(each.played);
        row.set("verdict", each.holds() ? "holds" : each.failures.empty() ? "not_run" : "fails");
        Json why = Json::array();
        for (const std::string& failure : each.failures) why.push(failure);
        if (each.failures.empty() && !each.not_run.empty()) why.push(each.not_run);
        row.set("why", std::move(why));
        cases.push(std::move(row));
    }
    return Json::object({{"hold", summary.hold}, {"fail", summary.fail}, {"not_run", summary.not_run}, {"cases", std::move(cases)}});
}

}  // namespace zige::sandbox
