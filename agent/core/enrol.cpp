#include "agent/core/enrol.h"

#include <sstream>

#include "agent/core/hub_answer.h"
#include "agent/core/trust_walk.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

constexpr std::size_t kFingerprintChars = 20;
constexpr std::size_t kMaxTokenChars = 64;
constexpr std::size_t kMaxTrustPages = 16;  // of 64 documents: over 80 years of monthly rotations
constexpr std::size_t kMaxEnrolmentFile = 128U << 10;

/// Upper case, groups joined, the look-alikes of Crockford's alphabet read as digits. Empty: another character is in
/// it.
std::string plain(std::string_view typed) {
    constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string text;
    for (char c : typed) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (kDigits.find(c) == std::string_view::npos) return {};
        text += c;
    }
    return text;
}

}  // namespace

Result<Slip> plain_slip(const Slip& typed) {
    ZIGE_TRY(url, hub_url_of(typed.hub_url));
    Slip slip{url, plain(typed.token), plain(typed.trust_fingerprint)};
    if (slip.token.empty() || slip.token.size() > kMaxTokenChars) return fail(ErrorId::enrol_bad_slip, "token");
    if (slip.trust_fingerprint.size() != kFingerprintChars)
        return fail(ErrorId::enrol_bad_slip, "trust_fingerprint", "20 characters");
    return slip;
}

Result<SignedEnrolAnswer> open_enrol_answer(const wire::TrustDocument& trust, ByteView envelope, const Crypto& crypto) {
    ZIGE_TRY(kid, wire::envelope_kid(envelope));
    ZIGE_TRY(key, wire::find_online_key(trust, kid));
    ZIGE_TRY(payload, wire::open_envelope({trust.hub_id, MessageType::enrol_answer}, envelope, key.public_key,
                                          crypto.verifier, crypto.compressor, kMaxEnrolBytes));
    ZIGE_TRY(answer, wire::decode_enrol_answer(payload));
    ZIGE_CHECK(wire::check_key_time(key, answer.hub_time));
    return SignedEnrolAnswer{std::move(answer), std::move(key)};
}

Result<Enrolment> load_enrolment(Files& files, const std::filesystem::path& path) {
    auto content = files.read(path, kMaxEnrolmentFile);
    if (!content && content.error().id == ErrorId::file_not_found) return fail(ErrorId::agent_not_enrolled);
    if (!content) return std::move(content).error();
    std::istringstream in{std::string(as_text(*content))};
    std::string url;
    std::string answer;
    std::string trust;
    in >> url >> answer >> trust;
    const auto answer_bytes = from_hex(answer);
    const auto trust_bytes = from_hex(trust);
    if (in.fail() || !answer_bytes || !trust_bytes) return fail(ErrorId::enrol_damaged, path.filename().string());
    auto decoded = wire::decode_enrol_answer(*answer_bytes);
    if (!decoded) return fail(ErrorId::enrol_damaged, path.filename().string(), decoded.error().describe());
    return Enrolment{url, *std::move(decoded), *trust_bytes};
}

Result<void> save_enrolment(Files& files, const std::filesystem::path& path, const Enrolment& enrolment) {
    const std::string text =
        enrolment.hub_url + "\n" + to_hex(wire::encode(enrolment.answer)) + "\n" + to_hex(enrolment.trust) + "\n";
    return files.write(path, as_bytes(text));
}

Enroller::Enroller(TransportFactory& transports, KeyVault& keys, const Crypto& crypto)
    : transports_(transports), keys_(keys), crypto_(crypto) {}

Result<Enroller::Enrolled> Enroller::enrol(const Slip& typed) {
    ZIGE_TRY(slip, plain_slip(typed));
    ZIGE_TRY(trust, fetch_trust(slip));
    ZIGE_TRY(newest, wire::decode_signed_trust(trust));
    ZIGE_TRY(document, wire::decode_trust_document(newest.document));
    return request(slip, trust, document);
}

/// Any peer is talked to: the fingerprint proves the first document, and each one proves the next.
Result<Bytes> Enroller::fetch_trust(const Slip& slip) const {
    ZIGE_TRY(hub, transports_.connect({slip.hub_url, {}, {}}));
    TrustWalk walk(slip.trust_fingerprint, crypto_);
    std::size_t got = kMaxTrustChain;
    for (std::size_t page = 0; got == kMaxTrustChain && page < kMaxTrustPages; ++page) {
        const std::string from = std::to_string(page * kMaxTrustChain);
        ZIGE_TRY(body, body_of(hub->get("/v1/trust?from=" + from, kMaxTrustChainBytes)));
        ZIGE_TRY(chain, wire::decode_trust_chain(body));
        got = chain.size();
        for (const Bytes& bytes : chain) ZIGE_CHECK(walk.take(bytes));
    }
    ZIGE_CHECK(walk.newest());
    return walk.newest_signed();
}

Result<Enroller::Enrolled> Enroller::request(const Slip& slip, const Bytes& trust_bytes,
                                             const wire::TrustDocument& trust) {
    ZIGE_TRY(keys, keys_.prepare());
    const wire::EnrolRequest wish{slip.token, keys.tls_csr, keys.signing_key, keys.sealing_key};
    ZIGE_TRY(hub, transports_.connect({slip.hub_url, trust.tls_ca, {}}));
    ZIGE_TRY(envelope, body_of(hub->post("/v1/enroll", wire::encode(wish), kMaxEnrolBytes)));
    ZIGE_TRY(done, open_enrol_answer(trust, envelope, crypto_));
    return Enrolled{{slip.hub_url, std::move(done.answer), trust_bytes}, std::move(done.signed_by)};
}

}  // namespace zige::agent
