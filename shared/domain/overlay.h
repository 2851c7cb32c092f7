#pragma once

#include <map>
#include <optional>

#include "shared/base/time.h"
#include "shared/domain/ids.h"

namespace zige {

/// Pending filings (待回执申报) laid over the copy until the hub's answer is in it. Immutable value.
/// A pending departure refuses at once; its withdrawal restores what the copy says.
struct Overlay {
    struct Entry {
        std::optional<Day> last_day;  ///< what the filing says; nothing: the departure is withdrawn
        bool marked = false;          ///< the counter-filing is not confirmed yet: lines pass marked `local_overlay`
        bool operator==(const Entry&) const = default;
    };
    std::map<RecordNo, Entry> entries;
    const Entry* find(RecordNo no) const {
        const auto at = entries.find(no);
        return at == entries.end() ? nullptr : &at->second;
    }
};

}  // namespace zige
