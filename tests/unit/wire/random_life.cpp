#include "shared/wire/limits.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire::testing {
namespace {

std::vector<Bytes> draw_list(Draw& d, std::uint64_t min) {
    std::vector<Bytes> list;
    for (std::uint64_t n = d.number(4, min); n > 0; --n) list.push_back(d.bytes(200, 1));
    return list;
}

InstitutionCode draw_institution(Draw& d) { return {d.text(kMaxInstitutionCode, 1)}; }
AgentId draw_agent(Draw& d) { return {d.any<std::uint32_t>(1)}; }

}  // namespace

CopyHandIn draw_copy_hand_in(Draw& d) {
    return {draw_agent(d), draw_institution(d), d.bytes(150, 1), draw_proof(d), d.bytes(300, 1), draw_list(d, 0)};
}

Revocation draw_revocation(Draw& d) {
    return {draw_agent(d), d.code<RevocationReason>(), d.instant(), {d.any<std::uint32_t>()}};
}

RenewRequest draw_renew_request(Draw& d) { return {draw_agent(d), draw_institution(d), d.bytes(400, 1), d.times()}; }

RenewAnswer draw_renew_answer(Draw& d) { return {draw_agent(d), d.bytes(400, 1), d.instant()}; }

Statement draw_statement(Draw& d) {
    StandingInterval interval{d.code<Standing>(),     d.day(),    d.maybe_day(), d.maybe_day(),
                              d.any<std::uint16_t>(), d.text(190)};
    return {draw_institution(d), {d.any<std::uint32_t>(1)}, interval, {d.number(kMaxSeq)}, d.instant()};
}

EnrolFile draw_enrol_file(Draw& d) { return {d.text(kMaxText, 1), d.text(kMaxToken, 1), draw_list(d, 1)}; }

EnrolReply draw_enrol_reply(Draw& d) {
    EnrolReply reply{d.bytes(300, 1), draw_list(d, 1), d.bytes(300, 1), {}, d.bytes(300, 1)};
    if (d.chance(50)) reply.ineligible = d.bytes(300, 1);
    return reply;
}

}  // namespace zige::wire::testing
