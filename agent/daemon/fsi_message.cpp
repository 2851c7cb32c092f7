#include "agent/daemon/fsi_message.h"

#include <algorithm>

#include "shared/base/letters.h"
#include "shared/posix/gb18030.h"
#include "shared/wire/cbor.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxShown = 30;  ///< of an unknown charset

/// The value of `charset`, in lower case and without quotes; empty: there is none.
std::string charset_named(std::string_view content_type) {
    const std::string type = ascii_lower(content_type);
    const auto at = type.find("charset=");
    if (at == std::string::npos) return {};
    std::string name = type.substr(at + 8);
    name = name.substr(0, name.find_first_of("; ,"));
    std::erase(name, '"');
    return name;
}

Result<std::string> member(const Json& envelope, std::string_view key, std::size_t max_bytes) {
    return text_or_digits(envelope.find(key), key, max_bytes, Blanks::dropped);
}

bool is_empty(const Json* value) {
    return value == nullptr || value->is_null() || (value->text() != nullptr && value->text()->empty());
}

}  // namespace

Result<Charset> charset_of(std::string_view content_type, ByteView body) {
    const std::string name = charset_named(content_type);
    if (name.empty()) return wire::is_plain_text(body) ? Charset::utf8 : Charset::gbk;
    if (name == "utf-8" || name == "utf8") return Charset::utf8;
    if (name == "gbk" || name == "gb2312" || name == "gb18030" || name == "cp936") return Charset::gbk;
    return fail(ErrorId::api_bad_field, "Content-Type", "charset UTF-8 or GBK, not " + name.substr(0, kMaxShown));
}

Result<std::string> text_of(ByteView body, Charset charset) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    std::string_view text = as_text(body);
    if (charset == Charset::utf8) {
        if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
        return std::string(text);  // the JSON parser refuses what is no UTF-8
    }
    auto decoded = make_gb18030_decoder()->to_utf8(body);
    if (!decoded) return fail(ErrorId::file_bad_encoding, "body", decoded.error().detail);
    return decoded;
}

Result<FsiMessage> FsiMessage::read(const std::string& text, std::string_view infno) {
    FsiMessage message;
    ZIGE_TRY(envelope, parse_json(text, text.size()));
    if (envelope.members() == nullptr) return fail(ErrorId::api_bad_field, "", "the message must be an object");
    message.envelope_ = std::move(envelope);
    const Json& of = message.envelope_;
    ZIGE_TRY(own, member(of, "infno", kMaxCode));
    if (own.empty()) own = infno;
    if (own.empty()) return fail(ErrorId::api_missing_field, "infno");
    if (!is_infno(own)) return fail(ErrorId::api_bad_field, "infno", "four digits, such as 2204");
    if (!infno.empty() && own != infno)
        return fail(ErrorId::api_bad_field, "infno", "the path says " + std::string(infno));
    ZIGE_TRY(msgid, member(of, "msgid", kMaxCode));
    if (msgid.empty()) return fail(ErrorId::api_missing_field, "msgid");
    ZIGE_TRY(institution, member(of, "fixmedins_code", kMaxCode));
    ZIGE_TRY(sent_at, member(of, "inf_time", kMaxCode));
    ZIGE_TRY(opter, member(of, "opter", kMaxCode));
    message.infno_ = std::move(own);
    message.msgid_ = std::move(msgid);
    message.institution_ = std::move(institution);
    message.sent_at_ = std::move(sent_at);
    message.opter_ = std::move(opter);
    return message;
}

Result<const Json*> FsiMessage::input() const {
    const Json* input = envelope_.find("input");
    if (input != nullptr && input->members() != nullptr) return input;
    const Json* type = envelope_.find("enc_type") != nullptr ? envelope_.find("enc_type") : envelope_.find("enctype");
    const bool is_cipher = input != nullptr && input->text() != nullptr && !input->text()->empty();
    if (is_cipher || !is_empty(type)) return fail(ErrorId::fsi_encrypted, "input");
    if (is_empty(input)) return fail(ErrorId::api_missing_field, "input");
    return fail(ErrorId::api_bad_field, "input", "an object");
}

std::string FsiMessage::input_text() const {
    const Json* input = envelope_.find("input");
    return input == nullptr ? "" : input->write();
}

}  // namespace zige::daemon
