#include "hub/core/witness.h"

#include <limits>

namespace zige::hub {
namespace {

constexpr std::string_view kFormat = "zige-witness-1";
constexpr std::size_t kMaxWitnessBytes = 1024;

Error unreadable(const std::string& detail) {
    return fail(ErrorId::witness_unreadable, "witness",
                detail + "；移走此文件再执行 zige-hub recover move the file away, then run zige-hub recover");
}

Result<Witness> parse(std::string_view content) {
    ZIGE_TRY(fields, Fields::decode(content));
    if (fields.text("format") != kFormat) return unreadable("format");
    ZIGE_TRY(epoch, fields.number("epoch"));
    ZIGE_TRY(publish, fields.number("publish"));
    ZIGE_TRY(log, fields.number("log"));
    std::int64_t entries = 0;  // what an earlier version wrote has none
    if (!fields.text("entries").empty()) {
        ZIGE_TRY(counted, fields.number("entries"));
        entries = counted;
    }
    const auto tip_bytes = from_hex(fields.text("tip"));
    const auto tip = tip_bytes ? to_hash(*tip_bytes) : std::nullopt;
    if (!tip || epoch < 0 || epoch > std::numeric_limits<std::uint32_t>::max() || publish < 0 || log < 0 || entries < 0)
        return unreadable("a value is out of range");
    return Witness{Epoch{static_cast<std::uint32_t>(epoch)}, static_cast<std::uint64_t>(publish),
                   LogTip{static_cast<std::uint64_t>(log), *tip}, static_cast<std::uint64_t>(entries)};
}

}  // namespace

WitnessFile::WitnessFile(Files& files, const Hasher& hasher, std::filesystem::path path)
    : files_(files), hasher_(hasher), path_(std::move(path)) {}

Result<std::optional<Witness>> WitnessFile::read() const {
    ZIGE_TRY(exists, files_.exists(path_));
    if (!exists) return std::optional<Witness>{};
    ZIGE_TRY(content, files_.read(path_, kMaxWitnessBytes));
    // The last line is the hash of all before it: a damaged file is never taken for an older one.
    const std::string_view text = as_text(content);
    const std::size_t check = text.rfind("hash=");
    if (check == std::string_view::npos) return unreadable("no hash");
    const std::string_view body = text.substr(0, check);
    if (text.substr(check) != "hash=" + to_hex(hasher_.hash({as_bytes(body)})) + "\n") return unreadable("wrong hash");
    auto witness = parse(body);
    if (!witness) return unreadable(witness.error().describe());
    return std::optional<Witness>(*witness);
}

Result<void> WitnessFile::write(const Witness& witness) {
    Fields fields;
    fields.add("format", kFormat)
        .add("epoch", static_cast<std::int64_t>(witness.epoch.value))
        .add("publish", static_cast<std::int64_t>(witness.publish_number))
        .add("log", static_cast<std::int64_t>(witness.log.number))
        .add("tip", to_hex(witness.log.hash))
        .add("entries", static_cast<std::int64_t>(witness.entries));
    std::string text = fields.encode();
    text += "hash=" + to_hex(hasher_.hash({as_bytes(text)})) + "\n";
    return files_.write(path_, as_bytes(text));
}

}  // namespace zige::hub
