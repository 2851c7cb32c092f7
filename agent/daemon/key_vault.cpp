#include "agent/daemon/key_vault.h"

#include "shared/openssl/crypto.h"
#include "shared/openssl/sealing.h"
#include "shared/openssl/x509.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxKeyFile = 16U << 10;
constexpr const char* kTlsKey = "tls.pem";
constexpr const char* kTlsRequest = "tls.csr";
constexpr const char* kSigningKey = "signing.pem";
constexpr const char* kSealingKey = "sealing.pem";

/// A key that this agent once made: nothing but another enrolment brings another one.
Error damaged(const char* name, const Error& why) {
    const std::string field = std::string("keys/") + name;
    if (why.id == ErrorId::file_not_found) return fail(ErrorId::enrol_damaged, field, "missing");
    if (why.id == ErrorId::crypto_bad_key) return fail(ErrorId::enrol_damaged, field, why.describe());
    return why;
}

}  // namespace

FileKeyVault::FileKeyVault(std::filesystem::path folder, Files& files, Suite suite)
    : folder_(std::move(folder)), files_(files), suite_(suite) {}

/// The request is written before its key: whoever finds the key finds the request that belongs to it.
Result<agent::KeyVault::PublicParts> FileKeyVault::prepare() {
    ZIGE_TRY(has_tls, files_.exists(folder_ / kTlsKey));
    if (!has_tls) {
        ZIGE_TRY(request, create_request("zige-agent"));
        ZIGE_CHECK(files_.write(folder_ / kTlsRequest, request.request_der));
        ZIGE_CHECK(files_.write(folder_ / kTlsKey, as_bytes(request.private_key_pem)));
    }
    ZIGE_TRY(has_signing, files_.exists(folder_ / kSigningKey));
    if (!has_signing) {
        ZIGE_TRY(pem, generate_signing_key(suite_));
        ZIGE_CHECK(files_.write(folder_ / kSigningKey, as_bytes(pem)));
    }
    ZIGE_TRY(has_sealing, files_.exists(folder_ / kSealingKey));
    if (!has_sealing) {
        ZIGE_TRY(made, generate_sealing_key(suite_));
        ZIGE_CHECK(files_.write(folder_ / kSealingKey, as_bytes(made.private_pem)));
    }
    PublicParts parts;
    ZIGE_TRY(csr, files_.read(folder_ / kTlsRequest, kMaxKeyFile));
    parts.tls_csr = std::move(csr);
    ZIGE_TRY(signing, signer());
    parts.signing_key = signing->public_key();
    ZIGE_TRY(sealing, unsealer());
    parts.sealing_key = sealing->public_key();
    return parts;
}

Result<agent::KeyVault::Validity> FileKeyVault::validity_of(ByteView certificate) {
    ZIGE_TRY(facts, read_certificate(certificate));
    ZIGE_TRY(request, files_.read(folder_ / kTlsRequest, kMaxKeyFile));
    ZIGE_TRY(key, read_request_key(request));
    if (facts.public_key != key) return fail(ErrorId::tls_bad_certificate, "certificate", "for another key");
    return Validity{facts.validity.not_before, facts.validity.not_after};
}

Result<std::unique_ptr<Signer>> FileKeyVault::signer() {
    ZIGE_TRY(pem, read_text(kSigningKey));
    auto signer = make_signer_from_pem(suite_, pem);
    if (!signer) return damaged(kSigningKey, signer.error());
    return signer;
}

Result<std::unique_ptr<Unsealer>> FileKeyVault::unsealer() {
    ZIGE_TRY(pem, read_text(kSealingKey));
    auto unsealer = make_unsealer(suite_, pem);
    if (!unsealer) return damaged(kSealingKey, unsealer.error());
    return unsealer;
}

Result<std::string> FileKeyVault::tls_key() { return read_text(kTlsKey); }

Result<std::string> FileKeyVault::read_text(const char* name) {
    const auto bytes = files_.read(folder_ / name, kMaxKeyFile);
    if (!bytes) return damaged(name, bytes.error());
    return std::string(as_text(*bytes));
}

}  // namespace zige::daemon
