#include "agent/sandbox/run.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iomanip>
#include <ostream>

#include "agent/sandbox/conform.h"
#include "agent/sandbox/people.h"
#include "shared/base/error_words.h"
#include "shared/posix/clock.h"
#include "shared/posix/files.h"
#include "shared/posix/signals.h"

namespace zige::sandbox {
namespace {

constexpr int kForgottenDays = 50;
constexpr int kConformTimeout = 2;  // seconds that the agent waits for the platform

Exit give_up(const Error& error, Lang lang, bool json, const Console& console) {
    const ErrorWords words = words_of(error, lang);
    if (json) {
        console.out << Json::object({{"error", Json::object({{"code", to_string(error.id)},
                                                             {"field", error.field},
                                                             {"reason_zh", words_of(error, Lang::zh).reason},
                                                             {"reason_en", words_of(error, Lang::en).reason},
                                                             {"detail", error.detail}})}})
                           .write(2)
                    << "\n";
    } else {
        console.err << words.reason << "\n";
        if (!words.technical.empty()) console.err << words.technical << "\n";
    }
    return std::string_view(to_string(error.id)).starts_with("usage_") ? Exit::usage : Exit::not_run;
}

Result<Programs> programs_of(const Invocation& command, const Console& console) {
    const std::filesystem::path folder = command.get("programs", console.own_folder.string());
    Programs programs{folder / "zige-hub", folder / "zige-agent",
                      command.get("policy", (console.own_folder / ".." / "share" / "zige").lexically_normal().string())};
    for (const auto& program : {programs.hub, programs.agent})
        if (access(program.c_str(), X_OK) != 0) return fail(ErrorId::usage_bad_argument, "--programs", program.string() + " is not there");
    std::error_code error;
    if (!std::filesystem::exists(programs.policy / "profiles", error))
        return fail(ErrorId::usage_bad_argument, "--policy", (programs.policy / "profiles").string() + " is not there");
    return programs;
}

auto teller(const Console& console, Lang lang) {
    return [&console, lang](std::string_view zh, std::string_view en) {
        if (console.shows_progress) console.err << (lang == Lang::zh ? zh : en) << " …\n" << std::flush;
    };
}

Result<std::unique_ptr<StandIn>> start_platform(const std::filesystem::path& folder, int port, const Clock& clock) {
    ZIGE_CHECK(make_private_folder(folder));
    std::error_code error;
    for (int n = 1;; ++n) {  // an earlier transcript stays
        const auto own = folder / ("platform-" + std::to_string(n));
        if (std::filesystem::exists(own, error)) continue;
        ZIGE_CHECK(make_private_folder(own));
        return StandIn::start({"127.0.0.1:" + std::to_string(port), own, &clock, {}});
    }
}

std::filesystem::path transcript_in(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::path last;
    for (int n = 1; std::filesystem::exists(folder / ("platform-" + std::to_string(n)), error); ++n)
        last = folder / ("platform-" + std::to_string(n));
    return last / kTranscript;
}

Json people_json() {
    Json list = Json::array();
    for (const Person& each : people())
        if (each.standing != Standing::in_waiting)
            list.push(Json::object({{"code", each.code}, {"name", each.name}, {"zh", each.zh}, {"en", each.en}}));
    return list;
}

void print_running(const Region& region, const StandIn& platform, const std::filesystem::path& folder, const Invocation& command,
                   const Console& console) {
    if (command.json) {
        console.out << Json::object({{"ready", true},
                                     {"agent", region.agent_url()},
                                     {"fsi", region.agent_url() + "/fsi/{infno}"},
                                     {"key", region.key()},
                                     {"agent_data", region.agent_data().string()},
                                     {"hub", region.hub_address()},
                                     {"platform", platform.url()},
                                     {"transcript", transcript_in(folder).string()},
                                     {"institution", kInstitution},
                                     {"people", people_json()}})
                           .write()
                    << std::endl;
        return;
    }
    const bool zh = command.lang == Lang::zh;
    const auto row = [&](const char* chinese, const char* english, const std::string& value) {
        console.out << "  " << (zh ? chinese : english) << "  " << value << "\n";
    };
    console.out << (zh ? "沙箱已启动，Ctrl-C 结束\n" : "The sandbox runs; Ctrl-C ends it\n");
    row("终端 HTTP ", "agent, HTTP ", region.agent_url());
    row("终端 /fsi ", "agent, /fsi ", region.agent_url() + "/fsi/{infno}");
    row("密钥      ", "key         ", region.key());
    row("终端目录  ", "agent's data", region.agent_data().string());
    row("中心      ", "hub         ", region.hub_address());
    row("模拟平台  ", "platform    ", platform.url());
    row("平台收文  ", "transcript  ", transcript_in(folder).string());
    row("机构      ", "institution ", std::string(kInstitution) + " " + kInstitutionName);
    console.out << (zh ? "人员\n" : "People\n");
    for (const Person& each : people())
        if (each.standing != Standing::in_waiting)
            console.out << "  " << std::left << std::setw(16) << each.code << (zh ? each.zh : each.en) << "\n";
    console.out << "  " << std::setw(16) << kStoppedDepartment << (zh ? "停止医保服务的科室（bilg_dept_codg）" : "a department that is stopped (bilg_dept_codg)") << "\n" << std::flush;
}

Result<Exit> run_sandbox(const Invocation& command, const Console& console) {
    ZIGE_TRY(programs, programs_of(command, console));
    ZIGE_TRY(port, command.number("port", 8620, 0, 65535));
    ZIGE_TRY(platform_port, command.number("platform-port", 0, 0, 65535));
    ZIGE_TRY(timeout, command.number("platform-timeout", 30, 1, 300));
    std::vector<Fault> faults;
    for (const std::string& text : command.all("fault")) {
        ZIGE_TRY(fault, parse_fault(text));
        faults.push_back(std::move(fault));
    }
    const auto clock = make_system_clock();
    const std::filesystem::path folder = std::filesystem::absolute(command.get("data"));
    Region::Options options;
    options.programs = programs;
    options.folder = folder;
    options.clock = clock.get();
    options.agent_listen = "127.0.0.1:" + std::to_string(port);
    options.platform_timeout_s = timeout;
    options.tell = teller(console, command.lang);
    ZIGE_TRY(region, Region::open(std::move(options)));
    ZIGE_TRY(platform, start_platform(folder, platform_port, *clock));
    platform->faults().set(std::move(faults));
    region->send_to(platform->url());
    ZIGE_CHECK(region->start_hub());
    ZIGE_CHECK(region->start_agent());
    print_running(*region, *platform, folder, command, console);
    (void)wait_for_end();
    region->stop_agent();
    region->stop_hub();
    platform->stop();
    return Exit::holds;
}

/// A folder that is ours and goes with us, or one that was named and stays.
class Folder {
public:
    static Result<std::unique_ptr<Folder>> of(const std::string& named) {
        if (!named.empty()) return std::unique_ptr<Folder>(new Folder(std::filesystem::absolute(named), false));
        std::string pattern = (std::filesystem::temp_directory_path() / ("zige-sandbox-" + std::string(6, 'X'))).string();  // for mkdtemp
        if (mkdtemp(pattern.data()) == nullptr) return fail(ErrorId::file_io, pattern, "could not be made");
        return std::unique_ptr<Folder>(new Folder(pattern, true));
    }
    ~Folder() {
        std::error_code error;
        if (temporary_) std::filesystem::remove_all(path_, error);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    Folder(std::filesystem::path path, bool temporary) : path_(std::move(path)), temporary_(temporary) {}
    std::filesystem::path path_;
    bool temporary_;
};

Result<std::vector<Verdict>> play_all(std::span<const Case> cases, World& world, const Invocation& command, const Console& console) {
    std::vector<Verdict> verdicts;
    for (const Case& each : cases) {
        if (must_end()) return fail(ErrorId::net_interrupted, "", "ended by a signal");
        if (console.shows_progress && !command.json)
            console.err << "[" << verdicts.size() + 1 << "/" << cases.size() << "] " << each.name << "\r" << std::flush;
        verdicts.push_back(judge(each, world));
        if (must_end()) return fail(ErrorId::net_interrupted, "", "ended by a signal");
        if (!command.json) console.out << print(verdicts.back(), command.lang) << std::flush;
    }
    return verdicts;
}

Result<Exit> conform(const Invocation& command, const Console& console) {
    ZIGE_TRY(programs, programs_of(command, console));
    const auto names = command.all("case");
    ZIGE_TRY(cases, cases_named(names));
    ZIGE_TRY(within, command.number("within", 60, 1, 3600));
    ZIGE_TRY(agent_ms, command.number("agent-ms", 300, 50, 60'000));
    ZIGE_TRY(patience, command.number("patience", 1, 1, 20));
    const auto clock = make_system_clock();
    ZIGE_TRY(folder, Folder::of(command.get("data")));
    Region::Options options;
    options.programs = programs;
    options.folder = folder->path() / "region";
    options.clock = clock.get();
    options.platform_timeout_s = kConformTimeout * patience;
    options.tell = teller(console, command.lang);
    ZIGE_CHECK(make_private_folder(folder->path()));
    ZIGE_TRY(region, Region::open(options));
    ZIGE_TRY(platform, start_platform(folder->path(), 0, *clock));
    region->send_to(platform->url());
    ZIGE_CHECK(region->start_hub());
    ZIGE_CHECK(region->start_agent());
    std::unique_ptr<Region> forgotten;
    World world{command.his, *clock, *platform, *region, {}, agent_ms, patience, std::chrono::seconds(within), {}, {}, {}};
    world.forgotten_region = [&]() -> Result<Region*> {
        if (faketime_library().empty()) return fail(ErrorId::file_not_found, "libfaketimeMT.so.1", "install faketime to play this case");
        if (forgotten == nullptr) {
            Region::Options old = options;
            old.folder = folder->path() / "forgotten";
            old.days_ago = kForgottenDays;
            ZIGE_TRY(made, Region::open(std::move(old)));
            forgotten = std::move(made);
        }
        return forgotten.get();
    };
    if (command.values.contains("his-errors")) world.note = [&](const std::string& text) { console.err << text << std::flush; };
    ZIGE_TRY(verdicts, play_all(cases, world, command, console));
    const Summary summary = summary_of(verdicts);
    console.out << (command.json ? report(verdicts).write(2) + "\n" : print(summary, command.lang));
    return summary.fail > 0 ? Exit::fails : summary.not_run > 0 ? Exit::not_run : Exit::holds;
}

Exit list_cases(const Invocation& command, const Console& console) {
    Json list = Json::array();
    for (const Case& each : all_cases()) {
        if (command.json) list.push(case_json(each));
        else
            console.out << std::left << std::setw(28) << each.name << (command.lang == Lang::zh ? each.zh : each.en) << "  ["
                        << each.rule << "]\n";
    }
    if (command.json) console.out << Json::object({{"cases", std::move(list)}}).write(2) << "\n";
    return Exit::holds;
}

Result<Exit> dispatch(const Invocation& command, const Console& console) {
    if (command.help) {
        console.out << help_text(command.command, command.lang);
        return Exit::holds;
    }
    const std::string_view name = command.command->name;
    if (name == "run") return run_sandbox(command, console);
    if (name == "conform") return conform(command, console);
    if (name == "cases") return list_cases(command, console);
    console.out << (command.json ? Json::object({{"version", ZIGE_VERSION}}).write() : "zige-sandbox " ZIGE_VERSION) << "\n";
    return Exit::holds;
}

}  // namespace

Exit run(std::span<const std::string_view> words, const Console& console) {
    const Lang lang = language_of(words);
    const bool json = wants_json(words.first(static_cast<std::size_t>(std::ranges::find(words, std::string_view("--")) - words.begin())));
    try {
        const auto command = parse(words);
        if (!command) {
            const Exit exit = give_up(command.error(), lang, json, console);
            if (!json) console.err << (lang == Lang::zh ? "用法见 zige-sandbox --help\n" : "See zige-sandbox --help\n");
            return exit;
        }
        const auto ended = dispatch(*command, console);
        return ended ? *ended : give_up(ended.error(), lang, json, console);
    } catch (const std::exception& error) {
        return give_up(fail(ErrorId::api_internal, "", error.what()), lang, json, console);
    }
}

}  // namespace zige::sandbox
