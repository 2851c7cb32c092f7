#include <sys/statfs.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <thread>

#include "shared/posix/clock.h"
#include "tests/bench/measure.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

struct Group {
    const char* name;
    std::vector<Row> (*rows)(const Run&);
    bool both_suites = true;  ///< false: nothing in it is signed
};
constexpr Group kGroups[] = {
    {"size", size_rows},         {"trust", trust_rows},          {"first-sync", first_sync_rows},
    {"check", check_rows},       {"host", host_rows},            {"journal", journal_rows},
    {"carrying", carrying_rows}, {"recovery", recovery_rows},    {"ledger", ledger_rows, false},
    {"paper", paper_rows, false}};

void print_usage(std::ostream& out) {
    out << "zige_bench [--json] [--strict] [--smoke] [--data FOLDER] [GROUP...]\n"
           "  Measures speed and sizes, each beside its baseline in the same run.\n"
           "  --data FOLDER  on the disk to measure (default: beside the program); a new folder in it is used and "
           "removed\n"
           "  --strict       exit 1 when a goal is missed\n"
           "  --smoke        every row once with few people, for tests: the figures mean nothing\n"
           "  groups:       ";
    for (const Group& group : kGroups) out << ' ' << group.name;
    out << '\n';
}

struct Options {
    bool json = false;
    bool strict = false;
    bool smoke = false;
    bool help = false;
    std::filesystem::path data;
    std::vector<std::string> groups;
};

bool is_group(const std::string& name) {
    return std::any_of(std::begin(kGroups), std::end(kGroups), [&](const Group& group) { return name == group.name; });
}

std::optional<Options> parse(int argc, char** argv) {
    Options options;
    options.data = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json") options.json = true;
        else if (word == "--strict") options.strict = true;
        else if (word == "--smoke") options.smoke = true;
        else if (word == "--help") options.help = true;
        else if (word == "--data" && i + 1 < argc) options.data = argv[++i];
        else if (is_group(word)) options.groups.push_back(word);
        else return std::nullopt;
    }
    return options;
}

/// A new folder for the run, removed at its end.
class Scratch {
public:
    explicit Scratch(const std::filesystem::path& parent) {
        std::string pattern = (parent / "zige-bench-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder can be made in " + parent.string());
        path_ = pattern;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string file_system_of(const std::filesystem::path& folder) {
    struct statfs facts {};
    if (statfs(folder.c_str(), &facts) != 0) return "unknown";
    switch (facts.f_type) {
        case 0xEF53: return "ext4";
        case 0x58465342: return "xfs";
        case 0x9123683E: return "btrfs";
        case 0x01021994: return "tmpfs";
        case 0x794C7630: return "overlay";
        default: return "another file system";
    }
}

std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "an unnamed processor";
}

Circumstances circumstances(const std::filesystem::path& folder, Instant now) {
    Circumstances where;
    where.processor = processor();
    where.cores = std::thread::hardware_concurrency();
    utsname system{};
    uname(&system);
    where.system = std::string(system.sysname) + " " + system.release;
    where.compiler = std::string("GCC ") + __VERSION__;
    where.file_system = file_system_of(folder);
    where.date = format(now) + " (China)";
    std::ifstream("/proc/loadavg") >> where.load;
    return where;
}

bool wanted(const Options& options, const char* group) {
    return options.groups.empty() ||
           std::find(options.groups.begin(), options.groups.end(), group) != options.groups.end();
}

std::vector<Row> run_suite(const Options& options, const Run& run) {
    std::filesystem::create_directories(run.folder);
    std::vector<Row> rows;
    for (const Group& group : kGroups) {
        if (!wanted(options, group.name)) continue;
        if (run.suite != Suite::ed25519_sha256 && !group.both_suites) continue;
        for (Row& row : group.rows(run)) rows.push_back(std::move(row));
    }
    return rows;
}

/// Groups of one suite have no such row.
void stand_beside(std::vector<Row>& rows, const std::vector<Row>& sm2) {
    auto next = sm2.begin();
    for (Row& row : rows)
        if (next != sm2.end() && next->what == row.what) row.with_sm2 = (next++)->measured;
    expect(next == sm2.end(), "the same rows with both suites");
}

int run(const Options& options) {
    const Scratch scratch(options.data);
    const Instant now = make_system_clock()->wall();
    Circumstances where = circumstances(scratch.path(), now);
    if (where.file_system == "tmpfs" && !options.smoke) {
        std::cerr << "zige_bench: " << options.data.string() << " is memory, not a disk: give --data\n";
        return 2;
    }
    std::vector<Row> rows;
    where.seconds =
        timed([&] {
            rows = run_suite(options, {Suite::ed25519_sha256, scratch.path() / "ed25519", now, options.smoke});
            stand_beside(rows, run_suite(options, {Suite::sm2_sm3, scratch.path() / "sm2", now, options.smoke}));
        }) /
        1e9;
    if (options.smoke) std::cout << "smoke run: few people, every row once; the figures mean nothing\n";
    options.json ? print_json(std::cout, where, rows) : print_table(std::cout, where, rows);
    const bool all_met = std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.met().value_or(true); });
    return options.strict && !all_met ? 1 : 0;
}

}  // namespace

void progress(std::string_view what) { std::cerr << "zige_bench: " << what << std::endl; }

}  // namespace zige::bench

int main(int argc, char** argv) {
    const auto options = zige::bench::parse(argc, argv);
    if (!options) {
        zige::bench::print_usage(std::cerr);
        return 2;
    }
    if (options->help) {
        zige::bench::print_usage(std::cout);
        return 0;
    }
    try {
        return zige::bench::run(*options);
    } catch (const std::exception& error) {
        std::cerr << "zige_bench: " << error.what() << "\n";
        return 2;
    }
}
