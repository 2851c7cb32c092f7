#include "agent/daemon/claim_stream.h"

#include "agent/daemon/print.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::ServiceFixture;

namespace {

constexpr const char* kHead =
    R"({"infno":"2204","claim_id":"B-1","idempotency_key":"K","fee_ocur_time":"2026-09-01 07:50:00"})";
constexpr const char* kLine = R"({"bilg_dr_codg":"D411502000001","det_item_fee_sumamt":"1.00"})";
constexpr const char* kSuspended = R"({"bilg_dr_codg":"D411502000003","det_item_fee_sumamt":"1.00"})";

/// The head and so many lines; each hundredth is of somebody suspended.
std::string stream_of(std::size_t lines, const std::string& head = kHead) {
    std::string text = head + "\n";
    for (std::size_t i = 0; i < lines; ++i) text += std::string(i % 100 == 99 ? kSuspended : kLine) + "\n";
    return text;
}

Result<AnswerLines> start(ServiceFixture& f, std::string body, CallerRole role = CallerRole::his) {
    return f.service->clear_lines({"POST", "/v1/clear", "", std::move(body), {role, "收费处"}});
}

std::vector<Json> lines_in(const std::string& text) {
    std::vector<Json> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        CPPUNIT_ASSERT(end != std::string::npos);
        lines.push_back(parse_json(std::string_view(text).substr(at, end - at), kMaxApiBody).value());
        at = end + 1;
    }
    return lines;
}

std::vector<Json> all_of(ServiceFixture& f, std::string body) {
    const auto answers = start(f, std::move(body));
    CPPUNIT_ASSERT_MESSAGE(answers ? "" : answers.error().describe(), answers.ok());
    std::string text;
    for (std::string piece = (*answers)(); !piece.empty(); piece = (*answers)()) text += piece;
    return lines_in(text);
}

struct Bad {
    const char* name;
    std::string text;
    ErrorId error;
    const char* field;
};
const std::string kWithHead = std::string(kHead) + "\n";
const Bad kBads[] = {
    {"empty", "", ErrorId::local_bad_stream, "body"},
    {"head_alone", kWithHead, ErrorId::local_bad_stream, "body"},
    {"head_no_json", "{\n" + std::string(kLine), ErrorId::api_not_json, ""},
    {"head_no_object", "[]\n" + std::string(kLine), ErrorId::local_bad_stream, "body"},
    {"lines_in_the_head", "{\"feedetail\":[]}\n" + std::string(kLine), ErrorId::local_bad_stream, "feedetail"},
    {"line_no_json", kWithHead + kLine + "\n{", ErrorId::api_not_json, "feedetail[1]"},
    {"line_no_object", kWithHead + kLine + "\n7", ErrorId::api_bad_field, "feedetail[1]"},
    {"line_without_its_person", kWithHead + kLine + "\n{\"det_item_fee_sumamt\":1}", ErrorId::api_missing_field,
     "feedetail[1].bilg_dr_codg"},
    {"line_too_long", kWithHead + std::string(17 << 10, ' '), ErrorId::local_bad_stream, "body"},
    {"too_many_lines", stream_of(kMaxStreamLines + 1), ErrorId::local_bad_stream, "body"},
    {"too_large", std::string(kMaxStreamBytes + 1, '\n'), ErrorId::api_too_large, "body"},
};

}  // namespace

TEST(ClaimStream, ten_thousand_lines_are_decided_in_their_order) {
    ServiceFixture f;
    const auto before = f.journal().status().size;
    const auto lines = all_of(f, stream_of(kMaxStreamLines));
    CPPUNIT_ASSERT_EQUAL(kMaxStreamLines + 1, lines.size());
    std::int64_t last = 0;
    for (std::size_t i = 0; i < kMaxStreamLines; ++i) {
        CPPUNIT_ASSERT_EQUAL(std::to_string(i + 1), words(lines[i], "line_id"));
        CPPUNIT_ASSERT_EQUAL(std::string(i % 100 == 99 ? "deny" : "allow"), words(lines[i], "outcome"));
        const std::int64_t number = *at(lines[i], "number").integer();
        CPPUNIT_ASSERT(number > last);
        last = number;
    }
    const Json& summary = lines.back();
    CPPUNIT_ASSERT(is_true(summary, "done"));
    CPPUNIT_ASSERT_EQUAL(std::string("10000"), words(summary, "lines"));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(summary, "outcome"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{20}, at(summary, "idempotency_keys").items()->size());
    CPPUNIT_ASSERT_EQUAL(before + kMaxStreamLines, f.journal().status().size);
}

TEST(ClaimStream, what_was_cut_off_goes_on_where_it_was_and_nothing_is_decided_twice) {
    ServiceFixture f;
    {
        const auto cut = start(f, stream_of(1200));
        CPPUNIT_ASSERT(cut.ok() && !(*cut)().empty());
    }
    const auto before = f.journal().status().size;
    const auto whole = all_of(f, stream_of(1200));
    CPPUNIT_ASSERT(!is_true(whole.back(), "repeated"));
    CPPUNIT_ASSERT_EQUAL(before + 700, f.journal().status().size);
    const auto again = all_of(f, stream_of(1200));
    CPPUNIT_ASSERT(is_true(again.back(), "repeated"));
    CPPUNIT_ASSERT_EQUAL(before + 700, f.journal().status().size);
    for (std::size_t i = 0; i < 1200; ++i)
        CPPUNIT_ASSERT_EQUAL(words(whole[i], "reference"), words(again[i], "reference"));
}

TEST(ClaimStream, one_malformed_line_refuses_the_whole) {
    ServiceFixture f;
    const auto before = f.journal().status().size;
    const auto refused = start(f, stream_of(700) + "{}\n" + stream_of(700, kLine));
    CPPUNIT_ASSERT_EQUAL(std::string("feedetail[700].det_item_fee_sumamt"), refused.error().field);
    CPPUNIT_ASSERT_EQUAL(before, f.journal().status().size);
}

TEST(ClaimStream, a_number_given_twice_in_different_parts_is_refused) {
    ServiceFixture f;
    const std::string named = R"({"feedetl_sn":"600","bilg_dr_codg":"D411502000001","det_item_fee_sumamt":"1.00"})";
    const auto refused = start(f, std::string(kHead) + "\n" + named + "\n" + stream_of(700, kLine));
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, refused.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("feedetl_sn"), refused.error().field);
}

TEST(ClaimStream, a_short_one_is_the_same_claim_however_it_comes) {
    ServiceFixture f;
    const auto lines = all_of(f, stream_of(1));
    const auto again =
        f.call("POST", "/v1/clear",
               R"({"infno":"2204","claim_id":"B-1","idempotency_key":"K","fee_ocur_time":"2026-09-01 07:50:00",)"
               R"("feedetail":[{"bilg_dr_codg":"D411502000001","det_item_fee_sumamt":"1.00"}]})");
    CPPUNIT_ASSERT(is_true(again.body, "repeated"));
    CPPUNIT_ASSERT_EQUAL(words(lines[0], "reference"), words(at(again.body, "lines").items()->front(), "reference"));
}

TEST(ClaimStream, a_part_that_conflicts_ends_it_with_an_error_and_no_done) {
    ServiceFixture f;
    (void)all_of(f, stream_of(1200));
    std::string other = stream_of(1200);
    other.replace(other.rfind("1.00"), 4, "2.00");
    const auto lines = all_of(f, other);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1001}, lines.size());
    CPPUNIT_ASSERT_EQUAL(std::string("journal_idempotency_conflict"), words(lines.back(), "error.code"));
    CPPUNIT_ASSERT(!is_true(lines.back(), "done"));
    CPPUNIT_ASSERT_EQUAL(std::string("1000"), words(lines.back(), "lines"));
}

TEST(ClaimStream, is_for_callers_who_may_clear_and_four_at_a_time) {
    ServiceFixture f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_forbidden, start(f, stream_of(1), CallerRole::viewer).error().id);
    std::vector<AnswerLines> open;
    for (int i = 0; i < 4; ++i) open.push_back(start(f, stream_of(1)).value());
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_overloaded, start(f, stream_of(1)).error().id);
    open.pop_back();
    CPPUNIT_ASSERT(start(f, stream_of(1)).ok());
}

TEST_EACH(ClaimStream, refuses_at_once, kBads) {
    ServiceFixture f;
    const auto before = f.journal().status().size;
    const auto refused = start(f, row.text);
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, refused.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), refused.error().field);
    CPPUNIT_ASSERT_EQUAL(before, f.journal().status().size);
}
