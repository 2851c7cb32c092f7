#include "hub/core/file_enrolment.h"

#include <algorithm>

#include "hub/core/agents.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/sealed.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxSealedRequest = kMaxEnrolBytes + 1024;

/// As many as fit, up to the newest.
std::vector<Bytes> last_of(std::vector<Bytes> chain) {
    if (chain.size() > kMaxTrustChain)
        chain.erase(chain.begin(), chain.end() - static_cast<std::ptrdiff_t>(kMaxTrustChain));
    return chain;
}

}  // namespace

Result<Bytes> FileEnrolment::slip_file(Slip& slip) const {
    wire::EnrolFile file{"https://" + slip.hub_address, plain_base32(slip.token), last_of(trust_.chain())};
    ZIGE_TRY(first, wire::decode_signed_trust(file.trust.front()));
    slip.fingerprint = in_groups(wire::trust_fingerprint(first.document, env_.hasher));
    return wire::encode(file);
}

Result<wire::EnrolRequest> FileEnrolment::open(ByteView request) const {
    if (request.size() > kMaxSealedRequest)
        return fail(ErrorId::wire_too_large, "request", "at most " + std::to_string(kMaxSealedRequest) + " bytes");
    ZIGE_TRY(reader, wire::sealed_reader(request));
    const Unsealer* const key = trust_.unsealer_for(reader);
    if (key == nullptr) return fail(ErrorId::seal_wrong_reader, "request", "sealed to " + to_hex(reader));
    ZIGE_TRY(plain, wire::open_sealed({trust_.hub_id(), MessageType::enrol_request}, request, *key, kMaxEnrolBytes));
    return wire::decode_enrol_request(plain);
}

/// What the hub holds of the agent's journal, and that the copy is of now.
Result<Bytes> FileEnrolment::held(AgentId id, const Hash256& state) const {
    ZIGE_TRY(agent, read_from(env_.store, [&](Tx& tx) { return load_agent(tx, id); }));
    ZIGE_TRY(now, publisher_.now());
    wire::Held held;
    held.agent = id;
    held.chapter = agent.chapter;
    held.size = agent.held;
    held.hash = agent.held_hash;
    held.frozen = agent.frozen;
    held.hub_time = now;
    held.state_hash = state;
    held.next_contact = now;
    return trust_.sign(MessageType::held, wire::encode(held), now);
}

Result<FileEnrolment::Reply> FileEnrolment::answer(const std::string& actor, const std::string& expected,
                                                   ByteView sealed, const Sealer& sealer) {
    ZIGE_TRY(request, open(sealed));
    ZIGE_TRY(enrolled, enrolment_.enrol(request, {actor, expected, true}));
    const std::string& institution = enrolled.answer.institution.text;
    wire::EnrolReply reply;
    reply.enrolled = std::move(enrolled.envelope);
    reply.trust = last_of(trust_.chain());
    ZIGE_TRY(snapshot, feed_.snapshot(institution));
    reply.institution = std::move(snapshot.envelope);
    ZIGE_TRY(ineligible, feed_.ineligible(0));
    reply.ineligible = std::move(ineligible);
    ZIGE_TRY(held, held(enrolled.answer.agent, snapshot.state));
    reply.held = std::move(held);
    ZIGE_TRY(out, wire::seal_to({trust_.hub_id(), MessageType::enrol_answer}, wire::encode(reply), request.sealing_key,
                                sealer));
    return Reply{enrolled.answer.agent, institution, enrolled.again, std::move(out)};
}

}  // namespace zige::hub
