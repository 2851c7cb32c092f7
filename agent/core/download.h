#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/core/crypto.h"
#include "agent/core/data_folder.h"
#include "shared/ports/files.h"
#include "shared/ports/transport.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// A blob on its way: chunks staged on disk, kept over connections and restarts, verified one by one and whole.
/// One thread.
class Download {
public:
    /// Stages the manifest and the chunks in the folder. Keeps references.
    Download(Files& files, const Crypto& crypto, DataFolder folder);

    /// The state hash that a staged blob leads to; nothing is staged: zeros.
    Result<Hash256> staged();
    /// Starts or goes on with the blob of a manifest that the caller has checked; another blob's chunks are dropped.
    Result<void> begin(const wire::Manifest& manifest);

    struct Progress {
        std::size_t chunks = 0;
        std::size_t have = 0;
    };
    /// Fetches what is missing, at most `max_chunks`. wire_bad_chunk: a chunk does not match its hash (it is not kept);
    /// sync_blob_gone: the hub has it no more, and what was staged is dropped; net_*: what came stays.
    Result<Progress> fetch(Transport& hub, std::size_t max_chunks);
    /// The whole envelope, its size and hash verified. wire_bad_hash: dropped, start again.
    Result<Bytes> take();
    Result<void> drop();

private:
    Result<std::vector<bool>> present(const wire::Manifest& manifest);
    Result<void> fetch_chunk(Transport& hub, std::size_t index);

    Files& files_;
    Crypto crypto_;
    DataFolder folder_;
    std::optional<wire::Manifest> manifest_;
    std::vector<bool> have_;
};

}  // namespace zige::agent
