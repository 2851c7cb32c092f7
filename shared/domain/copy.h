#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
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
    /// ErrorId::copy_bad_record: number 0 or a number twice, an alias without target or without code, more records than
    /// can be numbered. ErrorId::profile_missing_field: a profile without freshness limits.
    static Result<std::shared_ptr<const Copy>> build(Parts parts);

    const InstitutionRecord& institution() const { return parts_.institution; }
    const Profile& profile() const { return parts_.profile; }
    const Calendar& calendar() const { return parts_.calendar; }
    const Hash256& state_hash() const { return parts_.state_hash; }
    const IneligibleSet* ineligible() const { return parts_.ineligible.get(); }
    std::span<const Registration> registrations() const { return parts_.registrations; }  ///< sorted by number
    std::span<const Alias> aliases() const { return parts_.aliases; }                     ///< sorted by number
    std::size_t people() const { return parts_.registrations.size(); }
    /// Registrations without a last day: what the size class of the age limits goes by.
    std::size_t headcount() const { return headcount_; }
    const FreshnessLimits& limits() const { return parts_.profile.limits_for(headcount_); }

    /// What the profile says for this institution, looked up once.
    bool in_scope() const { return in_scope_; }                 ///< is an institution of this kind judged at all
    bool judges(Category category) const;                       ///< are people of this category judged here
    bool judges(Txn txn) const;                                 ///< does the role table know this transaction
    bool refuses(Txn txn) const;                                ///< can it be refused; a visit or an admission cannot

    struct Found {
        Resolution resolution = Resolution::unknown;
        const Registration* registration = nullptr;  ///< set if known; lives as long as the Copy
    };
    /// By national code or any alias. One code with several people behind it is ambiguous, unless the same person (the same
    /// national code) was registered again here: then the latest registration that had begun by `day` is meant, else the
    /// earliest one.
    Found find(std::string_view code, Day day) const;
    const Registration* by_number(RecordNo no) const;

    explicit Copy(Parts parts);  ///< use build()

private:
    /// One code; open addressing, linear probing, at most half full. A code that several records carry has several slots.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t index = 0;  ///< 0: free; else 1 + position, kAliasBit: among the aliases
    };
    static constexpr std::uint32_t kAliasBit = 0x8000'0000U;

    void add_slot(std::string_view code, std::uint32_t index);
    void read_profile();
    const Registration* at(const Slot& slot, std::string_view code) const;

    Parts parts_;
    std::vector<Slot> slots_;                      // a power of two
    std::vector<std::uint32_t> alias_targets_;     // beside aliases: position of the target among registrations
    std::size_t headcount_ = 0;
    std::uint32_t categories_ = 0;                 // one bit per Category in scope here
    std::uint32_t judged_txns_ = 0;                // one bit per Txn
    std::uint32_t refusing_txns_ = 0;
    bool in_scope_ = false;
};

}  // namespace zige
