#include "agent/daemon/local_service.h"
#include "agent/daemon/people.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

constexpr std::chrono::days kFirstPinLasts{7};
constexpr int kWrongQueries = 20;  ///< of one caller in a quarter of an hour, whoever is asked about

std::string book_name(const Registration& person) { return "#" + std::to_string(person.no.value); }

}  // namespace

bool SelfQueries::are_too_many(const std::string& caller, std::chrono::milliseconds now) {
    const std::lock_guard lock(mutex_);
    const auto at = wrong_.find(caller);
    if (at != wrong_.end() && now - at->second.since >= kPinLock) wrong_.erase(at);
    return wrong_.contains(caller) && wrong_[caller].times >= kWrongQueries;
}

void SelfQueries::note_wrong(const std::string& caller, std::chrono::milliseconds now) {
    const std::lock_guard lock(mutex_);
    auto& wrong = wrong_[caller];
    if (wrong.times++ == 0) wrong.since = now;
}

/// The clerk hands it over on paper; the first use ends it, and may set one that nobody else knows.
Result<Json> LocalService::give_person_pin(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(who, text_member(body, "person", kMaxCode));
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    ZIGE_TRY(view, present_view());
    ZIGE_TRY(person, found_person(*view, who));
    const std::string pin = random_pin(parts_.random);
    const Instant until = agent_.time().running() + kFirstPinLasts;
    ZIGE_CHECK(parts_.people.put(book_name(*person), pin, clock_.wall(), {true, until}));
    return Json::object({{"person", person->code},
                         {"registration", person->no.value},
                         {"name", person->name},
                         {"pin", pin},
                         {"until", format(until)},
                         {"clerk", clerk}});
}

/// Who is asked about, when the PIN is right. Whatever is wrong looks alike: a stranger learns nobody's code, nor who
/// has a PIN.
Result<const Registration*> LocalService::proven_self(const agent::View& view, const Json& body) {
    ZIGE_TRY(code, text_member(body, "code", kMaxCode));
    ZIGE_TRY(pin, text_member(body, "pin", kMaxText));
    ZIGE_TRY(next, optional_text_member(body, "new_pin", kMaxText));
    if (next) ZIGE_CHECK(check_pin(*next, "new_pin"));
    const auto person = found_person(view, code);
    const std::string name = person ? book_name(**person) : "";  // the book knows nobody of no name, and takes as long
    const auto proven = parts_.people.check(name, pin, agent_.time().running());
    if (!proven) {
        const ErrorId id = proven.error().id;
        const bool refused = id == ErrorId::local_pin_wrong || id == ErrorId::local_pin_locked;
        return refused ? fail(ErrorId::local_self_refused) : proven.error();
    }
    if (next) ZIGE_CHECK(parts_.people.put(name, *next, clock_.wall(), {}));
    else if (proven->once) ZIGE_CHECK(parts_.people.remove(name));
    return *person;
}

Result<Json> LocalService::self(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(view, present_view());
    if (self_queries_.are_too_many(request.caller.name, clock_.since_boot())) return fail(ErrorId::local_pin_locked);
    const auto person = proven_self(*view, body);
    if (!person) {
        if (person.error().id == ErrorId::local_self_refused)
            self_queries_.note_wrong(request.caller.name, clock_.since_boot());
        return person.error();
    }
    ZIGE_TRY(desk, agent_.desk());
    return person_json(**person, *view, *desk->overlay(), today());
}

}  // namespace zige::daemon
