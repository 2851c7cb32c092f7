#pragma once

#include <span>

#include "agent/core/data_folder.h"
#include "agent/core/enrol.h"
#include "shared/wire/agent_messages.h"

namespace zige::agent {

/// What is kept between the request that went out as a file and its answer.
struct PendingEnrolment {
    std::string hub_url;
    std::string fingerprint;
    Bytes trust;  ///< encoded SignedTrust that the fingerprint proved
};
/// file_not_found; enrol_damaged.
Result<PendingEnrolment> load_pending(Files& files, const DataFolder& folder);

/// Enrolment where there is no line (LIFE-6): request and answer travel as files, each sealed to its reader.
class FileEnroller {
public:
    /// Keeps references.
    FileEnroller(Files& files, KeyVault& keys, const Crypto& crypto, const DataFolder& folder);

    /// `trust`: encoded SignedTrust each, as the bureau's file has them; the slip's fingerprint proves them. Makes the
    /// keys, keeps what was proven, and gives the request, sealed to the hub. The same again is the same request.
    /// enrol_bad_slip (field), trust_*, wire_*: nothing is kept.
    Result<Bytes> request(const Slip& slip, std::span<const Bytes> trust);

    struct Answer {
        Enrolment enrolment;
        wire::OnlineKey signed_by;
        wire::EnrolReply reply;
    };
    /// Opens the hub's answer and checks that it is for the request that was made here. enrol_other_request: it is not,
    /// or none was made; seal_failed, wire_*, trust_*.
    Result<Answer> open(ByteView sealed) const;

    Result<bool> pending() const;
    Result<void> forget();  ///< that a request was made

private:
    Result<wire::EnrolReply> unseal(ByteView sealed, const std::string& hub_id) const;

    Files& files_;
    KeyVault& keys_;
    Crypto crypto_;
    DataFolder folder_;
};

}  // namespace zige::agent
