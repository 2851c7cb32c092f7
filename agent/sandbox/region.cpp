#include "agent/sandbox/region.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "agent/sandbox/people.h"
#include "shared/posix/files.h"

namespace zige::sandbox {
namespace {

using std::chrono::seconds;

constexpr seconds kCommandWithin{60};
constexpr seconds kReadyWithin{60};
constexpr std::size_t kMaxSaved = 1U << 16;
constexpr const char* kSaved = "region.json";
constexpr std::array kDone{0};
constexpr std::array kDoneOrRefused{0, 1};

/// What a program said when it failed, for our own message.
std::string last_words(const Ended& ended) {
    std::string words = ended.err.empty() ? ended.out : ended.err;
    if (words.size() > 600) words.resize(600);
    std::ranges::replace(words, '\n', ' ');
    return words;
}

Result<std::vector<std::string>> calendars_in(const std::filesystem::path& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    if (files.empty()) return fail(ErrorId::file_not_found, "--policy", folder.string() + " has no calendars");
    std::ranges::sort(files);
    return files;
}

}  // namespace

std::filesystem::path faketime_library() {
    std::error_code error;
    for (const auto& folder : std::filesystem::directory_iterator("/usr/lib", error)) {
        const auto library = folder.path() / "faketime" / "libfaketimeMT.so.1";
        if (std::filesystem::exists(library, error)) return library;
    }
    return {};
}

Result<std::unique_ptr<Region>> Region::open(Options options) {
    std::unique_ptr<Region> region(new Region(std::move(options)));
    std::error_code error;
    if (std::filesystem::exists(region->options_.folder / kSaved, error)) {
        ZIGE_CHECK(region->load());
        return region;
    }
    if (std::filesystem::exists(region->options_.folder / "hub", error))
        return fail(ErrorId::file_exists, "--data", region->options_.folder.string() + " holds a region that was not finished");
    ZIGE_CHECK(make_private_folder(region->options_.folder));
    ZIGE_CHECK(region->found());
    return region;
}

void Region::tell(std::string_view zh, std::string_view en) const {
    if (options_.tell) options_.tell(zh, en);
}

/// Of the region's own calendar.
std::string Region::day(int days_from_today) const {
    const Day today = day_of(options_.clock->wall()) - std::chrono::days(options_.days_ago);
    return format(today + std::chrono::days(days_from_today));
}

std::vector<std::pair<std::string, std::string>> Region::environment() const {
    std::vector<std::pair<std::string, std::string>> with{{"ZIGE_ACCEPT_VOLATILE_DISK", "1"}};
    if (founding_ && options_.days_ago > 0) {
        with.emplace_back("LD_PRELOAD", faketime_library().string());
        with.emplace_back("FAKETIME", "-" + std::to_string(options_.days_ago) + "d");
        with.emplace_back("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
    return with;
}

Result<Json> Region::call(const std::filesystem::path& program, std::vector<std::string> words, const std::string& input,
                          std::span<const int> good) {
    const std::string what = words[0] + (words.size() > 1 && !words[1].starts_with("-") ? " " + words[1] : "");
    words.insert(words.begin(), program.string());
    words.insert(words.end(), {"--json", "--lang", "en"});
    ZIGE_TRY(ended, run_to_end({std::move(words), input, environment()}, kCommandWithin));
    if (ended.late) return fail(ErrorId::net_timeout, what, "took longer than a minute");
    if (std::ranges::find(good, ended.code) == good.end()) return fail(ErrorId::api_internal, what, last_words(ended));
    const auto answer = parse_json(ended.out, kMaxProgramOutput);
    return answer ? *answer : Json();
}

Result<Json> Region::hub(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", (options_.folder / "hub").string(), "--operator", "沙箱"});
    const bool import = words[0] == "roster";
    return call(options_.programs.hub, std::move(words), {},
                import ? std::span<const int>(kDoneOrRefused) : std::span<const int>(kDone));
}

Result<Json> Region::agent(std::vector<std::string> words, const std::string& input) {
    words.insert(words.end(), {"--data", agent_data().string()});
    return call(options_.programs.agent, std::move(words), input, kDone);
}

Result<void> Region::found() {
    founding_ = true;
    tell("建立经办机构的中心", "founding the bureau's hub");
    ZIGE_CHECK(found_hub());
    tell("导入名册", "importing the rosters");
    ZIGE_CHECK(enter_people());
    tell("登记暂停、终止、科室停止", "recording suspensions, a termination, a stopped department");
    ZIGE_CHECK(enter_standings());
    tell("终端入网、申报", "enrolling the agent, filing");
    ZIGE_CHECK(start_hub());
    ZIGE_CHECK(enrol());
    if (options_.days_ago == 0) ZIGE_CHECK(file_the_rest());
    stop_hub();
    founding_ = false;
    return save();
}

Result<void> Region::found_hub() {
    const auto in = [this](const char* name) { return (options_.folder / name).string(); };
    std::vector<std::string> words{"init", "--id", "sandbox-411500", "--keys", in("hub-keys"), "--root", in("root.pem"),
                                   "--witness", in("witness"), "--profile",
                                   (options_.programs.policy / "profiles" / "henan-xinyang.json").string()};
    ZIGE_TRY(calendars, calendars_in(options_.programs.policy / "calendars"));
    for (const std::string& calendar : calendars) words.insert(words.end(), {"--calendar", calendar});
    ZIGE_CHECK(hub(std::move(words)));
    ZIGE_TRY(profile, hub({"profile", "show"}));
    if (const Json* undecided = profile.find("undecided"); undecided != nullptr && undecided->items() != nullptr)
        for (const Json& value : *undecided->items())
            if (const Json* name = value.find("name"); name != nullptr && name->text() != nullptr)
                ZIGE_CHECK(hub({"profile", "confirm", *name->text()}));
    return {};
}

Result<void> Region::enter_people() {
    struct Site {
        const char* code;
        const char* name;
        const char* kind;
        bool own;
    };
    for (const Site& site : {Site{kInstitution, kInstitutionName, "township_hospital", true},
                             Site{kNeighbour, kNeighbourName, "hospital", false}}) {
        ZIGE_CHECK(hub({"institution", "add", site.code, "--name", site.name, "--kind", site.kind, "--division", kDivision,
                        "--mode", "enforce"}));
        std::string rows;
        int serial = site.own ? 100 : 200;
        for (const Person& each : people()) {
            const bool outside = each.standing == Standing::outside || each.standing == Standing::outside_suspended;
            const bool filed = each.standing == Standing::begins_next_week || each.standing == Standing::in_waiting;
            ++serial;
            if (each.category == "physician" && outside != site.own && !filed)
                rows += roster_row(each, serial, site.code, site.name);
        }
        const auto file = options_.folder / (std::string("roster-") + site.code + ".txt");
        ZIGE_CHECK(make_posix_files()->write(file, as_bytes(rows)));
        ZIGE_CHECK(hub({"roster", "import", file.string(), "--institution", site.code}));
    }
    for (const auto& [code, name] : {std::pair{kDepartment, "内科"}, std::pair{kStoppedDepartment, "康复科"}})
        ZIGE_CHECK(hub({"department", "add", kInstitution, "--department", code, "--name", name}));
    return {};
}

Result<void> Region::enter_standings() {
    ZIGE_CHECK(hub({"stop", kInstitution, "--department", kStoppedDepartment, "--document", "信医保协〔沙箱〕1号", "--from",
                    day(-30)}));
    int number = 0;
    for (const Person& each : people()) {
        const std::string document = "信医保处〔沙箱〕" + std::to_string(++number) + "号";
        const std::string code(each.code);
        if (each.category != "physician") continue;  // the others are registered later
        if (each.standing == Standing::suspended || each.standing == Standing::outside_suspended)
            ZIGE_CHECK(hub({"sanction", "set", code, "--suspend", "--document", document, "--served", day(-21), "--from",
                            day(-20), "--to", day(40)}));
        if (each.standing == Standing::period_over || each.standing == Standing::restored)
            ZIGE_CHECK(hub({"sanction", "set", code, "--suspend", "--document", document, "--served", day(-81), "--from",
                            day(-80), "--to", day(-20)}));
        if (each.standing == Standing::restored)
            ZIGE_CHECK(hub({"sanction", "end", code, "--document", document, "--on", day(-19), "--reason", "评估通过"}));
        if (each.standing == Standing::terminated)
            ZIGE_CHECK(hub({"sanction", "set", code, "--terminate", "--document", document, "--served", day(-61), "--from",
                            day(-60)}));
    }
    return {};
}

Result<void> Region::enrol() {
    ZIGE_TRY(slip, run_to_end({{options_.programs.hub.string(), "token", "new", kInstitution, "--address", hub_address(), "--data",
                                (options_.folder / "hub").string(), "--operator", "沙箱"},
                               "",
                               environment()},
                              kCommandWithin));
    if (slip.code != 0) return fail(ErrorId::api_internal, "token new", last_words(slip));
    ZIGE_CHECK(agent({"enroll", "--slip", "-"}, slip.out));
    ZIGE_CHECK(agent({"sync"}));
    ZIGE_TRY(made, agent({"key", "new", "--name", "沙箱收费处", "--role", "his"}));
    ZIGE_TRY(key, text_member(made, "key", 200));
    key_ = key;
    return {};
}

/// What the institution itself files.
Result<void> Region::file_the_rest() {
    int serial = 300;
    for (const Person& each : people()) {
        const std::string code(each.code);
        const bool later = each.standing == Standing::begins_next_week;
        ++serial;
        if (each.category.empty() || each.standing == Standing::in_waiting) continue;
        if (each.category != "physician" || later)
            ZIGE_CHECK(agent({"register", "--code", code, "--name", std::string(each.name), "--category", std::string(each.category),
                              "--from", day(later ? 7 : -60), "--commitment-signed", day(-60), "--identity-file", "-", "--clerk", "沙箱"},
                             made_up_identity(serial) + "\n"));
        if (each.standing == Standing::departed)
            ZIGE_CHECK(agent({"depart", "--person", code, "--last-day", day(-7), "--reason", "辞职", "--clerk", "沙箱"}));
        if (each.standing == Standing::on_leave)
            ZIGE_CHECK(agent({"leave", "--person", code, "--kind", "maternity", "--from", day(-30), "--clerk", "沙箱"}));
    }
    ZIGE_CHECK(agent({"alias", "add", "--code", std::string(person("mapped").code), "--person", std::string(person("good").code),
                      "--clerk", "沙箱"}));
    ZIGE_CHECK(agent({"sync"}));
    for (const Person& each : people())
        if (each.standing == Standing::suspended && each.category != "physician")
            ZIGE_CHECK(hub({"sanction", "set", std::string(each.code), "--suspend", "--document",
                            "信医保处〔沙箱〕" + std::to_string(++serial) + "号", "--served", day(-21), "--from", day(-20), "--to",
                            day(40)}));
    ZIGE_CHECK(agent({"sync"}));
    return {};
}

Result<void> Region::save() const {
    const Json saved = Json::object({{"institution", kInstitution}, {"key", key_}, {"hub_port", hub_port_}});
    return make_posix_files()->write(options_.folder / kSaved, as_bytes(saved.write(2) + "\n"));
}

Result<void> Region::load() {
    ZIGE_TRY(bytes, make_posix_files()->read(options_.folder / kSaved, kMaxSaved));
    ZIGE_TRY(saved, parse_json(as_text(bytes), kMaxSaved));
    ZIGE_TRY(key, text_member(saved, "key", 200));
    ZIGE_TRY(port, integer_member(saved, "hub_port", 1, 65535));
    key_ = key;
    hub_port_ = static_cast<int>(port);
    return {};
}

Result<void> Region::start_hub() {
    const std::string listen = "127.0.0.1:" + std::to_string(hub_port_);
    const Command command{{options_.programs.hub.string(), "serve", "--data", (options_.folder / "hub").string(), "--listen", listen},
                          "",
                          environment()};
    ZIGE_TRY(child, Child::start(command, options_.folder / "zige-hub.log", kReadyWithin));
    ZIGE_TRY(ready, parse_json(child->first_line(), kMaxSaved));
    ZIGE_TRY(port, integer_member(ready, "port", 1, 65535));
    hub_port_ = static_cast<int>(port);
    hub_ = std::move(child);
    return {};
}

void Region::stop_hub() { hub_.reset(); }

Result<void> Region::start_agent() {
    const std::string listen = agent_port_ == 0 ? options_.agent_listen : "127.0.0.1:" + std::to_string(agent_port_);
    Command command{{options_.programs.agent.string(), "serve", "--data", agent_data().string(), "--listen", listen, "--sync-every",
                     "60"},
                    "",
                    environment()};
    if (!options_.platform_url.empty())
        command.words.insert(command.words.end(), {"--platform-url", options_.platform_url, "--platform-timeout",
                                                   std::to_string(options_.platform_timeout_s)});
    ZIGE_TRY(child, Child::start(command, options_.folder / "zige-agent.log", kReadyWithin));
    ZIGE_TRY(ready, parse_json(child->first_line(), kMaxSaved));
    ZIGE_TRY(port, integer_member(ready, "port", 1, 65535));
    agent_port_ = static_cast<int>(port);
    agent_ = std::move(child);
    return {};
}

void Region::stop_agent() { agent_.reset(); }

std::string Region::agent_url() const { return "http://127.0.0.1:" + std::to_string(agent_port_); }

}  // namespace zige::sandbox
