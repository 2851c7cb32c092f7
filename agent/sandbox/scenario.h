#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/time.h"
#include "shared/poco/json.h"

namespace zige::sandbox {

/// What begins so is a code of the HIS itself, and no key in people.h.
inline constexpr std::string_view kMadeUp = "HIS-";

/// A line that somebody enters at the till; people by their key in people.h, "" for nobody.
struct WishedLine {
    std::string ordering = "good";
    std::string executing = {};
    std::string nurse = {};
    std::string pharmacist = {};
    std::string department = {};  ///< empty: the department of the demo region
    std::chrono::minutes ago{5};  ///< the fee's time, before now
    std::int64_t fen = 1250;
    bool prescription = false;
    std::string new_order = {};  ///< number of an order that was written just now, after a refusal
    std::string item = {};       ///< code of the item; empty: one of its own
};

/// 担责放行: the head of the institution answers for the bill.
struct Release {
    std::string reason;
    std::string released_by;
};

struct Emergency {
    std::string kind;
    std::string reason;
    std::string declared_by;
};

/// A bill. Its numbers are made of `name`, so that no two cases meet.
struct WishedBill {
    std::string name;
    std::vector<WishedLine> lines;
    std::string of_visit = {};  ///< name of the bill whose visit it belongs to; empty: its own
    std::string med_type = "11";
    std::optional<Emergency> emergency = {};
    std::optional<Release> release = {};
    std::string opter = "auditor";    ///< who settles
    std::string attending = "good";   ///< of the visit
    std::string kind = "outpatient";  ///< outpatient, inpatient or pharmacy
    Instant entered{};                ///< by which the times of its fees are counted, in each act the same

    std::string visit() const { return "V" + (of_visit.empty() ? name : of_visit); }
    std::string claim() const { return "JS" + name; }
    std::string line_id(std::size_t number) const { return name + "-" + std::to_string(number); }
};

/// What stands around a till.
struct Surroundings {
    std::string agent_url;
    std::string key;
    std::string agent_data;
    std::string platform_url;
    std::string charset = "UTF-8";
    int agent_ms = 300;
    int platform_ms = 3000;
};

/// The JSON that a HIS under test reads; docs/embedding.md describes it. `todo`: what the cashier does now.
Json scenario(const std::string& case_name, int act, const std::string& todo, const WishedBill& bill, const Surroundings& around,
              const Json& memory, Instant now);

/// What a till told of one line.
struct ToldLine {
    std::string state;  ///< settled, held, refused, unchecked, unknown or open
    std::string shown;
    std::string reference;
};
struct Told {
    std::string unsupported;  ///< why it cannot do this; empty: it can
    std::vector<std::pair<std::string, ToldLine>> lines;
    Json memory;

    const ToldLine* line(std::string_view id) const;
};
/// api_not_json, api_missing_field, api_bad_field: what stands on the standard output is no answer.
Result<Told> read_told(std::string_view output);

}  // namespace zige::sandbox
