#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/time.h"
#include "shared/domain/calendar.h"
#include "shared/domain/ids.h"
#include "shared/domain/registration.h"

namespace zige {

/// Pending filings (待回执申报) laid over the copy until the hub's answer is in it. Immutable value.
/// What makes stricter counts at once; what makes milder counts at once and is marked, or not before the hub has taken
/// it.
struct Overlay {
    /// A departure or its end: refuses at once; its withdrawal restores what the copy says.
    struct Entry {
        std::optional<Day> last_day;  ///< what the filing says; nothing: the departure is withdrawn
        bool marked = false;          ///< the counter-filing is not confirmed yet: lines pass marked `local_overlay`
        bool operator==(const Entry&) const = default;
    };
    /// Somebody new, filed with commitment and a well-formed code (provisional_of): passes marked `provisional`, unless
    /// on the region's list. Whoever once left and comes back is looked up by the same code.
    struct Provisional {
        Registration person;  ///< number 0: the hub gives it one
        DueDate expected;     ///< the answer of the hub; past it a duty is raised, nobody is refused (P11)
        bool operator==(const Provisional&) const = default;
    };
    /// A code that nobody in the copy has stands for `target` at once, marked. One that is to go marks its lines.
    struct Code {
        RecordNo target;
        bool removed = false;
        bool operator==(const Code&) const = default;
    };
    /// Other details: until the hub has taken them, lines are judged by the old and by the new ones.
    struct Change {
        std::optional<std::string> department;
        std::optional<Category> category;
        bool operator==(const Change&) const = default;
    };

    /// A pharmacist who signed on (药师在岗), until he signed off; both instants included.
    struct DutySession {
        RecordNo no;
        Instant from{};
        std::optional<Instant> until;
        bool operator==(const DutySession&) const = default;
        bool covers(Instant time) const { return from <= time && (!until || time <= *until); }
    };

    std::map<RecordNo, Entry> entries;
    std::map<RecordNo, std::vector<Leave>> leaves;
    std::map<RecordNo, Change> changes;
    std::map<std::string, Code, std::less<>> codes;               ///< new aliases, removed ones, and changed codes
    std::map<std::string, Provisional, std::less<>> provisional;  ///< by the person's code
    /// All that were filed here, answered or not. Nothing: they are not kept here, and nobody is asked for one (the hub).
    std::optional<std::vector<DutySession>> sessions;

    /// No person is judged by it in another way; of `sessions` it says nothing.
    bool empty() const {
        return entries.empty() && leaves.empty() && changes.empty() && codes.empty() && provisional.empty();
    }
    const Entry* find(RecordNo no) const { return found(entries, no); }
    const std::vector<Leave>* leaves_of(RecordNo no) const { return found(leaves, no); }
    const Change* change_of(RecordNo no) const { return found(changes, no); }
    const Code* code(std::string_view code) const { return found(codes, code); }
    const Provisional* newcomer(std::string_view code) const { return found(provisional, code); }

private:
    template <class Map, class Key>
    static const typename Map::mapped_type* found(const Map& map, const Key& key) {
        const auto at = map.find(key);
        return at == map.end() ? nullptr : &at->second;
    }
};

/// How long the hub has to answer a registration that counts provisionally.
inline constexpr int kProvisionalWorkingDays = 10;

/// A registration that was filed on `filed_on`, as the overlay holds it. Nothing: it waits for the hub, for it has no
/// commitment or no well-formed national code.
std::optional<Overlay::Provisional> provisional_of(Registration person, Day filed_on, const Calendar& calendar);

}  // namespace zige
