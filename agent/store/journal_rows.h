#pragma once

#include <cstdint>
#include <optional>

#include "agent/core/ports/journal_store.h"
#include "shared/sqlite/database.h"

namespace zige::agent {

// How the journal's rows name entries: chapter and number in one integer.

inline constexpr int kChapterShift = 40;

inline std::int64_t id_of(Chapter chapter, std::uint64_t index) {
    return static_cast<std::int64_t>(std::uint64_t{chapter.value} << kChapterShift | index);
}
inline std::uint64_t index_of(std::int64_t id) {
    return static_cast<std::uint64_t>(id) & ((std::uint64_t{1} << kChapterShift) - 1);
}
inline Chapter chapter_of(std::int64_t id) {
    return {static_cast<std::uint32_t>(static_cast<std::uint64_t>(id) >> kChapterShift)};
}
/// Where the ids of a chapter end.
inline std::int64_t end_of(Chapter chapter) { return id_of({chapter.value + 1}, 0); }

inline std::int64_t id_of(const wire::EntryName& name) { return id_of(name.chapter, name.number); }
inline wire::EntryName name_of(std::int64_t id) { return {chapter_of(id), index_of(id)}; }
inline std::int64_t seconds_of(Instant time) { return time.time_since_epoch().count(); }
inline Instant instant_of(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }
inline sqlite::Value value_of(const std::optional<Instant>& time) {
    return time ? sqlite::Value(seconds_of(*time)) : sqlite::Value(nullptr);
}
inline std::int64_t signed_of(std::uint64_t key) { return static_cast<std::int64_t>(key); }

}  // namespace zige::agent
