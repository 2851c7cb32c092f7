#include "hub/server/operations.h"
#include "shared/wire/phone_codes.h"

namespace zige::hub {
namespace {

Result<Json> statement(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(institution, arguments.text("institution"));
    ZIGE_TRY(who, arguments.text("person"));
    ZIGE_TRY(notice, context.hub.notices().issue(actor, institution, who));
    return Json::object({{"institution", institution},
                         {"registration", notice.statement.no.value},
                         {"name", notice.name},
                         {"interval", to_json(notice.statement.interval)},
                         {"basis", notice.statement.basis.value},
                         {"issued", format(notice.statement.hub_time)},
                         {"notice", notice.text}});
}

Result<Json> prolong(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(words, arguments.text("agent"));
    const auto agent = whole_number(words);
    if (!agent || *agent < 1 || *agent > UINT32_MAX) return fail(ErrorId::api_bad_field, "agent", words);
    ZIGE_TRY(days, arguments.number_or("days", 7, 1, 1000));
    ZIGE_TRY(code,
             context.hub.notices().prolong(actor, AgentId{static_cast<std::uint32_t>(*agent)}, static_cast<int>(days)));
    return Json::object(
        {{"agent", code.agent.value}, {"serial", code.serial}, {"days", code.days}, {"code", code.code}});
}

constexpr NamedOperation kOperations[] = {{"statement", statement}, {"phone_code.prolong", prolong}};

}  // namespace

std::span<const NamedOperation> notice_operations() { return kOperations; }

}  // namespace zige::hub
