#pragma once

#include <map>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace zige::hub {

/// One piece of markup: text, or the start or end of an element.
struct MarkupPiece {
    enum class Kind { text, start, end, over } kind = Kind::over;
    std::string_view name;  ///< of the element
    std::string text;       ///< entities resolved, white space as it stands
    bool closed = false;    ///< <br/>
    std::map<std::string_view, std::string> attributes;
    std::size_t line = 1;
};

/// Takes markup apart, strictly.
class MarkupReader {
public:
    MarkupReader(std::string_view name, std::string_view markup) : name_(name), rest_(markup) {}

    Result<MarkupPiece> next();
    Error bad(std::size_t line, std::string why) const;

private:
    Result<MarkupPiece> read_text(std::size_t line);
    Result<MarkupPiece> read_tag(std::size_t line);
    Result<void> read_attributes(MarkupPiece& into, std::string_view inside) const;
    Result<std::string> resolved(std::string_view text, std::size_t line) const;
    std::string_view take(std::size_t bytes);

    std::string_view name_;
    std::string_view rest_;
    std::size_t line_ = 1;
};

}  // namespace zige::hub
