#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "shared/base/codes.h"
#include "shared/base/errc.h"

namespace zige {

/// Why no answer could be formed. A refusal of a fee is not an error but a Decision.
/// `id` is the stable name and number of the registry (its texts in Chinese and English come from there);
/// `field` names the input that is at fault, empty if none; `detail` is English, for logs and for `--json`.
struct Error {
    ErrorId id;
    std::string field;
    std::string detail;

    Errc code() const { return errc_of(id); }
    /// "wire_bad_signature: envelope.signature: key 3 expired 2026-01-04"
    std::string describe() const {
        std::string text = to_string(id);
        if (!field.empty()) text += ": " + field;
        if (!detail.empty()) text += ": " + detail;
        return text;
    }
    bool operator==(const Error&) const = default;
};

inline Error fail(ErrorId id, std::string field = {}, std::string detail = {}) {
    return Error{id, std::move(field), std::move(detail)};
}

/// A bug in Zige itself: caught only in a daemon's request loop and at the C ABI.
struct Bug : std::logic_error {
    using std::logic_error::logic_error;
};

inline void expect(bool condition, const char* why) {
    if (!condition) throw Bug(why);
}

/// A value or an Error.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & {
        expect(ok(), "value() of an error");
        return std::get<0>(state_);
    }
    const T& value() const& {
        expect(ok(), "value() of an error");
        return std::get<0>(state_);
    }
    T&& value() && {
        expect(ok(), "value() of an error");
        return std::get<0>(std::move(state_));
    }
    const Error& error() const& {
        expect(!ok(), "error() of a value");
        return std::get<1>(state_);
    }
    Error&& error() && {
        expect(!ok(), "error() of a value");
        return std::get<1>(std::move(state_));
    }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }

private:
    std::variant<T, Error> state_;
};

struct Done {
    bool operator==(const Done&) const = default;
};

template <>
class [[nodiscard]] Result<void> : public Result<Done> {
public:
    Result() : Result<Done>(Done{}) {}
    Result(Error error) : Result<Done>(std::move(error)) {}
};

}  // namespace zige

#define ZIGE_CONCAT_(a, b) a##b
#define ZIGE_CONCAT(a, b) ZIGE_CONCAT_(a, b)
#define ZIGE_TRY_(tmp, var, expr)                        \
    auto tmp = (expr);                                   \
    if (!tmp.ok()) return std::move(tmp).error();        \
    auto var = std::move(tmp).value()
/// Declares `var` as the value of `expr`, or returns its error to our caller.
#define ZIGE_TRY(var, expr) ZIGE_TRY_(ZIGE_CONCAT(zige_try_, __COUNTER__), var, expr)
/// Returns the error of `expr`, if it is one, to our caller.
#define ZIGE_CHECK(expr)                                                       \
    do {                                                                       \
        if (auto zige_check_ = (expr); !zige_check_.ok())                      \
            return std::move(zige_check_).error();                             \
    } while (false)
