#include <Poco/Exception.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <algorithm>

#include "shared/poco/http_server.h"

namespace zige {

std::string_view HttpRequest::header(std::string_view name) const {
    const std::string wanted(name);
    for (const auto& [each, value] : headers)
        if (Poco::icompare(each, wanted) == 0) return value;
    return {};
}

std::optional<std::string> HttpRequest::parameter(std::string_view name) const {
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const std::string_view key = pair.substr(0, pair.find('='));
        if (key != name) continue;
        std::string coded(pair.substr(std::min(pair.size(), key.size() + 1)));
        std::ranges::replace(coded, '+', ' ');  // what most languages write for a blank; a plus itself comes as %2B
        std::string value;
        try {
            Poco::URI::decode(coded, value);
        } catch (const Poco::Exception&) {
            return std::nullopt;  // a broken escape is no value
        }
        return value;
    }
    return std::nullopt;
}

}  // namespace zige
