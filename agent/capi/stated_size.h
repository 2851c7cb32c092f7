#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "shared/base/result.h"

namespace zige::capi {

inline constexpr std::size_t kMaxStruct = 64U << 10;  ///< a larger `size` is no size

/// A struct of the host's that is null has the name of a missing field.
template <class T>
Result<void> check_there(const T* given, const char* name) {
    if (given == nullptr) return fail(ErrorId::api_missing_field, name, "NULL");
    return {};
}

/// Whether structs of `stated` bytes may be ours of `known`: a newer header is longer. api_bad_field.
inline Result<void> check_size(std::size_t stated, std::size_t known, const char* name, const char* member) {
    if (stated >= known && stated <= kMaxStruct) return {};
    return fail(ErrorId::api_bad_field, std::string(name) + "." + member,
                std::to_string(stated) + ", not " + std::to_string(known));
}

/// The size that a struct begins with. api_missing_field, api_bad_field.
template <class T>
Result<std::uint32_t> stated_size(const T* given, const char* name) {
    ZIGE_CHECK(check_there(given, name));
    std::uint32_t stated = 0;
    std::memcpy(&stated, given, sizeof stated);
    ZIGE_CHECK(check_size(stated, sizeof(T), name, "size"));
    return stated;
}

/// Reads a struct of `stated` bytes at any address. What an older header does not have is zero. A newer one's fields are
/// zero, or api_bad_field: the host means something that this library does not know.
template <class T>
Result<T> load_sized(const void* from, std::size_t stated, const char* name) {
    T value{};
    std::memcpy(&value, from, std::min(stated, sizeof value));
    const auto* bytes = static_cast<const unsigned char*>(from);
    if (stated > sizeof value && std::any_of(bytes + sizeof value, bytes + stated, [](unsigned char byte) { return byte != 0; }))
        return fail(ErrorId::api_bad_field, name, "a field that this version of the library does not know");
    return value;
}

/// Of a struct that begins with its size. api_missing_field, api_bad_field.
template <class T>
Result<T> load(const T* given, const char* name) {
    ZIGE_TRY(stated, stated_size(given, name));
    return load_sized<T>(given, stated, name);
}

/// Room of the host's for one answer; zero but for its size until commit().
template <class T>
class Room {
public:
    static Result<Room> open(T* given, const char* name) {
        ZIGE_TRY(stated, stated_size(given, name));
        std::memset(reinterpret_cast<unsigned char*>(given) + sizeof stated, 0, stated - sizeof stated);
        return Room(given);
    }
    void commit(T value) {
        std::memcpy(&value.size, given_, sizeof value.size);
        std::memcpy(static_cast<void*>(given_), &value, sizeof value);
    }

private:
    explicit Room(T* given) : given_(given) {}
    T* given_;
};

}  // namespace zige::capi
