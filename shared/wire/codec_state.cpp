#include <algorithm>

#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

constexpr std::size_t kHashBytes = Hash256{}.size();

/// Three hashes as one byte string: six bytes less in every head.
void write_hashes(Writer& out, const State& state) {
    Bytes all;
    for (const Hash256* hash : {&state.root, &state.config_hash, &state.previous})
        all.insert(all.end(), hash->begin(), hash->end());
    out.bytes(all);
}

void read_hashes(Reader& in, State& state) {
    const ByteView all = in.bytes("state.hashes", 3 * kHashBytes, 3 * kHashBytes);
    if (!in.ok()) return;
    std::ranges::copy(all.subspan(0, kHashBytes), state.root.begin());
    std::ranges::copy(all.subspan(kHashBytes, kHashBytes), state.config_hash.begin());
    std::ranges::copy(all.subspan(2 * kHashBytes), state.previous.begin());
}

Head read_head(Reader& in) {
    in.array("head", 3, 3);
    Head head;
    head.state = read_state(in);
    head.hub_time = read_instant(in, "head.hub_time");
    head.ineligible_version = static_cast<std::uint32_t>(in.uint("head.ineligible_version", UINT32_MAX));
    return head;
}

std::size_t chunks_of(std::uint64_t size) { return static_cast<std::size_t>((size + kChunkBytes - 1) / kChunkBytes); }

std::vector<Hash256> read_chunks(Reader& in, std::uint64_t size) {
    const std::size_t count = chunks_of(size);
    const ByteView all = in.bytes("manifest.chunks", count * kHashBytes, count * kHashBytes);  // BLOB-2
    std::vector<Hash256> chunks;
    if (!in.ok()) return chunks;
    chunks.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        std::ranges::copy(all.subspan(i * kHashBytes, kHashBytes), chunks[i].begin());
    return chunks;
}

Manifest read_manifest(Reader& in) {
    in.array("manifest", 5, 5);
    Manifest manifest;
    manifest.from = read_hash_or_null(in, "manifest.from");
    manifest.to = read_hash(in, "manifest.to");
    manifest.size = in.uint("manifest.size", kMaxEnvelopeBytes, 1);  // BLOB-1
    manifest.hash = read_hash(in, "manifest.hash");
    manifest.chunks = read_chunks(in, manifest.size);
    return manifest;
}

}  // namespace

void write(Writer& out, const State& state) {
    out.array(5);
    write(out, state.institution);
    out.uint(state.epoch.value).uint(state.seq.value).uint(state.trust_version);
    write_hashes(out, state);
}

State read_state(Reader& in) {
    in.array("state", 5, 5);
    State state;
    state.institution = read_institution_code(in, "state.institution");
    state.epoch.value = static_cast<std::uint32_t>(in.uint("state.epoch", UINT32_MAX));
    state.seq.value = in.uint("state.seq", kMaxSeq);
    state.trust_version = static_cast<std::uint32_t>(in.uint("state.trust_version", UINT32_MAX));
    read_hashes(in, state);
    return state;
}

Bytes encode(const State& state) {
    Writer out;
    write(out, state);
    return out.take();
}

Bytes encode(const Head& head) {
    Writer out;
    out.array(3);
    write(out, head.state);
    write(out, head.hub_time);
    out.uint(head.ineligible_version);
    return out.take();
}

Bytes encode(const Manifest& manifest) {
    Writer out;
    out.array(5);
    write_or_null(out, manifest.from);
    write(out, manifest.to);
    out.uint(manifest.size);
    write(out, manifest.hash);
    Bytes all;
    for (const Hash256& chunk : manifest.chunks) all.insert(all.end(), chunk.begin(), chunk.end());
    out.bytes(all);
    return out.take();
}

Result<State> decode_state(ByteView bytes) { return decode_whole(bytes, kMaxHeadBytes, "state", read_state); }
Result<Head> decode_head(ByteView bytes) { return decode_whole(bytes, kMaxHeadBytes, "head", read_head); }
Result<Manifest> decode_manifest(ByteView bytes) {
    return decode_whole(bytes, kMaxManifestBytes, "manifest", read_manifest);
}

}  // namespace zige::wire
