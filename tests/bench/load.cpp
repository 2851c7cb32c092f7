#include "tests/bench/load.h"

namespace zige::bench {

std::vector<std::string> codes_of(const Bureau& bureau, std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::string> codes;
    codes.reserve(count);
    while (codes.size() < count) {
        const Record& record = bureau.records()[1 + random() % (bureau.records().size() - 1)];
        codes.push_back(std::get<Registration>(record).code);
    }
    return codes;
}

FeeLine line_ordered_by(std::string_view code, Instant now) {
    FeeLine line;
    line.fee_time = now - std::chrono::hours{1};
    line.department = "A12";
    line.med_type = "11";
    line.amount = {12'850};
    line.people.push_back({Role::ordering, code});
    return line;
}

std::vector<Record> moved_people(const Bureau& bureau, int round) {
    constexpr std::size_t kMoved = 5'000;
    std::vector<Record> records(bureau.records().begin() + 1, bureau.records().begin() + 1 + kMoved);
    for (Record& record : records) std::get<Registration>(record).department = "M" + std::to_string(10 + round);
    return records;
}

}  // namespace zige::bench
