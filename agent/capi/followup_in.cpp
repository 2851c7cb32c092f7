#include "agent/capi/followup_in.h"

#include <algorithm>

#include "agent/capi/stated_size.h"
#include "shared/base/codes.h"
#include "shared/wire/limits.h"
#include "shared/wire/reference.h"

namespace zige::capi {
namespace {

/// Texts of one struct of the host's, into a body of the local interface.
class Texts {
public:
    Texts(const Charset& charset, const char* name) : charset_(charset), name_(name) {}

    Result<std::string_view> read(const char* text, const char* field, std::size_t max = kMaxText) {
        return charset_.read(text, max, name_ + field, memory_);
    }
    Result<void> set(const char* key, const char* text, const char* field, bool needed = false) {
        ZIGE_TRY(words, read(text, field));
        if (words.empty() && needed) return fail(ErrorId::api_missing_field, name_ + field);
        if (!words.empty()) body.set(key, words);
        return {};
    }

    Json body = Json::object({});

private:
    const Charset& charset_;
    std::string name_;
    std::pmr::monotonic_buffer_resource memory_;
};

daemon::ApiRequest post(std::string path, const Json& body) {
    return {"POST", std::move(path), "", body.write(), {daemon::CallerRole::owner, ""}};
}

}  // namespace

Result<daemon::ApiRequest> evidence_request(const zige_evidence* given, const Charset& charset) {
    ZIGE_TRY(evidence, load(given, "evidence"));
    Texts texts(charset, "evidence.");
    ZIGE_TRY(reference, texts.read(evidence.reference, "reference"));
    if (!wire::read_reference(reference)) return fail(ErrorId::api_bad_field, "evidence.reference", "6 characters");
    const auto kind = from_number<EmergencyKind>(static_cast<std::uint64_t>(std::max(evidence.kind, 0)));
    if (!kind || *kind == EmergencyKind::none)
        return fail(ErrorId::api_bad_field, "evidence.kind", std::to_string(evidence.kind));
    texts.body.set("kind", to_string(*kind));
    ZIGE_CHECK(texts.set("resc_begntime", evidence.begun, "begun", true));
    ZIGE_CHECK(texts.set("resc_endtime", evidence.ended, "ended", true));
    ZIGE_CHECK(texts.set("record_number", evidence.record_number, "record_number"));
    ZIGE_CHECK(texts.set("text", evidence.text, "text"));
    ZIGE_CHECK(texts.set("clerk", evidence.by, "by", true));
    return post("/v1/decisions/" + std::string(reference) + "/evidence", texts.body);
}

void fill(zige_evidence_duty& to, const JsonFields& from) {
    to.late = from.flag("late");
    to.chapter = from.count("chapter");
    to.number = from.large("number");
    to.evidence = from.large("evidence_number");
    from.text("due", to.due);
}

Result<daemon::ApiRequest> reversal_request(const zige_reversal* given, const Charset& charset) {
    ZIGE_TRY(reversal, load(given, "reversal"));
    Texts texts(charset, "reversal.");
    ZIGE_CHECK(texts.set("idempotency_key", reversal.idempotency_key, "idempotency_key"));
    ZIGE_CHECK(texts.set("infno", reversal.transaction, "transaction"));
    ZIGE_CHECK(texts.set("reason", reversal.reason, "reason"));
    ZIGE_CHECK(texts.set("clerk", reversal.by, "by", true));
    if (reversal.reference_count > ZIGE_MAX_LINES)
        return fail(ErrorId::api_bad_field, "reversal.reference_count", std::to_string(reversal.reference_count));
    if (reversal.reference_count > 0) ZIGE_CHECK(check_there(reversal.references, "reversal.references"));
    Json references = Json::array();
    for (std::uint32_t i = 0; i < reversal.reference_count; ++i) {
        const std::string field = "references[" + std::to_string(i) + "]";
        ZIGE_TRY(reference, texts.read(reversal.references[i], field.c_str()));
        if (!wire::read_reference(reference)) return fail(ErrorId::api_bad_field, "reversal." + field, "6 characters");
        references.push(reference);
    }
    if (reversal.reference_count > 0) texts.body.set("references", std::move(references));
    return post("/v1/reverse", texts.body);
}

void fill(zige_reversed& to, const JsonFields& from) {
    const Json* reversed = from.find("reversed");
    to.decisions =
        reversed == nullptr || reversed->items() == nullptr ? 0 : static_cast<std::uint32_t>(reversed->items()->size());
    to.repeated = from.flag("repeated");
    const Json* entries = from.find("entries");
    if (entries == nullptr || entries->items() == nullptr || entries->items()->empty()) return;
    const Charset plain(false);
    const JsonFields first(entries->items()->front(), plain);
    to.chapter = first.count("chapter");
    to.number = first.large("number");
}

}  // namespace zige::capi
