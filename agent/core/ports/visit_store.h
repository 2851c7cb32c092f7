#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

namespace zige::agent {

/// What earlier messages said about a visit (就诊) that later ones leave out: the medical type, and which lots of fee
/// lines (收费批次) were asked about. A visit and a lot are named by hashes only. A memory, not a record: what is lost
/// costs a mark. Any thread; calls wait for each other. db_failed, file_disk_full, db_corrupt.
class VisitStore {
public:
    virtual ~VisitStore() = default;

    /// Empty: nobody said.
    virtual Result<std::string> med_type(const Hash256& visit) = 0;
    virtual Result<void> remember_med_type(const Hash256& visit, std::string_view med_type, Day today) = 0;

    virtual Result<void> remember_lot(const Hash256& visit, const Hash256& lot, Day today) = 0;
    /// Whether lines of this lot, or without one of any lot of the visit, were asked about.
    virtual Result<bool> asked(const Hash256& visit, const std::optional<Hash256>& lot) = 0;
    /// This lot, or without one all lots of the visit.
    virtual Result<void> forget_lots(const Hash256& visit, const std::optional<Hash256>& lot) = 0;

    /// What was not touched since.
    virtual Result<void> forget_before(Day day) = 0;
};

}  // namespace zige::agent
