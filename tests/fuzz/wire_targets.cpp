#include "shared/wire/codec.h"
#include "shared/wire/delta.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/wire/phone_codes.h"
#include "shared/wire/receipt.h"
#include "shared/wire/sealed.h"
#include "shared/zlib/compressor.h"
#include "tests/fuzz/target.h"

namespace zige::fuzz {
namespace {

using namespace zige::wire;

/// Whatever is accepted is the one encoding of its value.
template <class Value>
void check(const Result<Value>& value, ByteView bytes) {
    if (!value.ok()) expect(!value.error().field.empty(), "a refusal names a field");
    else expect(encode(*value) == to_bytes(bytes), "one value has two encodings");
}

/// Takes every signature, so that what lies behind it is reached.
class Anybody final : public Verifier {
public:
    Suite suite() const override { return Suite::ed25519_sha256; }
    bool verify(ByteView, ByteView, ByteView) const override { return true; }
};

FUZZ(envelope) {
    static const auto compressor = make_compressor(dictionaries());
    const bool parsed = envelope_kid(bytes).ok();
    const auto payload =
        open_envelope({"411500", MessageType::delta}, bytes, {}, Anybody(), *compressor, kMaxSyncRequestPayload);
    expect(parsed || !payload.ok(), "an envelope without a key id was opened");
    if (payload.ok()) check(decode_delta(*payload), *payload);
}

FUZZ(state) { check(decode_state(bytes), bytes); }
FUZZ(head) { check(decode_head(bytes), bytes); }
FUZZ(config) { check(decode_config(bytes), bytes); }
FUZZ(record) { check(decode_record(bytes), bytes); }
FUZZ(delta) { check(decode_delta(bytes), bytes); }
FUZZ(manifest) { check(decode_manifest(bytes), bytes); }
FUZZ(journal_entry) { check(decode_journal_entry(bytes), bytes); }
FUZZ(segment) { check(decode_segment(bytes), bytes); }
FUZZ(filing) { check(decode_filing(bytes), bytes); }
FUZZ(sync_request) { check(decode_sync_request(bytes), bytes); }
FUZZ(held) { check(decode_held(bytes), bytes); }
FUZZ(sync_answer) { check(decode_sync_answer(bytes), bytes); }
FUZZ(trust_document) { check(decode_trust_document(bytes), bytes); }
FUZZ(signed_trust) { check(decode_signed_trust(bytes), bytes); }
FUZZ(enrol_request) { check(decode_enrol_request(bytes), bytes); }
FUZZ(enrol_answer) { check(decode_enrol_answer(bytes), bytes); }
FUZZ(ineligible) { check(decode_ineligible_update(bytes), bytes); }
FUZZ(copy_hand_in) { check(decode_copy_hand_in(bytes), bytes); }
FUZZ(revocation) { check(decode_revocation(bytes), bytes); }
FUZZ(renew_request) { check(decode_renew_request(bytes), bytes); }
FUZZ(renew_answer) { check(decode_renew_answer(bytes), bytes); }
FUZZ(statement) { check(decode_statement(bytes), bytes); }
FUZZ(enrol_file) { check(decode_enrol_file(bytes), bytes); }
FUZZ(enrol_reply) { check(decode_enrol_reply(bytes), bytes); }

FUZZ(trust_chain) {
    const auto documents = decode_trust_chain(bytes);
    if (documents.ok()) expect(encode_trust_chain(*documents) == to_bytes(bytes), "one chain has two encodings");
}

/// Opens everything that names it, and keeps what it was shown.
class EveryReader final : public Unsealer {
public:
    EveryReader(Suite suite, Bytes key) : suite_(suite), key_(std::move(key)) {}
    Suite suite() const override { return suite_; }
    const Bytes& public_key() const override { return key_; }
    Result<Bytes> open(const SealedView& sealed, const SealContext&) const override {
        shown = {to_bytes(sealed.key), to_bytes(sealed.nonce), to_bytes(sealed.ciphertext)};
        return shown.ciphertext;
    }
    Result<Bytes> derive(ByteView, ByteView, std::size_t length) const override { return Bytes(length); }
    mutable SealedParts shown;

private:
    Suite suite_;
    Bytes key_;
};

/// Seals to the parts that it was given.
class Replayer final : public Sealer {
public:
    Replayer(Suite suite, SealedParts parts) : suite_(suite), parts_(std::move(parts)) {}
    Suite suite() const override { return suite_; }
    Result<SealedParts> seal(ByteView, ByteView, const SealContext&) const override { return parts_; }

private:
    Suite suite_;
    SealedParts parts_;
};

FUZZ(sealed) {
    const EnvelopeContext context{"411500", MessageType::filing};
    const auto reader = sealed_reader(bytes);
    if (!reader.ok()) return expect(!reader.error().field.empty(), "a refusal names a field");
    int opened = 0;
    for (const Suite suite : {Suite::ed25519_sha256, Suite::sm2_sm3}) {
        const EveryReader everybody(suite, *reader);
        if (!open_sealed(context, bytes, everybody, kMaxEnvelopeBytes).ok()) continue;
        ++opened;
        const auto again = seal_to(context, {}, *reader, Replayer(suite, everybody.shown));
        expect(again.ok() && *again == to_bytes(bytes), "one sealed message has two encodings");
    }
    expect(opened == 1, "a sealed message is of one suite");
}

/// Its MAC is 0: what passes shows how digits are read.
class NoHash final : public Hasher {
public:
    Hash256 hash(std::initializer_list<ByteView>) const override { return {}; }
    Hash256 mac(ByteView, ByteView) const override { return {}; }
};

FUZZ(receipt) {
    const auto receipt = read_receipt(as_text(bytes));
    if (!receipt.ok()) return expect(!receipt.error().field.empty(), "a refusal names a field");
    std::string plain;
    for (const char c : as_text(bytes))
        if (c != '\r') plain += c;
    if (!plain.ends_with('\n')) plain += '\n';
    expect(write_receipt(*receipt) == plain, "one receipt has two texts");
}

FUZZ(phone_code) {
    const auto typed = read_filing_code(as_text(bytes));
    if (typed.ok()) expect(read_filing_code(*typed).ok() && typed->size() == kFilingCodeDigits, "digits are read once");
    const auto granted = read_prolongation({}, as_text(bytes), 7, NoHash());
    if (!granted.ok()) return;
    expect(granted->serial > 7 && granted->serial <= 7 + kMaxSerialsAhead, "a serial that is used up");
    expect(granted->days >= 1 && granted->days <= kMaxProlongationDays, "too many days");
}

}  // namespace
}  // namespace zige::fuzz
