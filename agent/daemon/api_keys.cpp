#include "agent/daemon/api_keys.h"

#include <algorithm>
#include <array>

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxName = 60;
constexpr std::size_t kMaxKey = 64;

/// 130 bits of chance in 26 characters that nobody misreads.
std::string random_characters(Random& random) {
    constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::array<std::byte, 26> bytes{};
    random.fill(bytes);
    std::string text;
    for (const std::byte b : bytes) text += kDigits[std::to_integer<unsigned>(b) & 31U];
    return text;
}

}  // namespace

std::optional<CallerRole> key_role(std::string_view name) {
    for (const CallerRole role : {CallerRole::his, CallerRole::clerk, CallerRole::viewer})
        if (name == to_string(role)) return role;
    return {};
}

Result<std::unique_ptr<ApiKeys>> ApiKeys::open(std::filesystem::path path, Files& files, const Hasher& hasher,
                                               Random& random) {
    std::unique_ptr<ApiKeys> keys(new ApiKeys(std::move(path), files, hasher, random));
    ZIGE_CHECK(keys->load());
    return keys;
}

Result<void> ApiKeys::load() {
    ZIGE_TRY(exists, files_.exists(path_));
    if (!exists) return {};
    const auto damaged = [this] { return fail(ErrorId::local_keys_damaged, path_.filename().string()); };
    auto bytes = files_.read(path_, kMaxApiKeysFile);
    if (!bytes && bytes.error().id != ErrorId::file_too_large) return std::move(bytes).error();
    readable_ = bytes ? parse(*bytes) : damaged();
    if (!readable_) entries_.clear();
    return {};
}

Result<void> ApiKeys::parse(ByteView file) {
    const auto damaged = [this] { return fail(ErrorId::local_keys_damaged, path_.filename().string()); };
    auto document = parse_json(as_text(file), kMaxApiKeysFile);
    if (!document || document->items() == nullptr) return damaged();
    for (const Json& row : *document->items()) {
        auto name = text_member(row, "name", kMaxName);
        auto role_name = text_member(row, "role", kMaxName);
        auto hash = text_member(row, "hash", 64);
        auto made = integer_member(row, "made", 0, 1LL << 40);
        if (!name || !role_name || !hash || !made || !key_role(*role_name)) return damaged();
        entries_.push_back({{*name, *key_role(*role_name), Instant{std::chrono::seconds{*made}}}, *hash});
    }
    return {};
}

Result<void> ApiKeys::save(const std::vector<Entry>& entries) {
    Json document = Json::array();
    for (const Entry& entry : entries)
        document.push(Json::object({{"name", entry.facts.name},
                                    {"role", to_string(entry.facts.role)},
                                    {"hash", entry.hash},
                                    {"made", entry.facts.made.time_since_epoch().count()}}));
    return files_.write(path_, as_bytes(document.write(1)));
}

Result<std::string> ApiKeys::create(std::string_view name, CallerRole role, Instant now) {
    if (name.empty() || name.size() > kMaxName)
        return fail(ErrorId::api_bad_field, "name", "1 to " + std::to_string(kMaxName) + " bytes");
    if (role == CallerRole::owner) return fail(ErrorId::api_bad_field, "role", "his, clerk or viewer");
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    const auto same_name = [&](const Entry& entry) { return entry.facts.name == name; };
    if (std::ranges::any_of(entries_, same_name)) return fail(ErrorId::local_key_name_taken, "name", std::string(name));
    if (entries_.size() >= kMaxApiKeys) return fail(ErrorId::local_too_many_keys, "name");
    const std::string key = std::string("zk-") + to_string(role) + "-" + random_characters(random_);
    std::vector<Entry> next = entries_;
    next.push_back({{std::string(name), role, now}, hash_of(key)});
    ZIGE_CHECK(save(next));
    entries_ = std::move(next);
    return key;
}

Result<void> ApiKeys::revoke(std::string_view name) {
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    std::vector<Entry> next = entries_;
    if (std::erase_if(next, [&](const Entry& entry) { return entry.facts.name == name; }) == 0)
        return fail(ErrorId::local_key_not_found, "name", std::string(name));
    ZIGE_CHECK(save(next));
    entries_ = std::move(next);
    return {};
}

Result<std::vector<ApiKeys::Facts>> ApiKeys::list() const {
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    std::vector<Facts> facts;
    for (const Entry& entry : entries_) facts.push_back(entry.facts);
    return facts;
}

Result<Caller> ApiKeys::find(std::string_view key) const {
    if (key.empty() || key.size() > kMaxKey) return fail(ErrorId::api_unauthorized);
    const std::string hash = hash_of(key);
    const std::lock_guard lock(mutex_);
    ZIGE_CHECK(readable_);
    for (const Entry& entry : entries_)
        if (entry.hash == hash) return Caller{entry.facts.role, entry.facts.name};
    return fail(ErrorId::api_unauthorized);
}

/// Keys are 130 random bits, so a plain hash is as good as a slow one.
std::string ApiKeys::hash_of(std::string_view key) const {
    return to_hex(hasher_.hash({as_bytes("zige-api-key"), as_bytes(key)}));
}

}  // namespace zige::daemon
