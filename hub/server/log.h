#pragma once

#include <initializer_list>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "shared/ports/clock.h"

namespace zige::hub {

/// English lines for the people who run the machine: `2026-11-22 10:00:00 info sync agent=3 bytes=812`.
/// Never a secret, a token or an identity number. Any thread.
class Log {
public:
    Log(std::ostream& out, const Clock& clock) : out_(out), clock_(clock) {}

    using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;
    void info(std::string_view event, Fields fields) { write("info", event, fields); }
    void warning(std::string_view event, Fields fields) { write("warning", event, fields); }
    void error(std::string_view event, Fields fields) { write("error", event, fields); }

private:
    void write(std::string_view level, std::string_view event, Fields fields);

    std::ostream& out_;
    const Clock& clock_;
    std::mutex mutex_;  // guards out_
};

}  // namespace zige::hub
