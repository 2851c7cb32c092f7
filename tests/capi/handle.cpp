#include "tests/capi/handle.h"

#include <algorithm>
#include <cstring>
#include <sstream>

namespace zige::testing {

std::int32_t HostLine::fetch(zige_fetch* exchange, void* user) {
    auto& line = *static_cast<HostLine*>(user);
    ++line.fetched;
    if (line.instead) return line.instead(*exchange);
    const std::string_view url(exchange->url);
    const auto path = url.find("/v1/");
    const HttpAnswer answer =
        line.folder->ask_hub(exchange->method, std::string(url.substr(path)),
                             {static_cast<const std::byte*>(exchange->body), exchange->body_size});
    exchange->http_status = answer.status;
    exchange->answer_size = answer.body.size();
    if (answer.body.size() <= exchange->answer_room)
        std::copy_n(answer.body.data(), answer.body.size(), static_cast<std::byte*>(exchange->answer));
    return 0;
}

Asked::Asked(const EnrolledFolder& folder, std::vector<const char*> ordering) : time(format(folder.now())) {
    for (const char* code : ordering) {
        zige_line line{};
        line.fee_time = time.c_str();
        line.amount_fen = 1250;
        line.people[0] = {code, ZIGE_ROLE_ORDERING};
        lines.push_back(line);
    }
    ZIGE_INIT(claim);
    claim.transaction = ZIGE_TXN_OUTPATIENT_FEES;
    claim.claim_id = "C-1";
    claim.line_size = sizeof(zige_line);
    ZIGE_INIT(answer);
    answer.decision_size = sizeof(zige_decision);
    settle();
}

void Asked::settle() {
    decisions.resize(lines.size());
    claim.lines = lines.data();
    claim.line_count = static_cast<std::uint32_t>(lines.size());
    answer.decisions = decisions.data();
    answer.decision_count = claim.line_count;
}

std::string shown(const Asked& asked) {
    std::ostringstream out;
    const zige_answer& answer = asked.answer;
    out << answer.outcome << " settle=" << answer.may_settle << " repeated=" << answer.repeated
        << " unanswered=" << answer.unanswered << " duties=" << answer.duties_due << " mode=" << answer.mode << " "
        << answer.institution << " clock=" << answer.clock_unknown << answer.clock_suspect << "\n";
    for (const zige_decision& line : asked.decisions) {
        out << line.outcome << " settle=" << line.may_settle << " judged=" << line.judged << " advice=" << line.advice
            << " cost=" << line.cost_to_patient << " fresh=" << line.freshness << " error=" << line.error
            << " recorded=" << (line.number > 0) << std::strlen(line.reference) << " left=" << line.grounds_left_out
            << "\n";
        for (std::uint32_t i = 0; i < line.ground_count; ++i) {
            const zige_ground& ground = line.grounds[i];
            out << "  ground " << ground.ground << " outcome=" << ground.outcome << " person=" << ground.person
                << " freed=" << ground.freed << " " << ground.from << "|" << ground.end << "|" << ground.nominal_end
                << " " << ground.article << " " << ground.document << "\n";
        }
        for (const zige_verdict& person : line.people)
            if (person.role != 0)
                out << "  person " << (&person - line.people) << " role=" << person.role << " found=" << person.found
                    << " outcome=" << person.outcome << " " << person.name << "\n";
    }
    return out.str();
}

void fine(zige_status status, const zige_error& error) {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(error.reason) + " " + error.field + " " + error.detail,
                                 std::int32_t{ZIGE_OK}, status);
}

}  // namespace zige::testing
