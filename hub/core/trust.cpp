#include "hub/core/trust.h"

#include <algorithm>

#include "hub/core/key_files.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxKeyFileBytes = 16U << 10;
constexpr std::size_t kSecretBytes = 32;
constexpr std::chrono::days kMaxOnlineValidity{90};
constexpr std::uint8_t kFirstOnlineKey = 1;
// The clock may be put right by minutes after the start; then the key must still sign.
constexpr std::chrono::hours kKeySlack{1};
constexpr std::chrono::days kClockSlack{1};  // certificates begin a day earlier: no agent judges them by a PC's clock

Bytes random_bytes(Random& random, std::size_t count) {
    Bytes bytes(count);
    random.fill(bytes);
    return bytes;
}

Result<void> check_options(const InitOptions& options) {
    if (options.hub_id.empty() || options.hub_id.size() > kMaxCode)
        return fail(ErrorId::usage_bad_argument, "hub_id", "1 to 30 characters");
    if (options.online_key_validity <= std::chrono::days{0} || options.online_key_validity > kMaxOnlineValidity)
        return fail(ErrorId::usage_bad_argument, "online_key_validity", "1 to 90 days");
    if (options.tls_validity <= std::chrono::days{0})
        return fail(ErrorId::usage_bad_argument, "tls_validity", "at least a day");
    return {};
}

/// The public halves that go into the trust document.
struct PublicParts {
    Bytes online;
    Bytes sealing;
    Bytes authority;
};

Result<Bytes> make_online_key(const Environment& env, const KeyFiles& files) {
    ZIGE_TRY(pem, env.keys.make_signing_key());
    ZIGE_TRY(signer, env.keys.open_signing_key(pem));
    ZIGE_CHECK(files.write(KeyFiles::kOnline, pem));
    return signer->public_key();
}

Result<Bytes> make_tls(const Environment& env, const KeyFiles& files, const InitOptions& options) {
    const Instant from = env.clock.wall() - kClockSlack;
    const Instant until = env.clock.wall() + options.tls_validity;
    ZIGE_TRY(authority, env.keys.make_tls_authority("zige " + options.hub_id, from, until));
    ZIGE_TRY(server, env.keys.make_server_certificate(authority, from, until));
    ZIGE_CHECK(files.write(KeyFiles::kAuthorityKey, authority.private_pem));
    ZIGE_CHECK(files.write(KeyFiles::kAuthority, authority.public_part));
    ZIGE_CHECK(files.write(KeyFiles::kServerKey, server.private_pem));
    ZIGE_CHECK(files.write(KeyFiles::kServer, server.public_part));
    return std::move(authority.public_part);
}

Result<PublicParts> make_keys(const Environment& env, const KeyPaths& paths, const InitOptions& options) {
    const KeyFiles files(env.files, paths.folder);
    ZIGE_TRY(online, make_online_key(env, files));
    ZIGE_TRY(sealing, env.keys.make_sealing_key());
    ZIGE_CHECK(files.write(KeyFiles::kSealing, sealing.private_pem));
    ZIGE_CHECK(files.write(KeyFiles::kIdentity, random_bytes(env.random, kSecretBytes)));
    ZIGE_CHECK(files.write(KeyFiles::kNumbers, random_bytes(env.random, kSecretBytes)));
    ZIGE_TRY(authority, make_tls(env, files, options));
    ZIGE_CHECK(files.write(KeyFiles::kSuite, to_string(options.suite)));
    return PublicParts{std::move(online), std::move(sealing.public_part), std::move(authority)};
}

/// Trust document 1: one root key of one (k of n with n = 1).
Result<wire::SignedTrust> first_trust(const Environment& env, const Signer& root, PublicParts parts,
                                      const InitOptions& options) {
    wire::TrustDocument document;
    document.version = 1;
    document.hub_id = options.hub_id;
    document.suite = options.suite;
    document.issued = env.clock.wall();
    document.threshold = 1;
    document.root_keys = {root.public_key()};
    const Instant key_from = document.issued - kKeySlack;
    document.online_keys = {
        {kFirstOnlineKey, std::move(parts.online), key_from, key_from + options.online_key_validity}};
    document.sealing_key = std::move(parts.sealing);
    document.tls_ca = std::move(parts.authority);
    wire::SignedTrust trust;
    trust.document = wire::encode(document);
    ZIGE_TRY(signature, root.sign(wire::trust_message(trust.document)));
    trust.signatures = {{root.public_key(), std::move(signature)}};
    ZIGE_CHECK(wire::check_trust(nullptr, trust, env.verifier));
    return trust;
}

Result<std::unique_ptr<Signer>> make_root(const Environment& env, const KeyPaths& paths) {
    ZIGE_TRY(exists, env.files.exists(paths.root_key));
    if (exists) return fail(ErrorId::hub_already_initialised, "root_key", paths.root_key.string());
    ZIGE_TRY(pem, env.keys.make_signing_key());
    ZIGE_CHECK(env.files.write(paths.root_key, as_bytes(pem)));
    return env.keys.open_signing_key(pem);
}

}  // namespace

Result<Bytes> KeyFiles::read(const char* name) const {
    auto content = files_.read(folder_ / name, kMaxKeyFileBytes);
    if (!content.ok() && content.error().id == ErrorId::file_not_found)
        return fail(ErrorId::hub_not_initialised, name, (folder_ / name).string());
    return content;
}
Result<std::string> KeyFiles::read_text(const char* name) const {
    ZIGE_TRY(content, read(name));
    return std::string(as_text(content));
}

Result<void> Trust::init(const Environment& env, Tx& tx, const KeyPaths& paths, const InitOptions& options) {
    ZIGE_CHECK(check_options(options));
    ZIGE_TRY(present, tx.query(Sql::trust_all, {}));
    if (!present.empty()) return fail(ErrorId::hub_already_initialised, "database");
    ZIGE_TRY(root, make_root(env, paths));
    ZIGE_TRY(parts, make_keys(env, paths, options));
    ZIGE_TRY(trust, first_trust(env, *root, std::move(parts), options));
    return tx.exec(Sql::trust_put, {sql(std::uint32_t{1}), sql(wire::encode(trust))});
}

Result<Suite> Trust::read_suite(Files& files, const KeyPaths& paths) {
    ZIGE_TRY(name, KeyFiles(files, paths.folder).read_text(KeyFiles::kSuite));
    const auto suite = from_name<Suite>(name);
    if (!suite) return fail(ErrorId::config_bad_value, "suite", name);
    return *suite;
}

Result<void> Trust::read_chain(Tx& tx) {
    ZIGE_TRY(rows, tx.query(Sql::trust_all, {}));
    if (rows.empty()) return fail(ErrorId::hub_not_initialised, "trust");
    for (const Row& row : rows) {
        ZIGE_TRY(trust, wire::decode_signed_trust(row.bytes(0)));
        ZIGE_TRY(document, wire::check_trust(chain_.empty() ? nullptr : &document_, trust, env_.verifier));
        if (chain_.empty()) fingerprint_ = wire::trust_fingerprint(trust.document, env_.hasher);
        document_ = std::move(document);
        chain_.push_back(row.bytes(0));
    }
    return {};
}

Result<void> Trust::read_keys(const KeyPaths& paths) {
    const KeyFiles files(env_.files, paths.folder);
    ZIGE_TRY(online_pem, files.read_text(KeyFiles::kOnline));
    ZIGE_TRY(online, env_.keys.open_signing_key(online_pem));
    const auto key = std::find_if(document_.online_keys.begin(), document_.online_keys.end(),
                                  [&](const wire::OnlineKey& each) { return each.public_key == online->public_key(); });
    if (key == document_.online_keys.end())
        return fail(ErrorId::crypto_bad_key, KeyFiles::kOnline, "no key of the trust document");
    online_id_ = key->id;
    online_ = std::move(online);

    ZIGE_TRY(sealing_pem, files.read_text(KeyFiles::kSealing));
    ZIGE_TRY(unsealer, env_.keys.open_sealing_key(sealing_pem));
    if (unsealer->public_key() != document_.sealing_key)
        return fail(ErrorId::crypto_bad_key, KeyFiles::kSealing, "not the key of the trust document");
    unsealer_ = std::move(unsealer);

    ZIGE_TRY(identity, files.read(KeyFiles::kIdentity));
    if (identity.size() != kSecretBytes) return fail(ErrorId::crypto_bad_key, KeyFiles::kIdentity, "32 bytes");
    identity_key_ = std::move(identity);
    ZIGE_TRY(numbers_key, files.read(KeyFiles::kNumbers));
    ZIGE_TRY(numbers, env_.keys.open_cipher(numbers_key));
    numbers_ = std::move(numbers);

    ZIGE_TRY(authority_pem, files.read_text(KeyFiles::kAuthorityKey));
    authority_ = {std::move(authority_pem), document_.tls_ca};
    ZIGE_TRY(server_pem, files.read_text(KeyFiles::kServerKey));
    ZIGE_TRY(server, files.read(KeyFiles::kServer));
    server_ = {std::move(server_pem), std::move(server), document_.tls_ca};
    return {};
}

Result<std::unique_ptr<Trust>> Trust::open(const Environment& env, const KeyPaths& paths) {
    std::unique_ptr<Trust> trust(new Trust(env));
    ZIGE_CHECK(env.store.read([&](Tx& tx) { return trust->read_chain(tx); }));
    ZIGE_CHECK(trust->read_keys(paths));
    return trust;
}

std::vector<Bytes> Trust::chain_after(std::uint32_t after) const {
    std::vector<Bytes> documents;
    for (std::size_t at = after; at < chain_.size() && documents.size() < kMaxTrustChain; ++at)
        documents.push_back(chain_[at]);
    return documents;
}

Result<Bytes> Trust::sign(MessageType type, ByteView payload, Instant now) const {
    const auto key = std::find_if(document_.online_keys.begin(), document_.online_keys.end(),
                                  [&](const wire::OnlineKey& each) { return each.id == online_id_; });
    ZIGE_CHECK(wire::check_key_time(*key, now));
    const std::byte kid{online_id_};
    return wire::seal_envelope({document_.hub_id, type}, payload, ByteView(&kid, 1), *online_, env_.compressor);
}

Hash256 Trust::identity_key(std::string_view certificate_type, std::string_view number) const {
    std::string identity(certificate_type);
    identity += '|';
    identity += number;
    return env_.hasher.mac(identity_key_, as_bytes(identity));
}

Result<Bytes> Trust::issue_client_certificate(ByteView request, std::string_view name, Instant from,
                                              Instant until) const {
    return env_.keys.issue_client_certificate(authority_, request, name, from, until);
}

}  // namespace zige::hub
