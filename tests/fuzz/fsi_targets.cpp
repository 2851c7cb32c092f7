#include <set>

#include "agent/daemon/fsi_answer.h"
#include "agent/daemon/fsi_message.h"
#include "shared/domain/codes_of_people.h"
#include "tests/fuzz/target.h"

namespace zige::fuzz {
namespace {

using namespace zige::daemon;

void check_claim(const agent::Claim& claim) {
    expect(!claim.lines.empty() && claim.lines.size() <= agent::kMaxLinesPerClaim,
           "a claim without lines, or too long");
    std::set<std::string_view> ids;
    for (const agent::ClaimLine& line : claim.lines) {
        expect(!line.line_id.empty() && ids.insert(line.line_id).second, "two lines have one name");
        for (const PersonOnLine& person : line.line.people)
            expect(!person.code.empty() && person.code.size() <= kMaxCodeLength, "a code that is none");
    }
}

/// What a message asks is there, or an error has its words.
FUZZ(fsi_message) {
    for (const char* const type : {"", "text/plain; charset=UTF-8", "application/json; charset=GBK"}) {
        (void)words_of_platform(type, bytes);
        const auto charset = charset_of(type, bytes);
        const auto text = charset ? text_of(bytes, *charset) : Result<std::string>(charset.error());
        const auto message = text ? FsiMessage::read(*text, "") : Result<FsiMessage>(text.error());
        if (!message) {
            expect(!error_words(message.error()).empty(), "an error without words");
            continue;
        }
        expect(is_infno(message->infno()) && !message->msgid().empty(), "a message without a name");
        const FsiTransaction* row = find_fsi_transaction(message->infno());
        if (row == nullptr) continue;
        const FsiBeside beside{EmergencyKind::rescue, "x", "y", "why", "who", "YZ1", std::nullopt};
        const auto claim = read_fsi_claim(*message, *row, beside);
        if (!claim) expect(!claim.error().field.empty(), "a refusal names a field");
        else if (claim->text) check_claim(claim->text->view());
    }
}

}  // namespace
}  // namespace zige::fuzz
