#include "tests/unit/hub/filing_scene.h"

namespace zige::hub::testing {

FilingScene::FilingScene() {
    add(kHospital);
    add(kTownship, InstitutionKind::township_hospital);
    import(kHospital, {row(kZhang, "张伟", kZhangNumber), row(kLi, "李娜", "110105195001010018", Category::nurse),
                       row("HY411500000003", "周药师", "110105198001010016", Category::pharmacist)});
    import(kTownship, {row(kZhang, "张伟", kZhangNumber)});
    agent = std::make_unique<TestAgent>(*this, kHospital);
}

wire::FilingResult FilingScene::answer(wire::FilingBody body) {
    agent->file(std::move(body), ++number);
    return agent->sync().held.results.at(0);
}

wire::FilingResult FilingScene::accepted(wire::FilingBody body) {
    const wire::FilingResult result = answer(std::move(body));
    if (!result.accepted) throw std::runtime_error(std::string("refused: ") + to_string(result.reason));
    return result;
}

ErrorId FilingScene::refused(wire::FilingBody body) {
    const std::uint64_t before = seq(kHospital).value;
    const wire::FilingResult result = answer(std::move(body));
    if (result.accepted) throw std::runtime_error("accepted");
    if (seq(kHospital).value != before) throw std::runtime_error("a refusal has changed the state");
    return result.reason;
}

Registration FilingScene::at_site(const std::string& who, const std::string& institution) {
    const PersonInfo found = person(who);
    const PersonInfo::Site* site = nullptr;
    for (const PersonInfo::Site& each : found.sites)
        if (each.institution == institution) site = &each;
    if (site == nullptr) throw std::runtime_error(who + " is not at " + institution);
    return site->registration;
}

std::size_t FilingScene::events(HubEvent wanted) {
    std::size_t count = 0;
    for (const LogEvent& event : must(hub().log(0, 1000))) count += event.event == wanted ? 1 : 0;
    return count;
}

Bytes FilingScene::sealed(const std::string& identity, const std::string& type) {
    const wire::TrustDocument& trust = hub().trust().document();
    return must(wire::seal_identity({type, identity}, trust, *make_sealer(trust.suite)));
}

wire::RegistrationFiling FilingScene::newcomer() {
    wire::RegistrationFiling filing;
    filing.code = "D411500000009";
    filing.name = "陈医生";
    filing.commitment_signed = day("2026-03-01");
    filing.from = day("2026-03-02");
    filing.identity = sealed("110105199002020026");
    return filing;
}

}  // namespace zige::hub::testing
