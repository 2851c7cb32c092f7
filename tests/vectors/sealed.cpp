#include "shared/wire/sealed.h"

#include <stdexcept>

#include "tests/support/fixed_keys.h"
#include "tests/vectors/fields.h"
#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;
using zige::testing::fixed_unsealer;

constexpr std::byte kReader = kHubSealingKey;
constexpr std::byte kOther{0x42};
constexpr std::size_t kLimit = 256;
const Bytes kPlain =
    from_hex("8262303172343130303030313939303033303730303030").value();  // ["01", "410000199003070000"]

Bytes sealed(Suite suite, const EnvelopeContext& context, const Bytes& plain, std::byte reader = kReader) {
    return seal_to(context, plain, fixed_unsealer(reader, suite)->public_key(), *make_sealer(suite)).value();
}

const EnvelopeContext kFiling{kHub, MessageType::filing};

Fields row_of(Suite suite, const std::string& name, const char* why, const Bytes& bytes) {
    const std::string suffix = suite == Suite::sm2_sm3 ? "-sm2" : "";
    return {{"name", "sealed-" + name + suffix},
            {"why", why},
            {"suite", to_string(suite)},
            {"hub", std::string(kHub)},
            {"type", to_string(MessageType::filing)},
            {"limit", std::to_string(kLimit)},
            {"reader", to_hex(Bytes(32, kReader))},
            {"sealed", to_hex(bytes)}};
}

struct Maker {
    Suite suite;
    std::vector<Fields>& rows;

    void good(const std::string& name, const char* why, const Bytes& plain) {
        Fields row = row_of(suite, name, why, sealed(suite, kFiling, plain));
        row["plain"] = to_hex(plain);
        rows.push_back(std::move(row));
    }
    void bad(const std::string& name, const char* why, ErrorId error, const Bytes& bytes) {
        Fields row = row_of(suite, name, why, bytes);
        row["error"] = to_string(error);
        rows.push_back(std::move(row));
    }
    /// A genuine one in which `from`, which stands in it once, became `to`.
    Bytes with(const std::string& from, const std::string& to) const {
        std::string hex = to_hex(sealed(suite, kFiling, kPlain));
        const std::size_t at = hex.find(from);
        expect(at != std::string::npos, "the sample has it");
        return from_hex(hex.replace(at, from.size(), to)).value();
    }
    Bytes flipped(std::size_t from_the_start) const {
        Bytes bytes = sealed(suite, kFiling, kPlain);
        bytes[from_the_start] ^= std::byte{1};
        return bytes;
    }
};

constexpr std::size_t kNonceAt = 8;        // behind array, header, map, label, length
constexpr std::size_t kCiphertextAt = 22;  // behind the nonce and its own length

void add_damage(Maker make) {
    const Bytes genuine = sealed(make.suite, kFiling, kPlain);
    Bytes longer = genuine;
    longer.push_back(std::byte{0});
    make.bad("truncated", "the last byte is missing", ErrorId::wire_truncated,
             to_bytes(ByteView(genuine).first(genuine.size() - 1)));
    make.bad("trailing", "a byte behind the end", ErrorId::wire_trailing_bytes, longer);
    make.bad("flipped-nonce", "one bit", ErrorId::seal_failed, make.flipped(kNonceAt));
    make.bad("flipped-ciphertext", "one bit", ErrorId::seal_failed, make.flipped(kCiphertextAt));
    make.bad("flipped-tag", "one bit", ErrorId::seal_failed, make.flipped(kCiphertextAt + kPlain.size()));
    const std::size_t in_the_key = make.suite == Suite::sm2_sm3 ? genuine.size() - 1 : genuine.size() - 2;
    make.bad("flipped-key", "one bit of what gives the content key", ErrorId::seal_failed, make.flipped(in_the_key));
}

void add_forgery(Maker make) {
    const EnvelopeContext answer{kHub, MessageType::enrol_answer};
    make.bad("wrong-reader", "for another key", ErrorId::seal_wrong_reader,
             sealed(make.suite, kFiling, kPlain, kOther));
    make.bad("wrong-type", "an enrolment answer", ErrorId::wire_wrong_message_type, sealed(make.suite, answer, kPlain));
    make.bad("wrong-hub", "of hub 411600", ErrorId::seal_failed,
             sealed(make.suite, {"411600", MessageType::filing}, kPlain));
    make.bad("too-large", "a plain text of 257 bytes", ErrorId::wire_too_large,
             sealed(make.suite, kFiling, Bytes(kLimit + 1)));
    make.bad("aes-128", "another cipher", ErrorId::wire_unknown_algorithm, make.with("43a10103", "43a10101"));
    make.bad("future-version", "version 2", ErrorId::wire_unknown_version,
             make.with("43a10103", "49a201033a0001000102"));
    make.bad("two-readers", "announces two", ErrorId::wire_unknown_field, make.with("8183", "8283"));
    const Suite other = make.suite == Suite::sm2_sm3 ? Suite::ed25519_sha256 : Suite::sm2_sm3;
    make.bad("wrong-suite", "made with the other suite", ErrorId::wire_unknown_algorithm,
             sealed(other, kFiling, kPlain));
}

/// Keys that would give a content key that everybody knows.
void add_weak_keys(std::vector<Fields>& rows) {
    const Maker x25519{Suite::ed25519_sha256, rows};
    Bytes low = sealed(x25519.suite, kFiling, kPlain);
    std::fill_n(low.end() - 33, 32, std::byte{0});
    Maker(x25519).bad("low-order", "the ephemeral key is zero", ErrorId::seal_failed, low);
    const Maker sm2{Suite::sm2_sm3, rows};
    Bytes off = sealed(sm2.suite, kFiling, kPlain);
    off[off.size() - 65] ^= std::byte{1};  // the last byte of the point
    Maker(sm2).bad("off-the-curve", "its point is none of the curve", ErrorId::seal_failed, off);
}

}  // namespace

std::vector<Fields> make_sealed() {
    std::vector<Fields> rows;
    for (const Suite suite : {Suite::ed25519_sha256, Suite::sm2_sm3}) {
        Maker make{suite, rows};
        make.good("identity", "an ID number in a filing", kPlain);
        make.good("nothing", "no plain text", {});
        add_damage(make);
        add_forgery(make);
    }
    add_weak_keys(rows);
    return rows;
}

std::string found_in_sealed(const Fields& row) {
    const Suite suite = from_name<Suite>(row.at("suite")).value();
    const char* head = suite == Suite::sm2_sm3 ? zige::testing::kSm2Head : zige::testing::kX25519Head;
    const auto reader = make_unsealer(suite, zige::testing::pem_of_private(head, bytes_of(row, "reader"))).value();
    const EnvelopeContext context{row.at("hub"), from_name<MessageType>(row.at("type")).value()};
    const auto plain = open_sealed(context, bytes_of(row, "sealed"), *reader, std::stoul(row.at("limit")));
    return plain.ok() ? to_hex(*plain) : to_string(plain.error().id);
}

}  // namespace zige::vectors
