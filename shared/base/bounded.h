#pragma once

#include <array>
#include <cstddef>
#include <type_traits>

#include "shared/base/result.h"

namespace zige {

/// At most N values in place, without the heap: what the check path uses. Copies only what is in use.
template <class T, std::size_t N>
class Bounded {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    Bounded() {}  // NOLINT(modernize-use-equals-default): the array stays unset on purpose
    Bounded(const Bounded& other) { *this = other; }
    Bounded& operator=(const Bounded& other) {
        for (std::size_t i = 0; i < other.size_; ++i) items_[i] = other.items_[i];
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
        items_[size_++] = value;
    }
    void insert(std::size_t at, const T& value) {
        expect(!full() && at <= size_, "Bounded insert");
        for (std::size_t i = size_; i > at; --i) items_[i] = items_[i - 1];
        items_[at] = value;
        ++size_;
    }
    T& operator[](std::size_t i) { return items_[i]; }
    const T& operator[](std::size_t i) const { return items_[i]; }
    T* begin() { return items_.data(); }
    T* end() { return items_.data() + size_; }
    const T* begin() const { return items_.data(); }
    const T* end() const { return items_.data() + size_; }

private:
    std::array<T, N> items_;
    std::size_t size_ = 0;
};

}  // namespace zige
