#pragma once

#include <array>
#include <cstddef>
#include <new>
#include <type_traits>

#include "shared/base/result.h"

namespace zige {

/// At most N values in place, without the heap: what the check path uses. Unused places are never touched, not even to
/// construct them; a copy copies only what is in use.
template <class T, std::size_t N>
class Bounded {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    Bounded() = default;
    Bounded(const Bounded& other) { *this = other; }
    Bounded& operator=(const Bounded& other) {
        if (this == &other) return *this;
        for (std::size_t i = 0; i < other.size_; ++i) place(i, other[i]);
        size_ = other.size_;
        return *this;
    }

    static constexpr std::size_t capacity() { return N; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    bool full() const { return size_ == N; }
    void clear() { size_ = 0; }
    void push_back(const T& value) {
        expect(!full(), "Bounded is full");
        place(size_++, value);
    }
    void pop_back() {
        expect(!empty(), "Bounded is empty");
        --size_;
    }
    void insert(std::size_t at, const T& value) {
        expect(!full() && at <= size_, "Bounded insert");
        const T kept = value;  // `value` may be one of ours
        for (std::size_t i = size_; i > at; --i) place(i, (*this)[i - 1]);
        place(at, kept);
        ++size_;
    }
    T& operator[](std::size_t i) { return begin()[i]; }
    const T& operator[](std::size_t i) const { return begin()[i]; }
    T* begin() { return std::launder(reinterpret_cast<T*>(room_.data())); }
    T* end() { return begin() + size_; }
    const T* begin() const { return std::launder(reinterpret_cast<const T*>(room_.data())); }
    const T* end() const { return begin() + size_; }

private:
    void place(std::size_t i, const T& value) { ::new (room_.data() + i * sizeof(T)) T(value); }

    alignas(T) std::array<std::byte, sizeof(T) * N> room_;  // unset on purpose
    std::size_t size_ = 0;
};

}  // namespace zige
