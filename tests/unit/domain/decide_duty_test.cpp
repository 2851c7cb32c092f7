// Prescriptions at a pharmacy, by who has signed on.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

Scene pharmacy() {
    Scene scene;
    scene.parts.institution.kind = InstitutionKind::pharmacy;
    scene.overlay.sessions.emplace();
    return scene;
}
void sign_on(Scene& scene, std::uint32_t no, Instant from, std::optional<Instant> until = {}) {
    scene.overlay.sessions->push_back({RecordNo{no}, from, until});
}
FeeLine sale(ItemClass item, Txn txn = Txn::pharmacy_settlement) {
    FeeLine line;
    line.txn = txn;
    line.item = item;
    line.fee_time = parse_time(kNow, "now").value();
    return line;
}
constexpr std::uint32_t kPharmacistNo = 4;

struct Row {
    const char* name;
    void (*arrange)(Scene&);
    Outcome outcome;
};
const Row kRows[] = {
    {"nobody_on_duty_holds_a_prescription", [](Scene&) {}, Outcome::hold},
    {"a_pharmacist_on_duty_passes_it", [](Scene& s) { sign_on(s, kPharmacistNo, "2026-09-18 08:00:00"_time); },
     Outcome::not_judged},
    {"who_signs_on_later_is_not_there_yet", [](Scene& s) { sign_on(s, kPharmacistNo, "2026-09-18 10:00:01"_time); },
     Outcome::hold},
    {"who_signed_off_is_gone",
     [](Scene& s) { sign_on(s, kPharmacistNo, "2026-09-18 08:00:00"_time, "2026-09-18 09:59:59"_time); },
     Outcome::hold},
    {"the_second_of_the_sign_off_counts",
     [](Scene& s) { sign_on(s, kPharmacistNo, "2026-09-18 08:00:00"_time, "2026-09-18 10:00:00"_time); },
     Outcome::not_judged},
    {"a_suspended_pharmacist_is_nobody",
     [](Scene& s) {
         sign_on(s, kPharmacistNo, "2026-09-18 08:00:00"_time);
         s.person(kPharmacist).standing = {suspended("2026-09-01"_day)};
     },
     Outcome::hold},
    {"a_pharmacist_who_left_is_nobody",
     [](Scene& s) {
         sign_on(s, kPharmacistNo, "2026-09-18 08:00:00"_time);
         s.person(kPharmacist).last_day = "2026-09-17"_day;
     },
     Outcome::hold},
    {"where_no_sessions_are_kept_nobody_is_asked_for_one", [](Scene& s) { s.overlay.sessions.reset(); },
     Outcome::not_judged},
    {"a_hospital_keeps_none", [](Scene& s) { s.parts.institution.kind = InstitutionKind::hospital; },
     Outcome::not_judged},
};

}  // namespace

TEST_EACH(DecideDuty, of_a_prescription, kRows) {
    Scene scene = pharmacy();
    row.arrange(scene);
    for (const Txn txn : {Txn::pharmacy_presettlement, Txn::pharmacy_settlement, Txn::goods_sale}) {
        const Judged judged = scene.judge(sale(ItemClass::prescription_drug, txn));
        CPPUNIT_ASSERT_EQUAL(row.outcome, judged->served);
        const bool held = row.outcome == Outcome::hold;
        CPPUNIT_ASSERT_EQUAL(held, judged.outcome_of(Ground::duty_session_missing).has_value());
        CPPUNIT_ASSERT_EQUAL(held ? Advice::sign_on_pharmacist : Advice::none, judged->advice);
    }
}

TEST(DecideDuty, what_is_sold_over_the_counter_passes) {
    Scene scene = pharmacy();
    CPPUNIT_ASSERT_EQUAL(Outcome::not_judged, scene.judge(sale(ItemClass::otc_drug))->served);
}

TEST(DecideDuty, a_pharmacist_who_is_named_on_the_line_counts_and_not_the_session) {
    Scene scene = pharmacy();
    FeeLine line = sale(ItemClass::prescription_drug);
    line.people.push_back({Role::pharmacist, kPharmacist});
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(line)->served);
    scene.person(kPharmacist).standing = {suspended("2026-09-01"_day)};
    sign_on(scene, 8, "2026-09-18 08:00:00"_time);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, scene.judge(line)->served);
}
