#include "hub/server/operations.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxTypedBytes = 1U << 20;
constexpr std::size_t kMaxTypedRows = 1000;
constexpr std::int64_t kMaxListed = 10'000;

Result<PaperFormat> format_of(const std::string& name) {
    const auto format = paper_format_from(name);
    if (!format) return fail(ErrorId::api_bad_field, "format", "html, pdf or csv");
    return *format;
}

Result<void> read_texts(const Json& object, const std::string& within, PaperData& into, std::size_t& bytes) {
    if (object.members() == nullptr) return fail(ErrorId::api_bad_field, within, "not an object");
    for (const auto& [name, value] : *object.members()) {
        if (value.items() != nullptr && within == "values") continue;
        if (value.text() == nullptr) return fail(ErrorId::api_bad_field, within + "." + name, "not a text");
        bytes += value.text()->size();
        if (bytes > kMaxTypedBytes) return fail(ErrorId::api_too_large, within);
        into.texts.emplace(name, *value.text());
    }
    return {};
}

/// {"facts": "...", "trainings": [{"on": "..."}]}
Result<PaperData> typed_values(const ServiceCall& call) {
    PaperData typed;
    const Json* values = call.arguments.find("values");
    if (values == nullptr) return typed;
    std::size_t bytes = 0;
    ZIGE_CHECK(read_texts(*values, "values", typed, bytes));
    for (const auto& [name, value] : *values->members()) {
        if (value.items() == nullptr) continue;
        if (value.items()->size() > kMaxTypedRows) return fail(ErrorId::api_too_large, name);
        auto& rows = typed.lists[name];
        for (const Json& each : *value.items()) ZIGE_CHECK(read_texts(each, name, rows.emplace_back(), bytes));
    }
    return typed;
}

Json paper_json(const Paper& paper) {
    Json json = to_json(paper.info);
    json.set("signed", paper.with_statement).set("unsigned", paper.why_unsigned).set("content", to_hex(paper.content));
    return json;
}

Result<Json> make(OperationContext& context, const CallArguments& arguments, const ServiceCall& call) {
    ZIGE_TRY(actor, actor_of(arguments));
    PaperOrder order;
    ZIGE_TRY(kind, arguments.code<PaperKind>("kind"));
    ZIGE_TRY(format_name, arguments.text_or("format", "html"));
    ZIGE_TRY(chosen, format_of(format_name));
    ZIGE_TRY(institution, arguments.text_or("institution", ""));
    ZIGE_TRY(person, arguments.text_or("person", ""));
    ZIGE_TRY(document, arguments.text_or("document", ""));
    ZIGE_TRY(period, arguments.maybe_text("period"));
    ZIGE_TRY(typed, typed_values(call));
    order.subject = {kind, std::move(institution), std::move(person), std::move(document), std::nullopt, 0};
    ZIGE_TRY(number, arguments.maybe_ordinal("case"));
    order.subject.case_number = number.value_or(0);
    if (period) {
        ZIGE_TRY(days, parse_period(*period));
        order.subject.period = days;
    }
    order.format = chosen;
    order.typed = std::move(typed);
    if (arguments.has("template")) {
        ZIGE_TRY(text, arguments.long_text("template"));
        order.template_ = std::move(text);
    }
    order.draft = arguments.flag("draft");
    ZIGE_TRY(paper, context.hub.papers().make(actor, order, context.press));
    return paper_json(paper);
}

Result<Json> print(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(number, arguments.ordinal("number"));
    std::optional<PaperFormat> format;
    if (arguments.has("format")) {
        ZIGE_TRY(name, arguments.text("format"));
        ZIGE_TRY(chosen, format_of(name));
        format = chosen;
    }
    ZIGE_TRY(paper, context.hub.papers().again(number, format, context.press));
    return paper_json(paper);
}

Result<Json> list(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(document, arguments.text_or("document", ""));
    ZIGE_TRY(limit, arguments.number_or("limit", 100, 1, kMaxListed));
    ZIGE_TRY(number, arguments.maybe_ordinal("case"));
    for (const char* const other : {"document", "limit"})
        if (number && arguments.has(other)) return fail(ErrorId::api_bad_field, other, "not beside a case");
    ZIGE_TRY(papers, number ? context.hub.papers().of_case(*number)
                            : context.hub.papers().list(document, static_cast<std::uint32_t>(limit)));
    Json all{Json::Array{}};
    for (const PaperInfo& each : papers) all.push(to_json(each));
    return Json::object({{"papers", std::move(all)}});
}

constexpr NamedOperation kOperations[] = {{"paper.make", make}, {"paper.print", print}, {"paper.list", list}};

}  // namespace

Json to_json(const PaperInfo& info) {
    Json json = Json::object({{"number", info.number},
                              {"kind", to_string(info.kind)},
                              {"format", to_string(info.format)},
                              {"document", info.document},
                              {"institution", info.institution},
                              {"hash", to_hex(info.hash)},
                              {"at", format(info.at)},
                              {"operator", info.actor}});
    if (info.case_number != 0) json.set("case", info.case_number);
    if (info.person.value != 0) json.set("person", info.person.value);
    return json;
}

std::span<const NamedOperation> paper_operations() { return kOperations; }

}  // namespace zige::hub
