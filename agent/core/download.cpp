#include "agent/core/download.h"

#include <algorithm>

#include "agent/core/hub_answer.h"
#include "shared/wire/accept.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::agent {

Download::Download(Files& files, const Crypto& crypto, DataFolder folder)
    : files_(files), crypto_(crypto), folder_(std::move(folder)) {}

Result<Hash256> Download::staged() {
    if (manifest_) return manifest_->to;
    const auto content = files_.read(folder_.download_manifest(), kMaxManifestBytes);
    if (!content) {
        if (content.error().id == ErrorId::file_not_found) return Hash256{};
        return content.error();
    }
    const auto manifest = wire::decode_manifest(*content);
    if (manifest) return manifest->to;
    ZIGE_CHECK(drop());
    return Hash256{};
}

Result<void> Download::begin(const wire::Manifest& manifest) {
    if (manifest_ == manifest) return {};
    const Bytes content = wire::encode(manifest);
    const auto on_disk = files_.read(folder_.download_manifest(), kMaxManifestBytes);
    if (!on_disk || *on_disk != content) {
        ZIGE_CHECK(drop());
        ZIGE_CHECK(files_.write(folder_.download_manifest(), content));
    }
    ZIGE_TRY(have, present(manifest));
    have_ = std::move(have);
    manifest_ = manifest;
    return {};
}

/// What an earlier connection or run left, chunk by chunk: only what matches its hash counts.
Result<std::vector<bool>> Download::present(const wire::Manifest& manifest) {
    std::vector<bool> have(manifest.chunks.size(), false);
    const auto blob = files_.read(folder_.download_blob(), kMaxEnvelopeBytes);
    if (!blob) {
        if (blob.error().id == ErrorId::file_not_found) return have;
        return blob.error();
    }
    const ByteView bytes(*blob);
    for (std::size_t i = 0; i < have.size() && i * kChunkBytes < bytes.size(); ++i) {
        const auto chunk = bytes.subspan(i * kChunkBytes, std::min(kChunkBytes, bytes.size() - i * kChunkBytes));
        have[i] = wire::check_chunk(manifest, i, chunk, crypto_.hasher).ok();
    }
    return have;
}

Result<Download::Progress> Download::fetch(Transport& hub, std::size_t max_chunks) {
    expect(manifest_.has_value(), "fetch() before begin()");
    std::size_t fetched = 0;
    Result<void> end;
    for (std::size_t i = 0; i < have_.size() && fetched < max_chunks && end; ++i) {
        if (have_[i]) continue;
        end = fetch_chunk(hub, i);
        if (end) ++fetched;
    }
    if (fetched > 0) ZIGE_CHECK(files_.sync(folder_.download_blob()));
    if (!end && end.error().id == ErrorId::sync_blob_gone) ZIGE_CHECK(drop());
    if (!end) return std::move(end).error();
    return Progress{have_.size(), static_cast<std::size_t>(std::count(have_.begin(), have_.end(), true))};
}

Result<void> Download::fetch_chunk(Transport& hub, std::size_t index) {
    const std::string path = "/v1/blob/" + to_hex(manifest_->hash) + "/" + std::to_string(index);
    ZIGE_TRY(chunk, body_of(hub.get(path, kChunkBytes)));
    ZIGE_CHECK(wire::check_chunk(*manifest_, index, chunk, crypto_.hasher));
    ZIGE_CHECK(files_.write_at(folder_.download_blob(), index * kChunkBytes, chunk));
    have_[index] = true;
    return {};
}

Result<Bytes> Download::take() {
    expect(manifest_.has_value(), "take() before begin()");
    ZIGE_TRY(blob, files_.read(folder_.download_blob(), kMaxEnvelopeBytes));
    if (auto good = wire::check_blob(*manifest_, blob, crypto_.hasher); !good) {
        ZIGE_CHECK(drop());
        return std::move(good).error();
    }
    return blob;
}

/// The chunks go first: a manifest without chunks starts again, chunks without their manifest would never go.
Result<void> Download::drop() {
    manifest_.reset();
    have_.clear();
    ZIGE_CHECK(files_.remove(folder_.download_blob()));
    return files_.remove(folder_.download_manifest());
}

}  // namespace zige::agent
