#include "hub/server/connection.h"
#include "hub/server/print.h"
#include "hub/server/run_commands.h"
#include "hub/server/slip_page.h"
#include "shared/posix/files.h"

namespace zige::hub {
namespace {

constexpr std::string_view kStandardOutput = "-";

/// Before anything is issued: a slip whose page cannot be written is of use to nobody.
Result<void> check_page(const Invocation& line) {
    const std::string path = line.get("html");
    if (path.empty()) return {};
    if (path == kStandardOutput)
        return line.json ? fail(ErrorId::usage_bad_argument, "--html", "- and --json write to the same place")
                         : Result<void>();
    ZIGE_TRY(there, make_posix_files()->exists(path));
    if (there) return fail(ErrorId::file_exists, "--html", path);
    return {};
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
    ZIGE_CHECK(check_page(line));
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    ZIGE_TRY(call, call_of(line, with));
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
    const std::string path = line.get("html");
    if (path.empty() || slips == 0) return {};
    if (path == kStandardOutput) return {};
    return line.lang == Lang::zh ? "打印页：" + path + "（含入网口令，打印后删除）\n"
                                 : "To print: " + path + " (it holds the tokens: delete it afterwards)\n";
}

}  // namespace

Result<Exit> run_token_new(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(issued, issue(line, with, {}));
    const bool quiet = line.get("html") == kStandardOutput;  // the page is the slip
    const std::string text = line.json ? issued.answer.write(2) + "\n"
                             : quiet   ? std::string()
                                       : slip_text(issued.answer, with.in_colour) + where(line, 1);
    ZIGE_CHECK(deliver(line, {issued.answer}, text, issued, with));
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
