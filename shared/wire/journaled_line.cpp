#include "shared/wire/journaled_line.h"

namespace zige::wire {

DecisionEntry journaled(const FeeLine& line) {
    DecisionEntry entry;
    entry.txn = line.txn;
    entry.item = line.item;
    entry.insured = line.insured;
    entry.fee_time = line.fee_time;
    entry.prescribed_at = line.prescribed_at;
    entry.department = line.department;
    entry.med_type = line.med_type;
    entry.amount = line.amount;
    entry.emergency = line.emergency.kind;
    entry.emergency_reason = line.emergency.reason;
    entry.emergency_by = line.emergency.declared_by;
    entry.release_reason = line.release.reason;
    entry.released_by = line.release.released_by;
    entry.order_number = line.order.number;
    entry.order_written = line.order.written_at;
    for (const PersonOnLine& person : line.people)
        entry.people.push_back(
            {person.role, std::string(person.code), PersonFound::not_judged, {}, Outcome::not_judged});
    return entry;
}

FeeLine line_of(const DecisionEntry& entry) {
    FeeLine line;
    line.txn = entry.txn;
    line.item = entry.item;
    line.insured = entry.insured;
    line.fee_time = entry.fee_time;
    line.prescribed_at = entry.prescribed_at;
    line.department = entry.department;
    line.med_type = entry.med_type;
    line.amount = entry.amount;
    line.emergency = {entry.emergency, entry.emergency_reason, entry.emergency_by};
    line.release = {entry.release_reason, entry.released_by};
    line.order = {entry.order_number, entry.order_written};
    for (const JournaledPerson& person : entry.people)
        if (!line.people.full()) line.people.push_back({person.role, person.code});
    return line;
}

}  // namespace zige::wire
