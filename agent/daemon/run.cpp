#include "agent/daemon/run.h"

#include <cstdlib>
#include <filesystem>

#include "agent/daemon/calendar_api.h"
#include "agent/daemon/check_file.h"
#include "agent/daemon/connection.h"
#include "agent/daemon/daemon.h"
#include "agent/daemon/disk_check.h"
#include "agent/daemon/enroll.h"
#include "agent/daemon/help.h"
#include "agent/daemon/print.h"
#include "agent/daemon/requests.h"
#include "agent/daemon/typed_words.h"
#include "shared/openssl/crypto.h"
#include "shared/posix/clock.h"
#include "shared/posix/files.h"
#include "shared/posix/gb18030.h"
#include "shared/posix/signals.h"

namespace zige::daemon {
namespace {

constexpr const char* kDefaultData = "/var/lib/zige-agent";

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// What decides about the characters that are typed, in the order of POSIX.
std::string locale() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (std::string value = from_environment(name); !value.empty()) return value;
    return {};
}

Folder folder_of(const Invocation& command) {
    Folder folder;
    folder.root = command.get("data", from_environment("ZIGE_DATA"));
    if (folder.root.empty()) folder.root = kDefaultData;
    folder.anchor = command.get("anchor", from_environment("ZIGE_ANCHOR"));
    if (folder.anchor.empty()) folder.anchor = anchor_beside(folder.root);
    return folder;
}

Exit give_up(const Error& error, Lang lang, bool json, const Surroundings& with) {
    if (json) with.out << error_answer(error).body.write(2) << "\n";
    else with.err << print_error(error, lang);
    return exit_of(error.id);
}

std::string printed(std::string_view command, const Json& answer, Lang lang) {
    if (command == "check" || command == "clear") return print_decisions(answer, lang);
    if (command == "journal find") return print_found_decision(answer, lang);
    if (!at(answer, "departure").is_null()) return print_departure(answer, lang);
    if (command == "departures") return print_departures(answer, lang);
    if (command == "evidence list") return print_evidence_list(answer, lang);
    if (command == "evidence add") return print_evidence(answer, lang);
    if (command == "mapping") return print_mapping(answer, lang);
    if (command == "reverse") return print_reversal(answer, lang);
    if (command == "receipt get") return words(answer, "receipt");
    if (command == "receipt check") return print_receipt_check(answer, lang);
    if (command == "status") return print_status(answer, lang);
    if (command == "sync") return print_sync(answer, lang);
    if (command == "journal verify") return print_journal(answer, lang);
    if (command == "calendar due") return print_calendar_due(answer, lang);
    if (command == "calendar show") return print_calendar_year(answer, lang);
    if (command == "key new") return print_new_key(answer, lang);
    if (command == "clerk list") return print_clerks(answer, lang);
    if (command.starts_with("clerk ")) return print_clerk(command, answer, lang);
    if (command == "key list") return print_keys(answer, lang);
    if (command == "key revoke") return (lang == Lang::zh ? "已停用 " : "Revoked ") + words(answer, "name") + "\n";
    if (!at(answer, "filings").is_null()) return print_filings(answer, lang);
    if (!at(answer, "filing").is_null() && !at(answer, "state").is_null()) return print_filing(answer, lang);
    if (command == "statement add" || command == "prolong") return print_notice(command, answer, lang);
    return answer.write(2) + "\n";
}

/// A command that is one call of the service.
Result<Exit> call_service(const Invocation& command, AgentService& service, const Surroundings& with) {
    ZIGE_TRY(request, request_of(command, with.in, make_system_clock()->wall()));
    const ApiAnswer answer = service.call(request);
    if (const auto error = error_of(answer)) return as_typed(command, *error);
    const std::string_view name = command.command->name;
    with.out << (command.json ? answer.body.write(2) + "\n" : printed(name, answer.body, command.lang));
    return name == "check" || name == "clear" ? exit_of_decisions(answer.body) : Exit::ok;
}

Result<Exit> call(const Invocation& command, const Surroundings& with) {
    const Folder folder = folder_of(command);
    if (command.command->name.starts_with("calendar")) {
        const auto enrolled = is_enrolled(folder);
        if (!enrolled || !*enrolled) {
            OfficialCalendarService official;
            return call_service(command, official, with);
        }
    }
    ZIGE_TRY(connection, Connection::open(folder));
    if (connection.only_looks())
        with.err << (command.lang == Lang::zh
                         ? "注意：数据目录所在磁盘是只读的，只能查看，判定和申报都无法记录\n"
                         : "Note: the disk of the data folder is read-only; nothing can be recorded\n");
    auto exit = command.command->name == "check-file" ? check_file(command, connection.service(), with)
                                                      : call_service(command, connection.service(), with);
    report_close(connection.close(), with);
    return exit;
}

/// Renames a database with what SQLite keeps beside it; the first name that is free.
Result<std::filesystem::path> put_aside(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return fail(ErrorId::file_not_found, "journal", file.string());
    std::filesystem::path kept;
    for (int n = 1; kept.empty() || std::filesystem::exists(kept, error); ++n)
        kept = file.string() + ".aside-" + std::to_string(n);
    for (const char* beside : {"-wal", "-shm", ""}) {
        if (!std::filesystem::exists(file.string() + beside, error)) continue;
        std::filesystem::rename(file.string() + beside, kept.string() + beside, error);
        if (error) return fail(ErrorId::file_io, "journal", error.message());
    }
    return kept;
}

constexpr std::size_t kMaxPemFile = 1U << 20;

/// Null: nothing is sent on.
Result<std::unique_ptr<Platform>> platform_of(const Invocation& command, OwnedAgent& owned) {
    if (!command.has("platform-url")) {
        if (command.has("platform-ca")) return fail(ErrorId::usage_missing_argument, "--platform-url");
        return std::unique_ptr<Platform>();
    }
    PlatformOptions options;
    options.url = command.get("platform-url");
    if (command.has("platform-ca")) {
        ZIGE_TRY(pem, owned.files().read(command.get("platform-ca"), kMaxPemFile));
        options.trusted_pem = as_text(pem);
    }
    ZIGE_TRY(seconds, command.number("platform-timeout", options.timeout.count() / 1000, 1, 300));
    options.timeout = std::chrono::seconds(seconds);
    options.now = [time = &owned.agent().time()] {  // the platform may have a certificate that is newer than our last sync
        const auto status = time->status();
        return status.suspect || status.unknown ? status.running : status.wall;
    };
    return make_platform(std::move(options));
}

Result<Exit> serve(const Invocation& command, const Surroundings& with) {
    const Folder folder = folder_of(command);
    Daemon::Options options;
    options.socket = folder.socket().string();
    options.listen = command.get("listen", options.listen);
    ZIGE_CHECK(check_loopback(options.listen));
    ZIGE_TRY(every, command.number("sync-every", options.sync_every.count(), 1, 24 * 3600));
    options.sync_every = std::chrono::seconds(every);
    ZIGE_TRY(threads, command.number("threads", options.threads, 1, 256));
    options.threads = static_cast<int>(threads);
    ZIGE_TRY(enrolled, is_enrolled(folder));
    if (!enrolled) return fail(ErrorId::agent_not_enrolled, "", folder.root.string());
    std::mutex writing;
    const Report report = [&](const std::string& line) {
        const std::lock_guard lock(writing);
        with.err << "zige-agent: " << line << std::endl;
    };
    install_thread_error_handler(report);
    ZIGE_TRY(owned, OwnedAgent::open(folder, Suite::ed25519_sha256));
    ZIGE_TRY(platform, platform_of(command, *owned));
    // Half of the connections stay with those who only ask here, however slow the platform is.
    FsiDesk fsi({owned->agent(), owned->clock(), owned->hasher(), platform.get(), std::max(1, options.threads / 2),
                 report,
                 [&service = owned->service()](std::string_view name, std::string_view pin, const Caller& caller) {
                     return service.prove(name, pin, caller);
                 }});
    ZIGE_TRY(daemon, Daemon::start(options,
                                   {owned->agent(), owned->service(), owned->keys(), fsi, owned->random(),
                                    [agent = owned.get()] { agent->leave_hub(); }},
                                   report));
    const std::string host = options.listen.substr(0, options.listen.rfind(':'));
    with.out << Json::object({{"ready", true},
                              {"listen", host + ":" + std::to_string(daemon->port())},
                              {"port", daemon->port()},
                              {"socket", options.socket},
                              {"gateway", platform != nullptr}})
                    .write()
             << std::endl;
    (void)wait_for_end();
    report("stopping");
    daemon->stop();
    return Exit::ok;
}

/// P2: a sound journal is never put aside; with it would go what was not handed in, filings and duties.
Result<void> see_that_it_is_damaged(const Folder& folder) {
    ZIGE_TRY(enrolled, is_enrolled(folder));
    if (!enrolled) return fail(ErrorId::agent_not_enrolled);
    const auto owned = OwnedAgent::open(folder, Suite::ed25519_sha256);
    if (!owned.ok()) {
        const ErrorId id = owned.error().id;
        const bool of_the_journal =
            id == ErrorId::journal_corrupt || id == ErrorId::db_corrupt || id == ErrorId::db_failed;
        return of_the_journal ? Result<void>() : owned.error();
    }
    ZIGE_TRY(journal, (*owned)->agent().journal());
    if (!journal->verify().ok()) return {};
    return fail(ErrorId::usage_bad_argument, "journal set-aside",
                "the journal is sound and stays; run zige-agent sync");
}

/// P2: what is damaged is kept. The agent goes on with an empty journal, which the hub takes for a folder put back.
Result<Exit> set_journal_aside(const Invocation& command, const Surroundings& with) {
    const Folder folder = folder_of(command);
    ZIGE_CHECK(see_that_it_is_damaged(folder));
    const auto files = make_posix_files();
    ZIGE_TRY(lock, agent::own(*files, folder));
    ZIGE_TRY(kept, put_aside(folder.journal()));
    with.out << (command.json              ? Json::object({{"kept", kept.string()}}).write(2)
                 : command.lang == Lang::zh ? "原日志已保存为 " + kept.string() + "；请启动服务，并请经办机构开新章"
                                            : "kept as " + kept.string() + "; start the service and ask for a new chapter")
             << "\n";
    return Exit::ok;
}

Result<Exit> check_disk(const Invocation& command, const Surroundings& with) {
    const Folder folder = folder_of(command);
    const bool zh = command.lang == Lang::zh;
    const auto files = make_posix_files();
    const auto clock = make_system_clock();
    const auto random = make_random();
    DiskCheck check(folder, *files, *clock, *random);
    if (command.command->name == "disk-check begin") {
        ZIGE_TRY(code, check.begin());
        with.out << (command.json ? Json::object({{"begun", true}, {"code", code}}).write(2)
                     : zh ? "请抄下核对码 " + code + "，重启电脑，再运行：\n  zige-agent disk-check end --code " + code
                          : "Note the code " + code + ", restart this computer, then run:\n  zige-agent disk-check end --code " + code)
                 << "\n";
        return Exit::ok;
    }
    ZIGE_CHECK(check.end(command.get("code")));
    with.out << (command.json ? Json::object({{"passed", true}}).write(2)
                 : zh ? "磁盘重启后保留了数据，可以在此安装" : "The disk kept what was written: you may install here")
             << "\n";
    return Exit::ok;
}

Result<Exit> run_command(const Invocation& command, const Surroundings& with) {
    if (command.help) {
        with.out << help_text(command.command, command.lang);
        return Exit::ok;
    }
    const std::string_view name = command.command->name;
    if (name == "version") {
        with.out << (command.json ? Json::object({{"version", version_text()}}).write()
                                  : "zige-agent " + version_text())
                 << "\n";
        return Exit::ok;
    }
    if (name == "enroll") return enroll(command, folder_of(command), with);
    if (name == "serve") return serve(command, with);
    if (name.starts_with("disk-check")) return check_disk(command, with);
    if (name == "journal set-aside") return set_journal_aside(command, with);
    return call(command, with);
}

Exit run_words(std::span<const std::string_view> words, const Surroundings& with) {
    const Lang lang = language_of(words);
    const bool json = wants_json(words);
    try {
        const auto typed = typed_words(words, locale(), *make_gb18030_decoder());
        if (!typed) return give_up(typed.error(), lang, json, with);
        const std::vector<std::string_view> readable(typed->begin(), typed->end());
        const auto command = parse(readable);
        if (!command) {
            const Exit exit = give_up(command.error(), lang, json, with);
            if (!json) with.err << (lang == Lang::zh ? "用法见 zige-agent --help\n" : "See zige-agent --help\n");
            return exit;
        }
        const auto ended = run_command(*command, with);
        return ended ? *ended : give_up(ended.error(), lang, json, with);
    } catch (const std::exception& error) {
        return give_up(fail(ErrorId::api_internal, "", error.what()), lang, json, with);
    }
}

}  // namespace

void report_close(const Result<void>& closed, const Surroundings& with) {
    if (!closed) with.err << "zige-agent: closing: " << closed.error().describe() << "\n";
}

Exit run(std::span<const std::string_view> words, Surroundings with) {
    const Exit exit = run_words(words, with);
    with.out.flush();
    if (!with.out.fail()) return exit;
    // A full disk or a broken pipe: whoever called did not get the answer.
    with.err << print_error(fail(ErrorId::file_io, "standard output", "could not be written"), language_of(words));
    return Exit::io;
}

}  // namespace zige::daemon
