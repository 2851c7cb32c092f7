#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/core/hub.h"
#include "hub/server/call_arguments.h"
#include "hub/server/service.h"
#include "shared/ports/clock.h"
#include "shared/ports/text_decoder.h"

namespace zige::hub {

/// What operations need beside the hub.
struct OperationContext {
    Hub& hub;
    const Clock& clock;
    const TextDecoder& gb18030;
    std::string slip_address;                                ///< printed on slips that name none
    std::function<void(std::size_t, std::size_t)> progress;  ///< of long work: done, all; may be empty
    const PaperPress& press;

    Day today() const { return day_of(clock.wall()); }
};

/// Runs one operation of the table. api_unknown_path.
Result<Json> run_operation(OperationContext& context, const ServiceCall& call);

/// The operations by area; each reads its arguments, asks the core and tells the outcome as JSON.
using Operation = Result<Json> (*)(OperationContext&, const CallArguments&, const ServiceCall&);
struct NamedOperation {
    std::string_view name;
    Operation run;
};
std::span<const NamedOperation> institution_operations();
std::span<const NamedOperation> people_operations();
std::span<const NamedOperation> sanction_operations();
std::span<const NamedOperation> policy_operations();
std::span<const NamedOperation> audit_operations();
std::span<const NamedOperation> trust_operations();
std::span<const NamedOperation> filing_operations();
std::span<const NamedOperation> agent_operations();
std::span<const NamedOperation> incident_operations();
std::span<const NamedOperation> recovery_operations();
std::span<const NamedOperation> notice_operations();
std::span<const NamedOperation> slip_operations();
std::span<const NamedOperation> paper_operations();
std::span<const NamedOperation> points_operations();
std::span<const NamedOperation> ledger_operations();
std::span<const NamedOperation> case_operations();

/// All of them.
std::vector<std::span<const NamedOperation>> operation_areas();

/// Who does it; every change needs the name.
Result<std::string> actor_of(const CallArguments& arguments);
/// The person that "who", or "identity_number" with "certificate_type", names, as the core takes it.
Result<std::string> person_of(OperationContext& context, const CallArguments& arguments);
/// The same, but a name is not enough: person_ambiguous lists who has it.
Result<std::string> exact_person_of(OperationContext& context, const CallArguments& arguments);
/// Number of an article in the profile in force: from its number or its text; 0: none was named.
Result<std::uint16_t> article_of(OperationContext& context, const CallArguments& arguments);

/// As command lines write it: "sm2-sm3".
std::string suite_name(Suite suite);
std::optional<Suite> suite_from(std::string_view name);

Json to_json(const Published& published);
Json to_json(const StandingInterval& interval);
Json to_json(std::optional<Day> day);
Json to_json(const ReportDeparture& departure);
Json to_json(const PaperInfo& paper);
/// A notice prints the last day of the period; the ledger keeps the first day after it.
std::optional<Day> day_before(std::optional<Day> day);

}  // namespace zige::hub
