#include <cstring>
#include <deque>
#include <string>

#include "shared/base/codes.h"
#include "tests/fuzz/target.h"
#include "tests/support/enrolled_folder.h"
#include "zige/zige.h"

namespace zige::fuzz {
namespace {

/// An agent of this process on a real folder; one of each charset for all inputs, for opening takes longer than asking.
class Host {
public:
    explicit Host(std::uint32_t flags) {
        const std::string path = folder_.path().string();
        zige_open_options options;
        ZIGE_INIT(options);
        options.flags = flags;
        options.data_dir = path.c_str();
        expect(zige_agent_open(&agent_, &options, nullptr) == ZIGE_OK, "the folder opens");
    }
    ~Host() { zige_agent_close(&agent_); }
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    zige_agent* agent() { return agent_; }

private:
    testing::EnrolledFolder folder_;
    zige_agent* agent_ = nullptr;
};

zige_agent* agent_of(bool gbk) {
    static Host utf8(0);
    static Host other(ZIGE_GBK);
    return (gbk ? other : utf8).agent();
}

/// Takes values from the input; zeros after its end.
class Input {
public:
    explicit Input(ByteView bytes) : left_(bytes) {}

    template <class Value>
    Value value() {
        Value value{};
        const std::size_t size = std::min(sizeof value, left_.size());
        if (size > 0) std::memcpy(&value, left_.data(), size);
        left_ = left_.subspan(size);
        return value;
    }
    /// Mostly a number that is near what is known, else any.
    std::int32_t code() {
        const auto small = value<std::int8_t>();
        return small == -128 ? value<std::int32_t>() : small;
    }
    /// A text with a NUL at its end and none within, or no text.
    const char* text() {
        const auto length = value<std::uint8_t>();
        if (length == 255) return nullptr;
        const ByteView part = left_.first(std::min<std::size_t>(length, left_.size()));
        left_ = left_.subspan(part.size());
        texts_.emplace_back(as_text(part));
        return texts_.back().c_str();
    }
    ByteView rest() const { return left_; }

private:
    ByteView left_;
    std::deque<std::string> texts_;
};

/// A status is 0 or a known error, and its error says the same.
bool answered(zige_status status, const zige_error& error) {
    expect(error.code == status, "status and error differ");
    if (status == ZIGE_OK) return true;
    expect(
        status < 0 && from_number<ErrorId>(static_cast<std::uint64_t>(-static_cast<std::int64_t>(status))).has_value(),
        "an unknown status");
    expect(error.kind >= ZIGE_KIND_INVALID && error.kind <= ZIGE_KIND_STOP, "an error without a kind");
    expect(status != ZIGE_E_API_INTERNAL, "a defect");
    return false;
}

zige_line line_of(Input& input) {
    zige_line line{};
    line.line_id = input.text();
    line.fee_time = input.value<std::uint8_t>() < 200 ? "2026-09-18 08:00:00" : input.text();
    line.prescribed_time = input.text();
    line.department = input.text();
    line.med_type = input.text();
    line.amount_fen = input.value<std::int64_t>();
    line.item_class = input.code();
    line.uninsured = input.code() & 3;
    line.emergency_kind = input.code();
    line.emergency_reason = input.text();
    line.emergency_declared_by = input.text();
    for (zige_person& person : line.people) person = {input.text(), input.code()};
    for (const char** more : {&line.visit, &line.item_code, &line.order_number, &line.order_time, &line.release_reason,
                              &line.released_by, &line.ordering_name})
        *more = input.text();
    return line;
}

FUZZ(capi_claim) {
    Input input(bytes);
    zige_agent* const agent = agent_of(input.value<std::uint8_t>() % 2 == 1);
    std::vector<zige_line> lines(1 + input.value<std::uint8_t>() % 4);
    std::vector<zige_decision> decisions(lines.size());
    zige_claim claim;
    ZIGE_INIT(claim);
    claim.size = input.value<std::uint8_t>() < 250 ? claim.size : input.value<std::uint16_t>() % (sizeof claim + 1);
    claim.transaction = input.code();
    claim.claim_id = input.text();
    claim.idempotency_key = input.text();
    for (zige_line& line : lines) line = line_of(input);
    claim.lines = lines.data();
    claim.line_count = static_cast<std::uint32_t>(lines.size());
    claim.line_size = sizeof(zige_line);
    zige_answer answer;
    ZIGE_INIT(answer);
    answer.decisions = decisions.data();
    answer.decision_count = claim.line_count;
    answer.decision_size = sizeof(zige_decision);
    zige_error error;
    const bool good = answered(zige_check(&answer, agent, &claim, &error), error);
    if (!good) expect(answer.may_settle == 0 && answer.outcome == 0, "an outcome beside an error");
    for (const zige_decision& decision : decisions) {
        if (!good) expect(decision.may_settle == 0 && decision.outcome == 0, "a decision beside an error");
        else expect(from_number<Outcome>(static_cast<std::uint64_t>(decision.outcome)).has_value(), "no outcome");
        expect(decision.ground_count <= ZIGE_MAX_GROUNDS, "more grounds than there is room for");
    }
}

FUZZ(capi_request) {
    static std::vector<char> room(1U << 20);
    static const char* const kPaths[] = {"/v1/check",       "/v1/clear",      "/v1/filings",    "/v1/departures",
                                         "/v1/duty",        "/v1/keys",       "/v1/statements", "/v1/prolong",
                                         "/v1/keys/revoke", "/v1/decisions/0"};
    Input input(bytes);
    zige_agent* const agent = agent_of(input.value<std::uint8_t>() % 2 == 1);
    const auto which = input.value<std::uint8_t>();
    const char* const path = which < std::size(kPaths) ? kPaths[which] : input.text();
    const char* const method = which % 2 == 0 || which < std::size(kPaths) ? "POST" : "GET";
    const ByteView body = input.rest();
    zige_error error;
    std::size_t length = 0;
    if (path != nullptr && std::string_view(path).starts_with("/v1/sync")) return;  // there is no hub to wait for
    answered(
        zige_request(room.data(), room.size(), &length, agent, method, path, as_text(body).data(), body.size(), &error),
        error);
}

FUZZ(capi_followup) {
    Input input(bytes);
    zige_agent* const agent = agent_of(input.value<std::uint8_t>() % 2 == 1);
    zige_evidence evidence;
    ZIGE_INIT(evidence);
    evidence.kind = input.code();
    for (const char** text :
         {&evidence.reference, &evidence.begun, &evidence.ended, &evidence.record_number, &evidence.text, &evidence.by})
        *text = input.text();
    zige_evidence_duty duty;
    ZIGE_INIT(duty);
    zige_error error;
    if (!answered(zige_add_evidence(&duty, agent, &evidence, &error), error))
        expect(duty.evidence == 0, "evidence beside an error");
    zige_reversal reversal;
    ZIGE_INIT(reversal);
    for (const char** text : {&reversal.idempotency_key, &reversal.transaction, &reversal.reason, &reversal.by})
        *text = input.text();
    std::vector<const char*> references(input.value<std::uint8_t>() % 4);
    for (const char*& reference : references) reference = input.text();
    reversal.references = references.data();
    reversal.reference_count = static_cast<std::uint32_t>(references.size());
    zige_reversed reversed;
    ZIGE_INIT(reversed);
    if (!answered(zige_reverse(&reversed, agent, &reversal, &error), error))
        expect(reversed.decisions == 0, "a reversal beside an error");
}

FUZZ(capi_text) {
    Input input(bytes);
    const std::int32_t group = input.code();
    const std::int32_t code = input.value<std::int32_t>();
    const auto flags = input.value<std::uint8_t>();
    std::vector<char> room(input.value<std::uint8_t>() * 4U);
    zige_error error;
    if (answered(zige_text(room.data(), room.size(), group, code, flags, &error), error))
        expect(std::memchr(room.data(), 0, room.size()) != nullptr, "a text without end");
}

}  // namespace
}  // namespace zige::fuzz
