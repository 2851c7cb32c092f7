#pragma once

#include <random>

#include "shared/wire/messages.h"

namespace zige::wire::testing {

/// Values that the layouts allow, drawn by a seed: edges more often than chance would.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t number(std::uint64_t max, std::uint64_t min = 0);
    bool chance(unsigned percent) { return number(99) < percent; }
    template <class Int>
    Int any(std::uint64_t min = 0) {
        return static_cast<Int>(number(std::numeric_limits<Int>::max(), min));
    }
    template <class Enum>
    Enum code() {
        const auto codes = all<Enum>();
        return codes[number(codes.size() - 1)];
    }
    std::string text(std::size_t max_bytes, std::size_t min_bytes = 0);
    Bytes bytes(std::size_t max, std::size_t min = 0);
    Hash256 hash();
    Uuid uuid();
    Day day();
    std::optional<Day> maybe_day();
    Instant instant();
    Times times();

    StandingTimeline timeline();
    std::vector<Leave> leaves();
    InstitutionRecord institution();
    Registration registration(RecordNo no);
    Record record(RecordNo no);
    std::vector<Record> records();
    Profile profile();
    Calendar calendar();

private:
    std::mt19937_64 engine_;
};

}  // namespace zige::wire::testing
