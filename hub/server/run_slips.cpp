#include <utility>

#include "hub/server/connection.h"
#include "hub/server/print.h"
#include "hub/server/run_commands.h"
#include "hub/server/slip_page.h"
#include "shared/posix/files.h"

namespace zige::hub {
namespace {

constexpr std::string_view kStandardOutput = "-";

/// Before anything is done: what cannot be written is of use to nobody, and nothing is overwritten.
Result<void> check_file(const Invocation& line, const std::string& option) {
    const std::string path = line.get(option);
    if (path.empty() || path == kStandardOutput) return {};
    ZIGE_TRY(there, make_posix_files()->exists(path));
    if (there) return fail(ErrorId::file_exists, "--" + option, path);
    return {};
}

Result<void> check_files(const Invocation& line) {
    bool taken = line.json;
    for (const char* const option : {"html", "out"})
        if (line.get(option) == kStandardOutput && std::exchange(taken, true))
            return fail(ErrorId::usage_bad_argument, std::string("--") + option, "- and --json write to the same place");
    if (line.get("file") == kStandardOutput) return fail(ErrorId::usage_bad_argument, "--file", "a file");
    for (const char* const option : {"html", "file", "out"}) ZIGE_CHECK(check_file(line, option));
    return {};
}

/// What an answer carries as hexadecimal digits under `name` goes into the file that the option names.
Result<void> write_bytes(const Invocation& line, const std::string& option, Json& answer, const std::string& name,
                         const Surroundings& with) {
    const std::string path = line.get(option);
    if (path.empty()) return {};
    const auto bytes = from_hex(shown(answer, name));
    if (!bytes) return fail(ErrorId::net_bad_answer, name);
    answer.set(name, path);
    if (path != kStandardOutput) return make_posix_files()->write(path, *bytes);
    with.out << as_text(*bytes);
    return check_written(with);
}

/// Owner-only: whoever reads the page may enrol with it.
Result<void> write_page(const Invocation& line, const Json::Array& slips, const Surroundings& with) {
    const std::string path = line.get("html");
    if (path.empty() || slips.empty()) return {};
    ZIGE_TRY(page, slip_pages(slips, slips.size() > 1 ? progress_of(line, with) : Progress{}));
    if (path != kStandardOutput) return make_posix_files()->write(path, as_bytes(page));
    with.out << page;
    return check_written(with);
}

/// Slips that nobody could read are not left open.
Result<void> withdraw(const Json::Array& slips, const ServiceCall& issued, HubService& service) {
    for (const Json& slip : slips) {
        ServiceCall call;
        call.operation = "token.withdraw";
        call.arguments.set("operator", *issued.arguments.find("operator")).set("id", *slip.find("id"));
        ZIGE_TRY(done, service.call(call));
    }
    return {};
}

struct Issued {
    std::unique_ptr<HubService> service;
    ServiceCall call;
    Json answer;
};

Result<Issued> issue(const Invocation& line, const Surroundings& with, Progress progress) {
    ZIGE_CHECK(check_files(line));
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    ZIGE_TRY(call, call_of(line, with));
    if (line.command->name == "token new" && line.has("file")) call.arguments.set("with_file", true);
    ZIGE_TRY(service, connect(paths, std::move(progress)));
    ZIGE_TRY(answer, service->call(call));
    return Issued{std::move(service), std::move(call), std::move(answer)};
}

/// What a person or a program reads goes where the page does not.
Result<void> tell(const Invocation& line, const std::string& text, const Surroundings& with) {
    (line.get("html") == kStandardOutput ? with.err : with.out) << text;
    return check_written(with);
}

Result<void> deliver(const Invocation& line, const Json::Array& slips, const std::string& text, const Issued& issued,
                     const Surroundings& with) {
    auto done = write_page(line, slips, with);
    if (done) done = tell(line, text, with);
    if (!done) ZIGE_CHECK(withdraw(slips, issued.call, *issued.service));
    return done;
}

std::string where(const Invocation& line, std::size_t slips) {
    const bool zh = line.lang == Lang::zh;
    const std::string page = line.get("html");
    std::string text;
    if (!page.empty() && page != kStandardOutput && slips > 0)
        text += zh ? "打印页：" + page + "（含入网口令，打印后删除）\n"
                   : "To print: " + page + " (it holds the tokens: delete it afterwards)\n";
    if (line.has("file"))
        text += zh ? "凭条文件：" + line.get("file") + "（含入网口令，随纸质凭条一起交给机构）\n"
                   : "The slip as a file: " + line.get("file") + " (it holds the token: goes with the paper)\n";
    return text;
}

}  // namespace

Result<Exit> run_token_new(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(issued, issue(line, with, {}));
    const Json::Array slips{issued.answer};
    if (const auto filed = write_bytes(line, "file", issued.answer, "file", with); !filed.ok()) {
        ZIGE_CHECK(withdraw(slips, issued.call, *issued.service));
        return filed.error();
    }
    const bool quiet = line.get("html") == kStandardOutput;  // the page is the slip
    const std::string text = line.json ? issued.answer.write(2) + "\n"
                             : quiet   ? where(line, 1)
                                       : slip_text(issued.answer, with.in_colour) + where(line, 1);
    ZIGE_CHECK(deliver(line, slips, text, issued, with));
    return Exit::ok;
}

Result<Exit> run_agent_enroll(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(issued, issue(line, with, {}));
    ZIGE_CHECK(write_bytes(line, "out", issued.answer, "reply", with));
    const std::string text =
        line.json ? issued.answer.write(2) + "\n" : print_answer(issued.call.operation, issued.answer, line.lang);
    (line.get("out") == kStandardOutput ? with.err : with.out) << text;
    ZIGE_CHECK(check_written(with));
    return Exit::ok;
}

Result<Exit> run_token_batch(const Invocation& line, const Surroundings& with) {
    if (!line.has("html") && !line.json)
        return fail(ErrorId::usage_missing_argument, "--html", "or --json: where the slips go");
    ZIGE_TRY(issued, issue(line, with, progress_of(line, with)));
    const Json::Array& slips = list_of(issued.answer, "slips");
    const std::string text = line.json ? issued.answer.write(2) + "\n"
                                       : print_slips("token.batch", issued.answer, line.lang) + where(line, slips.size());
    ZIGE_CHECK(deliver(line, slips, text, issued, with));
    return list_of(issued.answer, "problems").empty() ? Exit::ok : Exit::refused;
}

}  // namespace zige::hub
