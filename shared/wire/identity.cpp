#include "shared/wire/identity.h"

#include <algorithm>

#include "shared/domain/codes_of_people.h"
#include "shared/wire/cbor.h"
#include "shared/wire/sealed.h"

namespace zige::wire {
namespace {

constexpr std::size_t kTypeDigits = 2;
constexpr std::size_t kMaxPlain = 128;

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_type(std::string_view text) {
    return text.size() == kTypeDigits && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Identity> check_identity(Identity identity) {
    identity = {trimmed(identity.certificate_type), trimmed(identity.number)};
    if (!is_type(identity.certificate_type))
        return fail(ErrorId::filing_bad_identity, "certificate_type", "two digits, 01 is the resident identity card");
    if (identity.number.empty() || identity.number.size() > kMaxCode || !is_plain_text(as_bytes(identity.number)))
        return fail(ErrorId::filing_bad_identity, "identity_number", "1 to 30 characters");
    if (identity.certificate_type != "01") return identity;
    ZIGE_TRY(checked, check_resident_id(identity.number, "identity_number"));
    identity.number = std::move(checked);
    return identity;
}

Result<Bytes> seal_identity(const Identity& identity, const TrustDocument& hub, const Sealer& sealer) {
    Writer out;
    out.array(2).text(identity.certificate_type).text(identity.number);
    return seal_to({hub.hub_id, MessageType::filing}, out.view(), hub.sealing_key, sealer);
}

Result<Identity> open_identity(ByteView sealed, std::string_view hub_id, const Unsealer& unsealer) {
    const auto plain = open_sealed({hub_id, MessageType::filing}, sealed, unsealer, kMaxPlain);
    if (!plain) return fail(ErrorId::filing_bad_identity, "identity", to_string(plain.error().id));
    Reader in(*plain);
    in.array("identity", 2, 2);
    Identity identity{std::string(in.text("identity.type", kMaxCode, 1)),
                      std::string(in.text("identity.number", kMaxCode, 1))};
    if (!in.finish("identity")) return fail(ErrorId::filing_bad_identity, "identity", "not a type and a number");
    const auto checked = check_identity(identity);
    if (!checked || *checked != identity)
        return fail(ErrorId::filing_bad_identity, "identity", checked ? "not trimmed" : to_string(checked.error().id));
    return identity;
}

}  // namespace zige::wire
