#include "hub/core/trust_draft.h"

#include <algorithm>

#include "shared/wire/cbor.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::uint64_t kFormat = 1;
constexpr std::size_t kMaxSignatures = 2 * kMaxRootKeys;
constexpr std::size_t kMaxSignedTrust = kMaxTrustBytes;

bool has_root(const wire::TrustDocument& document, const Bytes& key) {
    return std::ranges::find(document.root_keys, key) != document.root_keys.end();
}

}  // namespace

Bytes encode(const TrustDraft& draft) {
    wire::Writer out;
    out.array(4).uint(kFormat).bytes(wire::encode(draft.previous)).bytes(draft.next.document);
    out.array(draft.next.signatures.size());
    for (const auto& each : draft.next.signatures) out.array(2).bytes(each.key_id).bytes(each.signature);
    return out.take();
}

Result<TrustDraft> decode_trust_draft(ByteView bytes) {
    if (bytes.size() > kMaxDraftBytes) return fail(ErrorId::wire_too_large, "draft");
    wire::Reader in(bytes);
    in.array("draft", 4, 4);
    if (in.uint("draft.format", UINT32_MAX) != kFormat && in.ok()) return fail(ErrorId::wire_unknown_version, "draft");
    TrustDraft draft;
    const Bytes previous = to_bytes(in.bytes("draft.previous", kMaxSignedTrust, 1));
    draft.next.document = to_bytes(in.bytes("draft.document", kMaxTrustBytes, 1));
    draft.next.signatures.resize(in.array("draft.signatures", kMaxSignatures, 0));
    for (auto& each : draft.next.signatures) {
        in.array("draft.signatures", 2, 2);
        each.key_id = to_bytes(in.bytes("draft.signatures.key_id", kRootKeyIdBytes, kRootKeyIdBytes));
        each.signature = to_bytes(in.bytes("draft.signatures.signature", kSignatureBytes, kSignatureBytes));
    }
    ZIGE_CHECK(in.finish("draft"));
    ZIGE_TRY(trust, wire::decode_signed_trust(previous));
    draft.previous = std::move(trust);
    return draft;
}

std::size_t DraftContent::signed_of_previous() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(roots, [](const Root& root) { return root.of_previous && root.has_signed; }));
}
std::size_t DraftContent::signed_of_next() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(roots, [](const Root& root) { return root.of_next && root.has_signed; }));
}

Result<DraftContent> read_draft(const TrustDraft& draft, const Verifier& verifier) {
    DraftContent content;
    ZIGE_TRY(previous, wire::check_trust(nullptr, draft.previous, verifier));
    ZIGE_TRY(next, wire::decode_trust_document(draft.next.document));
    if (next.version != previous.version + 1)
        return fail(ErrorId::trust_bad_version, "trust.version",
                    std::to_string(next.version) + " after " + std::to_string(previous.version));
    if (next.hub_id != previous.hub_id) return fail(ErrorId::wire_wrong_hub, "trust.hub_id", next.hub_id);
    content.previous = std::move(previous);
    content.next = std::move(next);
    std::vector<Bytes> keys = content.previous.root_keys;
    for (const Bytes& key : content.next.root_keys)
        if (!has_root(content.previous, key)) keys.push_back(key);
    for (Bytes& key : keys) {
        const bool done = has_signed(draft.next, key, verifier);
        const bool former = has_root(content.previous, key);
        const bool coming = has_root(content.next, key);
        content.roots.push_back({std::move(key), former, coming, done});
    }
    return content;
}

Result<void> sign_draft(TrustDraft& draft, const Signer& root, const Verifier& verifier) {
    ZIGE_TRY(content, read_draft(draft, verifier));
    if (!has_root(content.previous, root.public_key()) && !has_root(content.next, root.public_key()))
        return fail(ErrorId::trust_key_unknown, "root", to_hex(root.public_key()));
    if (wire::has_signed(draft.next, root.public_key(), verifier)) return {};
    ZIGE_TRY(signature, wire::sign_trust(draft.next.document, root));
    draft.next.signatures.push_back(std::move(signature));
    return {};
}

}  // namespace zige::hub
