#include "shared/wire/phone_codes.h"

#include <algorithm>
#include <stdexcept>

#include "tests/support/fixed_keys.h"
#include "tests/vectors/fields.h"
#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;

constexpr std::byte kAgentSealing{0x43};
constexpr std::byte kHubSealing{0x41};
const Bytes kFilingBytes = from_hex("8450d2d2d2d2").value();

struct Maker {
    explicit Maker(Suite of) : suite(of), hasher(make_hasher(of)) {
        const auto own = zige::testing::fixed_unsealer(kHubSealing, suite);
        const auto peer = zige::testing::fixed_unsealer(kAgentSealing, suite)->public_key();
        key = phone_key({kHub, AgentId{7}, 3}, *own, peer).value();
    }
    Fields row(const std::string& name, const char* kind, const std::string& code) const {
        return {{"name", "phone-" + name + (suite == Suite::sm2_sm3 ? "-sm2" : "")},
                {"kind", kind},
                {"suite", to_string(suite)},
                {"hub", std::string(kHub)},
                {"agent", "7"},
                {"trust_version", "3"},
                {"hub_sealing_key", to_hex(Bytes(32, kHubSealing))},
                {"agent_sealing_key", to_hex(Bytes(32, kAgentSealing))},
                {"key", to_hex(key)},
                {"code", code}};
    }
    Fields prolongation(const std::string& name, const std::string& code, const char* used) const {
        Fields fields = row(name, "prolongation", code);
        fields["used"] = used;
        return fields;
    }
    Fields filing(const std::string& name, const std::string& code) const {
        Fields fields = row(name, "filing", code);
        fields["uuid"] = to_hex(uuid(0xd1));
        fields["filing"] = to_hex(kFilingBytes);
        return fields;
    }
    Fields region(const std::string& name, const std::string& code, const std::string& of) const {
        Fields fields = row(name, "region", code);
        fields["hash"] = to_hex(region_code_hash(kHub, of, *hasher));
        return fields;
    }
    std::string code(std::uint32_t serial, int days) const {
        return prolongation_code(key, {serial, days}, *hasher).value();
    }
    Suite suite;
    std::unique_ptr<Hasher> hasher;
    Hash256 key;
};

Fields good(Fields row, const std::string& found) {
    row["found"] = found;
    return row;
}
Fields bad(Fields row, ErrorId error) {
    row["error"] = to_string(error);
    return row;
}

/// 23 digits of the sample, then their check digit, found by trying.
std::string region_code() {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    for (char last = '0'; last <= '9'; ++last) {
        const std::string code = std::string("31415926535897932384626") + last;
        if (check_region_code(kHub, code, region_code_hash(kHub, code, *hasher), *hasher).ok()) return code;
    }
    throw Bug("no digit checks");
}

void add(std::vector<Fields>& rows, const Maker& make) {
    const std::string first = make.code(1, 15);
    rows.push_back(good(make.prolongation("prolongation", first, "0"), "1 15"));
    rows.push_back(good(make.prolongation("prolongation-spoken", spoken(make.code(42, 7)), "32"), "42 7"));
    rows.push_back(bad(make.prolongation("prolongation-used", first, "1"), ErrorId::phone_code_used));
    rows.push_back(
        bad(make.prolongation("prolongation-too-far-ahead", make.code(12, 7), "1"), ErrorId::phone_code_wrong));
    std::string misheard = first;
    misheard[5] = misheard[5] == '9' ? '6' : '9';
    rows.push_back(bad(make.prolongation("prolongation-misheard", misheard, "0"), ErrorId::phone_code_misheard));
    rows.push_back(bad(make.prolongation("prolongation-cut", first.substr(0, 11), "0"), ErrorId::phone_code_misheard));
    rows.push_back(bad(make.prolongation("prolongation-guessed", "070000000006", "0"), ErrorId::phone_code_wrong));
    const std::string filed = filing_code(make.key, uuid(0xd1), kFilingBytes, *make.hasher);
    rows.push_back(good(make.filing("filing", filed), "ok"));
    const std::string other = filing_code(make.key, uuid(0xd2), kFilingBytes, *make.hasher);
    rows.push_back(bad(make.filing("filing-of-another", other), ErrorId::phone_code_wrong));
    const std::string region = region_code();
    rows.push_back(good(make.region("region", region, region), "ok"));
    rows.push_back(bad(make.region("region-of-another", region, std::string(24, '0')), ErrorId::phone_code_wrong));
}

std::string result_of(const Result<void>& result) { return result.ok() ? "ok" : to_string(result.error().id); }

std::unique_ptr<Unsealer> sealing_key(const Fields& row, Suite suite, const char* field) {
    const char* head = suite == Suite::sm2_sm3 ? zige::testing::kSm2Head : zige::testing::kX25519Head;
    return make_unsealer(suite, zige::testing::pem_of_private(head, bytes_of(row, field))).value();
}

}  // namespace

std::vector<Fields> make_phone_codes() {
    std::vector<Fields> rows;
    add(rows, Maker(Suite::ed25519_sha256));
    add(rows, Maker(Suite::sm2_sm3));
    return rows;
}

std::string found_in_phone_code(const Fields& row) {
    const Suite suite = from_name<Suite>(row.at("suite")).value();
    const auto hasher = make_hasher(suite);
    const auto hub = sealing_key(row, suite, "hub_sealing_key");
    const auto agent = sealing_key(row, suite, "agent_sealing_key");
    const PhoneParties parties{row.at("hub"), AgentId{static_cast<std::uint32_t>(std::stoul(row.at("agent")))},
                               static_cast<std::uint32_t>(std::stoul(row.at("trust_version")))};
    const Hash256 key = phone_key(parties, *agent, hub->public_key()).value();
    expect(key == phone_key(parties, *hub, agent->public_key()).value(), "both sides derive one key");
    if (to_hex(key) != row.at("key")) return "another key";
    const std::string& code = row.at("code");
    if (row.at("kind") == "region")
        return result_of(check_region_code(row.at("hub"), code, to_hash(bytes_of(row, "hash")).value(), *hasher));
    if (row.at("kind") == "filing") {
        Uuid id{};
        std::ranges::copy(bytes_of(row, "uuid"), id.begin());
        return result_of(check_filing_code(key, code, id, bytes_of(row, "filing"), *hasher));
    }
    const auto used = static_cast<std::uint32_t>(std::stoul(row.at("used")));
    const auto granted = read_prolongation(key, code, used, *hasher);
    if (!granted.ok()) return to_string(granted.error().id);
    return std::to_string(granted->serial) + " " + std::to_string(granted->days);
}

}  // namespace zige::vectors
