#include "hub/core/hub_values.h"

#include "hub/core/statements.h"

namespace zige::hub {
namespace {

const char* name_of(HubValue value) {
    switch (value) {
        case HubValue::epoch: return "epoch";
        case HubValue::publish: return "publish";
        case HubValue::last_person: return "last_person";
        case HubValue::last_agent: return "last_agent";
        case HubValue::last_ineligible: return "last_ineligible";
        case HubValue::ineligible_version: return "ineligible_version";
        case HubValue::ineligible_salt: return "ineligible_salt";
        case HubValue::config: return "config";
        case HubValue::clock: return "clock";
        case HubValue::last_incident: return "last_incident";
        case HubValue::last_paper: return "last_paper";
        case HubValue::recovery_witness: return "recovery_witness";
        case HubValue::entries: return "entries";
        case HubValue::recovery_log: return "recovery_log";
        case HubValue::last_case: return "last_case";
    }
    throw Bug("name of a hub value");
}

}  // namespace

Result<std::uint64_t> get_number(Tx& tx, HubValue value) {
    ZIGE_TRY(row, tx.first(Sql::value_get, {sql(name_of(value))}));
    return row && !row->is_null(0) ? row->unsigned_number(0) : 0;
}

Result<void> set_number(Tx& tx, HubValue value, std::uint64_t number) {
    return tx.exec(Sql::value_set_number, {sql(name_of(value)), sql(number)});
}

Result<std::uint64_t> next_number(Tx& tx, HubValue counter) {
    ZIGE_TRY(last, get_number(tx, counter));
    ZIGE_CHECK(set_number(tx, counter, last + 1));
    return last + 1;
}

Result<std::optional<Bytes>> get_bytes(Tx& tx, HubValue value) {
    ZIGE_TRY(row, tx.first(Sql::value_get, {sql(name_of(value))}));
    if (!row || row->is_null(1)) return std::optional<Bytes>{};
    return std::optional<Bytes>(row->bytes(1));
}

Result<void> set_bytes(Tx& tx, HubValue value, ByteView bytes) {
    return tx.exec(Sql::value_set_content, {sql(name_of(value)), sql(bytes)});
}

}  // namespace zige::hub
