#pragma once

#include <map>
#include <vector>

#include "hub/core/publisher.h"
#include "shared/domain/copy.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// The region ineligible set (区域不可结算名单): codes of everybody who is or was suspended or terminated, as keyed
/// short hashes with intervals. Its own version; agents ask it for `external` people only.
class Region {
public:
    explicit Region(const Hasher& hasher) : hasher_(hasher) {}

    /// Makes the set again from the log and the registrations; a new version only if it differs. True if it does.
    Result<bool> remake(Change& change, const HubLog& log) const;
    /// What leads from `version` (0: nothing) to the present set; nothing if it is the present one.
    Result<std::optional<wire::IneligibleUpdate>> update_since(Tx& tx, std::uint32_t version) const;
    /// The present set for judging again at the hub.
    Result<std::shared_ptr<const IneligibleSet>> load(Tx& tx) const;

private:
    Result<std::vector<wire::IneligibleEntry>> derive(Tx& tx, const HubLog& log, ByteView salt) const;

    const Hasher& hasher_;
};

}  // namespace zige::hub
