#include "hub/server/command_line.h"

namespace zige::hub {
namespace {

constexpr OptionSpec kProfileFile = {"profile", "FILE", "政策参数文件", "policy profile", true};
constexpr OptionSpec kCalendarFile = {"calendar", "FILE", "工作日历文件", "calendar", true, true};

}  // namespace

std::vector<CommandSpec> profile_commands() {
    return {
        {"profile check",
         {"FILE..."},
         {},
         "检查政策参数文件，指出错误的字段和行；不需要中心",
         "check profile files, naming field and line of a mistake; no hub needed",
         ""},
        {"profile show",
         {"[WHICH]"},
         {},
         "政策参数、来源与待确认项：缺省为现行，或收存的 ID@版本",
         "the profile with its sources and what is undecided: in use, or a kept ID@VERSION",
         "profile.show"},
        {"profile list", {}, {}, "收存的各版政策参数", "the profiles that are kept", "profile.list"},
        {"profile diff",
         {"A", "B"},
         {},
         "逐项比较两份政策参数：文件，或收存的 ID@版本",
         "compare two profiles value by value: files, or kept ID@VERSION",
         ""},
        {"profile undecided",
         {"[WHICH]"},
         {},
         "待医保局确认的参数：缺省为现行，或文件、收存的 ID@版本",
         "values that wait for the bureau: in use, or of a file or a kept ID@VERSION",
         ""},
        {"profile keep",
         {},
         {kProfileFile},
         "收存一份政策参数而不启用，以便先逐项确认",
         "keep a profile without using it, so that its values can be confirmed",
         "profile.keep"},
        {"profile confirm",
         {"NAME"},
         {{"of", "ID@VERSION", "收存的另一份政策参数", "of another profile that is kept"}},
         "确认一项政策参数",
         "confirm an undecided value",
         "profile.confirm"},
        {"profile adopt",
         {},
         {kProfileFile,
          kCalendarFile,
          {"other-region", "REASON", "采用其他地区的政策参数时必填的理由", "why another region's profile is right"}},
         "采用新版政策参数和日历",
         "take over a profile and calendars",
         "profile.adopt"},
    };
}

}  // namespace zige::hub
