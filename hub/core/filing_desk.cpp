#include "hub/core/filing_desk.h"

#include <limits>

#include "hub/core/records.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

/// A refusal that the clerk gets as the answer; anything else stops the sync.
bool is_refusal(const Error& error) {
    return error.code() == Errc::invalid || error.code() == Errc::not_found ||
           error.id == ErrorId::wire_unknown_version;  // a kind of filing that this hub does not process
}

}  // namespace

Result<std::optional<wire::FilingResult>> FilingDesk::take(ByteView bytes) {
    using Answer = std::optional<wire::FilingResult>;
    ZIGE_TRY(filing, wire::decode_filing(bytes));
    ZIGE_TRY(before, answered_before(filing, bytes));
    if (before) return before;
    if (agent_.frozen) return Answer{};
    const FilingWork work{env_, trust_, change_, agent_, filing, cases_};
    auto effect = std::visit([&](const auto& body) { return process(work, body); }, filing.body);
    wire::FilingResult result;
    result.uuid = filing.uuid;
    result.accepted = effect.ok();
    if (!effect.ok()) {
        if (!is_refusal(effect.error())) return effect.error();
        result.reason = effect.error().id;
        effect = FilingEffect{};
    } else {
        result.no = effect->given;
        if (effect->shows_in_state) result.in_seq = change_.seq();
    }
    ZIGE_CHECK(store(filing, bytes, result, *effect));
    if (result.accepted) ZIGE_CHECK(match_filing_codes(trust_, env_.hasher, change_, agent_, filing.uuid, bytes));
    ZIGE_CHECK(log(filing, result, *effect));
    return Answer(result);
}

Result<std::optional<wire::FilingResult>> FilingDesk::answered_before(const wire::Filing& filing, ByteView bytes) {
    using Answer = std::optional<wire::FilingResult>;
    ZIGE_TRY(row, change_.tx().first(Sql::filing_get, {sql(ByteView(filing.uuid))}));
    if (!row) return Answer{};
    wire::FilingResult result;
    result.uuid = filing.uuid;
    if (row->bytes(0) != to_bytes(bytes) || row->text(1) != agent_.institution) {
        result.reason = ErrorId::filing_conflict;
        return Answer(result);
    }
    result.accepted = row->flag(2);
    if (!result.accepted) {
        ZIGE_TRY(reason, enum_from<ErrorId>(*row, 3));
        result.reason = reason;
    }
    result.no = RecordNo{row->small(5)};
    // A departure that was undone before its state was ever published shows in no state.
    ZIGE_TRY(last, last_state(change_.tx(), agent_.institution, std::numeric_limits<std::int64_t>::max()));
    const Seq in_seq{row->unsigned_number(4)};
    if (last && in_seq <= last->state.seq) result.in_seq = in_seq;
    return Answer(result);
}

Result<void> FilingDesk::store(const wire::Filing& filing, ByteView bytes, const wire::FilingResult& result,
                               const FilingEffect& effect) {
    return change_.tx().exec(
        Sql::filing_put, {sql(ByteView(filing.uuid)), sql(agent_.institution), sql(agent_.id.value),
                          static_cast<std::int64_t>(wire::kind_of(filing.body)), sql(bytes), sql(result.accepted),
                          static_cast<std::int64_t>(result.reason), sql(result.in_seq.value), sql(effect.record.value),
                          sql(effect.last_day), sql(filing.times.trusted), sql(change_.now()), sql(result.no.value)});
}

Result<void> FilingDesk::log(const wire::Filing& filing, const wire::FilingResult& result, const FilingEffect& effect) {
    LogEvent event;
    event.event = result.accepted ? HubEvent::filing_accepted : HubEvent::filing_refused;
    event.institution = agent_.institution;
    event.record = effect.record;
    event.body.add("uuid", to_hex(filing.uuid))
        .add("kind", to_string(wire::kind_of(filing.body)))
        .add("clerk", filing.clerk);
    if (!result.accepted) event.body.add("reason", to_string(result.reason));
    event.body.add("claimed", format(filing.times.wall)).add("hub_before", format(filing.times.trusted));
    return change_.log(std::move(event));
}

}  // namespace zige::hub
