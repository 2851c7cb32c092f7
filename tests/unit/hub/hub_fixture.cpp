#include "tests/unit/hub/hub_fixture.h"

#include "shared/wire/dictionary.h"

namespace zige::hub::testing {

void must(const Result<void>& result) {
    if (!result.ok()) throw std::runtime_error("unexpected error: " + result.error().describe());
}

Day day(std::string_view text) { return must(parse_day(text, "day")); }
Instant at(std::string_view text) { return must(parse_time(text, "time")); }

RosterRow row(const std::string& code, const std::string& name, const std::string& number, Category category) {
    RosterRow row;
    row.line = 1;
    row.national_code = code;
    row.name = name;
    row.certificate_type = "01";
    row.certificate_number = number;
    row.category = category;
    row.contract_from = day("2024-01-01");
    return row;
}

HubFixture::HubFixture(Suite suite)
    : hasher(make_hasher(suite)),
      verifier(make_verifier(suite)),
      keys(make_key_maker(suite)),
      compressor(make_compressor(wire::dictionaries())),
      store(must(make_sqlite_store({folder / "hub.db"}))) {
    options.keys = {"/keys", "/stick/root.key"};
    options.witness = "/elsewhere/witness";
    env_ = std::make_unique<Environment>(
        Environment{*store, clock, random, *hasher, *verifier, *keys, *compressor, files});
    InitOptions init;
    init.hub_id = "xinyang-test";
    init.suite = suite;
    init.actor = kOperator;
    must(Hub::init(*env_, options, init, henan_xinyang(), Calendar::official(),
                   {{"freshness", "按人数分档", false, {}}, {"roles.nurse", "护理项目拒付", false, {}}}));
    must(reopen());
}
HubFixture::~HubFixture() = default;

Result<void> HubFixture::reopen() {
    hub_.reset();
    store.reset();
    ZIGE_TRY(opened, make_sqlite_store({folder / "hub.db"}));
    store = std::move(opened);
    env_ = std::make_unique<Environment>(
        Environment{*store, clock, random, *hasher, *verifier, *keys, *compressor, files});
    ZIGE_TRY(hub, Hub::open(*env_, options));
    hub_ = std::move(hub);
    return {};
}

void HubFixture::add(const std::string& code, InstitutionKind kind) {
    for (const UndecidedValue& value : must(hub_->policy().undecided()))
        must(hub_->policy().confirm(kOperator, value.name));
    must(hub_->registry().add_institution(kOperator,
                                          {code, "机构" + code, kind, "411500", Mode::enforce, std::nullopt, {}}));
}

ImportReport HubFixture::import(const std::string& institution, const std::vector<RosterRow>& rows) {
    return must(hub_->registry().import_roster(kOperator, institution, rows, {}));
}

SanctionResult HubFixture::suspend(const std::string& who, std::string_view from, const std::string& document,
                                   std::optional<Day> nominal_end) {
    SanctionOrder order;
    order.person = who;
    order.document = document;
    order.from = day(from);
    order.served_on = order.from - std::chrono::days{1};
    order.nominal_end = nominal_end;
    return must(hub_->sanctions().start(kOperator, order));
}

PersonInfo HubFixture::person(const std::string& who) { return must(hub_->registry().find_person(who)); }
Seq HubFixture::seq(const std::string& institution) { return must(hub_->registry().institution(institution)).seq; }
std::uint64_t HubFixture::log_size() { return must(hub_->verify_log()).number; }

}  // namespace zige::hub::testing
