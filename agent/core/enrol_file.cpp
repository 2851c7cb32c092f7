#include "agent/core/enrol_file.h"

#include <sstream>

#include "agent/core/trust_walk.h"
#include "shared/wire/accept.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/wire/sealed.h"

namespace zige::agent {
namespace {

constexpr std::size_t kMaxPendingFile = 2 * kMaxTrustBytes + 1024;

}  // namespace

Result<PendingEnrolment> load_pending(Files& files, const DataFolder& folder) {
    ZIGE_TRY(content, files.read(folder.pending_enrolment(), kMaxPendingFile));
    std::istringstream in{std::string(as_text(content))};
    PendingEnrolment pending;
    std::string trust;
    in >> pending.hub_url >> pending.fingerprint >> trust;
    auto bytes = from_hex(trust);
    if (in.fail() || !bytes)
        return fail(ErrorId::enrol_damaged, folder.pending_enrolment().filename().string());
    pending.trust = *std::move(bytes);
    return pending;
}

FileEnroller::FileEnroller(Files& files, KeyVault& keys, const Crypto& crypto, const DataFolder& folder)
    : files_(files), keys_(keys), crypto_(crypto), folder_(folder) {}

Result<bool> FileEnroller::pending() const { return files_.exists(folder_.pending_enrolment()); }

Result<void> FileEnroller::forget() { return files_.remove(folder_.pending_enrolment()); }

Result<Bytes> FileEnroller::request(const Slip& typed, std::span<const Bytes> trust) {
    ZIGE_TRY(slip, plain_slip(typed));
    TrustWalk walk(slip.trust_fingerprint, crypto_);
    for (const Bytes& document : trust) ZIGE_CHECK(walk.take(document));
    ZIGE_TRY(newest, walk.newest());
    ZIGE_TRY(keys, keys_.prepare());
    const wire::EnrolRequest wish{slip.token, keys.tls_csr, keys.signing_key, keys.sealing_key};
    ZIGE_TRY(sealed, wire::seal_to({newest.hub_id, MessageType::enrol_request}, wire::encode(wish), newest.sealing_key,
                                   crypto_.sealer));
    const std::string kept =
        slip.hub_url + "\n" + slip.trust_fingerprint + "\n" + to_hex(walk.newest_signed()) + "\n";
    ZIGE_CHECK(files_.write(folder_.pending_enrolment(), as_bytes(kept)));
    return sealed;
}

Result<wire::EnrolReply> FileEnroller::unseal(ByteView sealed, const std::string& hub_id) const {
    ZIGE_TRY(own, keys_.unsealer());
    const auto plain = wire::open_sealed({hub_id, MessageType::enrol_answer}, sealed, *own, kMaxEnrolReplyBytes);
    if (!plain && plain.error().id == ErrorId::seal_wrong_reader)
        return fail(ErrorId::enrol_other_request, "reply", plain.error().describe());
    if (!plain) return plain.error();
    return wire::decode_enrol_reply(*plain);
}

Result<FileEnroller::Answer> FileEnroller::open(ByteView sealed) const {
    auto pending = load_pending(files_, folder_);
    if (!pending && pending.error().id == ErrorId::file_not_found)
        return fail(ErrorId::enrol_other_request, "reply", "no request was made in this folder");
    if (!pending) return pending.error();
    TrustWalk walk(pending->fingerprint, crypto_);
    ZIGE_CHECK(walk.start(pending->trust));
    ZIGE_TRY(known, walk.newest());
    ZIGE_TRY(reply, unseal(sealed, known.hub_id));
    for (const Bytes& document : reply.trust) ZIGE_CHECK(walk.take(document));
    ZIGE_TRY(trust, walk.newest());
    ZIGE_TRY(enrolled, open_enrol_answer(trust, reply.enrolled, crypto_));
    if (const auto ours = keys_.validity_of(enrolled.answer.tls_certificate); !ours)
        return fail(ErrorId::enrol_other_request, "reply.tls_certificate", ours.error().describe());
    return Answer{{pending->hub_url, std::move(enrolled.answer), walk.newest_signed()},
                  std::move(enrolled.signed_by),
                  std::move(reply)};
}

}  // namespace zige::agent
