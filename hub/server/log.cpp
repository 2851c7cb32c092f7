#include "hub/server/log.h"

#include <algorithm>

namespace zige::hub {
namespace {

/// One word, or quoted; a line end from outside never starts a line of its own.
std::string shown(const std::string& value) {
    std::string clean;
    for (const char c : value) clean += static_cast<unsigned char>(c) < 0x20 || c == '"' ? '_' : c;
    const bool word = !clean.empty() && clean.find(' ') == std::string::npos;
    return word ? clean : "\"" + clean + "\"";
}

}  // namespace

void Log::write(std::string_view level, std::string_view event, Fields fields) {
    std::string line = format(clock_.wall()) + " " + std::string(level) + " " + std::string(event);
    for (const auto& [name, value] : fields) line += " " + std::string(name) + "=" + shown(value);
    const std::lock_guard lock(mutex_);
    out_ << line << std::endl;
}

}  // namespace zige::hub
