#pragma once

#include <functional>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/time.h"

namespace zige {

/// Gives the time by which certificates are judged: our own (trusted) time, never the PC's. Any thread.
using TimeSource = std::function<Instant()>;

/// A private key (PKCS#8 PEM) and its certificate (DER).
struct TlsIdentity {
    std::string private_key_pem;
    Bytes certificate_der;
};

}  // namespace zige
