#pragma once

#include <string_view>
#include <vector>

#include "shared/domain/calendar.h"

namespace zige::hub {

/// A calendar file (protocol/calendar.schema.json): one official year, or the extra days off of a region.
struct CalendarFile {
    std::vector<CalendarYear> years;  ///< one, unless the file is a region's
    std::vector<RegionalHoliday> regional;
};

/// calendar_bad_file: `field` is the path, `detail` begins with the line.
Result<CalendarFile> read_calendar_file(std::string_view text);

/// All files together. calendar_bad_year: a year twice, or one that contradicts itself.
Result<Calendar> join_calendar(std::vector<CalendarFile> files);

}  // namespace zige::hub
