#include "hub/core/delta_draft.h"

#include "hub/core/statements.h"
#include "shared/wire/codec.h"

namespace zige::hub {

Result<void> fill_delta(Tx& tx, const std::string& institution, const std::optional<wire::State>& from,
                        const wire::State& to, wire::Delta& delta) {
    const std::uint64_t since = from ? from->seq.value : 0;
    if (!from || from->config_hash != to.config_hash) {
        ZIGE_TRY(row, tx.first(Sql::config_get, {sql(to.config_hash)}));
        if (!row) return fail(ErrorId::store_corrupt, "configs", to_hex(to.config_hash));
        delta.config = row->bytes(0);
    }
    ZIGE_TRY(rows, tx.query(Sql::records_since, {sql(institution), sql(since)}));
    for (const Row& row : rows) {
        ZIGE_TRY(record, wire::decode_record(row.bytes(1)));
        auto* registration = std::get_if<Registration>(&record);
        const bool whole = row.unsigned_number(2) > since;
        if (whole || registration == nullptr) delta.records.push_back(std::move(record));
        else delta.patches.push_back({registration->no, std::move(registration->standing)});
    }
    return {};
}

}  // namespace zige::hub
