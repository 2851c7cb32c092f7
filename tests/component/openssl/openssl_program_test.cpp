#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>

#include "shared/openssl/crypto.h"
#include "shared/openssl/sealing.h"
#include "shared/openssl/sm2.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

/// What we sign, hash, authenticate, derive and encrypt, the program `openssl` takes, and the other way round.
namespace zige {
namespace {

using zige::testing::pem_of_private;

struct SuiteRow {
    const char* name;
    Suite suite;
    const char* digest;
    const char* sign_options;
    const char* signing_head;
};
const SuiteRow kSuites[] = {
    {"ed25519_sha256", Suite::ed25519_sha256, "sha256", "-rawin", zige::testing::kEd25519Head},
    {"sm2_sm3", Suite::sm2_sm3, "sm3", "-rawin -digest sm3 -pkeyopt distid:1234567812345678", zige::testing::kSm2Head},
};

/// A folder in which the program runs; its names are used as they are, without quotes.
class Bench {
public:
    void write(const std::string& name, ByteView content) const {
        std::ofstream out(folder_ / name, std::ios::binary);
        out.write(as_text(content).data(), static_cast<std::streamsize>(content.size()));
    }
    Bytes read(const std::string& name) const {
        std::ifstream in(folder_ / name, std::ios::binary);
        return to_bytes(std::string{std::istreambuf_iterator<char>(in), {}});
    }
    bool runs(const std::string& arguments) const {
        const std::string command = "cd " + folder_.path().string() + " && openssl " + arguments + " >said 2>&1";
        return std::system(command.c_str()) == 0;
    }
    std::string said() const { return std::string(as_text(read("said"))); }
    void run(const std::string& arguments) const { CPPUNIT_ASSERT_MESSAGE(arguments + ": " + said(), runs(arguments)); }

private:
    zige::testing::TempDir folder_;
};

Bytes random_bytes(std::size_t count) {
    Bytes bytes(count);
    make_random()->fill(bytes);
    return bytes;
}

Bytes der_integer(ByteView number) {
    while (number.size() > 1 && number[0] == std::byte{0}) number = number.subspan(1);
    Bytes content = to_bytes(number);
    if (std::to_integer<unsigned>(content[0]) > 0x7f) content.insert(content.begin(), std::byte{0});
    Bytes der{std::byte{2}, static_cast<std::byte>(content.size())};
    der.insert(der.end(), content.begin(), content.end());
    return der;
}

Bytes der_sequence(const std::vector<Bytes>& items) {
    Bytes content;
    for (const Bytes& item : items) content.insert(content.end(), item.begin(), item.end());
    Bytes der{std::byte{0x30}};
    if (content.size() > 0x7f) der.push_back(std::byte{0x81});
    der.push_back(static_cast<std::byte>(content.size()));
    der.insert(der.end(), content.begin(), content.end());
    return der;
}

Bytes der_octets(ByteView octets) {
    Bytes der{std::byte{4}, static_cast<std::byte>(octets.size())};
    der.insert(der.end(), octets.begin(), octets.end());
    return der;
}

/// The program's form of an SM2 signature, from ours.
Bytes der_of(Suite suite, ByteView raw) {
    if (suite == Suite::ed25519_sha256) return to_bytes(raw);
    return der_sequence({der_integer(raw.first(32)), der_integer(raw.last(32))});
}

/// Numbers of a DER sequence, each on 32 bytes; strings as they are.
Bytes raw_of(ByteView der) {
    Bytes raw;
    for (std::size_t at = der[1] == std::byte{0x81} ? 3 : 2; at < der.size();) {
        const bool number = der[at] == std::byte{2};
        const std::size_t size = std::to_integer<std::size_t>(der[at + 1]);
        ByteView item = der.subspan(at + 2, size);
        at += 2 + size;
        while (number && item.size() > 32) item = item.subspan(1);
        if (number) raw.insert(raw.end(), 32 - item.size(), std::byte{0});
        raw.insert(raw.end(), item.begin(), item.end());
    }
    return raw;
}

Bytes raw_signature(Suite suite, const Bytes& made) { return suite == Suite::sm2_sm3 ? raw_of(made) : made; }

TEST_EACH(OpensslProgram, believes_our_signatures, kSuites) {
    const Bench bench;
    for (int round = 0; round < 5; ++round) {
        const Bytes key = random_bytes(31);  // below the order of the curve
        Bytes number{std::byte{1}};
        number.insert(number.end(), key.begin(), key.end());
        const std::string pem = pem_of_private(row.signing_head, number);
        const auto signer = make_signer_from_pem(row.suite, pem).value();
        const Bytes message = random_bytes(static_cast<std::size_t>(1 + round * 100));
        bench.write("key", as_bytes(pem));
        bench.write("message", message);
        bench.write("signature", der_of(row.suite, signer->sign(message).value()));
        const std::string verify = std::string("pkeyutl -verify -inkey key -sigfile signature ") + row.sign_options;
        bench.run(verify + " -in message");
        bench.write("message", random_bytes(message.size()));
        CPPUNIT_ASSERT_MESSAGE("it believes anything", !bench.runs(verify + " -in message"));
    }
}
TEST_EACH(OpensslProgram, makes_signatures_that_we_believe, kSuites) {
    const Bench bench;
    const auto verifier = make_verifier(row.suite);
    for (int round = 0; round < 5; ++round) {
        const std::string pem = generate_signing_key(row.suite).value();
        const Bytes message = random_bytes(static_cast<std::size_t>(1 + round * 100));
        bench.write("key", as_bytes(pem));
        bench.write("message", message);
        bench.run(std::string("pkeyutl -sign -inkey key -in message -out signature ") + row.sign_options);
        const Bytes signature = raw_signature(row.suite, bench.read("signature"));
        const Bytes public_key = make_signer_from_pem(row.suite, pem).value()->public_key();
        CPPUNIT_ASSERT(verifier->verify(public_key, message, signature));
        CPPUNIT_ASSERT(!verifier->verify(public_key, random_bytes(message.size()), signature));
    }
}
TEST_EACH(OpensslProgram, hashes_and_authenticates_as_we_do, kSuites) {
    const Bench bench;
    const auto hasher = make_hasher(row.suite);
    for (const std::size_t size : {0, 1, 55, 56, 63, 64, 65, 1000}) {
        const Bytes message = random_bytes(size);
        const Bytes key = random_bytes(1 + size % 100);
        bench.write("message", message);
        bench.run(std::string("dgst -binary -out digest -") + row.digest + " message");
        CPPUNIT_ASSERT_EQUAL(to_hex(bench.read("digest")), to_hex(hasher->hash({message})));
        bench.run(std::string("dgst -binary -out mac -") + row.digest + " -mac HMAC -macopt hexkey:" + to_hex(key) +
                  " message");
        CPPUNIT_ASSERT_EQUAL(to_hex(bench.read("mac")), to_hex(hasher->mac(key, message)));
    }
}
TEST_EACH(OpensslProgram, derives_as_we_do, kSuites) {
    const Bench bench;
    const Bytes key = random_bytes(32);
    const Bytes info = random_bytes(40);
    bench.run(std::string("kdf -binary -out derived -keylen 80 -kdfopt digest:") + row.digest +
              " -kdfopt hexkey:" + to_hex(key) + " -kdfopt hexinfo:" + to_hex(info) + " HKDF");
    CPPUNIT_ASSERT_EQUAL(to_hex(bench.read("derived")), to_hex(hkdf(row.suite, key, {}, info, 80).value()));
}
TEST(OpensslProgram, agrees_on_x25519_as_we_do) {
    const Bench bench;
    const SealingKey theirs = generate_sealing_key(Suite::ed25519_sha256).value();
    const auto own =
        make_unsealer(Suite::ed25519_sha256, generate_sealing_key(Suite::ed25519_sha256).value().private_pem).value();
    bench.write("key", as_bytes(theirs.private_pem));
    Bytes peer = from_hex("302a300506032b656e032100").value();
    peer.insert(peer.end(), own->public_key().begin(), own->public_key().end());
    bench.write("peer", peer);
    bench.run("pkeyutl -derive -inkey key -peerkey peer -peerform DER -out secret");
    const Bytes key = hkdf(Suite::ed25519_sha256, bench.read("secret"), {}, as_bytes("info"), 32).value();
    CPPUNIT_ASSERT_EQUAL(to_hex(key), to_hex(own->derive(theirs.public_key, as_bytes("info"), 32).value()));
}
TEST(OpensslProgram, decrypts_and_encrypts_with_sm2_as_we_do) {
    const Bench bench;
    const SealingKey key = generate_sealing_key(Suite::sm2_sm3).value();
    const auto own = openssl::key_from_pem(key.private_pem, "test").value();
    bench.write("key", as_bytes(key.private_pem));
    for (int round = 0; round < 5; ++round) {
        const Bytes plain = random_bytes(32);
        const Bytes cipher = openssl::sm2_encrypt(*openssl::sm2_public_key(key.public_key), plain).value();
        const ByteView view = cipher;
        bench.write("cipher", der_sequence({der_integer(view.subspan(1, 32)), der_integer(view.subspan(33, 32)),
                                            der_octets(view.subspan(65, 32)), der_octets(view.subspan(97))}));
        bench.run("pkeyutl -decrypt -inkey key -in cipher -out plain");
        CPPUNIT_ASSERT_EQUAL(to_hex(plain), to_hex(bench.read("plain")));
        bench.run("pkeyutl -encrypt -inkey key -in plain -out theirs");
        Bytes raw{std::byte{4}};
        for (const std::byte each : raw_of(bench.read("theirs"))) raw.push_back(each);
        CPPUNIT_ASSERT_EQUAL(to_hex(plain), to_hex(openssl::sm2_decrypt(*own, raw).value()));
    }
}

struct Published {
    const char* name;
    bool good;
    const char* message;
    const char* signature;
};
const Published kPublished[] = {
    // GB/T 32918.5 annex A
    {"annex_a", true, "message digest",
     "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d48"
     "40b69c485bbc1aa"},
    {"annex_a_of_another_message", false, "message digest.",
     "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d48"
     "40b69c485bbc1aa"},
};
TEST_EACH(Verifier, judges_the_published_signature_of_sm2, kPublished) {
    const Bytes key = from_hex("0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020").value();
    const bool believed =
        make_verifier(Suite::sm2_sm3)->verify(key, as_bytes(row.message), from_hex(row.signature).value());
    CPPUNIT_ASSERT_EQUAL(row.good, believed);
}

}  // namespace
}  // namespace zige
