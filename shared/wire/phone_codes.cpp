#include "shared/wire/phone_codes.h"

#include <algorithm>
#include <optional>

#include "shared/wire/cbor.h"

namespace zige::wire {
namespace {

constexpr std::size_t kDayDigits = 2;
constexpr std::size_t kProlongationMac = 8;
constexpr std::size_t kFilingMac = 7;
constexpr std::uint32_t kSerialsOfADigit = 10;
constexpr int kOldCodesLookedAt = 100;  // of one last digit: who types an older one hears that it is wrong
constexpr unsigned kLargestFairByte = 250;

/// H. M. Damm's quasigroup of order 10: it finds each wrong digit and each swap of neighbours.
constexpr std::uint8_t kDamm[10][10] = {{0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
                                        {4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
                                        {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
                                        {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
                                        {9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}};

/// Of a code with its check digit it is 0.
unsigned damm(std::string_view digits) {
    unsigned at = 0;
    for (const char c : digits) at = kDamm[at][static_cast<unsigned>(c - '0')];
    return at;
}

std::string with_check_digit(std::string digits) {
    digits += static_cast<char>('0' + damm(digits));
    return digits;
}

/// The next character if it is one that people put between digits; nothing is removed otherwise.
bool skip_gap(std::string_view& rest) {
    for (const std::string_view gap : {" ", "-", "\t", "\u3000", "\u2013", "\u2014", "\uff0d"})
        if (rest.starts_with(gap)) {
            rest.remove_prefix(gap.size());
            return true;
        }
    return false;
}

std::optional<char> take_digit(std::string_view& rest) {
    constexpr std::string_view kFullWidth = "\uff10";  // its last byte counts up to nine
    char digit = rest[0];
    std::size_t size = 1;
    if (rest.size() >= kFullWidth.size() && rest.starts_with(kFullWidth.substr(0, 2))) {
        digit = static_cast<char>('0' + (rest[2] - kFullWidth[2]));
        size = kFullWidth.size();
    }
    if (digit < '0' || digit > '9') return std::nullopt;
    rest.remove_prefix(size);
    return digit;
}

/// PHONE-1.
Result<std::string> read_digits(std::string_view typed, std::size_t count) {
    std::string digits;
    while (!typed.empty()) {
        if (skip_gap(typed)) continue;
        const auto digit = take_digit(typed);
        if (!digit) return fail(ErrorId::phone_code_misheard, "code", "a code has digits only");
        digits += *digit;
        if (digits.size() > count) break;
    }
    if (digits.size() != count)
        return fail(ErrorId::phone_code_misheard, "code",
                    "a code of this kind has " + std::to_string(count) + " digits");
    if (damm(digits) != 0) return fail(ErrorId::phone_code_misheard, "code", "the check digit does not match");
    return digits;
}

/// The first 8 bytes of the MAC as a number, of which the last `digits` count.
std::string digits_of(const Hash256& mac, std::size_t digits) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8U | std::to_integer<std::uint64_t>(mac[i]);
    std::string text(digits, '0');
    for (std::size_t i = digits; i-- > 0; number /= 10) text[i] = static_cast<char>('0' + number % 10);
    return text;
}

std::string prolongation_mac(const Hash256& key, const Prolongation& granted, const Hasher& hasher) {
    Writer out;
    out.array(3).text("prolong").uint(granted.serial).uint(static_cast<std::uint64_t>(granted.days));
    return digits_of(hasher.mac(key, out.view()), kProlongationMac);
}

std::string two_digits(int number) {
    return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

/// Whether one of the serials that end in the code's digit and are used already made this code.
bool was_used(const Hash256& key, std::string_view mac, Prolongation granted, std::uint32_t used,
              const Hasher& hasher) {
    for (int looked = 0; looked < kOldCodesLookedAt && granted.serial > kSerialsOfADigit; ++looked) {
        granted.serial -= kSerialsOfADigit;
        if (granted.serial <= used && prolongation_mac(key, granted, hasher) == mac) return true;
    }
    return false;
}

}  // namespace

Result<Hash256> phone_key(const PhoneParties& parties, const Unsealer& own, ByteView peer) {
    Writer info;
    info.array(4).text("zige-phone").text(parties.hub_id).uint(parties.agent.value).uint(parties.trust_version);
    ZIGE_TRY(key, own.derive(peer, info.view(), std::tuple_size_v<Hash256>));
    return *to_hash(key);
}

Result<std::string> prolongation_code(const Hash256& key, const Prolongation& granted, const Hasher& hasher) {
    expect(granted.serial > 0, "serials count from 1");
    if (granted.days < 1 || granted.days > kMaxProlongationDays)
        return fail(ErrorId::phone_code_too_long, "days", "1 to 15");
    const char serial = static_cast<char>('0' + granted.serial % kSerialsOfADigit);
    return with_check_digit(two_digits(granted.days) + serial + prolongation_mac(key, granted, hasher));
}

Result<Prolongation> read_prolongation(const Hash256& key, std::string_view typed, std::uint32_t used,
                                       const Hasher& hasher) {
    ZIGE_TRY(digits, read_digits(typed, kProlongationDigits));
    const auto digit = static_cast<std::uint32_t>(digits[kDayDigits] - '0');
    const std::string_view mac = std::string_view(digits).substr(kDayDigits + 1, kProlongationMac);
    // PHONE-4: the one serial among the next ten that ends in this digit.
    const std::uint32_t ahead = 1 + (digit + kMaxSerialsAhead - (used + 1) % kSerialsOfADigit) % kSerialsOfADigit;
    const Prolongation granted{used + ahead, (digits[0] - '0') * 10 + (digits[1] - '0')};
    if (prolongation_mac(key, granted, hasher) != mac) {
        if (was_used(key, mac, granted, used, hasher)) return fail(ErrorId::phone_code_used, "code");
        return fail(ErrorId::phone_code_wrong, "code");
    }
    if (granted.days < 1 || granted.days > kMaxProlongationDays)  // PHONE-5: not even when the hub says so
        return fail(ErrorId::phone_code_too_long, "code", std::to_string(granted.days) + " days");
    return granted;
}

std::string filing_code(const Hash256& key, const Uuid& id, ByteView filing, const Hasher& hasher) {
    Writer out;
    out.array(3).text("filing").bytes(id).bytes(filing);
    return with_check_digit(digits_of(hasher.mac(key, out.view()), kFilingMac));
}

Result<std::string> read_filing_code(std::string_view typed) { return read_digits(typed, kFilingCodeDigits); }

Result<void> check_filing_code(const Hash256& key, std::string_view typed, const Uuid& id, ByteView filing,
                               const Hasher& hasher) {
    ZIGE_TRY(digits, read_filing_code(typed));
    if (digits != filing_code(key, id, filing, hasher)) return fail(ErrorId::phone_code_wrong, "code");
    return {};
}

std::string new_region_code(Random& random) {
    std::string digits;
    while (digits.size() + 1 < kRegionCodeDigits) {
        std::byte byte{};
        random.fill({&byte, 1});
        const auto number = std::to_integer<unsigned>(byte);
        if (number < kLargestFairByte) digits += static_cast<char>('0' + number % 10);
    }
    return with_check_digit(std::move(digits));
}

Hash256 region_code_hash(std::string_view hub_id, std::string_view code, const Hasher& hasher) {
    Writer out;
    out.array(3).text("zige-region").text(hub_id).text(code);
    return hasher.hash({out.view()});
}

Result<void> check_region_code(std::string_view hub_id, std::string_view typed, const Hash256& hash,
                               const Hasher& hasher) {
    ZIGE_TRY(digits, read_digits(typed, kRegionCodeDigits));
    if (region_code_hash(hub_id, digits, hasher) != hash) return fail(ErrorId::phone_code_wrong, "code");
    return {};
}

std::string spoken(std::string_view code) {
    std::string text;
    for (std::size_t at = 0; at < code.size(); at += 4) {
        if (at > 0) text += ' ';
        text += code.substr(at, 4);
    }
    return text;
}

}  // namespace zige::wire
