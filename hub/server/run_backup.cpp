#include "hub/server/hub_folder.h"
#include "hub/server/run_commands.h"
#include "hub/store/sqlite_store.h"
#include "shared/poco/json.h"
#include "shared/posix/files.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxConfigFile = 16U << 10;
constexpr std::size_t kMaxKeyFile = 1U << 20;

Result<void> copy_file(Files& files, const std::filesystem::path& from, const std::filesystem::path& to,
                       std::size_t limit) {
    ZIGE_TRY(content, files.read(from, limit));
    return files.write(to, content);
}

/// The keys that the service signs and opens with; the root key is not among them.
Result<void> copy_keys(Files& files, const HubPaths& paths, const std::filesystem::path& to) {
    ZIGE_CHECK(make_private_folder(to));
    for (const auto& entry : std::filesystem::directory_iterator(paths.keys))
        if (entry.is_regular_file() && entry.path() != paths.root_key)
            ZIGE_CHECK(copy_file(files, entry.path(), to / entry.path().filename(), kMaxKeyFile));
    return {};
}

}  // namespace

/// Neither witness nor root key is copied: the one must not go back in time, the other lies in a safe.
Result<Exit> run_backup(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    const std::filesystem::path to = line.arguments.front();
    if (std::filesystem::exists(to)) return fail(ErrorId::file_exists, "dir", to.string());
    ZIGE_CHECK(make_private_folder(to));
    const auto files = make_posix_files();
    ZIGE_CHECK(copy_sqlite_store(paths.database(), to / "hub.db"));
    ZIGE_CHECK(files->sync(to / "hub.db"));
    ZIGE_CHECK(copy_keys(*files, paths, to / "keys"));
    ZIGE_CHECK(copy_file(*files, paths.config(), to / "hub.json", kMaxConfigFile));
    if (line.json) with.out << Json::object({{"backup", to.string()}}).write(2) << "\n";
    else with.out << (line.lang == Lang::zh ? "已备份到 " : "backed up to ") << to.string() << "\n";
    return Exit::ok;
}

}  // namespace zige::hub
