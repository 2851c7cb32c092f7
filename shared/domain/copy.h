#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "shared/domain/calendar.h"
#include "shared/domain/profile.h"
#include "shared/domain/registration.h"

namespace zige {

/// Region ineligible set (区域不可结算名单): asked for `external` codes only. Implemented over keyed hashes.
class IneligibleSet {
public:
    virtual ~IneligibleSet() = default;
    struct Hit {
        Standing status = Standing::suspended;
        Day from{};
        std::optional<Day> end;
    };
    /// An interval that covers `day` for `code`, if any. Any thread.
    virtual std::optional<Hit> find(std::string_view code, Day day) const = 0;
};

/// Who a code is in this institution.
enum class Resolution : std::uint8_t { known, unknown, ambiguous };

/// The signed local copy in memory, indexed for the gate. Immutable after build; const members from any thread.
/// Memory: about 100 bytes per person plus names; lookups do not allocate.
class Copy {
public:
    struct Parts {
        InstitutionRecord institution;
        std::vector<Registration> registrations;  ///< any order, unique numbers
        std::vector<Alias> aliases;               ///< targets exist among registrations
        Profile profile;
        Calendar calendar;
        Hash256 state_hash{};
        std::shared_ptr<const IneligibleSet> ineligible;  ///< may be null: the set is empty
    };
    /// ErrorId::copy_bad_record: a number twice, an alias without target.
    static Result<std::shared_ptr<const Copy>> build(Parts parts);

    const InstitutionRecord& institution() const { return parts_.institution; }
    const Profile& profile() const { return parts_.profile; }
    const Calendar& calendar() const { return parts_.calendar; }
    const Hash256& state_hash() const { return parts_.state_hash; }
    const IneligibleSet* ineligible() const { return parts_.ineligible.get(); }
    std::span<const Registration> registrations() const { return parts_.registrations; }  ///< sorted by number
    std::span<const Alias> aliases() const { return parts_.aliases; }                     ///< sorted by number
    std::size_t people() const { return parts_.registrations.size(); }

    struct Found {
        Resolution resolution = Resolution::unknown;
        const Registration* registration = nullptr;  ///< set if known; lives as long as the Copy
    };
    /// By national code or any alias. One code with several people behind it is ambiguous, unless the same person
    /// was registered again here: then the registration that covers `day` (else the latest) is meant.
    Found find(std::string_view code, Day day) const;
    const Registration* by_number(RecordNo no) const;

    explicit Copy(Parts parts);  ///< use build()

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t index = 0;  // 1 + position; bit 31: alias
    };
    Parts parts_;
    std::vector<Slot> slots_;  // open addressing, power of two
};

}  // namespace zige
