#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "shared/base/codes.h"

namespace zige::daemon {

/// A field of a message that carries a person's code, and the role in which it does.
struct FsiPerson {
    std::string_view field;
    Role role;
};

/// Where lines (of a bill, of an order list, of diagnoses) stand in a message.
struct FsiLines {
    std::string_view path;  ///< under `input`; each part is an object or an array of them
    std::span<const FsiPerson> people;
    std::span<const std::string_view> times;  ///< the first that is there counts, of the line or of what it lies in
    std::string_view id{};                    ///< empty: lines are counted from 1
    std::string_view amount{};
    std::string_view department{};
    bool otherwise = false;  ///< only where no row before it found a line
};

/// What a message says about a visit, for messages that come later (VisitBook).
enum class FsiVisit {
    nothing,
    begin,            ///< 2201, 2203, 2401: when it begins, of which medical type
    lines,            ///< 2204, 2301: what is asked
    sale,             ///< 2102: what is asked and settled at once
    settlement,       ///< 2207, 2304: what was asked before is settled
    withdrawal,       ///< 2205: lots of lines are taken back
    line_withdrawal,  ///< 2302: single lines
    reversal,         ///< 2208, 2103: a settlement, and with it its lines
    reopening,        ///< 2305: a settlement, whose lines stay
};

struct FsiTransaction {
    std::string_view infno;  ///< without the letter of a variant
    std::optional<Txn> txn;  ///< none: nobody in it is judged
    std::span<const FsiLines> lines;
    std::string_view head{};     ///< beside the lines: an object whose fields count for all of them
    bool needs_lines = false;    ///< without a line it is no such message, and each line must say its time
    bool names_orderer = false;  ///< each line must say who ordered it, and its amount
    bool refusable =
        true;  ///< false: a visit, an admission, a list after the settlement, a withdrawal are never held up
    bool judges_operator = false;  ///< `opter` of the envelope
    FsiVisit visit = FsiVisit::nothing;
};

/// The row of "2204", of a variant as "4101A" too; null: none, it is not judged here.
const FsiTransaction* find_fsi_transaction(std::string_view infno);
std::span<const FsiTransaction> fsi_transactions();

/// Four digits, and perhaps a capital letter.
bool is_infno(std::string_view text);

/// Whether such a transaction only asks or brings files, so that it may be sent twice: 1xxx, 5xxx, 9xxx, 2001.
bool only_asks(std::string_view infno);

}  // namespace zige::daemon
