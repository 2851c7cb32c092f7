#include "shared/wire/codec.h"
#include "shared/wire/delta.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
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

FUZZ(trust_chain) {
    const auto documents = decode_trust_chain(bytes);
    if (documents.ok()) expect(encode_trust_chain(*documents) == to_bytes(bytes), "one chain has two encodings");
}

}  // namespace
}  // namespace zige::fuzz
