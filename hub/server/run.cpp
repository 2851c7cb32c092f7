#include "hub/server/run.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "hub/core/papers/csv.h"
#include "hub/server/connection.h"
#include "hub/server/print.h"
#include "hub/server/run_commands.h"
#include "shared/base/letters.h"
#include "shared/domain/codes_of_people.h"
#include "shared/posix/files.h"
#include "shared/wire/cbor.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr const char* kDefaultData = "/var/lib/zige-hub";
constexpr std::string_view kServiceUser = "zige-hub";  // of the unit: nobody's name
constexpr std::size_t kMaxPolicyFile = 1U << 20;

std::string without_line_end(std::string text) {
    while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos) text.pop_back();
    return text;
}

/// What is not UTF-8 (a GBK terminal, a file saved as GBK) would go into the ledger with other characters than were
/// meant.
Result<void> check_utf8(std::string_view what, ByteView text) {
    if (wire::is_plain_text(text)) return {};
    return fail(ErrorId::usage_bad_argument, std::string(what), "not UTF-8");
}

/// Contents of files that a person names: `--calendar a.json --calendar b.json`.
Result<Json> file_texts(const std::vector<std::string>& paths, const Surroundings& with) {
    Json texts{Json::Array{}};
    for (const std::string& path : paths) {
        ZIGE_TRY(content, read_input(path, with.in, kMaxPolicyFile));
        ZIGE_CHECK(check_utf8(path, content));
        texts.push(as_text(content));
    }
    return texts;
}

/// P9: the process list and the shell's history have seen it; at least nothing of ours repeats it.
Result<void> check_no_identity_number(const std::string& name, const std::string& word) {
    if (!check_resident_id(word, name).ok()) return {};
    return fail(ErrorId::usage_bad_argument, name,
                "an identity number does not stand on a command line: --identity-file");
}

/// One option as an argument of the operation. Options that name files send what is in them.
Result<void> add_option(ServiceCall& call, const OptionSpec& option, const std::vector<std::string>& values,
                        const Surroundings& with) {
    std::string name(option.name);
    if (name == "identity-file") {
        // P9: a number on a command line would stand in the process list and in the shell's history.
        ZIGE_TRY(content, read_input(values.front(), with.in, kMaxText));
        call.arguments.set("identity_number", without_line_end(std::string(as_text(content))));
        return {};
    }
    if (name == "calendar" || name == "profile" || name == "career") {
        ZIGE_TRY(texts, file_texts(values, with));
        const bool several = name == "calendar" || call.operation == "ledger.compare";
        call.arguments.set(name, several && name != "career" ? texts : texts.items()->front());
        return {};
    }
    if (name == "fact") {
        Json facts{Json::Array{}};
        for (const std::string& each : values) facts.push(each);
        call.arguments.set(name, std::move(facts));
        return {};
    }
    for (const std::string& value : values) {
        ZIGE_CHECK(check_utf8("--" + name, as_bytes(value)));
        ZIGE_CHECK(check_no_identity_number("--" + name, value));
    }
    std::ranges::replace(name, '-', '_');
    if (option.repeated) {
        Json list{Json::Array{}};
        for (const std::string& value : values) list.push(value);
        call.arguments.set(name, std::move(list));
        return {};
    }
    call.arguments.set(name, option.value.empty() ? Json(true) : Json(values.front()));
    return {};
}

/// "CODE" and "[WHO]" are the arguments "code" and "who".
std::string argument_name(std::string_view in_help) {
    std::string name;
    for (const char c : in_help)
        if (c >= 'A' && c <= 'Z') name += ascii_lower(c);
    return name;
}

/// Options that say what this program does with an answer.
constexpr std::string_view kOwnOptions[] = {"progress", "html", "file", "out", "set", "values", "templates", "csv"};

/// "\r 45 %" on standard error, once per percent.
Progress progress_on(std::ostream& err, bool shown) {
    if (!shown) return {};
    return [&err, last = std::size_t{101}](std::size_t done, std::size_t all) mutable {
        const std::size_t percent = all == 0 ? 100 : done * 100 / all;
        if (percent == last) return;
        last = percent;
        err << "\r" << percent << " %" << (percent == 100 ? "\n" : "") << std::flush;
    };
}

/// A list as a file that a spreadsheet opens.
Result<void> write_table(const Invocation& line, std::string_view operation, const Json& answer) {
    if (!line.has("csv")) return {};
    return make_posix_files()->write(line.get("csv"), as_bytes(write_csv(table_of(operation, answer, line.lang))));
}

Result<void> check_new_file(const Invocation& line, std::string_view option) {
    if (!line.has(option)) return {};
    ZIGE_TRY(there, make_posix_files()->exists(line.get(option)));
    if (there) return fail(ErrorId::file_exists, "--" + std::string(option), line.get(option));
    return {};
}

Result<Exit> call_service(const Invocation& line, const Surroundings& with) {
    ZIGE_CHECK(check_new_file(line, "csv"));
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    ZIGE_TRY(call, call_of(line, with));
    ZIGE_TRY(service, connect(paths, progress_of(line, with)));
    ZIGE_TRY(answer, service->call(call));
    ZIGE_CHECK(write_table(line, call.operation, answer));
    with.out << (line.json ? answer.write(2) + "\n" : print_answer(call.operation, answer, line.lang));
    const Json* went_in = answer.find("went_in");  // of a roster: a file of which nothing was taken is no success
    return went_in != nullptr && went_in->integer() == 0 ? Exit::refused : Exit::ok;
}

using RunCommand = Result<Exit> (*)(const Invocation&, const Surroundings&);
constexpr std::pair<std::string_view, RunCommand> kByThemselves[] = {
    {"init", run_init},
    {"backup", run_backup},
    {"serve", run_serve},
    {"trust init", run_trust_init},
    {"trust rotate", run_trust_rotate},
    {"trust revoke", run_trust_rotate},
    {"trust sign", run_trust_sign},
    {"trust show", run_trust_show},
    {"token new", run_token_new},
    {"token batch", run_token_batch},
    {"agent enroll", run_agent_enroll},
    {"paper make", run_paper_make},
    {"paper print", run_paper_print},
    {"paper fields", run_paper_fields},
    {"paper template", run_paper_template},
    {"paper check", run_paper_check},
    {"profile check", run_profile_check},
    {"profile diff", run_profile_diff},
    {"profile undecided", run_profile_undecided},
};

Result<Exit> run_line(const Invocation& line, const Surroundings& with) {
    if (line.help) {
        with.out << (line.group.empty() ? help_text(line.command, line.lang) : group_help(line.group, line.lang));
        return Exit::ok;
    }
    if (line.has("version")) {
        with.out << (line.json ? Json::object({{"version", ZIGE_VERSION}}).write() : "zige-hub " ZIGE_VERSION) << "\n";
        return Exit::ok;
    }
    for (const auto& [name, run] : kByThemselves)
        if (line.command->name == name) return run(line, with);
    return call_service(line, with);
}

/// What looks like an identity number, as a word too many or a file that is not there, is not printed (P9).
std::string without_identity_numbers(std::string text) {
    const auto of_number = [](char c) { return (c >= '0' && c <= '9') || c == 'X' || c == 'x'; };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && of_number(text[end])) ++end;
        if (end - at == 18 || end - at == 15) text.replace(at, end - at, masked(text.substr(at, end - at)));
        at = end + 1;
    }
    return text;
}

Exit give_up(Error error, Lang lang, bool json, const Surroundings& with) {
    error.field = without_identity_numbers(std::move(error.field));
    error.detail = without_identity_numbers(std::move(error.detail));
    if (json) with.out << error_json(error).write(2) << "\n";
    else with.err << print_error(error, lang);
    return exit_of(error.id);
}

Exit run_words(std::span<const std::string_view> words, const Surroundings& with) {
    const auto line = parse_command_line(words);
    if (!line.ok()) return give_up(line.error(), language_of(words), wants_json(words), with);
    try {
        const auto ended = run_line(*line, with);
        return ended.ok() ? *ended : give_up(ended.error(), line->lang, line->json, with);
    } catch (const std::exception& bug) {
        return give_up(fail(ErrorId::api_internal, "program", bug.what()), line->lang, line->json, with);
    }
}

}  // namespace

Result<ServiceCall> call_of(const Invocation& line, const Surroundings& with) {
    ServiceCall call;
    call.operation = line.command->operation;
    ZIGE_CHECK(check_utf8("--operator", as_bytes(operator_name(line))));
    call.arguments.set("operator", operator_name(line));
    for (std::size_t i = 0; i < line.arguments.size(); ++i) {
        const std::string name = argument_name(line.command->arguments[i]);
        if (name != "file") {
            ZIGE_CHECK(check_utf8(name, as_bytes(line.arguments[i])));
            ZIGE_CHECK(check_no_identity_number(name, line.arguments[i]));
            call.arguments.set(name, line.arguments[i]);
            continue;
        }
        ZIGE_TRY(content, read_input(line.arguments[i], with.in, kMaxAttachmentBytes));
        call.attachment = std::move(content);
    }
    for (const OptionSpec& option : line.command->options)
        if (line.has(option.name) && std::ranges::find(kOwnOptions, option.name) == std::end(kOwnOptions))
            ZIGE_CHECK(add_option(call, option, line.all(option.name), with));
    return call;
}

Progress progress_of(const Invocation& line, const Surroundings& with) {
    return progress_on(with.err, with.terminal || line.has("progress"));
}

Result<void> check_written(const Surroundings& with) {
    with.out.flush();
    if (with.out.fail()) return fail(ErrorId::file_io, "standard output", "could not be written");
    return {};
}

std::string data_folder(const Invocation& line) {
    const char* from_environment = std::getenv("ZIGE_HUB_DATA");
    return line.get("data", from_environment == nullptr ? kDefaultData : from_environment);
}

std::string operator_name(const Invocation& line) {
    if (line.has("operator")) return line.get("operator");
    // Under sudo the person is who called it, not the service's user.
    if (const char* called_by = std::getenv("SUDO_USER"); called_by != nullptr && *called_by != '\0') return called_by;
    const passwd* user = getpwuid(geteuid());
    if (user == nullptr) return "uid " + std::to_string(geteuid());
    return std::string_view(user->pw_name) == kServiceUser ? std::string() : user->pw_name;
}

Result<Bytes> read_input(const std::string& path, std::istream& in, std::size_t limit) {
    if (path != "-") return make_posix_files()->read(path, limit);
    Bytes content;
    char block[4096];
    while (in.read(block, sizeof block), in.gcount() > 0) {
        const ByteView got = as_bytes({block, static_cast<std::size_t>(in.gcount())});
        content.insert(content.end(), got.begin(), got.end());
        if (content.size() > limit) return fail(ErrorId::file_too_large, "-", std::to_string(limit) + " bytes at most");
    }
    return content;
}

Exit run(std::span<const std::string_view> words, Surroundings with) {
    const Exit exit = run_words(words, with);
    // A full disk or a broken pipe: whoever called did not get the answer.
    if (const auto written = check_written(with); !written) {
        with.err << print_error(written.error(), language_of(words));
        return Exit::io;
    }
    return exit;
}

}  // namespace zige::hub
