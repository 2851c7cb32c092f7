#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
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

    /// All of it, for another copy that differs in some of its parts.
    const Parts& parts() const { return parts_; }
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
    const RoleRule* rule(Txn txn, Role role) const;             ///< Profile::rule
    bool judges(Category category) const;                       ///< are people of this category judged here
    bool judges(Txn txn) const;                                 ///< does the role table know this transaction
    bool refuses(Txn txn) const;                                ///< can it be refused; a visit or an admission cannot

    struct Found {
        Resolution resolution = Resolution::unknown;
        const Registration* registration = nullptr;  ///< set if known; lives as long as the Copy
        RecordNo no{};                               ///< of the registration
        Category category = Category::physician;     ///< of the registration
        /// The record holds nothing against a fee of `day`: it had begun, and there is no standing, no last day and no
        /// commitment that is due or missing. Most people; their record need not be read.
        bool plain = false;
    };
    /// By national code or any alias. One code with several people behind it is ambiguous, unless the same person (the same
    /// national code) was registered again here: then the latest registration that had begun by `day` is meant, else the
    /// earliest one; one that was taken back only if there is no other.
    Found find(std::string_view code, Day day) const;
    const Registration* by_number(RecordNo no) const;

    explicit Copy(Parts parts);  ///< use build()

private:
    /// One code; open addressing, linear probing, at most half full. A code that several records carry has several slots.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t card = 0;  ///< 0: free; else 1 + position
    };
    /// What most checks need of a person, once per code: half a cache line, so that a check reads one slot and one card.
    struct Card {
        std::array<char, 16> code{};   ///< if it is that short
        std::uint32_t target = 0;      ///< position among registrations
        RecordNo no{};                 ///< of the registration
        std::int32_t from = 0;         ///< registered_from, in days since 1970
        std::uint8_t length = 0;       ///< of the code; kLong: its position in long_codes_ stands in `code`
        bool clean = false;            ///< plain from `from` on
        bool followed = false;         ///< another slot has this hash: the search goes on
        Category category{};
    };
    static constexpr std::uint8_t kLong = 0xFF;

    static Card card_of(const Registration& person, std::uint32_t target);
    void add_card(std::string_view code, Card card);
    void read_profile();
    bool carries(const Card& card, std::string_view code) const;
    Found found(const Card& card, Day day) const;

    Parts parts_;
    std::vector<Slot> slots_;                      // a power of two
    std::vector<Card> cards_;
    std::vector<std::string> long_codes_;
    std::vector<std::uint8_t> rules_;              // by transaction and role: 1 + position among the profile's; 0: none
    std::size_t headcount_ = 0;
    std::uint32_t categories_ = 0;                 // one bit per Category in scope here
    std::uint32_t judged_txns_ = 0;                // one bit per Txn
    std::uint32_t refusing_txns_ = 0;
    bool in_scope_ = false;
};

}  // namespace zige
