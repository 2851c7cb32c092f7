#include "shared/openssl/x509.h"

#include "tests/support/testing.h"

using namespace zige;

namespace {

Instant at(std::string_view text) { return parse_time(text, "test").value(); }

const Validity kLong{at("2026-01-01 00:00:00"), at("2036-01-01 00:00:00")};
const Validity kYear{at("2026-06-01 00:00:00"), at("2027-06-01 00:00:00")};
const Instant kInside = at("2026-11-22 12:00:00");

const IssuedCertificate& ca() {
    static const IssuedCertificate made = create_tls_ca("信阳 TLS", kLong).value();
    return made;
}

}  // namespace

TEST(X509, an_issued_certificate_says_what_it_was_told) {
    const CertificateRequest request = create_request("pc-1").value();
    const Bytes der = issue_client_certificate(ca(), request.request_der, "agent 7", kYear).value();
    const CertificateFacts facts = read_certificate(der).value();
    CPPUNIT_ASSERT_EQUAL(std::string("agent 7"), facts.common_name);
    CPPUNIT_ASSERT_EQUAL(format(kYear.not_before), format(facts.validity.not_before));
    CPPUNIT_ASSERT_EQUAL(format(kYear.not_after), format(facts.validity.not_after));
    CPPUNIT_ASSERT_EQUAL(read_request_key(request.request_der).value(), facts.public_key);
    CPPUNIT_ASSERT_EQUAL(std::size_t{32}, facts.serial_hex.size());
}
TEST(X509, serials_differ) {
    const CertificateRequest request = create_request("pc").value();
    const auto serial = [&] {
        return read_certificate(issue_client_certificate(ca(), request.request_der, "a", kYear).value())
            .value()
            .serial_hex;
    };
    CPPUNIT_ASSERT(serial() != serial());
}
TEST(X509, names_are_utf8) {
    CPPUNIT_ASSERT_EQUAL(std::string("信阳 TLS"), read_certificate(ca().certificate_der).value().common_name);
}
TEST(X509, dates_after_2050_hold) {
    const Validity far{at("2049-12-31 00:00:00"), at("2126-01-01 00:00:00")};
    const CertificateFacts facts = read_certificate(create_tls_ca("far", far).value().certificate_der).value();
    CPPUNIT_ASSERT_EQUAL(format(far.not_after), format(facts.validity.not_after));
}

struct TimeRow {
    const char* name;
    Instant now;
    bool good;
};
const TimeRow kTimes[] = {
    {"the_second_before", kYear.not_before - std::chrono::seconds(1), false},
    {"first_second", kYear.not_before, true},
    {"inside", kInside, true},
    {"last_second", kYear.not_after, true},
    {"the_second_after", kYear.not_after + std::chrono::seconds(1), false},
    {"a_clock_of_2009", at("2009-01-01 00:00:00"), false},
};
TEST_EACH(X509, validity_is_judged_by_the_time_given, kTimes) {
    const IssuedCertificate server = issue_server_certificate(ca(), kHubTlsName, kYear).value();
    const auto checked = check_certificate(server.certificate_der, ca().certificate_der, row.now);
    CPPUNIT_ASSERT_EQUAL(row.good, checked.ok());
    if (!row.good) CPPUNIT_ASSERT_EQUAL(ErrorId::tls_certificate_out_of_date, checked.error().id);
}
TEST(X509, another_authority_of_the_same_name_is_refused) {
    const IssuedCertificate impostor = create_tls_ca("信阳 TLS", kLong).value();
    const IssuedCertificate server = issue_server_certificate(impostor, kHubTlsName, kYear).value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::tls_untrusted_peer,
                         check_certificate(server.certificate_der, ca().certificate_der, kInside).error().id);
}
TEST(X509, a_validity_that_ends_before_it_begins_is_refused) {
    const auto made = create_tls_ca("x", Validity{kYear.not_after, kYear.not_before});
    CPPUNIT_ASSERT_EQUAL(std::string("validity"), made.error().field);
}
TEST(X509, a_name_over_64_characters_is_refused) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_failed, create_request(std::string(65, 'n')).error().id);
}
TEST(X509, an_authority_with_the_key_of_another_signs_nothing) {
    IssuedCertificate mixed = ca();
    mixed.private_key_pem = create_tls_ca("other", kLong).value().private_key_pem;
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, issue_server_certificate(mixed, kHubTlsName, kYear).error().id);
}

TEST(X509Request, with_any_bit_flipped_gets_no_certificate) {
    const Bytes good = create_request("pc-1").value().request_der;
    for (std::size_t byte = 0; byte < good.size(); ++byte) {
        Bytes bad = good;
        bad[byte] ^= std::byte{0x10};
        const auto issued = issue_client_certificate(ca(), bad, "a", kYear);
        CPPUNIT_ASSERT_MESSAGE("byte " + std::to_string(byte), !issued.ok());
        CPPUNIT_ASSERT_EQUAL(ErrorId::tls_bad_certificate, issued.error().id);
    }
}
TEST(X509Request, that_is_cut_or_too_long_is_refused) {
    const Bytes good = create_request("pc-1").value().request_der;
    for (std::size_t size = 0; size < good.size(); ++size)
        CPPUNIT_ASSERT(!read_request_key(ByteView(good).first(size)).ok());
    Bytes longer = good;
    longer.push_back(std::byte{0});
    CPPUNIT_ASSERT_EQUAL(std::string("bytes follow the end"), read_request_key(longer).error().detail);
    CPPUNIT_ASSERT_EQUAL(std::string("over 16 kB"), read_request_key(Bytes(17'000)).error().detail);
}
TEST(X509Request, with_another_kind_of_key_is_refused) {
    // openssl req -new -newkey ed25519 -nodes -subj /CN=pc -outform DER
    const Bytes request =
        from_hex(
            "30818c3040020100300d310b300906035504030c027063302a300506032b657003210002c6f688845cee4319e864b098"
            "ccc7c338f4d42ca2d3c4e815218062929477c9a000300506032b657003410010e3dbe96376fcc657da4ca8e3b8ef89f1"
            "d3d9e2b013bd0b388a3170c2c940665a95faa42c7dae04471bdd9889a53077e73a871e30163c42fd2a0e1effc1b404")
            .value();
    CPPUNIT_ASSERT_EQUAL(std::string("request.key"), read_request_key(request).error().field);
}

TEST(X509, pem_and_der_are_the_same_certificate) {
    const std::string pem = certificate_to_pem(ca().certificate_der).value();
    CPPUNIT_ASSERT_EQUAL(ca().certificate_der, certificate_from_pem(pem).value());
    CPPUNIT_ASSERT_EQUAL(ErrorId::tls_bad_certificate, certificate_from_pem("-----BEGIN").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::tls_bad_certificate, certificate_to_pem(as_bytes("no DER")).error().id);
}
