#include <cstring>

#include "shared/base/error_words.h"
#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

std::string text_of(std::int32_t group, std::int32_t code, std::uint32_t flags = 0) {
    char text[1024];
    zige_error error;
    const zige_status status = zige_text(text, sizeof text, group, code, flags, &error);
    return status == ZIGE_OK ? text : "error " + std::to_string(status) + " " + error.field;
}

template <class Code>
void each_has_a_sentence(std::int32_t group) {
    for (const Code code : all<Code>())
        for (const Lang lang : {Lang::zh, Lang::en})
            CPPUNIT_ASSERT_EQUAL(std::string(text(code, lang)),
                                 text_of(group, static_cast<std::int32_t>(code), lang == Lang::en ? ZIGE_ENGLISH : 0));
}

}  // namespace

TEST(CapiText, every_code_has_its_sentence_in_both_languages) {
    each_has_a_sentence<Outcome>(ZIGE_TEXT_OUTCOME);
    each_has_a_sentence<Ground>(ZIGE_TEXT_GROUND);
    each_has_a_sentence<Advice>(ZIGE_TEXT_ADVICE);
    each_has_a_sentence<Role>(ZIGE_TEXT_ROLE);
    each_has_a_sentence<Txn>(ZIGE_TEXT_TXN);
    each_has_a_sentence<PersonFound>(ZIGE_TEXT_PERSON);
    each_has_a_sentence<Freshness>(ZIGE_TEXT_FRESHNESS);
    each_has_a_sentence<Mode>(ZIGE_TEXT_MODE);
    each_has_a_sentence<FilingState>(ZIGE_TEXT_FILING_STATE);
    each_has_a_sentence<RevocationReason>(ZIGE_TEXT_REVOCATION);
    CPPUNIT_ASSERT_EQUAL(std::string("不予结算"), text_of(ZIGE_TEXT_OUTCOME, ZIGE_OUTCOME_DENY));
    CPPUNIT_ASSERT_EQUAL(std::string("\xb2\xbb\xd3\xe8\xbd\xe1\xcb\xe3"),
                         text_of(ZIGE_TEXT_OUTCOME, ZIGE_OUTCOME_DENY, ZIGE_GBK));
}

TEST(CapiText, every_error_has_a_sentence_and_what_to_do) {
    for (const ErrorId id : all<ErrorId>()) {
        const auto status = -static_cast<std::int32_t>(id);
        CPPUNIT_ASSERT_EQUAL(std::string(text(id, Lang::zh)), text_of(ZIGE_TEXT_ERROR, status));
        CPPUNIT_ASSERT_EQUAL(std::string(next_step(id, Lang::en)), text_of(ZIGE_TEXT_ERROR_NEXT, status, ZIGE_ENGLISH));
    }
    CPPUNIT_ASSERT(text_of(ZIGE_TEXT_ERROR_NEXT, ZIGE_E_LOCAL_AGENT_AWAY).find("无应答") != std::string::npos);
}

namespace {

struct Row {
    const char* name;
    std::int32_t group;
    std::int32_t code;
    std::uint32_t flags;
    const char* field;
};
const Row kRows[] = {
    {"group", 0, 1, 0, "group"},
    {"group_beyond_the_last", 99, 1, 0, "group"},
    {"code", ZIGE_TEXT_OUTCOME, 99, 0, "code"},
    {"negative_code", ZIGE_TEXT_OUTCOME, INT32_MIN, 0, "code"},
    {"positive_error", ZIGE_TEXT_ERROR, 6003, 0, "code"},
    {"lowest_error", ZIGE_TEXT_ERROR, INT32_MIN, 0, "code"},
    {"flag", ZIGE_TEXT_OUTCOME, 1, 0x40, "flags"},
};

}  // namespace

TEST_EACH(CapiText, refuses_an_unknown, kRows) {
    CPPUNIT_ASSERT_EQUAL("error " + std::to_string(ZIGE_E_API_BAD_FIELD) + " " + row.field,
                         text_of(row.group, row.code, row.flags));
}

TEST(CapiText, a_sentence_that_does_not_fit_is_refused_whole) {
    char text[4] = "old";
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_BAD_FIELD},
                         zige_text(text, sizeof text, ZIGE_TEXT_OUTCOME, ZIGE_OUTCOME_DENY, 0, &error));
    CPPUNIT_ASSERT_EQUAL(std::string(), std::string(text));
}

TEST(CapiText, header_library_and_build_have_one_version) {
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZIGE_VERSION_NUMBER}, zige_version_number());
    int major = 0;
    int minor = 0;
    int patch = 0;
    CPPUNIT_ASSERT_EQUAL(3, std::sscanf(ZIGE_PROJECT_VERSION, "%d.%d.%d", &major, &minor, &patch));
    CPPUNIT_ASSERT_EQUAL(ZIGE_VERSION_NUMBER, major * 1000000 + minor * 1000 + patch);
    CPPUNIT_ASSERT_EQUAL(std::string(ZIGE_PROJECT_VERSION), std::string(zige_version_text()));
}

namespace {

const char* const kZhangQiang = "\xd5\xc5\xc7\xbf";              // 张强
const char* const kCode9 = "\xb9\xa4\xba\xc5\x39";               // 工号9
const char* const kArrest = "\xd0\xc4\xcc\xf8\xd6\xe8\xcd\xa3";  // 心跳骤停

}  // namespace

TEST(CapiText, a_host_that_writes_gbk_reads_gbk) {
    EnrolledFolder folder;
    for (const Way way : {Way::owner, Way::socket}) {
        ServedFolder served(folder, way, ZIGE_GBK);
        zige_error error;
        Asked refused(folder, {kSuspendedCode});
        fine(zige_check(&refused.answer, served.agent, &refused.claim, &error), error);
        CPPUNIT_ASSERT_EQUAL(std::string(kZhangQiang), std::string(refused.decision().people[0].name));
        CPPUNIT_ASSERT_EQUAL(std::string("\xd0\xc5\xd2\xbd\xb1\xa3\xb4\xa6\xa1\xb2"
                                         "2026\xa1\xb3"
                                         "12\xba\xc5"),
                             std::string(refused.decision().grounds[0].document));
        Asked asked(folder, {kCode9});
        asked.line().people[1] = {kSuspendedCode, ZIGE_ROLE_EXECUTING};
        asked.line().emergency_kind = ZIGE_EMERGENCY_RESCUE;
        asked.line().emergency_reason = kArrest;
        asked.line().emergency_declared_by = kZhangQiang;
        fine(zige_clear(&asked.answer, served.agent, &asked.claim, &error), error);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_ALLOW_MARKED}, asked.answer.outcome);
        std::vector<char> room(ZIGE_MIN_ROOM);
        const std::string path = std::string("/v1/decisions/") + asked.decision().reference;
        fine(zige_request(room.data(), room.size(), nullptr, served.agent, "GET", path.c_str(), nullptr, 0, &error),
             error);
        CPPUNIT_ASSERT(std::strstr(room.data(), kArrest) != nullptr);
        asked.line().emergency_reason = "\xd0";  // half a character
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_FILE_BAD_ENCODING},
                             zige_clear(&asked.answer, served.agent, &asked.claim, &error));
        CPPUNIT_ASSERT_EQUAL(std::string("lines[0].emergency_reason"), std::string(error.field));
        CPPUNIT_ASSERT_EQUAL(
            text_of(ZIGE_TEXT_ERROR, error.code, ZIGE_GBK),
            std::string(error.reason).substr(0, text_of(ZIGE_TEXT_ERROR, error.code, ZIGE_GBK).size()));
    }
}

TEST(CapiText, a_filing_in_gbk_is_kept_as_it_was_meant) {
    EnrolledFolder folder;
    ServedFolder served(folder, Way::owner, ZIGE_GBK);
    zige_filing filed;
    ZIGE_INIT(filed);
    zige_error error;
    const std::string json =
        std::string(R"({"kind":"alias","person":"D411502000006","code":"0042","clerk":")") + kZhangQiang + "\"}";
    fine(zige_file(&filed, served.agent, json.data(), json.size(), &error), error);
    zige_agent_close(served.agent.out());
    ServedFolder utf8(folder);
    std::vector<char> room(ZIGE_MIN_ROOM);
    fine(zige_request(room.data(), room.size(), nullptr, utf8.agent, "GET", "/v1/filings", nullptr, 0, &error), error);
    CPPUNIT_ASSERT(std::strstr(room.data(), "张强") != nullptr);
}
