#include "agent/capi/texts.h"

#include "shared/base/error_words.h"
#include "zige/zige.h"

namespace zige::capi {
namespace {

Error no_such_code(std::int32_t code) { return fail(ErrorId::api_bad_field, "code", std::to_string(code)); }

template <class Code>
Result<const char*> of(std::int32_t number, Lang lang) {
    const auto code = number < 0 ? std::optional<Code>{} : from_number<Code>(static_cast<std::uint64_t>(number));
    if (!code) return no_such_code(number);
    return text(*code, lang);
}

Result<ErrorId> error_of(std::int32_t status) {
    const auto id = status >= 0 ? std::optional<ErrorId>{}
                                : from_number<ErrorId>(static_cast<std::uint64_t>(-static_cast<std::int64_t>(status)));
    if (!id) return no_such_code(status);
    return *id;
}

Result<const char*> of_error(std::int32_t status, Lang lang) {
    ZIGE_TRY(id, error_of(status));
    return text(id, lang);
}

Result<const char*> after_error(std::int32_t status, Lang lang) {
    ZIGE_TRY(id, error_of(status));
    return next_step(id, lang);
}

struct Group {
    std::int32_t number;
    Result<const char*> (*text)(std::int32_t code, Lang lang);
};
constexpr Group kGroups[] = {
    {ZIGE_TEXT_OUTCOME, of<Outcome>},
    {ZIGE_TEXT_GROUND, of<Ground>},
    {ZIGE_TEXT_ADVICE, of<Advice>},
    {ZIGE_TEXT_ROLE, of<Role>},
    {ZIGE_TEXT_TXN, of<Txn>},
    {ZIGE_TEXT_PERSON, of<PersonFound>},
    {ZIGE_TEXT_FRESHNESS, of<Freshness>},
    {ZIGE_TEXT_MODE, of<Mode>},
    {ZIGE_TEXT_FILING_STATE, of<FilingState>},
    {ZIGE_TEXT_REVOCATION, of<RevocationReason>},
    {ZIGE_TEXT_ERROR, of_error},
    {ZIGE_TEXT_ERROR_NEXT, after_error},
};

}  // namespace

Result<const char*> sentence(std::int32_t group, std::int32_t code, Lang lang) {
    for (const Group& each : kGroups)
        if (each.number == group) return each.text(code, lang);
    return fail(ErrorId::api_bad_field, "group", std::to_string(group));
}

}  // namespace zige::capi
