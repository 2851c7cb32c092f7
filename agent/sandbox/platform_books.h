#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/base/time.h"
#include "shared/poco/json.h"

namespace zige::sandbox {

/// What the stand-in says of one message.
struct PlatformWord {
    std::string infcode = "0";
    std::string err_msg;
    Json output = Json::object();
};

/// What the stand-in knows of visits: lines that were uploaded, settlements. It judges nobody: that is the agent's work.
/// One thread at a time.
class PlatformBooks {
public:
    PlatformWord take(const std::string& infno, const Json& message, Instant now);

private:
    struct Line {
        std::string number;
        std::string lot;
        std::int64_t fen = 0;
        bool settled = false;
    };
    struct Visit {
        std::vector<Line> lines;
        std::map<std::string, std::int64_t> settlements;  ///< fen by setl_id
    };
    PlatformWord upload(const Json& input, const char* list);
    PlatformWord withdraw(const Json& data);
    PlatformWord settle(const Json& data, const std::string& msgid, Instant now);
    PlatformWord sell(const Json& input, const std::string& msgid, Instant now);
    PlatformWord reverse(const Json& data);
    PlatformWord show_settlements(const Json& data) const;
    PlatformWord show_lines(const Json& data) const;

    std::map<std::string, Visit> visits_;
    std::uint64_t serial_ = 0;
};

/// A member as text, also where it is a number; "" where there is none.
std::string words_of(const Json* object, std::string_view key);
/// "12.50" or 12.5 in fen; 0 for anything else.
std::int64_t fen_of(const std::string& yuan);

}  // namespace zige::sandbox
