#include "hub/core/enrolment.h"

#include <algorithm>
#include <charconv>

#include "hub/core/agent_life.h"
#include "hub/core/agents.h"
#include "hub/core/hub_values.h"
#include "hub/core/institution_data.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::size_t kTokenBytes = 10;  // 80 bits: 16 characters
constexpr std::size_t kMaxAddress = 255;

constexpr std::size_t kTokenId = 16;

std::string id_of(const Hash256& hash) { return to_hex(hash).substr(0, kTokenId); }

Hash256 hash_of_token(const Hasher& hasher, std::string_view plain) {
    return hasher.hash({as_bytes("zige-token"), as_bytes(plain)});
}

/// A successor goes on after every chapter that may stand in the folder that it takes over (LIFE-7).
Result<Chapter> first_chapter(Tx& tx, AgentId replaces) {
    if (replaces.value == 0) return Chapter{1};
    ZIGE_TRY(before, load_any_agent(tx, replaces));
    return Chapter{std::max(before.chapter, before.open_chapter).value + 1};
}

}  // namespace

IssuedToken token_from(const Row& row) {
    return {id_of(row.hash(0)), row.text(1), row.instant(2), row.instant(3), AgentId{row.small(4)}, AgentId{row.small(5)}};
}

Result<void> check_hub_address(const std::string& address) {
    const auto refuse = [&](const char* why) {
        return fail(ErrorId::usage_bad_argument, "address", address.substr(0, kMaxAddress) + ": " + why);
    };
    const std::size_t colon = address.rfind(':');
    if (address.empty() || address.size() > kMaxAddress) return refuse("host:port, at most 255 characters");
    if (colon == std::string::npos || address.back() == ']') return refuse("needs a port, host:port");
    const std::string_view host = std::string_view(address).substr(0, colon);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (host.empty() || (!bracketed && host.find_first_of(":/ ") != std::string_view::npos))
        return refuse("is no host:port; IPv6 stands in brackets");
    std::uint16_t port = 0;
    const char* const end = address.data() + address.size();
    const auto [last, failed] = std::from_chars(address.data() + colon + 1, end, port);
    if (failed != std::errc{} || last != end || port == 0) return refuse("needs a port of 1 to 65535");
    return {};
}

std::string Slip::line() const {
    return "zige:" + hub_address + "/" + plain_base32(token) + "/" + plain_base32(fingerprint);
}

Enrolment::Enrolment(const Environment& env, const Trust& trust, Publisher& publisher, EnrolmentOptions options)
    : env_(env), trust_(trust), publisher_(publisher), options_(options) {}

Result<void> Enrolment::check_terms(const SlipTerms& terms) const {
    ZIGE_CHECK(check_hub_address(terms.hub_address));
    if (terms.validity >= std::chrono::hours{0} && terms.validity <= kMaxTokenValidity) return {};
    return fail(ErrorId::usage_bad_argument, "days", "1 to " + std::to_string(kMaxTokenValidity.count()));
}

Result<Slip> Enrolment::issue_in(Change& change, const std::string& institution, const SlipTerms& terms) const {
    ZIGE_TRY(record, load_institution(change.tx(), institution));
    Bytes secret(kTokenBytes);
    env_.random.fill(secret);
    const std::string plain = base32(secret);
    const Hash256 hash = hash_of_token(env_.hasher, plain);
    const auto validity = terms.validity.count() == 0 ? options_.token_validity : terms.validity;
    Slip slip{id_of(hash), institution, record.name, terms.hub_address, in_groups(plain),
              in_groups(trust_.fingerprint()), change.now() + validity, terms.replaces};
    if (terms.replaces.value != 0) ZIGE_CHECK(check_replaceable(change.tx(), terms.replaces, institution));
    ZIGE_CHECK(change.tx().exec(Sql::token_put, {sql(hash), sql(institution), sql(change.now()), sql(slip.expires),
                                                 sql(terms.replaces.value)}));
    LogEvent event;
    event.event = HubEvent::token_issued;
    event.institution = institution;
    event.body.add("expires", format(slip.expires)).add("token_hash", slip.id);
    if (terms.replaces.value != 0) event.body.add("replaces", static_cast<std::int64_t>(terms.replaces.value));
    ZIGE_CHECK(change.log(std::move(event)));
    return slip;
}

Result<Slip> Enrolment::issue_token(const std::string& actor, const std::string& institution, const SlipTerms& terms) {
    ZIGE_CHECK(check_terms(terms));
    Slip slip;
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(issued, issue_in(change, institution, terms));
        slip = std::move(issued);
        return {};
    });
    if (!done.ok()) return done.error();
    return slip;
}

Result<std::vector<IssuedToken>> Enrolment::tokens() const {
    return read_from(env_.store, [](Tx& tx) -> Result<std::vector<IssuedToken>> {
        std::vector<IssuedToken> all;
        ZIGE_TRY(rows, tx.query(Sql::token_all, {}));
        for (const Row& row : rows) all.push_back(token_from(row));
        return all;
    });
}

Result<IssuedToken> Enrolment::known_token(Tx& tx, const std::string& id, Hash256& hash) const {
    ZIGE_TRY(rows, tx.query(Sql::token_all, {}));
    for (const Row& row : rows) {
        hash = row.hash(0);
        if (id_of(hash) == id) return token_from(row);
    }
    return fail(ErrorId::enrol_bad_token, "token", "no token with the id " + id.substr(0, kTokenId));
}

Result<void> Enrolment::withdraw_in(Change& change, IssuedToken& token, const Hash256& hash) const {
    token.expires = change.now();
    ZIGE_CHECK(change.tx().exec(Sql::token_expire, {sql(token.expires), sql(hash)}));
    LogEvent event;
    event.event = HubEvent::institution_changed;
    event.institution = token.institution;
    event.body.add("token_withdrawn", token.id);
    return change.log(std::move(event));
}

Result<IssuedToken> Enrolment::withdraw_token(const std::string& actor, const std::string& id) {
    IssuedToken withdrawn;
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        Hash256 hash{};
        ZIGE_TRY(token, known_token(change.tx(), id, hash));
        if (token.agent.value != 0)
            return fail(ErrorId::enrol_token_used, "token", "by agent " + std::to_string(token.agent.value));
        withdrawn = std::move(token);
        if (withdrawn.expires <= change.now()) return {};
        return withdraw_in(change, withdrawn, hash);
    });
    if (!done.ok()) return done.error();
    return withdrawn;
}

Result<Enrolment::Token> Enrolment::find_token(Tx& tx, std::string_view typed, Instant now,
                                               const std::string& expected) const {
    const Hash256 hash = hash_of_token(env_.hasher, plain_base32(typed));
    ZIGE_TRY(row, tx.first(Sql::token_get, {sql(hash)}));
    if (!row) return fail(ErrorId::enrol_bad_token, "token");
    const Token token{hash, row->text(0), AgentId{row->small(2)}, AgentId{row->small(3)}};
    if (!expected.empty() && token.institution != expected)
        return fail(ErrorId::hub_agent_of_other_institution, "institution", token.institution);
    // The same key may ask again after the token's end: its answer was lost, nothing new is given.
    if (token.agent.value == 0 && now >= row->instant(1))
        return fail(ErrorId::enrol_token_expired, "token", format(row->instant(1)));
    return token;
}

Result<wire::EnrolAnswer> Enrolment::answer_again(Tx& tx, const Token& token, const wire::EnrolRequest& request) const {
    ZIGE_TRY(row, tx.first(Sql::agent_enrolled, {sql(token.agent.value)}));
    ZIGE_TRY(tls_key, env_.keys.request_key(request.tls_csr));
    if (!row || row->bytes(2) != request.signing_key || row->bytes(3) != tls_key)
        return fail(ErrorId::enrol_token_used, "token", "by agent " + std::to_string(token.agent.value));
    return wire::EnrolAnswer{token.agent, Chapter{row->small(0)}, {token.institution}, row->bytes(1), {}, token.replaces};
}

Result<wire::EnrolAnswer> Enrolment::add_agent(Change& change, const Token& token,
                                               const wire::EnrolRequest& request, bool by_file) const {
    Tx& tx = change.tx();
    ZIGE_TRY(tls_key, env_.keys.request_key(request.tls_csr));
    ZIGE_TRY(twice, tx.first(Sql::agent_with_keys, {sql(request.signing_key), sql(tls_key)}));
    if (twice) return fail(ErrorId::enrol_already, "signing_key", "agent " + std::to_string(twice->number(0)));
    ZIGE_TRY(number, next_number(tx, HubValue::last_agent));
    const AgentId agent{static_cast<std::uint32_t>(number)};
    const Instant until = change.now() + kCertificateValidity;
    ZIGE_TRY(certificate, trust_.issue_client_certificate(request.tls_csr, "agent-" + std::to_string(number),
                                                          change.now() - kCertificateClockSlack, until));
    ZIGE_TRY(chapter, first_chapter(tx, token.replaces));
    const Hash256 start = wire::chain_start(agent, chapter, env_.hasher);
    ZIGE_CHECK(tx.exec(Sql::agent_put, {sql(agent.value), sql(token.institution), sql(chapter.value),
                                        sql(request.signing_key), sql(request.sealing_key), sql(tls_key),
                                        sql(certificate), sql(change.now()), sql(start), sql(until)}));
    ZIGE_CHECK(tx.exec(Sql::token_use, {sql(agent.value), sql(token.hash)}));
    LogEvent event;
    event.event = HubEvent::agent_enrolled;
    event.institution = token.institution;
    event.body.add("agent", static_cast<std::int64_t>(number)).add("signing_key", to_hex(request.signing_key));
    if (by_file) event.body.add("way", "file");
    ZIGE_CHECK(change.log(std::move(event)));
    if (token.replaces.value != 0) ZIGE_CHECK(replace_agent(change, token.replaces, agent));
    return wire::EnrolAnswer{agent, chapter, {token.institution}, std::move(certificate), {}, token.replaces};
}

Result<Bytes> Enrolment::enrol(ByteView request_bytes) {
    if (request_bytes.size() > kMaxEnrolBytes) return fail(ErrorId::wire_too_large, "enrol");
    ZIGE_TRY(request, wire::decode_enrol_request(request_bytes));
    ZIGE_TRY(enrolled, enrol(request, Way{}));
    return std::move(enrolled.envelope);
}

Result<Enrolment::Enrolled> Enrolment::enrol(const wire::EnrolRequest& request, const Way& way) {
    const std::size_t key_size = public_key_bytes(env_.verifier.suite());
    if (request.signing_key.size() != key_size || request.sealing_key.size() != key_size)
        return fail(ErrorId::wire_bad_value, "enrol.signing_key", "not of the hub's suite");
    // Whoever has no token does not get as far as the write lock.
    const Instant asked = env_.clock.wall();
    auto known = read_from(env_.store, [&](Tx& tx) { return find_token(tx, request.token, asked, way.expected); });
    if (!known.ok()) return known.error();
    Enrolled enrolled;
    auto done = publisher_.change(way.actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(token, find_token(change.tx(), request.token, change.now(), way.expected));
        enrolled.again = token.agent.value != 0;
        auto made = enrolled.again ? answer_again(change.tx(), token, request)
                                   : add_agent(change, token, request, way.by_file);
        if (!made.ok()) return made.error();
        enrolled.answer = std::move(*made);
        enrolled.answer.hub_time = change.now();
        return {};
    });
    if (!done.ok()) return done.error();
    ZIGE_TRY(envelope,
             trust_.sign(MessageType::enrol_answer, wire::encode(enrolled.answer), enrolled.answer.hub_time));
    enrolled.envelope = std::move(envelope);
    return enrolled;
}

}  // namespace zige::hub
