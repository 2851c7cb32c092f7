#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/daemon/claim.h"
#include "agent/daemon/fsi_table.h"
#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/poco/json.h"

namespace zige::daemon {

enum class Charset { utf8, gbk };

/// By the `charset` of the Content-Type; without one UTF-8 if it is that, else GBK. api_bad_field: another one.
Result<Charset> charset_of(std::string_view content_type, ByteView body);
/// file_bad_encoding, field "body".
Result<std::string> text_of(ByteView body, Charset charset);

/// A message of the national interface, read as far as its envelope goes. What it has besides is left alone.
class FsiMessage {
public:
    /// `infno`: of the path; empty: the message's own. api_not_json, api_missing_field, api_bad_field.
    static Result<FsiMessage> read(const std::string& text, std::string_view infno);

    const std::string& infno() const { return infno_; }
    const std::string& msgid() const { return msgid_; }              ///< at most kMaxCode bytes, not empty
    const std::string& institution() const { return institution_; }  ///< empty: it does not say
    const std::string& sent_at() const { return sent_at_; }          ///< inf_time as it stands there
    const std::string& opter() const { return opter_; }
    /// fsi_encrypted; api_missing_field, api_bad_field: no object.
    Result<const Json*> input() const;
    std::string input_text() const;  ///< in one form, however it was written; what tells two messages apart

private:
    FsiMessage() = default;
    Json envelope_;
    std::string infno_, msgid_, institution_, sent_at_, opter_;
};

/// What no field of the interface carries, for all lines of a message: it comes beside it.
struct FsiBeside {
    EmergencyKind emergency = EmergencyKind::none;
    std::string reason, declared_by;          ///< of the emergency
    std::string release_reason, released_by;  ///< 担责放行
    std::string order_number;                 ///< of the order that a line comes under after a refusal
    std::optional<Instant> order_time;
};

struct FsiLot {
    std::string visit;  ///< mdtrt_id; may be empty
    std::string lot;    ///< chrg_bchno; may be empty
    bool operator==(const FsiLot&) const = default;
};

/// What a message asks the gate.
struct FsiClaim {
    std::optional<ClaimText> text;   ///< none: nobody in it is judged
    FsiLot head;                     ///< what it says of the visit as a whole
    std::string med_type;            ///< the same
    std::optional<Instant> begun;    ///< the same
    std::string settlement;          ///< setl_id, of what is withdrawn
    std::vector<std::string> lines;  ///< feedetl_sn of lines that are withdrawn one by one
    bool all_lines = false;          ///< "0000" among them: all of the visit
};

/// All its lines, or an Error that names the field, "input.feedetail[2].fee_ocur_time": api_missing_field,
/// api_bad_field, time_bad_time, what FsiMessage::input() says. api_bad_field too: a person's code where the table
/// has no line, so that nobody passes by standing in another place.
Result<FsiClaim> read_fsi_claim(const FsiMessage& message, const FsiTransaction& transaction, const FsiBeside& beside);
/// Before it is asked.
void set_key(ClaimText& claim, std::string idempotency_key);

}  // namespace zige::daemon
