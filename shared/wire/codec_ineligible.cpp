#include <algorithm>
#include <tuple>

#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

auto order_of(const IneligibleEntry& entry) { return std::tie(entry.key, entry.from, entry.status, entry.end); }

void write_entries(Writer& out, const std::vector<IneligibleEntry>& entries) {
    out.array(entries.size());
    for (const IneligibleEntry& entry : entries) write(out, entry);
}

IneligibleEntry read_entry(Reader& in) {
    in.array("ineligible.entry", 4, 4);
    IneligibleEntry entry;
    std::ranges::copy(in.bytes("ineligible.key", entry.key.size(), entry.key.size()), entry.key.begin());
    entry.status = read_code<Standing>(in, "ineligible.status");
    entry.from = read_day(in, "ineligible.from", kDayZero);
    entry.end = read_optional_day(in, "ineligible.end", entry.from);
    return entry;
}

std::vector<IneligibleEntry> read_entries(Reader& in, std::string_view field) {
    const std::size_t count = in.array(field, kMaxIneligible);
    std::vector<IneligibleEntry> entries;
    entries.reserve(count);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        entries.push_back(read_entry(in));
        if (in.ok() && i > 0 && !(order_of(entries[i - 1]) < order_of(entries[i])))  // SYNC-7
            in.fail(ErrorId::wire_bad_order, field, "entries ascend by key, first day, status, end");
    }
    return entries;
}

IneligibleUpdate read_update(Reader& in) {
    in.array("ineligible", 6, 6);
    IneligibleUpdate update;
    update.from = static_cast<std::uint32_t>(in.uint("ineligible.from", UINT32_MAX));
    update.version = static_cast<std::uint32_t>(in.uint("ineligible.version", UINT32_MAX));
    update.salt = read_bytes(in, "ineligible.salt", 32, 16);
    update.digest = read_hash(in, "ineligible.digest");
    update.added = read_entries(in, "ineligible.added");
    update.removed = read_entries(in, "ineligible.removed");
    if (in.ok() && update.from == 0 && !update.removed.empty())
        in.fail(ErrorId::wire_unknown_field, "ineligible.removed", "a whole set removes nothing");
    return update;
}

}  // namespace

void write(Writer& out, const IneligibleEntry& entry) {
    out.array(4).bytes(entry.key);
    write_code(out, entry.status);
    write(out, entry.from, kDayZero);
    write(out, entry.end, entry.from);
}

Bytes encode(const IneligibleUpdate& update) {
    Writer out;
    out.array(6).uint(update.from).uint(update.version).bytes(update.salt);
    write(out, update.digest);
    write_entries(out, update.added);
    write_entries(out, update.removed);
    return out.take();
}

Result<IneligibleUpdate> decode_ineligible_update(ByteView bytes) {
    return decode_whole(bytes, kMaxIneligibleBytes, "ineligible", read_update);
}

}  // namespace zige::wire
