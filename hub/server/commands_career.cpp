#include "hub/server/command_line.h"

namespace zige::hub {
namespace {

constexpr OptionSpec kNotice = {"document", "NO", "处理通知书编号", "number of the notice", true};
constexpr OptionSpec kLevel = {"level", "LEVEL", "记分档次，如 4-6；缺省取事实所对应的建议档次",
                               "level, as 4-6; the proposal of the facts by default"};
constexpr OptionSpec kDegree = {"degree", "DEGREE", "责任程度：general 一般、important 重要、main 主要",
                                "degree of responsibility: general, important, main", true};
constexpr OptionSpec kWeight = {"weight", "WEIGHT",
                                "lighter 从轻、mitigated 减轻一档、heavier 从重、aggravated 加重一档",
                                "lighter, mitigated, heavier or aggravated"};
constexpr OptionSpec kPoints = {"points", "N", "分值；缺省由档次和责任程度得出",
                                "points, within what the level allows"};
constexpr OptionSpec kMonths = {"months", "N", "暂停月数（文件只给幅度时必填，附理由）",
                                "months of suspension, where the text gives a range; with --reason"};
constexpr OptionSpec kYears = {"ban-years", "N", "不得再次登记的年限（文件只给幅度时必填，附理由）",
                               "years of the bar, where the text gives a range; with --reason"};
constexpr OptionSpec kLaterMonths = {"later-months", "N", "随之更正的决定的暂停月数（只给幅度时）",
                                     "months of decisions that are corrected with it, where the text gives a range"};
constexpr OptionSpec kLaterYears = {"later-ban-years", "N", "随之更正的决定的年限（只给幅度时）",
                                    "years of decisions that are corrected with it, where the text gives a range"};
constexpr OptionSpec kServed = {"served", "DAY", "送达日；缺省尚未送达，之后用 points serve",
                                "day of service; by default not served yet: points serve"};
constexpr OptionSpec kFrom = {"from", "DAY", "文书印明的起始日；缺省送达次日",
                              "printed first day; the day after service by default"};
constexpr OptionSpec kTo = {"to", "DAY", "文书印明的期满之日（含当日）", "printed last day of the period"};
constexpr OptionSpec kForceDate = {"force-date", "REASON", "日期或印明的期间超出通常范围或与规定不同时的理由",
                                   "why days are right that lie outside the usual range or the text's period"};
constexpr OptionSpec kWhy = {"reason", "TEXT", "理由，记入总账", "reason, kept in the log", true};
constexpr OptionSpec kMaybeWhy = {"reason", "TEXT", "理由，记入总账", "reason, kept in the log"};
constexpr OptionSpec kPreview = {"preview", "", "只显示结果，不登记", "show what it would do, record nothing"};

std::vector<CommandSpec> about_points() {
    return {
        {"points decide",
         {"WHO"},
         {kNotice,
          {"institution", "CODE", "违法违规所在机构", "where it happened", true},
          kDegree,
          kLevel,
          kWeight,
          kPoints,
          {"decided", "DAY", "行政处罚或协议处理作出之日，缺省今天",
           "day of the penalty or handling, today by default"},
          {"conduct", "DAY", "行为日期（最后一日）", "last day of the conduct"},
          {"conduct-year", "YEAR", "行为所属年度，缺省同决定年度",
           "year of the conduct, that of the decision by default"},
          {"person", "WHO:DEGREE[:NO][:LENGTH]",
           "同一事项的其他责任人员，可多次；编号缺省同一文书，分值由档次和责任程度得出；文件只给幅度时另加 :3m（月）或 :2y（年）",
           "further people of the matter, may be repeated; the same number by default; points by level and degree; :3m "
           "months or :2y years where the text gives a range",
           false, true},
          {"unregistered", "REASON", "责任人员从未在该机构登记备案时必填",
           "why somebody is responsible where he never was registered"},
          {"fact", "NAME=N", "事实，可多次，如 loss_share=35", "a fact, may be repeated: loss_share=35", false, true},
          kServed,
          kFrom,
          kTo,
          kForceDate,
          kMonths,
          kYears,
          kLaterMonths,
          kLaterYears,
          kMaybeWhy,
          {"reference", "NO", "案件编号", "number of the case"},
          {"late", "REASON", "补录早于已有决定的处理时必填", "why it is entered after decisions of a later day"},
          kPreview},
         "作出记分处理；WHO 为代码或 #人员编号",
         "a scoring decision; WHO is a code or #id",
         "points.decide"},
        {"points serve",
         {"WHO"},
         {kNotice, kServed, kFrom, kTo, kForceDate, kPreview},
         "登记送达，次日起执行",
         "the notice was served: takes effect the day after",
         "points.serve"},
        {"points correct",
         {"WHO"},
         {kNotice, kDegree, kLevel, kWeight, kPoints, kMonths, kYears, kLaterMonths, kLaterYears, kServed, kForceDate,
          kWhy, kPreview},
         "更正记分，视同自始如此",
         "correct a decision, as if it had always been so",
         "points.correct"},
        {"points withdraw",
         {"WHO"},
         {kNotice, kWhy, kPreview},
         "撤销记分处理，视同自始不存在",
         "withdraw a decision, as if it had never been",
         "points.withdraw"},
        {"points repair",
         {"WHO"},
         {{"way", "WAY", "修复途径：exam 学习考试、activity 参与活动等", "exam, activity ... as the text has them",
           true},
          {"score", "SCORE", "考试成绩，可带小数", "score of the exam"},
          {"times", "N", "参与次数，缺省 1", "activities, 1 by default"},
          {"points", "N", "成绩落在两档之间时由操作员决定的分值", "between two bands: what the operator decides"},
          {"on", "DAY", "批准日，缺省今天", "day of approval, today by default"},
          {"conduct-year", "YEAR", "减免哪一行为年度的记分，缺省记分最多的年度",
           "conduct year whose points are taken back, by default the one that has most"},
          kLaterMonths,
          kLaterYears,
          kMaybeWhy,
          kPreview},
         "记分修复，批准次日起生效；其后作出的决定随之更正",
         "repair points, from the day after approval on; later decisions are corrected with it",
         "points.repair"},
        {"points list",
         {"[WHO]"},
         {{"period", "PERIOD", "作出处理的期间：2026-06、2026-Q2 或 2026", "when it was decided: 2026-06, 2026-Q2 or 2026"},
          {"institution", "CODE", "违法违规所在机构", "where it happened"},
          csv_option()},
         "记分处理一览；不写 WHO 为全部人员",
         "decisions of points; of everybody without WHO",
         "points.list"},
        {"points restore",
         {"WHO"},
         {kNotice,
          {"applied", "DAY", "提出恢复申请之日", "day of the application", true},
          {"evaluated", "DAY", "评估通过之日，缺省今天", "day on which the evaluation passed, today by default"},
          kMaybeWhy,
          kPreview},
         "评估通过，恢复资格",
         "restored after an evaluation",
         "points.restore"},
    };
}

std::vector<CommandSpec> about_causes() {
    return {
        {"cause start",
         {"WHO"},
         {{"cause", "CAUSE",
           "agreement 协议中止或解除的责任人员、department 科室停止的责任人员、licence_lost 丧失执业资格、"
           "practice_suspended 责令暂停执业、assessment_failed 测试不合格",
           "agreement, department, licence_lost, practice_suspended or assessment_failed", true},
          {"document", "NO", "依据文书", "the document", true},
          {"institution", "CODE", "被停的机构", "the institution that was stopped"},
          {"from", "DAY", "起始日（协议和科室取自停止记录）", "first day; of agreements and departments by the stop"},
          {"barred-until", "DAY", "自此日起方可再次登记；测试不合格缺省一年",
           "no registration before this day; a year after a failed test"},
          kTo,
          kMaybeWhy,
          kPreview},
         "记分以外的原因：责任人员随协议或科室停止，执业资格丧失",
         "suspended or terminated for another cause than points",
         "cause.start"},
        {"cause end",
         {"WHO"},
         {{"document", "NO", "依据文书", "the document", true},
          {"on", "DAY", "恢复之日", "first day of payment", true},
          kWhy,
          kPreview},
         "上述原因消除",
         "that cause has ended",
         "cause.end"},
    };
}

std::vector<CommandSpec> about_ledger() {
    return {
        {"ledger show",
         {"WHO"},
         {},
         "一医一档：决定、各年记分、资格时间线、修复、限制",
         "one person's career: decisions, points, timeline, repairs, bars",
         "ledger.show"},
        {"ledger verify", {}, {}, "校验总账的哈希链", "check the chain of the log", "ledger.verify"},
        {"ledger rebuild",
         {},
         {{"progress", "", "显示进度（终端上自动显示）", "show progress (on a terminal by default)"}},
         "由总账重新推导全部资格，与已发布的记录逐字节比对",
         "derive all standings anew and compare them with what is published, byte for byte",
         "ledger.rebuild"},
        {"ledger compare",
         {"[WHO]"},
         {{"profile", "FILE", "政策参数文件，可多次", "a profile file, may be repeated", true, true},
          {"career", "FILE", "手写的履历文件，代替 WHO", "a hand-made career instead of WHO"}},
         "同一履历在各套政策参数下的结果，并列显示",
         "the same career under several profiles, side by side",
         "ledger.compare"},
        {"ledger merge",
         {"WHO"},
         {{"into", "WHO", "并入的档案", "the file that goes on", true}, kWhy, kPreview},
         "两份档案证实为同一人，合并",
         "two files prove to be one person",
         "ledger.merge"},
        {"ledger watch",
         {},
         {{"year", "YEAR", "年度，缺省本年", "the year, this one by default"}},
         "应列入重点监控名单的机构",
         "institutions that belong on the watch list",
         "ledger.watch"},
        {"ledger ratio",
         {},
         {{"year", "YEAR", "年度，缺省本年", "the year, this one by default"}},
         "各机构暂停、终止占比",
         "institutions by the share of suspended and terminated people",
         "ledger.ratio"},
    };
}

}  // namespace

std::vector<CommandSpec> career_commands() {
    std::vector<CommandSpec> list;
    for (auto part : {about_points(), about_causes(), about_ledger()})
        for (CommandSpec& command : part) list.push_back(std::move(command));
    return list;
}

}  // namespace zige::hub
