#include "agent/core/beside_copy.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "shared/wire/cbor.h"
#include "shared/wire/codec.h"

namespace zige::agent {
namespace {

constexpr std::size_t kHashBytes = 32;

}  // namespace

Bytes encode_proof(const wire::StateProof& proof, const Hash256& state) {
    Bytes bytes(state.begin(), state.end());
    bytes.push_back(static_cast<std::byte>(proof.type));
    bytes.insert(bytes.end(), proof.envelope.begin(), proof.envelope.end());
    return bytes;
}

bool proves(ByteView stored, const Hash256& state) {
    return stored.size() > kHashBytes + 1 && std::equal(state.begin(), state.end(), stored.begin());
}

std::optional<wire::StateProof> decode_proof(ByteView stored) {
    if (stored.size() <= kHashBytes + 1) return std::nullopt;
    const auto type = from_number<MessageType>(std::to_integer<std::uint64_t>(stored[kHashBytes]));
    if (!type) return std::nullopt;
    return wire::StateProof{*type, to_bytes(stored.subspan(kHashBytes + 1))};
}

Bytes encode_statements(const std::vector<wire::Statement>& statements) {
    wire::Writer all;
    all.array(statements.size());
    for (const wire::Statement& each : statements) all.bytes(wire::encode(each));
    return all.take();
}

Result<std::vector<wire::Statement>> decode_statements(ByteView stored) {
    std::vector<wire::Statement> statements;
    if (stored.empty()) return statements;
    wire::Reader in(stored);
    const std::size_t count = in.array("statements", kMaxStatements);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        const auto statement = wire::decode_statement(in.bytes("statement", kMaxStatementBytes));
        if (!in.ok()) break;
        if (!statement) return fail(ErrorId::replica_corrupt, "statements", statement.error().describe());
        statements.push_back(*statement);
    }
    if (const auto read = in.finish("statements"); !read)
        return fail(ErrorId::replica_corrupt, "statements", read.error().describe());
    return statements;
}

Bytes encode_instant(Instant when) { return to_bytes(std::to_string(when.time_since_epoch().count())); }

std::optional<Instant> decode_instant(ByteView stored) {
    const std::string_view text = as_text(stored);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return Instant{std::chrono::seconds{seconds}};
}

}  // namespace zige::agent
