#include "hub/core/linked_sanctions.h"

#include "tests/support/testing.h"
#include "tests/unit/hub/scoring_scene.h"

namespace zige::hub::testing {
namespace {

const std::string kStop = "信医保协〔2026〕3号";

Stop stop_of(StopKind kind) {
    Stop stop;
    stop.kind = kind;
    stop.document = kStop;
    stop.from = day("2026-05-10");
    if (kind == StopKind::department_suspended) stop.department = "A03";
    return stop;
}

CauseOrder responsible(SanctionCause cause) {
    CauseOrder order;
    order.who = {ScoringScene::kWho};
    order.cause = cause;
    order.institution = kHospital;
    order.document = kStop;
    return order;
}

struct StopRow {
    const char* name;
    StopKind kind;
    SanctionCause cause;
    Standing status;
    const char* tags;
};
const StopRow kStops[] = {
    {"a_suspended_agreement_suspends", StopKind::agreement_suspended, SanctionCause::agreement, Standing::suspended,
     "XY-39"},
    {"an_ended_agreement_terminates", StopKind::agreement_terminated, SanctionCause::agreement, Standing::terminated,
     "XY-39"},
    {"a_stopped_department_suspends", StopKind::department_suspended, SanctionCause::department, Standing::suspended,
     "XY-39"},
};
TEST_EACH(LinkedSanctions, of_the_responsible_only, kStops) {
    ScoringScene s;
    must(s.hub().registry().add_department(kOperator, kHospital, "A03", "内科"));
    must(s.hub().registry().stop(kOperator, kHospital, stop_of(row.kind)));
    const LinkedResult result = must(s.hub().linked_sanctions().start(kOperator, responsible(row.cause)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.published.institutions.size());
    CPPUNIT_ASSERT(s.standing().at(0).status == row.status);
    CPPUNIT_ASSERT(s.standing().at(0).from == day("2026-05-10"));
    CPPUNIT_ASSERT(s.standing(ScoringScene::kOther).empty());  // 不负有责任的，状态仍为正常
    CPPUNIT_ASSERT(s.career().sanction(kStop)->cause == row.cause);
    CPPUNIT_ASSERT_EQUAL(0U, s.career().points_of(2026));
    must(s.hub().linked_sanctions().end(kOperator, {ScoringScene::kWho}, kStop, day("2026-05-20"), "协议恢复"));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-05-20"));
}

struct CauseRow {
    const char* name;
    SanctionCause cause;
    const char* article;
    const char* tags;
};
const CauseRow kCauses[] = {
    {"a_lost_licence", SanctionCause::licence_lost, "信医保〔2025〕1号 第十七条", "XY-17"},
    {"suspended_practice", SanctionCause::practice_suspended, "信医保〔2025〕1号 第三十九条", "XY-39"},
};
TEST_EACH(LinkedSanctions, name_the_article_in_the_ledger_of, kCauses) {
    Rules rules = xinyang_rules();
    rules.causes = {{row.cause, {ValueSource::article, std::string(row.article) + "：终止"}}};
    ScoringScene s({rules});
    CauseOrder order = responsible(row.cause);
    order.from = day("2026-05-10");
    must(s.hub().linked_sanctions().start(kOperator, order));
    CPPUNIT_ASSERT_EQUAL(std::string(row.article), must(s.hub().ledger().show(ScoringScene::kWho)).articles.at(0));
}

TAGS(LinkedSanctions, are_of_people_of_the_institution, "XY-9 XY-39");
TEST(LinkedSanctions, are_of_people_of_the_institution) {
    ScoringScene s;
    must(s.hub().registry().stop(kOperator, kTownship, stop_of(StopKind::agreement_suspended)));
    CauseOrder order = responsible(SanctionCause::agreement);
    order.institution = kTownship;
    order.who = {ScoringScene::kOther};  // works at the hospital only
    const std::uint64_t before = s.log_size();
    const Error refused = s.hub().linked_sanctions().start(kOperator, order).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_not_registered_there, refused.id);
    CPPUNIT_ASSERT(refused.detail.find(kHospital) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
    order.who = {ScoringScene::kWho};
    must(s.hub().linked_sanctions().start(kOperator, order));
}

TEST(LinkedSanctions, do_not_begin_before_the_rules_did) {
    ScoringScene s;
    CauseOrder order = responsible(SanctionCause::licence_lost);
    order.from = day("2024-12-31");
    const Error refused = s.hub().linked_sanctions().start(kOperator, order).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, refused.id);
    CPPUNIT_ASSERT_EQUAL(std::string("from"), refused.field);
    order.from = day("2025-01-01");
    must(s.hub().linked_sanctions().start(kOperator, order));
}

TEST(LinkedSanctions, need_a_stop_that_is_there) {
    ScoringScene s;
    must(s.hub().registry().stop(kOperator, kHospital, stop_of(StopKind::agreement_suspended)));
    CauseOrder order = responsible(SanctionCause::department);
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_not_found, s.hub().linked_sanctions().start(kOperator, order).error().id);
    order.cause = SanctionCause::points;
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, s.hub().linked_sanctions().start(kOperator, order).error().id);
    order.cause = SanctionCause::agreement;
    must(s.hub().linked_sanctions().start(kOperator, order));
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_overlaps, s.hub().linked_sanctions().start(kOperator, order).error().id);
}

struct LicenceRow {
    const char* name;
    SanctionCause cause;
    Standing status;
    const char* tags;
};
const LicenceRow kLicences[] = {
    {"lost_terminates", SanctionCause::licence_lost, Standing::terminated, "XY-17"},
    {"suspended_suspends", SanctionCause::practice_suspended, Standing::suspended, "XY-17 XY-38"},
    {"a_failed_test_ends_the_persons_agreement", SanctionCause::assessment_failed, Standing::terminated, "JN-3-3"},
};
/// 济宁 三（三）.
CauseRule failed_test() {
    return {SanctionCause::assessment_failed, {ValueSource::article, "济宁通知 三（三）：测试未合格的，1年内不再签订"}};
}

TEST_EACH(LinkedSanctions, of_a_licence, kLicences) {
    Rules rules = xinyang_rules();
    rules.causes = {failed_test()};
    ScoringScene s({rules});
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 10)));
    CauseOrder order = responsible(row.cause);
    order.document = "卫健吊〔2026〕1号";
    order.institution.clear();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, s.hub().linked_sanctions().start(kOperator, order).error().id);
    order.from = day("2026-05-15");
    must(s.hub().linked_sanctions().start(kOperator, order));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, s.standing().size());  // beside the points, which stay
    CPPUNIT_ASSERT(s.standing().at(1).status == row.status);
    const bool year = row.cause == SanctionCause::assessment_failed;  // 1年内不再与其签订服务协议
    CPPUNIT_ASSERT(s.career().sanction(order.document)->barred_until ==
                   (year ? std::optional(day("2027-05-15")) : std::nullopt));
    CPPUNIT_ASSERT_EQUAL(10U, s.career().points_of(2026));
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "撤销"}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, s.standing().size());
}

TAGS(LinkedSanctions, a_termination_that_is_over_with_its_cause_needs_a_new_registration, "XY-17 XY-35");
TEST(LinkedSanctions, a_termination_that_is_over_with_its_cause_needs_a_new_registration) {
    ScoringScene s;
    CauseOrder order = responsible(SanctionCause::licence_lost);
    order.institution.clear();
    order.from = day("2026-05-15");
    must(s.hub().linked_sanctions().start(kOperator, order));
    must(s.hub().linked_sanctions().end(kOperator, order.who, kStop, day("2026-05-25"), "执业证书恢复"));
    for (const PersonInfo::Site& site : s.person(ScoringScene::kWho).sites)
        CPPUNIT_ASSERT(site.registration.last_day == day("2026-05-24"));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(LinkedSanctions, a_year_without_agreement_is_not_lifted_after_a_month, "JN-3-3");
TEST(LinkedSanctions, a_year_without_agreement_is_not_lifted_after_a_month) {
    Rules rules = xinyang_rules();
    rules.causes = {failed_test()};
    ScoringScene s({rules});
    CauseOrder order = responsible(SanctionCause::assessment_failed);
    order.institution.clear();
    order.from = day("2026-04-15");
    must(s.hub().linked_sanctions().start(kOperator, order));
    const auto over = [&](std::string_view on) {
        return s.hub().linked_sanctions().end(kOperator, order.who, kStop, day(on), "测试合格");
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_barred, over("2026-05-15").error().id);
    must(over("2026-04-15"));  // recorded by mistake: it never was
    CPPUNIT_ASSERT(s.standing().empty());
}

RosterRow newcomer(const std::string& code, const std::string& name, const std::string& number) {
    RosterRow one = row(code, name, number);
    one.contract_from = day("2026-05-20");
    return one;
}

TAGS(Import, refuses_who_comes_during_a_suspension, "XY-45");
TEST(Import, refuses_who_comes_during_a_suspension) {
    ScoringScene s;
    s.add(kPharmacy);
    must(s.scoring().decide(kOperator, matter("A", "2026-05-01", 10)));
    RosterRow there = newcomer(ScoringScene::kWho, "张伟", "110105194912310021");
    ImportReport report = s.import(kPharmacy, {there});
    CPPUNIT_ASSERT_EQUAL(0U, report.added);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_barred, report.problems.at(0).error.id);
    there.contract_from = day("2026-04-01");  // worked there before: keeps the standing there too
    report = s.import(kPharmacy, {there});
    CPPUNIT_ASSERT_EQUAL(1U, report.added);
    CPPUNIT_ASSERT_EQUAL(1U, report.not_eligible_now);
}

struct MergeScene : ScoringScene {
    MergeScene() {
        add(kPharmacy);
        import(kPharmacy, {row("N411500000077", "张伟", "E12345678")});
    }
    static MatterOrder at_the_pharmacy(const std::string& document, std::string_view day, unsigned points) {
        MatterOrder order = matter(document, day, points, true, "N411500000077");
        order.institution = kPharmacy;
        return order;
    }
    MergeOrder order() { return {"N411500000077", kWho, "护照与身份证为同一人"}; }
};

TAGS(Merge, counts_the_events_of_both_and_moves_codes_and_registrations, "XY-12 XY-20");
TEST(Merge, counts_the_events_of_both_and_moves_codes_and_registrations) {
    MergeScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 6)));
    must(s.scoring().decide(kOperator, s.at_the_pharmacy("B", "2026-05-01", 10)));
    const PersonId old = s.person("N411500000077").id;
    const MergeResult result = must(s.hub().linked_sanctions().merge(kOperator, s.order()));
    CPPUNIT_ASSERT_EQUAL(16U, result.points.at(2026));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, result.institutions.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.published.institutions.size());  // the third has it already
    CPPUNIT_ASSERT_EQUAL(16U, s.career().points_of(2026));
    CPPUNIT_ASSERT(s.person("N411500000077").id == s.person(ScoringScene::kWho).id);
    CPPUNIT_ASSERT(s.person("#" + std::to_string(old.value)).id == result.kept);
    for (const PersonInfo::Site& site : s.person(ScoringScene::kWho).sites)
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, site.registration.standing.size());  // everywhere
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "B", "撤销"}));
    CPPUNIT_ASSERT(s.standing().empty());
}

TEST(Merge, refuses_a_file_that_would_contradict_itself) {
    MergeScene s;
    CPPUNIT_ASSERT_EQUAL(
        ErrorId::case_bad_field,
        s.hub().linked_sanctions().merge(kOperator, {ScoringScene::kWho, ScoringScene::kWho, "x"}).error().id);
    CPPUNIT_ASSERT_EQUAL(
        ErrorId::case_bad_field,
        s.hub().linked_sanctions().merge(kOperator, {ScoringScene::kOther, ScoringScene::kWho, "x"}).error().id);
    MatterOrder both = s.at_the_pharmacy("A", "2026-03-01", 6);
    both.people.push_back(matter("A", "2026-03-01", 6).people[0]);
    both.unregistered_reason = "两份档案";
    must(s.scoring().decide(kOperator, both));
    const std::uint64_t before = s.log_size();
    CPPUNIT_ASSERT_EQUAL(ErrorId::ledger_bad_chain, s.hub().linked_sanctions().merge(kOperator, s.order()).error().id);
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
}

TEST(Ledger, shows_a_career_with_both_readings_and_the_article_of_each_interval) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 6)));
    MatterOrder other = matter("B", "2026-05-01", 9);
    other.conduct_year = 2025;
    must(s.scoring().decide(kOperator, other));
    const CareerView view = must(s.hub().ledger().show(ScoringScene::kWho));
    CPPUNIT_ASSERT_EQUAL(15U, view.years.at(2026).points);
    CPPUNIT_ASSERT((view.years.at(2026).of_conduct == std::map<int, unsigned>{{2025, 9}, {2026, 6}}));
    CPPUNIT_ASSERT_EQUAL(std::vector<std::string>{"第四十条第（四）项"}, view.articles);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, view.events.size());
    CPPUNIT_ASSERT_EQUAL(std::string("B"), view.bar->document);
}

TEST(Ledger, rebuilds_to_the_bytes_that_are_published) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 9)));
    must(s.scoring().correct(kOperator, correction("A", 10)));
    std::size_t last = 0;
    const RebuildReport report = must(s.hub().ledger().rebuild([&](std::size_t done, std::size_t) { last = done; }));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, report.people);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, report.records);  // two institutions, three registrations
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, report.differences);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, last);
}

struct RatioRow {
    const char* name;
    std::uint64_t part;
    std::uint64_t all;
    bool in;
    const char* tags;
};
const RatioRow kRatios[] = {
    {"19_of_100", 19, 100, false, "XY-41"}, {"20_of_100", 20, 100, true, "XY-41"},
    {"50_of_100", 50, 100, true, "XY-41"},  {"51_of_100", 51, 100, false, "XY-41"},
    {"one_of_5", 1, 5, true, "XY-41"},      {"199_of_1000", 199, 1000, false, "XY-41"},
    {"none_of_none", 0, 0, false, "XY-41"},
};
TEST_EACH(Ledger, counts_both_ends_of_a_ratio, kRatios) {
    CPPUNIT_ASSERT_EQUAL(row.in, in_ratio({RatioOf::occurrences, 20, 50U, "暂停结算"}, row.part, row.all));
}

TAGS(Ledger, names_institutions_for_the_watch_list, "JN-6-3");
TEST(Ledger, names_institutions_for_the_watch_list) {
    Rules rules = xinyang_rules();
    rules.watch_list = Sourced<Rules::Watch>{{12, 3}, {}};
    ScoringScene s({rules});
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 12)));
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 9, true, ScoringScene::kOther)));
    const auto views = must(s.hub().ledger().watch_list(2026, day("2026-06-01")));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, views.size());
    CPPUNIT_ASSERT_EQUAL(kHospital, views[0].institution);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, views[0].people.size());
    CPPUNIT_ASSERT(must(s.hub().ledger().watch_list(2025, day("2026-06-01"))).empty());
}

TAGS(Ledger, counts_occurrences_and_people_apart, "XY-41 JN-5-3");
TEST(Ledger, counts_occurrences_and_people_apart) {
    Rules rules = xinyang_rules();
    rules.ratio = Sourced<RatioRule>{{RatioOf::occurrences, 20, 50U, "暂停结算"}, {}};
    ScoringScene s({rules});
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 9)));
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 10)));
    const auto views = must(s.hub().ledger().ratios(2026, day("2026-06-01")));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, views.size());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, views[0].occurrences);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, views[0].sanctioned);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, views[0].people);
    CPPUNIT_ASSERT(!views[0].in_range);  // two occurrences of two people: 100 %
    CPPUNIT_ASSERT(must(s.hub().ledger().ratios(2025, day("2026-06-01"))).empty());
}

}  // namespace
}  // namespace zige::hub::testing
