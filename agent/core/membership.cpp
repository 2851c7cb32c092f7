#include "agent/core/membership.h"

#include "agent/core/hub_answer.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

constexpr int kGone = 410;

std::optional<wire::Revocation> kept_word(Files& files, const DataFolder& folder, AgentId agent) {
    const auto bytes = files.read(folder.revocation(), kMaxHeadBytes);
    if (!bytes) return {};
    const auto word = wire::decode_revocation(*bytes);
    if (!word || word->agent != agent) return {};
    return *word;
}

}  // namespace

Membership::Membership(const Parts& parts, Enrolment enrolment) : parts_(parts), enrolment_(std::move(enrolment)) {
    if (auto validity = parts_.keys.validity_of(enrolment_.answer.tls_certificate)) validity_ = *validity;
    revoked_ = kept_word(parts_.files, parts_.folder, enrolment_.answer.agent);
}

Bytes Membership::certificate() const {
    const std::lock_guard lock(mutex_);
    return enrolment_.answer.tls_certificate;
}

Instant Membership::certificate_until() const {
    const std::lock_guard lock(mutex_);
    return validity_.until;
}

std::optional<wire::Revocation> Membership::revoked() const {
    const std::lock_guard lock(mutex_);
    return revoked_;
}

bool Membership::may_ask() const {
    const auto word = revoked();
    return !word || parts_.time.running() - word->hub_time >= kAskAgainAfter;
}

Error Membership::take_word(ByteView envelope) {
    const auto other = [](const Error& why) { return fail(ErrorId::sync_unexpected_answer, "410", why.describe()); };
    const auto opened = parts_.replica.open_signed(MessageType::revocation, envelope, kMaxHeadBytes);
    if (!opened) return opened.error().id == ErrorId::wire_unknown_key ? opened.error() : other(opened.error());
    const auto word = wire::decode_revocation(opened->payload);
    if (!word) return other(word.error());
    if (word->agent != enrolment_.answer.agent)
        return fail(ErrorId::sync_unexpected_answer, "410", "agent " + std::to_string(word->agent.value));
    if (const auto timely = parts_.time.accept(word->hub_time, opened->key); !timely) return other(timely.error());
    if (const auto kept = parts_.files.write(parts_.folder.revocation(), opened->payload); !kept) return kept.error();
    const std::lock_guard lock(mutex_);
    revoked_ = *word;
    return fail(ErrorId::agent_revoked, "hub", to_string(word->reason));
}

Result<void> Membership::heard(Instant hub_time) {
    const auto word = revoked();
    if (!word || hub_time <= word->hub_time) return {};
    ZIGE_CHECK(parts_.files.remove(parts_.folder.revocation()));
    const std::lock_guard lock(mutex_);
    revoked_.reset();
    return {};
}

bool Membership::may_try_renewal() const {
    const Instant now = parts_.time.running();
    const std::lock_guard lock(mutex_);
    return !tried_ || now - *tried_ >= kRenewAgainAfter;
}

bool Membership::renewal_due() const {
    if (!may_try_renewal()) return false;
    const Instant now = parts_.time.running();
    const std::lock_guard lock(mutex_);
    if (validity_.until == Instant{}) return false;
    return (validity_.until - now) * 3 <= validity_.until - validity_.from;
}

bool Membership::expired() const {
    const Instant now = parts_.time.running();
    const std::lock_guard lock(mutex_);
    return validity_.until != Instant{} && now >= validity_.until;
}

Result<HttpAnswer> Membership::ask() const {
    ZIGE_TRY(keys, parts_.keys.prepare());
    const wire::EnrolAnswer& own = enrolment_.answer;
    const wire::RenewRequest request{own.agent, own.institution, keys.tls_csr, parts_.time.times()};
    const auto trust = parts_.replica.trust();
    ZIGE_TRY(envelope, wire::seal_envelope({trust->hub_id, MessageType::renew_request}, wire::encode(request),
                                           kid_of(own.agent), parts_.signer, parts_.crypto.compressor));
    ZIGE_TRY(hub, parts_.transports.connect({enrolment_.hub_url, trust->tls_ca, {}}));
    return hub->post("/v1/renew", envelope, kMaxEnrolBytes);
}

Result<void> Membership::renew() {
    {
        const std::lock_guard lock(mutex_);
        tried_ = parts_.time.running();
    }
    ZIGE_TRY(answered, ask());
    if (answered.status == kGone) return take_word(answered.body);
    ZIGE_TRY(body, body_of(std::move(answered)));
    ZIGE_TRY(opened, parts_.replica.open_signed(MessageType::renew_answer, body, kMaxEnrolBytes));
    ZIGE_TRY(answer, wire::decode_renew_answer(opened.payload));
    ZIGE_CHECK(parts_.time.accept(answer.hub_time, opened.key));
    return keep(answer);
}

/// LIFE-5: for us, and for the key that we hold.
Result<void> Membership::keep(const wire::RenewAnswer& answer) {
    if (answer.agent != enrolment_.answer.agent)
        return fail(ErrorId::renew_refused, "answer.agent", std::to_string(answer.agent.value));
    const auto validity = parts_.keys.validity_of(answer.tls_certificate);
    if (!validity) return fail(ErrorId::renew_refused, "answer.tls_certificate", validity.error().describe());
    Enrolment renewed = enrolment_;
    renewed.answer.tls_certificate = answer.tls_certificate;
    ZIGE_CHECK(save_enrolment(parts_.files, parts_.folder.enrolment(), renewed));
    const std::lock_guard lock(mutex_);
    enrolment_ = std::move(renewed);
    validity_ = *validity;
    return {};
}

}  // namespace zige::agent
