#pragma once

#include <memory>
#include <string_view>

#include "shared/ports/sealing.h"

namespace zige {

std::unique_ptr<Sealer> make_sealer(Suite suite);
/// `pem`: a sealing key as PKCS#8. ErrorId::crypto_bad_key: no key, or of another suite.
Result<std::unique_ptr<Unsealer>> make_unsealer(Suite suite, std::string_view pem);

}  // namespace zige
