#include "agent/capi/answer_out.h"

#include <cstdio>
#include <cstring>

#include "agent/capi/stated_size.h"
#include "shared/domain/may_settle.h"

namespace zige::capi {
namespace {

template <class Code>
std::int32_t number_of(Code code) {
    return static_cast<std::int32_t>(code);
}

/// Everything but the grounds, which are counted.
void clear_decision(zige_decision& decision) {
    std::memset(&decision, 0, offsetof(zige_decision, grounds));
    for (zige_verdict& person : decision.people) person = {};
}

void write_ground(const GroundHit& hit, const AskedLine& asked, const Copy& copy, const Charset& charset,
                  zige_ground& to) {
    to.ground = number_of(hit.ground);
    to.outcome = number_of(hit.outcome);
    const bool of_person = hit.person >= 0 && static_cast<std::size_t>(hit.person) < asked.line.line.people.size();
    to.person = of_person ? asked.place[static_cast<std::size_t>(hit.person)] : -1;
    to.freed = hit.freed ? 1 : hit.released ? 2 : 0;
    write_day(hit.from, to.from);
    write_day(hit.end, to.end);
    write_day(hit.nominal_end, to.nominal_end);
    charset.write(copy.profile().article(hit.article), to.article);
    charset.write(hit.document, to.document);
}

}  // namespace

void write_day(const std::optional<Day>& day, char (&to)[12]) {
    to[0] = '\0';
    if (day) std::snprintf(to, sizeof to, "%s", format(*day).c_str());
}

void write_time(Instant when, char (&to)[20]) {
    to[0] = '\0';
    if (when == Instant{}) return;
    const std::chrono::hh_mm_ss clock{when - start_of(day_of(when))};
    std::snprintf(to, sizeof to, "%s %02u:%02u:%02u", format(day_of(when)).substr(0, 10).c_str(),
                  static_cast<unsigned>(clock.hours().count() % 24),
                  static_cast<unsigned>(clock.minutes().count() % 60),
                  static_cast<unsigned>(clock.seconds().count() % 60));
}

Result<AnswerWriter> AnswerWriter::open(zige_answer* out, const Charset& charset) {
    ZIGE_CHECK(stated_size(out, "out"));
    zige_answer given{};
    std::memcpy(&given, out, sizeof given);
    ZIGE_CHECK(check_there(given.decisions, "out.decisions"));
    ZIGE_CHECK(check_size(given.decision_size, sizeof(zige_decision), "out", "decision_size"));
    constexpr std::size_t kAlignment = alignof(zige_decision);
    if (given.decision_size % kAlignment != 0 || reinterpret_cast<std::uintptr_t>(given.decisions) % kAlignment != 0)
        return fail(ErrorId::api_bad_field, "out.decisions", "not aligned");
    AnswerWriter writer(out, charset);
    writer.blank();
    return writer;
}

Result<void> AnswerWriter::make_room(std::size_t lines) {
    if (out_->decision_count < lines)
        return fail(ErrorId::api_bad_field, "out.decision_count",
                    std::to_string(out_->decision_count) + " for " + std::to_string(lines) + " lines");
    lines_ = lines;
    blank();
    return {};
}

zige_decision& AnswerWriter::line(std::size_t at) {
    auto* bytes = reinterpret_cast<unsigned char*>(out_->decisions) + at * out_->decision_size;
    return *reinterpret_cast<zige_decision*>(bytes);
}

void AnswerWriter::blank() {
    constexpr std::size_t kAsked = offsetof(zige_answer, outcome);  // before it stands what the host filled
    std::memset(reinterpret_cast<unsigned char*>(out_) + kAsked, 0, out_->size - kAsked);
    for (std::size_t i = 0; i < lines_; ++i) clear_decision(line(i));
}

void AnswerWriter::finish(const ClaimFacts& facts) {
    zige_answer& answer = *out_;
    std::optional<Outcome> worst;
    answer.may_settle = 1;
    for (std::size_t i = 0; i < lines_; ++i) {
        const zige_decision& decision = line(i);
        if (decision.may_settle == 0) answer.may_settle = 0;
        if (decision.outcome == 0) ++answer.unanswered;
        const auto outcome = from_number<Outcome>(static_cast<std::uint64_t>(decision.outcome));
        if (outcome && (!worst || severity_of(*outcome) > severity_of(*worst))) worst = outcome;
    }
    answer.outcome = worst ? number_of(*worst) : 0;
    answer.repeated = facts.repeated ? 1 : 0;
    answer.duties_due = facts.duties_due;
    answer.chapter = facts.chapter;
    answer.mode = facts.mode;
    answer.clock_unknown = facts.clock_unknown ? 1 : 0;
    answer.clock_suspect = facts.clock_suspect ? 1 : 0;
}

void write_decision(const Decision& decision, const AskedLine& asked, const Copy& copy, const Charset& charset,
                    zige_decision& to) {
    to.outcome = number_of(decision.served);
    to.may_settle = may_settle(decision.served) ? 1 : 0;
    to.judged = number_of(decision.judged);
    to.advice = number_of(decision.advice);
    to.cost_to_patient = decision.cost_to_patient ? 1 : 0;
    to.freshness = number_of(decision.freshness);
    to.age_seconds = decision.age.count();
    for (const GroundHit& hit : decision.grounds) {
        if (to.ground_count == ZIGE_MAX_GROUNDS) {
            ++to.grounds_left_out;
            continue;
        }
        write_ground(hit, asked, copy, charset, to.grounds[to.ground_count++]);
    }
    const auto& people = asked.line.line.people;
    for (std::size_t i = 0; i < people.size(); ++i) {
        zige_verdict& verdict = to.people[asked.place[i]];
        verdict.role = number_of(people[i].role);
        if (i >= decision.people.size()) continue;
        const PersonVerdict& found = decision.people[i];
        verdict.found = number_of(found.found);
        verdict.outcome = number_of(found.outcome);
        const Registration* registration = found.no.value == 0 ? nullptr : copy.by_number(found.no);
        if (registration != nullptr) charset.write(registration->name, verdict.name);
    }
}

}  // namespace zige::capi
