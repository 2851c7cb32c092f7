#pragma once

#include "agent/core/desk.h"

namespace zige::agent {

/// Still on its way to the hub.
inline bool waits(FilingState state) { return state == FilingState::pending || state == FilingState::sent; }
/// Counts: on its way, or accepted.
inline bool stands(FilingState state) { return waits(state) || state == FilingState::accepted; }

/// Today, by the PC's clock unless that cannot be believed.
Day today(const TimeGuard& time);
/// api_bad_field: longer than `limit` bytes, or not plain text.
Result<void> check_text(std::string_view text, std::size_t limit, std::string_view field);

/// A filing with what became of it.
struct Desk::Row {
    JournalStore::Filing stored;
    wire::Filing filing;

    template <class Body>
    const Body* as() const {
        return std::get_if<Body>(&filing.body);
    }
    FilingKind kind() const { return wire::kind_of(filing.body); }
    /// Its effect is not in a copy of this number yet.
    bool beyond(Seq seq) const {
        return waits(stored.state) || (stored.state == FilingState::accepted && stored.in_seq > seq);
    }
};

/// What ends a registration here: a departure, a transfer, a death.
struct Leaving {
    RecordNo no;
    Day last_day{};
    std::string reason;
};

/// The filings read together: what became of each.
struct Desk::Book {
    std::span<const Row> rows;

    const Row* undo_of(const Row& target) const {
        return last<wire::UndoFiling>([&](const auto& undo) { return undo.target == target.filing.uuid; });
    }
    const Row* window_of(const Row& target) const {
        return last<wire::WindowFiling>([&](const auto& window) { return window.departure == target.filing.uuid; });
    }
    const Row* amend_of(const Row& target) const {
        return last<wire::AmendFiling>([&](const auto& amend) { return amend.target == target.filing.uuid; });
    }
    /// 返聘 that came after it: the registration goes on.
    const Row* rehire_after(const Row& target, RecordNo no) const {
        const Row* rehire = last<wire::RehireFiling>([&](const auto& each) { return each.no == no; });
        return rehire > &target ? rehire : nullptr;  // rows are in the order in which they were made
    }
    bool undone(const Row& target) const {
        const Row* undo = undo_of(target);
        return undo != nullptr && undo->stored.state == FilingState::accepted;
    }
    /// As filed, with the newest amendment.
    std::optional<Leaving> leaving(const Row& row) const;
    /// filing_owned_by_hub: the hub has refused to give this departure back, or its copy shows another day.
    Result<void> check_own(const Row& row, const View& view) const;

private:
    template <class Body, class Wanted>
    const Row* last(Wanted wanted) const {
        const Row* found = nullptr;
        for (const Row& row : rows) {
            const Body* body = row.template as<Body>();
            if (body != nullptr && stands(row.stored.state) && wanted(*body)) found = &row;
        }
        return found;
    }
};

/// What a new filing is checked against (desk_checks.cpp).
struct Desk::Desktop {
    const View& view;
    const Overlay& pending;
    const Book& book;
    const Registration* person;  ///< null: the kind names nobody who is registered
    Day today{};
    Instant now{};
};

}  // namespace zige::agent
