#include "hub/core/slip_list.h"

#include <algorithm>
#include <set>

#include "hub/core/enrolment.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

struct ListRow {
    const char* name;
    std::string text;
    std::string codes;     ///< that are read, with a blank between
    std::string problems;  ///< "line:error", with a blank between
};
const ListRow kLists[] = {
    {"one_a_line", "H1\nH2\nP3", "H1 H2 P3", ""},
    {"csv_with_a_heading", "\xEF\xBB\xBF机构代码,名称\r\nH1,\"医院, 一\"\r\n\"H2\",二\r\n", "H1 H2", ""},
    {"english_heading", "Code;Name\nH1;one\n", "H1", ""},
    {"tabs_blanks_and_remarks", "# 平桥区\n\n  H1 \t一院\n   \nH2，二院\n", "H1 H2", ""},
    {"twice", "H1\nH2\nH1\nH1\n", "H1 H2", "3:usage_bad_argument 4:usage_bad_argument"},
    {"empty_column", "H1\n,平桥区医院\n", "H1", "2:code_bad_character"},
    {"a_name_for_a_code", "H1\n平桥区医院\n", "H1", "2:code_bad_character"},
    {"too_long", "H12345678901234567890\nH1\n", "H1", "1:code_too_long"},
    {"heading_only_at_the_top", "H1\ncode\n机构代码\n", "H1 code", "3:code_bad_character"},
};
TEST_EACH(SlipList, is_read_line_by_line, kLists) {
    const SlipList list = must(read_slip_list(as_bytes(row.text)));
    std::string codes;
    std::string problems;
    for (const SlipLine& line : list.lines) codes += (codes.empty() ? "" : " ") + line.institution;
    for (const SlipProblem& problem : list.problems)
        problems += (problems.empty() ? "" : " ") + std::to_string(problem.line) + ":" + to_string(problem.error.id);
    CPPUNIT_ASSERT_EQUAL(row.codes, codes);
    CPPUNIT_ASSERT_EQUAL(row.problems, problems);
}

struct BadList {
    const char* name;
    std::string text;
    ErrorId error;
};
std::string many(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "H" + std::to_string(i) + "\n";
    return text;
}
const BadList kBadLists[] = {
    {"nothing", "", ErrorId::usage_bad_argument},
    {"only_a_heading", "机构代码\n", ErrorId::usage_bad_argument},
    {"gbk", "H1,\xC6\xBD\xC7\xC5\n", ErrorId::file_bad_encoding},
    {"a_nul", std::string("H1\0\n", 4), ErrorId::file_bad_encoding},
    {"too_many", many(kMaxSlipLines + 1), ErrorId::file_too_large},
    {"too_large", std::string(kMaxSlipListBytes + 1, '#'), ErrorId::file_too_large},
};
TEST_EACH(SlipList, is_refused_whole, kBadLists) {
    const auto list = read_slip_list(as_bytes(row.text));
    CPPUNIT_ASSERT(!list.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, list.error().id);
}

SlipOrder order_for(const std::string& text, OpenSlips open = OpenSlips::refuse) {
    SlipOrder order;
    order.list = must(read_slip_list(as_bytes(text)));
    order.terms = {"10.1.2.3:7443", {}};
    order.open = open;
    return order;
}

IssuedSlips issue(HubFixture& f, const SlipOrder& order) {
    return must(f.hub().enrolment().issue_batch(kOperator, order));
}

std::size_t open_slips(HubFixture& f) {
    const auto tokens = must(f.hub().enrolment().tokens());
    return static_cast<std::size_t>(std::ranges::count_if(
        tokens, [&](const IssuedToken& token) { return token.agent.value == 0 && token.expires > f.clock.wall(); }));
}

const std::string kThree = kHospital + "\n" + kTownship + "\n" + kPharmacy + "\n";

struct County : HubFixture {
    County() {
        add(kHospital);
        add(kTownship);
        add(kPharmacy, InstitutionKind::pharmacy);
    }
};

TEST(SlipBatch, gives_each_institution_a_slip_that_enrols_it) {
    County f;
    const std::uint64_t before = f.log_size();
    std::size_t told = 0;
    SlipOrder order = order_for(kThree);
    order.progress = [&](std::size_t done, std::size_t all) {
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, all);
        told = done;
    };
    const IssuedSlips issued = issue(f, order);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, issued.slips.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, told);
    CPPUNIT_ASSERT_EQUAL(before + 3, f.log_size());
    for (const Slip& slip : issued.slips) {
        TestAgent agent(f);
        CPPUNIT_ASSERT_EQUAL(slip.institution, must(agent.enrol(slip.token)).institution.text);
    }
}

TEST(SlipBatch, issues_nothing_when_a_line_is_wrong) {
    County f;
    const std::uint64_t before = f.log_size();
    const IssuedSlips issued = issue(f, order_for(kHospital + "\nH9\n" + kHospital + "\n,\n" + kTownship + "\n"));
    CPPUNIT_ASSERT(issued.slips.empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, issued.problems.size());
    const std::pair<std::uint32_t, ErrorId> expected[] = {
        {2, ErrorId::institution_not_found}, {3, ErrorId::usage_bad_argument}, {4, ErrorId::code_bad_character}};
    for (std::size_t i = 0; i < 3; ++i) {
        CPPUNIT_ASSERT_EQUAL(expected[i].first, issued.problems[i].line);
        CPPUNIT_ASSERT_EQUAL(expected[i].second, issued.problems[i].error.id);
    }
    CPPUNIT_ASSERT_EQUAL(before, f.log_size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, open_slips(f));
}

TEST(SlipBatch, doubles_no_open_slip_unless_told) {
    County f;
    const IssuedSlips first = issue(f, order_for(kHospital + "\n"));
    const IssuedSlips refused = issue(f, order_for(kThree));
    CPPUNIT_ASSERT(refused.slips.empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, refused.problems.size());
    CPPUNIT_ASSERT(refused.problems[0].error.detail.find(first.slips[0].id) != std::string::npos);

    const IssuedSlips rest = issue(f, order_for(kThree, OpenSlips::skip));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, rest.slips.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rest.skipped.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, open_slips(f));

    const IssuedSlips again = issue(f, order_for(kThree, OpenSlips::withdraw));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, again.slips.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, again.withdrawn.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, open_slips(f));
    TestAgent agent(f);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_token_expired, agent.enrol(first.slips[0].token).error().id);
    must(agent.enrol(again.slips[0].token));
}

TEST(SlipBatch, leaves_out_who_has_an_agent_in_service) {
    County f;
    TestAgent agent(f, kHospital);
    SlipOrder order = order_for(kThree);
    order.only_without_agent = true;
    const IssuedSlips issued = issue(f, order);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, issued.slips.size());
    CPPUNIT_ASSERT_EQUAL(kHospital, issued.skipped.at(0).institution);
    must(f.hub().agents().revoke(kOperator, agent.id, RevocationReason::lost, {}));
    order.open = OpenSlips::skip;
    CPPUNIT_ASSERT_EQUAL(kHospital, issue(f, order).slips.at(0).institution);
}

TEST(SlipBatch, of_500_institutions_is_one_change) {
    HubFixture f;
    std::string list = "机构代码\n";
    for (int i = 0; i < 500; ++i) {
        const std::string code = "H4115" + std::to_string(10000000 + i);
        f.add(code);
        list += code + "\n";
    }
    const IssuedSlips issued = issue(f, order_for(list));
    CPPUNIT_ASSERT_EQUAL(std::size_t{500}, issued.slips.size());
    std::set<std::string> tokens;
    for (const Slip& slip : issued.slips) tokens.insert(slip.token);
    CPPUNIT_ASSERT_EQUAL(std::size_t{500}, tokens.size());
    must(f.hub().verify_log());
}

struct Terms {
    const char* name;
    SlipTerms terms;
};
const Terms kBadTerms[] = {
    {"no_port", {"10.1.2.3", {}}},
    {"over_a_month", {"10.1.2.3:7443", std::chrono::days{31}}},
    {"before_it_begins", {"10.1.2.3:7443", std::chrono::hours{-1}}},
};
TEST_EACH(SlipBatch, needs_terms_that_can_be, kBadTerms) {
    County f;
    SlipOrder order = order_for(kThree);
    order.terms = row.terms;
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, f.hub().enrolment().issue_batch(kOperator, order).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument,
                         f.hub().enrolment().issue_token(kOperator, kHospital, row.terms).error().id);
}

TEST(SlipBatch, is_valid_as_long_as_it_says) {
    County f;
    const Slip slip =
        must(f.hub().enrolment().issue_token(kOperator, kHospital, SlipTerms{"10.1.2.3:7443", std::chrono::days{30}}));
    f.clock.advance(std::chrono::days{29});
    TestAgent agent(f);
    must(agent.enrol(slip.token));
}

}  // namespace
}  // namespace zige::hub::testing
