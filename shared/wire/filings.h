#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>

#include "shared/base/bytes.h"
#include "shared/base/codes.h"
#include "shared/domain/registration.h"

namespace zige::wire {

using Uuid = std::array<std::byte, 16>;

/// What an institution tells the hub: the facts that it owns (P8), one struct per kind. Intervals: `from` to `until`,
/// both inclusive, open without `until`; they never end before they begin (FIL-3).

struct DepartureFiling {
    static constexpr FilingKind kKind = FilingKind::departure;
    RecordNo no;
    Day last_day{};      ///< last service day, inclusive
    std::string reason;  ///< 解除合同, 退休 ...; free text
    bool operator==(const DepartureFiling&) const = default;
};
/// Takes another filing of this institution back.
struct UndoFiling {
    static constexpr FilingKind kKind = FilingKind::undo;
    Uuid target{};
    bool operator==(const UndoFiling&) const = default;
};
/// The clerk updated the 动态维护窗口: the legal act of XY 18.
struct WindowFiling {
    static constexpr FilingKind kKind = FilingKind::window;
    Uuid departure{};
    Day updated_on{};
    std::string receipt_number;
    bool operator==(const WindowFiling&) const = default;
};
/// Somebody new (登记备案). A code or a licence number is there (FIL-1).
struct RegistrationFiling {
    static constexpr FilingKind kKind = FilingKind::registration;
    std::string code;     ///< national code; may be empty
    std::string licence;  ///< licence or qualification number; may be empty
    std::string name;
    Category category = Category::physician;
    Post post = Post::staff;
    std::string department;
    std::optional<Day> commitment_signed;
    Day from{};
    bool multi_site = false;  ///< works elsewhere too (多点执业)
    Bytes identity;  ///< [certificate type, number] sealed to the hub where it was typed (P9); empty: none given
    bool operator==(const RegistrationFiling&) const = default;
};
/// Other details of a registration; at least one of them (FIL-2).
struct ChangeFiling {
    static constexpr FilingKind kKind = FilingKind::change;
    RecordNo no;
    std::optional<std::string> name;
    std::optional<std::string> department;
    std::optional<std::string> code;
    std::optional<Category> category;
    std::optional<Bytes> identity;  ///< sealed as in a registration
    bool operator==(const ChangeFiling&) const = default;
};
/// The service commitment was signed (服务承诺, XY 8).
struct CommitmentFiling {
    static constexpr FilingKind kKind = FilingKind::commitment;
    RecordNo no;
    Day signed_on{};
    bool operator==(const CommitmentFiling&) const = default;
};
/// Another last day of a departure that was filed.
struct AmendFiling {
    static constexpr FilingKind kKind = FilingKind::amend;
    Uuid target{};
    Day last_day{};
    bool operator==(const AmendFiling&) const = default;
};
/// Away, and not departed (产假, 进修, 援派).
struct LeaveFiling {
    static constexpr FilingKind kKind = FilingKind::leave;
    RecordNo no;
    LeaveKind kind = LeaveKind::other;
    Day from{};
    std::optional<Day> until;  ///< inclusive
    bool operator==(const LeaveFiling&) const = default;
};
/// From one institution of an owner to another one of the same owner, in one act.
struct TransferFiling {
    static constexpr FilingKind kKind = FilingKind::transfer;
    RecordNo no;
    Day last_day{};  ///< here, inclusive
    std::string to_institution;
    Day first_day{};  ///< there
    bool operator==(const TransferFiling&) const = default;
};
/// Retired and employed again without a gap (返聘): the registration goes on.
struct RehireFiling {
    static constexpr FilingKind kKind = FilingKind::rehire;
    RecordNo no;
    Day from{};
    std::optional<Day> until;  ///< inclusive
    bool operator==(const RehireFiling&) const = default;
};
struct DeathFiling {
    static constexpr FilingKind kKind = FilingKind::death;
    RecordNo no;
    Instant at{};
    bool operator==(const DeathFiling&) const = default;
};
/// A further code of a registered person, or its removal.
struct AliasFiling {
    static constexpr FilingKind kKind = FilingKind::alias;
    RecordNo target;
    std::string code;
    bool remove = false;
    bool operator==(const AliasFiling&) const = default;
};
/// A pharmacist signed on (药师在岗). The sign-off is a second filing, with both times.
struct DutySessionFiling {
    static constexpr FilingKind kKind = FilingKind::duty_session;
    RecordNo no;
    Instant from{};
    std::optional<Instant> until;
    bool operator==(const DutySessionFiling&) const = default;
};
/// Answer to the question 还在职吗.
struct PresenceFiling {
    static constexpr FilingKind kKind = FilingKind::presence;
    RecordNo no;
    bool present = true;
    std::string note;
    bool operator==(const PresenceFiling&) const = default;
};
/// The licence to practise is no longer held (XY 38).
struct LicenceLapseFiling {
    static constexpr FilingKind kKind = FilingKind::licence_lapse;
    RecordNo no;
    std::string licence;
    Day lapsed_on{};
    std::string reason;
    bool operator==(const LicenceLapseFiling&) const = default;
};
/// An application about a decision of the bureau.
template <FilingKind kCase>
struct CaseFiling {
    static constexpr FilingKind kKind = kCase;
    RecordNo no;
    std::string document;  ///< number of the notice that it is about
    std::string text;
    std::optional<Hash256> attachment;  ///< hash of a paper that is handed in by another way
    bool operator==(const CaseFiling&) const = default;
};
using AppealFiling = CaseFiling<FilingKind::appeal>;            ///< 申诉
using RepairFiling = CaseFiling<FilingKind::repair>;            ///< 记分修复
using RestorationFiling = CaseFiling<FilingKind::restoration>;  ///< 资格恢复

/// In the order of FilingKind.
using FilingBody =
    std::variant<DepartureFiling, UndoFiling, WindowFiling, RegistrationFiling, ChangeFiling, CommitmentFiling,
                 AmendFiling, LeaveFiling, TransferFiling, RehireFiling, DeathFiling, AliasFiling, DutySessionFiling,
                 PresenceFiling, LicenceLapseFiling, AppealFiling, RepairFiling, RestorationFiling>;
inline FilingKind kind_of(const FilingBody& body) {
    return std::visit([](const auto& each) { return each.kKind; }, body);
}

}  // namespace zige::wire
