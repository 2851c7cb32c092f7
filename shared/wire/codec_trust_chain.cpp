#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

std::vector<Bytes> read_chain(Reader& in) {
    in.array("trust_chain", 2, 2);
    read_format(in);
    std::vector<Bytes> documents(in.array("trust_chain.documents", kMaxTrustChain));
    for (Bytes& document : documents) document = read_bytes(in, "trust_chain.documents", kMaxTrustBytes, 1);
    return documents;
}

}  // namespace

Bytes encode_trust_chain(std::span<const Bytes> documents) {
    Writer out;
    out.array(2);
    write_format(out);
    out.array(documents.size());
    for (const Bytes& document : documents) out.bytes(document);
    return out.take();
}

Result<std::vector<Bytes>> decode_trust_chain(ByteView bytes) {
    return decode_whole(bytes, kMaxTrustChainBytes, "trust_chain", read_chain);
}

}  // namespace zige::wire
