#pragma once

#include <memory>
#include <memory_resource>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/posix/gb18030.h"

namespace zige::capi {

/// How the host writes texts: UTF-8 or GB18030. Without allocation once as many calls ran at a time as ever will.
/// Any thread.
class Charset {
public:
    explicit Charset(bool gb18030) : gb18030_(gb18030) {}

    /// The UTF-8 of a text of the host's, which ends with a NUL; null is empty. What has to be converted stands in
    /// `memory`. api_bad_field: longer than `max_bytes` of UTF-8; file_bad_encoding. Reads little beyond that length.
    Result<std::string_view> read(const char* text, std::size_t max_bytes, std::string_view field,
                                  std::pmr::memory_resource& memory) const;
    /// The same of a text of known length, a JSON document. file_bad_encoding.
    Result<std::string> read(std::string_view text, std::string_view field) const;

    /// Writes UTF-8 as the host reads it, with a NUL; what does not fit is cut between two characters.
    void write(std::string_view utf8, char* to, std::size_t room) const;
    template <std::size_t N>
    void write(std::string_view utf8, char (&to)[N]) const {
        write(utf8, to, N);
    }
    std::string write(std::string_view utf8) const;

private:
    class Borrowed;
    std::size_t convert_out(std::string_view utf8, std::span<char> room) const;

    const bool gb18030_;
    mutable std::mutex mutex_;  // guards idle_
    mutable std::vector<std::unique_ptr<Gb18030Pair>> idle_;
};

}  // namespace zige::capi
