#include "agent/core/anchor.h"

#include <sstream>
#include <string>

namespace zige::agent {
namespace {

constexpr std::size_t kMaxAnchorBytes = 512;

/// FNV-1a. Against damage, not against a person: one digit more in `running` would be a time that never comes back
/// down.
std::uint64_t check_sum(std::string_view text) {
    std::uint64_t sum = 0xcbf29ce484222325;
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return sum;
}

std::string print(const Anchor& anchor) {
    return std::to_string(anchor.agent.value) + " " + std::to_string(anchor.chapter.value) + " " +
           std::to_string(anchor.size) + " " + to_hex(anchor.hash) + " " +
           std::to_string(anchor.running.time_since_epoch().count()) + " " + std::to_string(anchor.put_backs) + " " +
           std::to_string(anchor.boot_id);
}

std::string with_sum(const std::string& line) { return line + " " + std::to_string(check_sum(line)) + "\n"; }

}  // namespace

std::optional<Anchor> read_anchor(Files& files, const std::filesystem::path& path) {
    if (path.empty()) return std::nullopt;
    const auto content = files.read(path, kMaxAnchorBytes);
    if (!content) return std::nullopt;
    std::istringstream in{std::string(as_text(*content))};
    Anchor anchor;
    std::string hash;
    std::int64_t running = 0;
    if (!(in >> anchor.agent.value >> anchor.chapter.value >> anchor.size >> hash >> running >> anchor.put_backs >>
          anchor.boot_id))
        return std::nullopt;
    const auto bytes = from_hex(hash);
    const auto parsed = bytes ? to_hash(*bytes) : std::nullopt;
    if (!parsed) return std::nullopt;
    anchor.hash = *parsed;
    anchor.running = Instant{std::chrono::seconds{running}};
    if (with_sum(print(anchor)) != as_text(*content)) return std::nullopt;
    return anchor;
}

Result<void> write_anchor(Files& files, const std::filesystem::path& path, const Anchor& anchor) {
    const std::string text = with_sum(print(anchor));
    return files.write(path, as_bytes(text));
}

}  // namespace zige::agent
