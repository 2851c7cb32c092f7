#include "hub/server/operations.h"
#include "shared/openssl/sealing.h"

namespace zige::hub {
namespace {

Json slip_json(const OperationContext& context, const Slip& slip) {
    return Json::object({{"id", slip.id},
                         {"institution", slip.institution},
                         {"institution_name", slip.institution_name},
                         {"hub", slip.hub_address},
                         {"token", slip.token},
                         {"fingerprint", slip.fingerprint},
                         {"suite", suite_name(context.hub.trust().document().suite)},
                         {"expires", format(slip.expires)},
                         {"replaces", slip.replaces.value == 0 ? Json() : Json(slip.replaces.value)},
                         {"line", slip.line()}});
}

Result<SlipTerms> terms_of(const OperationContext& context, const CallArguments& arguments) {
    ZIGE_TRY(address, arguments.text_or("address", context.slip_address));
    if (address.empty()) return fail(ErrorId::api_missing_field, "address", "host:port that the agent dials");
    ZIGE_TRY(days, arguments.number_or("days", 0, 1, kMaxTokenValidity.count()));
    ZIGE_TRY(replaces, arguments.number_or("replaces", 0, 1, UINT32_MAX));
    return SlipTerms{std::move(address), std::chrono::days{days}, AgentId{static_cast<std::uint32_t>(replaces)}};
}

Result<Json> new_token(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(terms, terms_of(context, arguments));
    ZIGE_TRY(slip, context.hub.enrolment().issue_token(actor, code, terms));
    if (!arguments.flag("with_file")) return slip_json(context, slip);
    ZIGE_TRY(file, context.hub.file_enrolment().slip_file(slip));  // its fingerprint may be another one
    Json json = slip_json(context, slip);
    json.set("file", to_hex(file));
    return json;
}

/// A request that came on a stick.
Result<Json> enroll(OperationContext& context, const CallArguments& arguments, const ServiceCall& call) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(institution, arguments.text_or("institution", ""));
    const auto sealer = make_sealer(context.hub.trust().document().suite);
    ZIGE_TRY(reply, context.hub.file_enrolment().answer(actor, institution, call.attachment, *sealer));
    ZIGE_TRY(info, context.hub.registry().institution(reply.institution));
    return Json::object({{"agent", reply.agent.value},
                         {"institution", reply.institution},
                         {"institution_name", info.spec.name},
                         {"again", reply.again},
                         {"reply", to_hex(reply.sealed)}});
}

Json token_json(const IssuedToken& token, Instant now) {
    const char* state = token.agent.value != 0 ? "used" : token.expires <= now ? "void" : "open";
    return Json::object({{"id", token.id},
                         {"institution", token.institution},
                         {"issued", format(token.issued)},
                         {"expires", format(token.expires)},
                         {"state", state},
                         {"agent", token.agent.value},
                         {"replaces", token.replaces.value == 0 ? Json() : Json(token.replaces.value)}});
}

Json problems_json(const std::vector<SlipProblem>& problems) {
    Json list{Json::Array{}};
    for (const SlipProblem& problem : problems)
        list.push(Json::object({{"line", problem.line},
                                {"institution", problem.institution},
                                {"error", to_string(problem.error.id)},
                                {"number", static_cast<std::int64_t>(problem.error.id)},
                                {"reason_zh", text(problem.error.id, Lang::zh)},
                                {"reason_en", text(problem.error.id, Lang::en)},
                                {"detail", problem.error.detail}}));
    return list;
}

Result<OpenSlips> open_slips(const CallArguments& arguments) {
    ZIGE_TRY(named, arguments.text_or("open", "refuse"));
    if (named == "refuse") return OpenSlips::refuse;
    if (named == "withdraw") return OpenSlips::withdraw;
    if (named == "skip") return OpenSlips::skip;
    return fail(ErrorId::api_bad_field, "open", "refuse, withdraw or skip");
}

Result<Json> batch(OperationContext& context, const CallArguments& arguments, const ServiceCall& call) {
    ZIGE_TRY(actor, actor_of(arguments));
    SlipOrder order;
    ZIGE_TRY(open, open_slips(arguments));
    order.open = open;
    order.only_without_agent = arguments.flag("only_without_agent");
    order.progress = context.progress;
    ZIGE_TRY(list, read_slip_list(call.attachment));
    order.list = std::move(list);
    ZIGE_TRY(terms, terms_of(context, arguments));
    order.terms = std::move(terms);
    const std::size_t lines = order.list.lines.size() + order.list.problems.size();
    ZIGE_TRY(issued, context.hub.enrolment().issue_batch(actor, order));
    Json slips{Json::Array{}};
    for (const Slip& slip : issued.slips) slips.push(slip_json(context, slip));
    Json withdrawn{Json::Array{}};
    for (const IssuedToken& token : issued.withdrawn) withdrawn.push(token_json(token, token.expires));
    return Json::object({{"lines", lines},
                         {"issued", issued.slips.size()},
                         {"slips", std::move(slips)},
                         {"problems", problems_json(issued.problems)},
                         {"skipped", problems_json(issued.skipped)},
                         {"withdrawn", std::move(withdrawn)}});
}

Result<Json> list_tokens(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(all, context.hub.enrolment().tokens());
    Json tokens{Json::Array{}};
    for (const IssuedToken& token : all) tokens.push(token_json(token, context.clock.wall()));
    return Json::object({{"tokens", std::move(tokens)}});
}

Result<Json> withdraw_token(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(id, arguments.text("id"));
    ZIGE_TRY(token, context.hub.enrolment().withdraw_token(actor, id));
    return token_json(token, token.expires);
}

constexpr NamedOperation kOperations[] = {{"agent.enroll", enroll},
                                          {"token.new", new_token},
                                          {"token.batch", batch},
                                          {"token.list", list_tokens},
                                          {"token.withdraw", withdraw_token}};

}  // namespace

std::span<const NamedOperation> slip_operations() { return kOperations; }

}  // namespace zige::hub
