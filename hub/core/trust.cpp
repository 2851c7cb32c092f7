#include "hub/core/trust.h"

#include <algorithm>

#include "hub/core/key_files.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/wire/sealed.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxKeyFileBytes = 16U << 10;
constexpr std::size_t kSecretBytes = 32;
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
    const std::size_t roots = 1 + options.more_roots.size();
    if (roots > kMaxRootKeys || options.threshold == 0 || options.threshold > roots)
        return fail(ErrorId::usage_bad_argument, "roots", "1 to 8 root keys, as many as sign at most");
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

using Signers = std::vector<std::unique_ptr<Signer>>;

/// Trust document 1, signed by all of its roots.
Result<wire::SignedTrust> first_trust(const Environment& env, const Signers& roots, PublicParts parts,
                                      const InitOptions& options) {
    wire::TrustDocument document;
    document.version = 1;
    document.hub_id = options.hub_id;
    document.suite = options.suite;
    document.issued = env.clock.wall();
    document.threshold = options.threshold;
    for (const auto& root : roots) document.root_keys.push_back(root->public_key());
    const Instant key_from = document.issued - kKeySlack;
    document.online_keys = {
        {kFirstOnlineKey, std::move(parts.online), key_from, key_from + options.online_key_validity}};
    document.sealing_key = std::move(parts.sealing);
    document.tls_ca = std::move(parts.authority);
    wire::SignedTrust trust;
    trust.document = wire::encode(document);
    for (const auto& root : roots) {
        ZIGE_TRY(signature, wire::sign_trust(trust.document, *root));
        trust.signatures.push_back(std::move(signature));
    }
    ZIGE_CHECK(wire::check_trust(nullptr, trust, env.verifier));
    return trust;
}

Result<void> none_there(const Environment& env, const std::vector<std::filesystem::path>& roots) {
    for (auto at = roots.begin(); at != roots.end(); ++at) {
        ZIGE_TRY(exists, env.files.exists(*at));
        if (exists) return fail(ErrorId::hub_already_initialised, "root_key", at->string());
        if (std::find(roots.begin(), at, *at) != at)
            return fail(ErrorId::usage_bad_argument, "root_key", at->string() + " is named twice");
    }
    return {};
}

Result<Signers> make_roots(const Environment& env, const KeyPaths& paths, const InitOptions& options) {
    std::vector<std::filesystem::path> places{paths.root_key};
    places.insert(places.end(), options.more_roots.begin(), options.more_roots.end());
    ZIGE_CHECK(none_there(env, places));
    Signers roots;
    for (const auto& place : places) {
        ZIGE_TRY(pem, env.keys.make_signing_key());
        ZIGE_CHECK(env.files.write(place, as_bytes(pem)));
        ZIGE_TRY(root, env.keys.open_signing_key(pem));
        roots.push_back(std::move(root));
    }
    return roots;
}

}  // namespace

namespace {
void add_once(std::vector<Bytes>& list, const Bytes& one) {
    if (std::ranges::find(list, one) == list.end()) list.push_back(one);
}

/// What `init` or a rotation wrote and cannot be read: a matter of the disk, not of whoever typed the command.
Error damaged(const char* name, const Error& why) {
    return why.id == ErrorId::crypto_bad_key ? fail(ErrorId::hub_keys_damaged, name, why.describe()) : why;
}
}  // namespace

std::string KeyFiles::name_of(const char* name, ByteView public_part) {
    constexpr std::size_t kTail = 8;  // certificates differ at their end
    std::string file(name);
    file.insert(file.rfind('.'), "-" + to_hex(public_part.last(std::min(kTail, public_part.size()))));
    return file;
}

Result<Bytes> KeyFiles::read(const std::string& name) const {
    auto content = files_.read(folder_ / name, kMaxKeyFileBytes);
    if (!content.ok() && content.error().id == ErrorId::file_not_found)
        return fail(ErrorId::hub_keys_damaged, (folder_ / name).string(), "missing");
    return content;
}
Result<std::string> KeyFiles::read_text(const std::string& name) const {
    ZIGE_TRY(content, read(name));
    return std::string(as_text(content));
}
Result<Bytes> KeyFiles::read_for(const char* name, ByteView public_part) const {
    ZIGE_TRY(rotated, files_.exists(folder_ / name_of(name, public_part)));
    return read(rotated ? name_of(name, public_part) : name);
}

Result<void> Trust::init(const Environment& env, Tx& tx, const KeyPaths& paths, const InitOptions& options) {
    ZIGE_CHECK(check_options(options));
    ZIGE_TRY(present, tx.query(Sql::trust_all, {}));
    if (!present.empty()) return fail(ErrorId::hub_already_initialised, "database");
    ZIGE_TRY(roots, make_roots(env, paths, options));
    ZIGE_TRY(parts, make_keys(env, paths, options));
    ZIGE_TRY(trust, first_trust(env, roots, std::move(parts), options));
    return tx.exec(Sql::trust_put, {sql(std::uint32_t{1}), sql(wire::encode(trust))});
}

Result<Suite> Trust::read_suite(Files& files, const KeyPaths& paths) {
    ZIGE_TRY(name, KeyFiles(files, paths.folder).read_text(KeyFiles::kSuite));
    const auto suite = from_name<Suite>(name);
    if (!suite) return fail(ErrorId::config_bad_value, "suite", name);
    return *suite;
}

Result<void> Trust::read_chain(Tx& tx, Current& current) const {
    ZIGE_TRY(rows, tx.query(Sql::trust_all, {}));
    if (rows.empty()) return fail(ErrorId::hub_database_lost, "trust");
    for (const Row& row : rows) {
        ZIGE_TRY(trust, wire::decode_signed_trust(row.bytes(0)));
        const bool first = current.chain.empty();
        ZIGE_TRY(document, wire::check_trust(first ? nullptr : &current.document, trust, env_.verifier));
        add_once(current.authorities, document.tls_ca);
        add_once(current.sealing_keys, document.sealing_key);
        current.document = std::move(document);
        current.chain.push_back(row.bytes(0));
    }
    return {};
}

/// A key whose private part is not here (lost, or made and kept elsewhere) does not keep the others from signing.
Result<void> Trust::read_signers(Current& current) const {
    const KeyFiles files(env_.files, folder_);
    for (const wire::OnlineKey& key : current.document.online_keys) {
        auto pem = files.read_for(KeyFiles::kOnline, key.public_key);
        if (!pem.ok() && pem.error().id != ErrorId::hub_keys_damaged) return pem.error();
        current.signers.emplace_back();
        if (!pem.ok()) continue;
        auto opened = env_.keys.open_signing_key(as_text(*pem));
        if (!opened.ok()) return damaged(KeyFiles::kOnline, opened.error());
        auto signer = *std::move(opened);
        if (signer->public_key() == key.public_key) current.signers.back() = std::move(signer);
    }
    return {};
}

/// What was sealed to an earlier key still arrives from agents that have not seen the newest document.
Result<void> Trust::add_unsealers(const std::vector<Bytes>& keys) {
    const KeyFiles files(env_.files, folder_);
    for (const Bytes& key : keys) {
        const bool newest = &key == &keys.back();
        const auto same = [&](const auto& each) { return each->public_key() == key; };
        const auto known = std::ranges::find_if(unsealers_, same);
        if (known != unsealers_.end()) {
            if (newest) std::iter_swap(known, unsealers_.end() - 1);
            continue;
        }
        auto pem = files.read_for(KeyFiles::kSealing, key);
        if (!pem.ok() && newest) return pem.error();
        if (!pem.ok()) continue;
        auto opened = env_.keys.open_sealing_key(as_text(*pem));
        if (!opened.ok()) return damaged(KeyFiles::kSealing, opened.error());
        auto unsealer = *std::move(opened);
        if (unsealer->public_key() == key) unsealers_.push_back(std::move(unsealer));
        else if (newest) return fail(ErrorId::hub_keys_damaged, KeyFiles::kSealing, "not the key of the trust document");
    }
    return {};
}

const Unsealer& Trust::unsealer() const {
    const std::scoped_lock lock(mutex_);
    return *unsealers_.back();
}

const Unsealer* Trust::unsealer_for(ByteView reader) const {
    const std::scoped_lock lock(mutex_);
    for (const auto& each : unsealers_)
        if (std::ranges::equal(wire::reader_id(each->public_key()), reader)) return each.get();
    return nullptr;
}

Result<void> Trust::reload() {
    auto next = std::make_shared<Current>();
    ZIGE_CHECK(env_.store.read([&](Tx& tx) { return read_chain(tx, *next); }));
    ZIGE_CHECK(read_signers(*next));
    const std::scoped_lock lock(mutex_);
    ZIGE_CHECK(add_unsealers(next->sealing_keys));
    current_ = std::move(next);
    return {};
}

Result<void> Trust::read_keys() {
    const KeyFiles files(env_.files, folder_);
    ZIGE_TRY(identity, files.read(KeyFiles::kIdentity));
    if (identity.size() != kSecretBytes) return fail(ErrorId::hub_keys_damaged, KeyFiles::kIdentity, "32 bytes");
    identity_key_ = std::move(identity);
    ZIGE_TRY(numbers_key, files.read(KeyFiles::kNumbers));
    auto numbers = env_.keys.open_cipher(numbers_key);
    if (!numbers.ok()) return damaged(KeyFiles::kNumbers, numbers.error());
    numbers_ = *std::move(numbers);

    const Bytes& authority = current_->document.tls_ca;
    ZIGE_TRY(authority_pem, files.read_for(KeyFiles::kAuthorityKey, authority));
    authority_ = {std::string(as_text(authority_pem)), authority};
    ZIGE_TRY(server_pem, files.read_for(KeyFiles::kServerKey, authority));
    ZIGE_TRY(server, files.read_for(KeyFiles::kServer, authority));
    server_ = {std::string(as_text(server_pem)), std::move(server), authority, current_->authorities};
    std::erase(server_.older_authorities, authority);
    return {};
}

Result<std::unique_ptr<Trust>> Trust::open(const Environment& env, const KeyPaths& paths, const ClockGuard& clock) {
    std::unique_ptr<Trust> trust(new Trust(env, paths.folder, clock));
    ZIGE_CHECK(trust->reload());
    const Current& now = *trust->current_;
    trust->hub_id_ = now.document.hub_id;
    ZIGE_TRY(first, wire::decode_signed_trust(now.chain.front()));
    trust->fingerprint_ = wire::trust_fingerprint(first.document, env.hasher);
    ZIGE_CHECK(trust->read_keys());
    return trust;
}

std::vector<Bytes> Trust::chain_after(std::uint32_t after) const {
    const auto now = current();
    std::vector<Bytes> documents;
    for (std::size_t at = after; at < now->chain.size() && documents.size() < kMaxTrustChain; ++at)
        documents.push_back(now->chain[at]);
    return documents;
}

const Signer* Trust::Current::signer_at(Instant now, const wire::OnlineKey*& key) const {
    const Signer* newest = nullptr;
    for (std::size_t i = 0; i < signers.size(); ++i) {
        const wire::OnlineKey& each = document.online_keys[i];
        if (!signers[i] || !wire::check_key_time(each, now).ok()) continue;
        if (newest != nullptr && each.id < key->id) continue;
        newest = signers[i].get();
        key = &each;
    }
    return newest;
}

Result<Bytes> Trust::sign(MessageType type, ByteView payload, Instant now) const {
    ZIGE_CHECK(clock_.check(now));
    const auto trust = current();
    const wire::OnlineKey* key = nullptr;
    if (const Signer* signer = trust->signer_at(now, key)) {
        const std::byte kid{key->id};
        return wire::seal_envelope({hub_id_, type}, payload, ByteView(&kid, 1), *signer, env_.compressor);
    }
    for (std::size_t i = 0; i < trust->signers.size(); ++i)
        if (trust->signers[i]) ZIGE_CHECK(wire::check_key_time(trust->document.online_keys[i], now));
    return fail(ErrorId::hub_keys_damaged, KeyFiles::kOnline, "no key of the trust document is here");
}

std::vector<Trust::OnlineKey> Trust::online_keys(Instant now) const {
    const auto trust = current();
    const wire::OnlineKey* signing = nullptr;
    trust->signer_at(now, signing);
    std::vector<OnlineKey> keys;
    for (std::size_t i = 0; i < trust->signers.size(); ++i) {
        const wire::OnlineKey& key = trust->document.online_keys[i];
        keys.push_back({key, trust->signers[i] != nullptr, &key == signing});
    }
    return keys;
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
