#include "shared/qr/encoder.h"

#include <qrencode.h>

#include <cerrno>
#include <new>
#include <string>

namespace zige {
namespace {

constexpr std::size_t kMaxText = 7089;  // digits, the most that any code holds
constexpr int kSmallestVersion = 0;
constexpr int kCaseMatters = 1;
constexpr unsigned char kDark = 1;  // the lowest bit of a module

struct Freed {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

QRecLevel level_of(QrLevel level) {
    switch (level) {
        case QrLevel::low: return QR_ECLEVEL_L;
        case QrLevel::medium: return QR_ECLEVEL_M;
        case QrLevel::quartile: return QR_ECLEVEL_Q;
        case QrLevel::high: return QR_ECLEVEL_H;
    }
    throw Bug("unknown level of a QR code");
}

class LibqrencodeEncoder final : public QrEncoder {
public:
    Result<QrMatrix> encode(std::string_view text, QrLevel level) const override {
        if (text.empty() || text.find('\0') != std::string_view::npos)
            return fail(ErrorId::wire_bad_text, "qr", "empty, or a NUL in it");
        if (text.size() > kMaxText) return fail(ErrorId::wire_too_large, "qr", std::to_string(text.size()) + " bytes");
        const std::unique_ptr<QRcode, Freed> code(
            QRcode_encodeString(std::string(text).c_str(), kSmallestVersion, level_of(level), QR_MODE_8, kCaseMatters));
        if (!code && errno == ENOMEM) throw std::bad_alloc();
        if (!code) return fail(ErrorId::wire_too_large, "qr", std::to_string(text.size()) + " bytes");
        QrMatrix matrix{static_cast<std::size_t>(code->width), {}};
        matrix.dark.reserve(matrix.size * matrix.size);
        for (std::size_t at = 0; at < matrix.size * matrix.size; ++at)
            matrix.dark.push_back((code->data[at] & kDark) != 0);
        return matrix;
    }
};

}  // namespace

std::unique_ptr<QrEncoder> make_qr_encoder() { return std::make_unique<LibqrencodeEncoder>(); }

}  // namespace zige
