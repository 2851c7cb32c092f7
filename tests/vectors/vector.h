#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige::vectors {

/// One file of protocol/vectors with what its index says about it: how a receiver meets the bytes, and what it finds.
struct Vector {
    std::string name;     ///< "bad/head-truncated"; the file is this and ".hex"
    std::string why;      ///< one sentence for a reader
    std::string message;  ///< whose decoder reads it: "head", "filing" ...
    Bytes bytes;

    // An envelope, or the encoded message itself.
    bool envelope = false;
    Suite suite = Suite::ed25519_sha256;
    Bytes public_key;  ///< of the sender that the receiver knows

    // What the receiver has besides: then it also checks the step.
    std::string institution;               ///< its own code: whether it may take the state
    std::optional<Bytes> have;             ///< the encoded State that it holds
    std::optional<Bytes> current;          ///< the encoded TrustDocument that it holds
    std::optional<std::int64_t> key_from;  ///< first second of the sender's key, seconds since 1970; valid 90 days

    std::optional<ErrorId> error;  ///< nothing: a good vector
    std::string payload;           ///< of a good one: its CBOR in diagnostic notation

    bool operator==(const Vector&) const = default;
};

/// What a receiver does with it, step by step as SPEC.md numbers them. The encoded message, or the first refusal.
Result<Bytes> receive(const Vector& vector);

/// Made from the samples. Good ones in diagnostic notation; bad ones each with one thing wrong.
std::vector<Vector> make_good();
std::vector<Vector> make_bad();

/// The index file. read_index() reads the files beside it too; both throw std::runtime_error with the reason.
std::vector<Vector> read_index(const std::string& folder);
void write_index(const std::string& folder, const std::vector<Vector>& vectors);

}  // namespace zige::vectors
