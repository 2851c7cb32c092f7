#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/codes.h"
#include "tests/bench/report.h"

namespace zige::bench {

/// What each group of figures gets.
struct Run {
    Suite suite = Suite::ed25519_sha256;
    std::filesystem::path folder;  ///< empty, on the disk that is measured
    Instant now{};                 ///< of the machine's clock
    bool smoke = false;            ///< every row is tried, and its figure means nothing

    std::size_t size(std::size_t full, std::size_t tried) const { return smoke ? tried : full; }
};

/// Says on stderr what is going on.
void progress(std::string_view what);

std::vector<Row> size_rows(const Run& run);
std::vector<Row> trust_rows(const Run& run);
std::vector<Row> first_sync_rows(const Run& run);
std::vector<Row> check_rows(const Run& run);
std::vector<Row> host_rows(const Run& run);
std::vector<Row> journal_rows(const Run& run);
std::vector<Row> carrying_rows(const Run& run);
std::vector<Row> recovery_rows(const Run& run);
std::vector<Row> ledger_rows(const Run& run);
std::vector<Row> paper_rows(const Run& run);

}  // namespace zige::bench
