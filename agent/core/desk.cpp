#include "agent/core/desk.h"

#include <algorithm>
#include <charconv>

#include "agent/core/desk_book.h"
#include "shared/wire/cbor.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::agent {

Result<void> check_text(std::string_view text, std::size_t limit, std::string_view field) {
    if (text.size() > limit || !wire::is_plain_text(as_bytes(text)))
        return fail(ErrorId::api_bad_field, std::string(field), "text of at most " + std::to_string(limit) + " bytes");
    return {};
}

Day today(const TimeGuard& time) {
    const auto now = time.status();
    return day_of(now.suspect || now.unknown ? std::max(now.running, now.trusted) : now.wall);
}

Desk::Desk(const Parts& parts) : parts_(parts) { overlay_.swap_in(std::make_shared<Overlay>()); }
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(const Parts& parts) {
    auto desk = std::make_unique<Desk>(parts);
    ZIGE_CHECK(desk->refresh());
    return desk;
}

Result<void> Desk::refresh() {
    const std::lock_guard lock(mutex_);
    return reload();
}

Result<void> Desk::reload() {
    ZIGE_TRY(stored, parts_.journal.filings());
    std::vector<Row> rows;
    rows.reserve(stored.size());
    for (auto& each : stored) {
        ZIGE_TRY(filing, wire::decode_filing(each.bytes));
        rows.push_back({std::move(each), std::move(filing)});
    }
    rows_ = std::move(rows);
    rebuild();
    return {};
}

Result<const Registration*> Desk::person(const View& view, const std::string& who) const {
    if (who.starts_with('#')) {
        RecordNo no;
        const auto read = std::from_chars(who.data() + 1, who.data() + who.size(), no.value);
        const Registration* found = nullptr;
        if (read.ec == std::errc{} && read.ptr == who.data() + who.size()) found = view.copy->by_number(no);
        if (found != nullptr) return found;
        return fail(ErrorId::filing_unknown_person, "person", who.substr(0, kMaxCode));
    }
    const auto found = view.copy->find(who, today(parts_.time));
    if (found.registration != nullptr) return found.registration;
    const bool several = found.resolution == Resolution::ambiguous;
    return fail(ErrorId::filing_unknown_person, "person",
                who.substr(0, kMaxCode) + (several ? ": several people" : ""));
}

Result<std::shared_ptr<const View>> Desk::ready() const {
    auto view = parts_.replica.view();
    if (!view) return fail(ErrorId::agent_no_copy);
    if (parts_.journal.status().frozen) return fail(ErrorId::filing_frozen);
    return view;
}

wire::Filing Desk::draft(const std::string& clerk) const {
    wire::Filing filing;
    parts_.random.fill(filing.uuid);
    filing.times = parts_.time.times();
    filing.clerk = clerk;
    return filing;
}

/// An error may still have left the filing on disk: the book is read again in any case.
Result<void> Desk::file(const wire::Filing& filing, FilingState state, std::vector<JournalStore::Filing> changed) {
    const auto row = parts_.journal.record(filing, state, std::move(changed));
    auto read = reload();
    if (!row) return row.error();
    return read;
}

std::size_t Desk::waiting() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return waits(row.stored.state); }));
}

std::size_t Desk::unsent() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(
        rows_.begin(), rows_.end(), [](const Row& row) { return row.stored.state == FilingState::pending; }));
}

Result<std::vector<Bytes>> Desk::take_outgoing(std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::vector<Bytes> out;
    if (parts_.journal.status().frozen) return out;
    std::vector<JournalStore::Filing> sent;
    for (const Row& row : rows_) {
        if (!waits(row.stored.state) || out.size() == limit) continue;
        out.push_back(row.stored.bytes);
        if (row.stored.state == FilingState::sent) continue;
        sent.push_back(row.stored);
        sent.back().state = FilingState::sent;
    }
    if (!sent.empty()) {
        ZIGE_CHECK(parts_.journal.update_filings(sent));  // before it leaves: from now on the hub may know of it
        ZIGE_CHECK(reload());
    }
    return out;
}

std::vector<JournalStore::Filing> Desk::changed_by(std::span<const wire::FilingResult> results) const {
    const std::lock_guard lock(mutex_);
    std::vector<JournalStore::Filing> changed;
    for (const wire::FilingResult& result : results) {
        const auto row =
            std::find_if(rows_.begin(), rows_.end(), [&](const Row& each) { return each.filing.uuid == result.uuid; });
        if (row == rows_.end() || !waits(row->stored.state)) continue;
        changed.push_back(row->stored);
        changed.back().state = result.accepted ? FilingState::accepted : FilingState::refused;
        changed.back().reason = result.accepted ? std::uint16_t{0} : static_cast<std::uint16_t>(result.reason);
        changed.back().in_seq = result.in_seq;
    }
    return changed;
}

}  // namespace zige::agent
