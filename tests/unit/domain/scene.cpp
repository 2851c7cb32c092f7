#include "tests/unit/domain/scene.h"

namespace zige::testing {
namespace {

void enrol(Copy::Parts& parts, std::uint32_t no, std::string_view code, Category category, std::string department) {
    Registration person;
    person.no = {no};
    person.code = code;
    person.name = "张三";
    person.category = category;
    person.department = std::move(department);
    person.registered_from = "2025-04-01"_day;
    parts.registrations.push_back(person);
}

void name_by_alias(Copy::Parts& parts, std::uint32_t no, std::uint32_t target, std::string_view code) {
    parts.aliases.push_back({{no}, {target}, std::string(code)});
}

}  // namespace

Scene::Scene() {
    parts.institution.code = {"H41150000001"};
    parts.institution.name = "信阳市某医院";
    parts.institution.kind = InstitutionKind::hospital;
    parts.institution.mode = Mode::enforce;
    parts.institution.history_from = "2025-08-14"_day;
    parts.profile = henan_xinyang();
    parts.calendar = Calendar::official();
    parts.ineligible = region;
    enrol(parts, 1, kZhang, Category::physician, "0301");
    enrol(parts, 2, kLi, Category::physician, "0302");
    enrol(parts, 3, kNurse, Category::nurse, "0301");
    enrol(parts, 4, kPharmacist, Category::pharmacist, "");
    enrol(parts, 5, kTechnician, Category::technician, "");
    enrol(parts, 6, "", Category::settlement_auditor, "0301");
    enrol(parts, 7, "", Category::care_worker, "");
    enrol(parts, 8, "", Category::pharmacy_principal, "");
    name_by_alias(parts, 101, 1, "0231");
    name_by_alias(parts, 106, 6, kAuditor);
    name_by_alias(parts, 107, 7, kCareWorker);
    name_by_alias(parts, 108, 8, kPrincipal);
    now.wall = now.running = parse_time(kNow, "now").value();
    now.copy_as_of = now.wall - std::chrono::hours{1};
}

Registration& Scene::person(std::string_view code_or_alias) {
    for (const Alias& alias : parts.aliases)
        if (alias.code == code_or_alias) return parts.registrations.at(alias.target.value - 1);
    for (Registration& each : parts.registrations)
        if (each.code == code_or_alias) return each;
    throw Bug("the scene has no such person");
}

Stop& Scene::stop(Day from, std::optional<Day> end, std::string department) {
    Stop stop;
    if (!department.empty()) stop.kind = StopKind::department_suspended;
    stop.department = std::move(department);
    stop.from = from;
    stop.end = end;
    parts.institution.stops.push_back(stop);
    return parts.institution.stops.back();
}

void Scene::grow_to(std::size_t headcount) {
    for (auto no = static_cast<std::uint32_t>(1000 + parts.registrations.size());
         parts.registrations.size() < headcount; ++no)
        enrol(parts, no, "D4115001" + std::to_string(10000 + no), Category::physician, "");
}

Judged Scene::judge(const FeeLine& line) const {
    Judged judged;
    judged.copy = Copy::build(parts).value();
    judged.decision = decide(line, *judged.copy, overlay, now);
    return judged;
}

FeeLine ordered_by(std::string_view code, Instant fee_time) {
    FeeLine line = line_of(Txn::outpatient_fees, Role::ordering, code);
    line.fee_time = fee_time;
    return line;
}

FeeLine line_of(Txn txn, Role role, std::string_view code) {
    FeeLine line;
    line.txn = txn;
    line.fee_time = parse_time(kNow, "now").value();
    line.people.push_back({role, code});
    return line;
}

FeeLine rescued(FeeLine line) {
    line.emergency = {EmergencyKind::rescue, "心脏骤停抢救", "李主任"};
    return line;
}

StandingInterval suspended(Day from, std::optional<Day> end) {
    return {Standing::suspended, from, end, std::nullopt, 0, ""};
}

StandingInterval terminated(Day from, std::optional<Day> end) {
    return {Standing::terminated, from, end, std::nullopt, 0, ""};
}

}  // namespace zige::testing
