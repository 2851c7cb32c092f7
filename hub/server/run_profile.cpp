#include <algorithm>
#include <filesystem>

#include "hub/core/profile/located_json.h"
#include "hub/core/profile/profile_diff.h"
#include "hub/core/profile/profile_file.h"
#include "hub/server/operations.h"
#include "hub/server/print.h"
#include "hub/server/profile_json.h"
#include "hub/server/run_commands.h"

namespace zige::hub {
namespace {

/// A mistake in a file names the file too.
Result<ProfileFile> read_profile(const std::string& name, std::string_view text) {
    auto file = read_profile_file(text);
    if (file.ok()) return file;
    return fail(file.error().id, file.error().field, name + " " + file.error().detail);
}

/// The text under `which`: a file, or ID@VERSION as the hub keeps it.
Result<std::string> text_of(const std::string& which, const Invocation& line, const Surroundings& with) {
    const bool named = read_profile_name(which).ok() && !std::filesystem::exists(which);
    if (!named) {
        ZIGE_TRY(content, read_input(which, with.in, kMaxPolicyFileBytes));
        return std::string(as_text(content));
    }
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    ZIGE_TRY(service, connect(paths, {}));
    ServiceCall call;
    call.operation = "profile.file";
    call.arguments.set("which", which);
    ZIGE_TRY(answer, service->call(call));
    return *answer.find("text")->text();
}

Result<ProfileFile> profile_of(const std::string& which, const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(text, text_of(which, line, with));
    return read_profile(which, text);
}

Exit show(const Invocation& line, const Surroundings& with, std::string_view operation, const Json& answer) {
    with.out << (line.json ? answer.write(2) + "\n" : print_answer(operation, answer, line.lang));
    return Exit::ok;
}

Json one_side(const SourcedValue* value) { return value == nullptr ? Json() : value_json(*value); }

Json difference_json(const ValueDifference& each) {
    const char* kind = each.before == nullptr  ? "added"
                       : each.after == nullptr ? "removed"
                       : each.same_value()     ? "source"
                                               : "changed";
    return Json::object(
        {{"key", each.key()}, {"kind", kind}, {"before", one_side(each.before)}, {"after", one_side(each.after)}});
}

}  // namespace

Result<Exit> run_profile_check(const Invocation& line, const Surroundings& with) {
    Json files{Json::Array{}};
    for (const std::string& path : line.arguments) {
        ZIGE_TRY(content, read_input(path, with.in, kMaxPolicyFileBytes));
        ZIGE_TRY(file, read_profile(path, as_text(content)));
        Json summary = summary_json(file);
        summary.set("file", path);
        files.push(std::move(summary));
    }
    return show(line, with, "profile.check", Json::object({{"files", std::move(files)}}));
}

Result<Exit> run_profile_diff(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(before, profile_of(line.arguments[0], line, with));
    ZIGE_TRY(after, profile_of(line.arguments[1], line, with));
    Json list{Json::Array{}};
    for (const ValueDifference& each : differences(before, after)) list.push(difference_json(each));
    return show(
        line, with, "profile.diff",
        Json::object(
            {{"before", summary_json(before)}, {"after", summary_json(after)}, {"differences", std::move(list)}}));
}

Result<Exit> run_profile_undecided(const Invocation& line, const Surroundings& with) {
    if (line.arguments.empty()) {
        ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
        ZIGE_TRY(service, connect(paths, {}));
        ServiceCall call;
        call.operation = "profile.show";
        ZIGE_TRY(answer, service->call(call));
        return show(line, with, "profile.undecided", Json::object({{"undecided", *answer.find("undecided")}}));
    }
    ZIGE_TRY(file, profile_of(line.arguments[0], line, with));
    return show(line, with, "profile.undecided",
                Json::object({{"undecided", undecided_json(file.undecided, file.profile, file.values)}}));
}

}  // namespace zige::hub
