#include "hub/core/profile/calendar_file.h"
#include "hub/core/profile/profile_file.h"
#include "hub/server/hub_folder.h"
#include "hub/server/operations.h"
#include "hub/server/run_commands.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxPolicyFile = 1U << 20;

/// A mistake in a file names the file too.
template <class T>
Result<T> in_file(const std::string& path, Result<T> read) {
    if (read.ok()) return read;
    return fail(read.error().id, read.error().field, path + " " + read.error().detail);
}

Result<Calendar> read_calendars(const std::vector<std::string>& paths, const Surroundings& with) {
    std::vector<CalendarFile> files;
    for (const std::string& path : paths) {
        ZIGE_TRY(content, read_input(path, with.in, kMaxPolicyFile));
        ZIGE_TRY(file, in_file(path, read_calendar_file(as_text(content))));
        files.push_back(std::move(file));
    }
    return join_calendar(std::move(files));
}

/// "2/3" with --root three times.
Result<void> read_roots(NewHub& hub, const Invocation& line) {
    const std::vector<std::string> files = line.all("root");
    hub.options.more_roots.assign(files.begin() + 1, files.end());
    const std::string count = std::to_string(files.size());
    const std::string text = line.get("roots", "1/1");
    const bool fits = text.size() == 3 && text[0] >= '1' && text[0] <= '8' && text.substr(1) == "/" + count;
    if (!fits || text.substr(0, 1) > count)
        return fail(ErrorId::usage_bad_argument, "--roots", text + " with " + count + " root files");
    hub.options.threshold = static_cast<std::uint8_t>(text[0] - '0');
    return {};
}

Result<NewHub> new_hub_of(const Invocation& line, const Surroundings& with) {
    NewHub hub;
    hub.paths = {data_folder(line), line.get("keys"), line.get("root"), line.get("witness"), Suite::ed25519_sha256};
    if (line.has("suite")) {
        const auto suite = suite_from(line.get("suite"));
        if (!suite) return fail(ErrorId::usage_bad_argument, "--suite", "ed25519-sha256 or sm2-sm3");
        hub.paths.suite = *suite;
    }
    ZIGE_TRY(content, read_input(line.get("profile"), with.in, kMaxPolicyFile));
    ZIGE_TRY(profile, in_file(line.get("profile"), read_profile_file(as_text(content))));
    ZIGE_TRY(calendar, read_calendars(line.all("calendar"), with));
    hub.profile = std::move(profile.profile);
    hub.undecided = std::move(profile.undecided);
    hub.profile_text = as_text(content);
    hub.calendar = std::move(calendar);
    hub.options.hub_id = line.get("id");
    ZIGE_CHECK(read_roots(hub, line));
    hub.options.suite = hub.paths.suite;
    hub.options.actor = operator_name(line);
    if (hub.options.actor.empty()) return fail(ErrorId::usage_missing_argument, "--operator", "who does it");
    return hub;
}

}  // namespace

Result<Exit> run_init(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(hub, new_hub_of(line, with));
    ZIGE_TRY(fingerprint, initialise(hub));
    const bool zh = line.lang == Lang::zh;
    if (line.json) {
        with.out << Json::object({{"hub", hub.options.hub_id},
                                  {"data", hub.paths.data.string()},
                                  {"suite", suite_name(hub.paths.suite)},
                                  {"profile", hub.profile.id},
                                  {"profile_version", hub.profile.version},
                                  {"undecided", hub.undecided.size()},
                                  {"fingerprint", fingerprint}})
                        .write(2)
                 << "\n";
        return Exit::ok;
    }
    with.out << (zh ? "中心已初始化：" : "The hub is initialised: ") << hub.options.hub_id
             << (zh ? "\n信任指纹：" : "\nTrust fingerprint: ") << fingerprint
             << (zh ? "\n根密钥在 " : "\nThe root key is in ") << hub.paths.root_key.string()
             << (zh ? "：请移到离线介质并锁入保险柜\n" : ": move it to a stick and lock it away\n")
             << hub.undecided.size()
             << (zh ? " 项政策参数待医保局确认：zige-hub profile show\n"
                    : " values wait for the bureau: zige-hub profile show\n");
    return Exit::ok;
}

}  // namespace zige::hub
