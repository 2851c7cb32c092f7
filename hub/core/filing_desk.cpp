#include "hub/core/filing_desk.h"

#include <limits>

#include "hub/core/institution_data.h"
#include "hub/core/records.h"
#include "hub/core/statements.h"
#include "shared/domain/departure.h"
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
    auto effect = std::visit([this](const auto& body) { return apply(body); }, filing.body);
    wire::FilingResult result;
    result.uuid = filing.uuid;
    result.accepted = effect.ok();
    if (!effect.ok()) {
        if (!is_refusal(effect.error())) return effect.error();
        result.reason = effect.error().id;
        effect = Effect{};
    } else if (effect->shows_in_state) {
        result.in_seq = change_.seq();
    }
    ZIGE_CHECK(store(filing, bytes, result, *effect));
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
    // A departure that was undone before its state was ever published shows in no state.
    ZIGE_TRY(last, last_state(change_.tx(), agent_.institution, std::numeric_limits<std::int64_t>::max()));
    const Seq in_seq{row->unsigned_number(4)};
    if (last && in_seq <= last->state.seq) result.in_seq = in_seq;
    return Answer(result);
}

Result<FilingDesk::Effect> FilingDesk::apply(const wire::DepartureFiling& departure) {
    ZIGE_TRY(row, change_.tx().first(Sql::registration_get, {sql(agent_.institution), sql(departure.no.value)}));
    if (!row) return fail(ErrorId::filing_unknown_person, "no", std::to_string(departure.no.value));
    ZIGE_TRY(known, registration_from(*row));
    const Registration& registration = known.registration;
    ZIGE_CHECK(check_departure(departure.last_day, registration.registered_from, day_of(change_.now()),
                               registration.last_day));
    ZIGE_CHECK(end_registration(departure.no, departure.last_day));  // this site only; other sites stay
    return Effect{departure.no, departure.last_day, true};
}

Result<FilingDesk::Effect> FilingDesk::apply(const wire::UndoFiling& undo) {
    ZIGE_TRY(row, change_.tx().first(Sql::filing_departure, {sql(ByteView(undo.target)), sql(agent_.institution)}));
    if (!row) return fail(ErrorId::filing_not_found, "target", to_hex(undo.target));
    const RecordNo no{row->small(0)};
    ZIGE_CHECK(change_.tx().exec(Sql::filing_withdraw, {sql(ByteView(undo.target))}));
    ZIGE_CHECK(end_registration(no, std::nullopt));
    return Effect{no, std::nullopt, true};
}

Result<FilingDesk::Effect> FilingDesk::apply(const wire::WindowFiling& window) {
    ZIGE_TRY(row,
             change_.tx().first(Sql::filing_departure, {sql(ByteView(window.departure)), sql(agent_.institution)}));
    if (!row) return fail(ErrorId::filing_not_found, "departure", to_hex(window.departure));
    if (window.updated_on > day_of(change_.now()))
        return fail(ErrorId::time_out_of_range, "updated_on", format(window.updated_on) + " lies in the future");
    ZIGE_CHECK(change_.tx().exec(
        Sql::filing_window, {sql(window.updated_on), sql(window.receipt_number), sql(ByteView(window.departure))}));
    return Effect{RecordNo{row->small(0)}, std::nullopt, false};
}

Result<void> FilingDesk::end_registration(RecordNo no, std::optional<Day> last_day) {
    ZIGE_CHECK(change_.tx().exec(Sql::registration_last_day, {sql(last_day), sql(agent_.institution), sql(no.value)}));
    ZIGE_TRY(person, change_.tx().first(Sql::person_of_record, {sql(agent_.institution), sql(no.value)}));
    LogEvent event;
    event.event = last_day ? HubEvent::registration_ended : HubEvent::registration_changed;
    event.institution = agent_.institution;
    event.record = no;
    event.person = PersonId{person->unsigned_number(0)};
    event.body.add("last_day", last_day);
    ZIGE_CHECK(change_.log(std::move(event)));
    change_.touch(agent_.institution);
    return {};
}

Result<void> FilingDesk::store(const wire::Filing& filing, ByteView bytes, const wire::FilingResult& result,
                               const Effect& effect) {
    return change_.tx().exec(
        Sql::filing_put, {sql(ByteView(filing.uuid)), sql(agent_.institution), sql(agent_.id.value),
                          static_cast<std::int64_t>(wire::kind_of(filing.body)), sql(bytes), sql(result.accepted),
                          static_cast<std::int64_t>(result.reason), sql(result.in_seq.value), sql(effect.record.value),
                          sql(effect.last_day), sql(filing.times.trusted), sql(change_.now())});
}

Result<void> FilingDesk::log(const wire::Filing& filing, const wire::FilingResult& result, const Effect& effect) {
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
