#pragma once

#include "hub/core/ledger.h"
#include "hub/core/linked_sanctions.h"
#include "hub/core/rules/replay.h"
#include "hub/core/scoring.h"
#include "shared/poco/json.h"

namespace zige::hub {

/// Careers and what is done to them, as operations answer them.
Json to_json(const Reading& reading);
Json to_json(const Scored& decision);
Json to_json(const ScoringResult& result);
Json to_json(const RepairOutcome& outcome);
Json to_json(const RestoreOutcome& outcome);
Json to_json(const LinkedResult& result);
Json to_json(const MergeResult& result);
Json to_json(const DecisionView& view);
Json to_json(const CareerView& view);
Json to_json(const RebuildReport& report);
Json to_json(const RatioView& view);
Json to_json(const WatchView& view);
Json to_json(const Replay& replay);

}  // namespace zige::hub
