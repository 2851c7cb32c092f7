#include "agent/daemon/pin_book.h"

#include <algorithm>
#include <array>

#include "shared/openssl/crypto.h"
#include "shared/openssl/slow_hash.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMinPin = 6;
constexpr std::size_t kSaltBytes = 16;
constexpr std::int64_t kLastSecond = 1LL << 40;

bool all_steps_are(std::string_view digits, int step) {
    for (std::size_t i = 1; i < digits.size(); ++i)
        if (digits[i] - digits[i - 1] != step) return false;
    return true;
}

Result<std::vector<std::byte>> hex_member(const Json& row, std::string_view key, std::size_t bytes) {
    ZIGE_TRY(text, text_member(row, key, 2 * bytes));
    auto found = from_hex(text);
    if (!found || found->size() != bytes) return fail(ErrorId::api_bad_field, std::string(key));
    return std::move(*found);
}

}  // namespace

Result<void> check_pin(std::string_view pin, std::string_view field) {
    const bool digits = pin.find_first_not_of("0123456789") == std::string_view::npos;
    const bool long_enough = pin.size() >= kMinPin && pin.size() <= kMaxPin;
    if (digits && long_enough && !all_steps_are(pin, 0) && !all_steps_are(pin, 1) && !all_steps_are(pin, -1)) return {};
    return fail(ErrorId::local_pin_weak, std::string(field));
}

std::string random_pin(Random& random) {
    constexpr std::size_t kDigits = 8;
    constexpr unsigned kFair = 250;  // what is above it would make low digits likelier
    std::string pin;
    while (true) {
        std::array<std::byte, kDigits> bytes{};
        random.fill(bytes);
        for (const std::byte each : bytes)
            if (const auto value = std::to_integer<unsigned>(each); value < kFair && pin.size() < kDigits)
                pin += static_cast<char>('0' + value % 10);
        if (pin.size() == kDigits && check_pin(pin, "").ok()) return pin;
        if (pin.size() == kDigits) pin.clear();
    }
}

Result<std::unique_ptr<PinBook>> PinBook::open(std::filesystem::path path, Files& files, Random& random,
                                               const Clock& clock) {
    std::unique_ptr<PinBook> book(new PinBook(std::move(path), files, random, clock));
    ZIGE_CHECK(book->load());
    return book;
}

Result<void> PinBook::load() {
    ZIGE_TRY(exists, files_.exists(path_));
    if (!exists) return {};
    auto bytes = files_.read(path_, kMaxPinFile);
    if (!bytes && bytes.error().id != ErrorId::file_too_large) return std::move(bytes).error();
    readable_ = bytes ? parse(*bytes) : bytes.error();
    if (readable_.ok()) return {};
    readable_ = fail(ErrorId::local_pins_damaged, path_.filename().string());
    entries_.clear();
    return {};
}

Result<void> PinBook::parse(ByteView file) {
    ZIGE_TRY(document, parse_json(as_text(file), kMaxPinFile));
    if (document.items() == nullptr || document.items()->size() > kMaxPins) return fail(ErrorId::api_bad_field, "pins");
    for (const Json& row : *document.items()) {
        ZIGE_TRY(entry, read_entry(row));
        const auto same = [&](const Entry& each) { return each.facts.name == entry.facts.name; };
        if (std::ranges::any_of(entries_, same)) return fail(ErrorId::api_bad_field, "name");
        entries_.push_back(std::move(entry));
    }
    return {};
}

/// Whoever was locked, or close to it, when the program ended waits anew.
Result<PinBook::Entry> PinBook::read_entry(const Json& row) const {
    Entry entry;
    ZIGE_TRY(name, text_member(row, "name", kMaxPinName));
    ZIGE_TRY(salt, hex_member(row, "salt", kSaltBytes));
    ZIGE_TRY(hash, hex_member(row, "hash", kSlowHashBytes));
    ZIGE_TRY(made, integer_member(row, "made", 0, kLastSecond));
    ZIGE_TRY(wrong, integer_member(row, "wrong", 0, kWrongPins));
    ZIGE_TRY(once, flag_member(row, "once", false));
    ZIGE_TRY(until, optional_integer_member(row, "until", 0, kLastSecond));
    if (name.empty()) return fail(ErrorId::api_bad_field, "name");
    entry.facts = {name, Instant{std::chrono::seconds{made}}, false, once, std::nullopt};
    if (until) entry.facts.until = Instant{std::chrono::seconds{*until}};
    entry.salt = std::move(salt);
    entry.hash = std::move(hash);
    entry.wrong = static_cast<int>(wrong);
    if (entry.wrong >= kWrongPins) entry.locked_until = clock_.since_boot() + kPinLock;
    return entry;
}

Result<void> PinBook::save(const std::vector<Entry>& entries) const {
    Json document = Json::array();
    for (const Entry& entry : entries) {
        Json row = Json::object({{"name", entry.facts.name},
                                 {"salt", to_hex(entry.salt)},
                                 {"hash", to_hex(entry.hash)},
                                 {"made", entry.facts.made.time_since_epoch().count()},
                                 {"wrong", entry.wrong}});
        if (entry.facts.once) row.set("once", true);
        if (entry.facts.until) row.set("until", entry.facts.until->time_since_epoch().count());
        document.push(std::move(row));
    }
    return files_.write(path_, as_bytes(document.write()));
}

bool PinBook::is_locked(const Entry& entry) const {
    return entry.locked_until && clock_.since_boot() < *entry.locked_until;
}

/// Under the lock.
Result<void> PinBook::place(Entry entry, bool replace) {
    std::vector<Entry> next = entries_;
    const auto known = std::ranges::find(next, entry.facts.name, [](const Entry& each) { return each.facts.name; });
    if (known != next.end()) {
        if (!replace) return fail(ErrorId::local_clerk_name_taken, "name", entry.facts.name);
        *known = std::move(entry);
    } else {
        if (next.size() >= kMaxPins) return fail(ErrorId::local_too_many_clerks, "name");
        next.push_back(std::move(entry));
    }
    ZIGE_CHECK(save(next));
    entries_ = std::move(next);
    return {};
}

Result<void> PinBook::add(std::string_view name, std::string_view pin, Instant now) {
    return write(name, pin, {std::string(name), now, false, false, std::nullopt}, false);
}

Result<void> PinBook::put(std::string_view name, std::string_view pin, Instant now, Terms terms) {
    return write(name, pin, {std::string(name), now, false, terms.once, terms.until}, true);
}

Result<void> PinBook::write(std::string_view name, std::string_view pin, Facts facts, bool replace) {
    if (name.empty() || name.size() > kMaxPinName)
        return fail(ErrorId::api_bad_field, "name", "1 to " + std::to_string(kMaxPinName) + " bytes");
    ZIGE_CHECK(check_pin(pin, "pin"));
    Entry entry;
    entry.facts = std::move(facts);
    entry.salt.resize(kSaltBytes);
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    random_.fill(entry.salt);
    ZIGE_TRY(hash, slow_hash(pin, entry.salt));
    entry.hash = std::move(hash);
    return place(std::move(entry), replace);
}

Result<void> PinBook::remove(std::string_view name) {
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    std::vector<Entry> next = entries_;
    if (std::erase_if(next, [&](const Entry& each) { return each.facts.name == name; }) == 0)
        return fail(ErrorId::local_clerk_not_found, "name", std::string(name));
    ZIGE_CHECK(save(next));
    entries_ = std::move(next);
    return {};
}

Result<std::vector<PinBook::Facts>> PinBook::list() const {
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    std::vector<Facts> facts;
    for (const Entry& entry : entries_) {
        facts.push_back(entry.facts);
        facts.back().locked = is_locked(entry);
    }
    return facts;
}

Result<bool> PinBook::has(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    return std::ranges::any_of(entries_, [&](const Entry& each) { return each.facts.name == name; });
}

Result<bool> PinBook::empty() const {
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    return entries_.empty();
}

/// The try is counted on disk before it is judged: who cuts the power between the two has used it up.
Result<PinBook::Facts> PinBook::check(std::string_view name, std::string_view pin, Instant running) {
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    const auto at =
        std::ranges::find(entries_, name, [](const Entry& each) { return std::string_view(each.facts.name); });
    if (at == entries_.end()) {
        (void)slow_hash(pin.substr(0, kMaxPin + 1), Bytes(kSaltBytes));  // as slow as for somebody who has a PIN
        return fail(ErrorId::local_pin_wrong);
    }
    Entry& entry = *at;
    if (is_locked(entry)) return fail(ErrorId::local_pin_locked);
    if (entry.facts.until && running > *entry.facts.until) return fail(ErrorId::local_self_refused);
    const int before = entry.wrong;
    entry.wrong = std::min(before + 1, kWrongPins);
    if (entry.wrong != before) ZIGE_CHECK(save(entries_));
    ZIGE_TRY(hash, slow_hash(pin.substr(0, kMaxPin + 1), entry.salt));
    if (!equal_in_constant_time(hash, entry.hash)) {
        if (entry.wrong >= kWrongPins) entry.locked_until = clock_.since_boot() + kPinLock;
        return fail(ErrorId::local_pin_wrong);
    }
    entry.wrong = 0;
    entry.locked_until.reset();
    ZIGE_CHECK(save(entries_));
    return entry.facts;
}

}  // namespace zige::daemon
