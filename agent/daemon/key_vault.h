#pragma once

#include <filesystem>
#include <memory>

#include "agent/core/ports/key_vault.h"
#include "shared/ports/files.h"

namespace zige::daemon {

/// Keys as PEM files in `folder` (0600): tls.pem with tls.csr, signing.pem, sealing.pem.
class FileKeyVault : public agent::KeyVault {
public:
    /// `files` outlives the vault. The folder exists.
    FileKeyVault(std::filesystem::path folder, Files& files, Suite suite);

    Result<PublicParts> prepare() override;
    Result<Validity> validity_of(ByteView certificate) override;
    Result<std::unique_ptr<Signer>> signer() override;
    Result<std::unique_ptr<Unsealer>> unsealer() override;
    /// The private key of the client certificate, PKCS#8 PEM. file_not_found before prepare().
    Result<std::string> tls_key();

private:
    Result<std::string> read_text(const char* name);

    std::filesystem::path folder_;
    Files& files_;
    Suite suite_;
};

}  // namespace zige::daemon
