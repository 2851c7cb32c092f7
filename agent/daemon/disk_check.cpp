#include "agent/daemon/disk_check.h"

#include <array>
#include <cstdlib>
#include <sstream>

#include "shared/posix/files.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxMark = 128;
constexpr std::size_t kDigits = 6;  // the last one is the sum of the others

char check_digit(std::string_view digits) {
    int sum = 0;
    for (const char c : digits) sum += c - '0';
    return static_cast<char>('0' + sum % 10);
}

bool well_typed(std::string_view code) {
    return code.size() == kDigits && code.find_first_not_of("0123456789") == std::string_view::npos &&
           code.back() == check_digit(code.substr(0, kDigits - 1));
}

Error rolled_back(std::string detail) { return fail(ErrorId::enrol_disk_rolls_back, "data_dir", std::move(detail)); }

}  // namespace

bool accepts_fleeting_disk() {
    const char* const value = std::getenv("ZIGE_ACCEPT_VOLATILE_DISK");
    return value != nullptr && std::string_view(value) == "1";
}

Result<DiskSeen> DiskCheck::look(const Folder& folder) {
    ZIGE_TRY(seen, see_disk(folder.root));
    if (seen.kind == DiskKind::fleeting && !accepts_fleeting_disk())
        return rolled_back(folder.root.string() + " lies on " + seen.type + " at " + seen.mount);
    return seen;
}

Result<std::optional<DiskCheck::Mark>> DiskCheck::read(const std::filesystem::path& path) const {
    auto content = files_.read(path, kMaxMark);
    if (!content && content.error().id == ErrorId::file_not_found) return std::optional<Mark>{};
    if (!content) return std::move(content).error();
    std::istringstream in{std::string(as_text(*content))};
    Mark mark;
    if (!(in >> mark.code >> mark.boot_id)) return std::optional<Mark>{};
    return std::optional<Mark>(std::move(mark));
}

/// The mark outside first: whoever finds none inside then knows that one was made.
Result<std::string> DiskCheck::begin() {
    ZIGE_CHECK(look(folder_));
    ZIGE_CHECK(make_private_folder(folder_.root));
    std::array<std::byte, kDigits - 1> bytes{};
    random_.fill(bytes);
    std::string code;
    for (const std::byte b : bytes) code += static_cast<char>('0' + std::to_integer<int>(b) % 10);
    code += check_digit(code);
    const std::string line = code + " " + std::to_string(clock_.boot_id()) + "\n";
    ZIGE_CHECK(files_.remove(checked()));
    ZIGE_CHECK(files_.write(outside(), as_bytes(line)));
    ZIGE_CHECK(files_.write(inside(), as_bytes(line)));
    return code;
}

Result<void> DiskCheck::end(std::string_view code) {
    if (!code.empty() && !well_typed(code))
        return fail(ErrorId::usage_bad_argument, "--code", "6 digits as disk-check begin showed them");
    ZIGE_TRY(mark, read(inside()));
    ZIGE_TRY(twin, read(outside()));
    const std::string wanted = !code.empty() ? std::string(code) : twin ? twin->code : std::string();
    if (!mark && wanted.empty()) return fail(ErrorId::file_not_found, "disk-check", "no check was begun here");
    if (!mark || (!wanted.empty() && mark->code != wanted))
        return rolled_back("the mark of check " + wanted + " is gone after the restart");
    if (mark->boot_id == clock_.boot_id())
        return fail(ErrorId::usage_bad_argument, "disk-check", "this computer was not restarted since");
    ZIGE_CHECK(files_.write(checked(), as_bytes(mark->code + "\n")));
    ZIGE_CHECK(files_.remove(inside()));
    return files_.remove(outside());
}

Result<bool> DiskCheck::passed() const { return files_.exists(checked()); }

}  // namespace zige::daemon
