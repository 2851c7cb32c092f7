#include <atomic>
#include <fstream>
#include <thread>

#include "tests/bench/child.h"
#include "tests/bench/enrolled_agent.h"
#include "tests/bench/http_loop.h"
#include "tests/bench/measure.h"
#include "tests/bench/run.h"
#include "zige/zige.h"

namespace zige::bench {
namespace {

constexpr std::size_t kMany = 100'000;
constexpr std::size_t kFew = 100;
constexpr std::size_t kMoved = 5'000;
constexpr std::size_t kLines = 30;
constexpr std::size_t kClaims = 20'000;
constexpr std::size_t kStarts = 15;
constexpr std::size_t kRequests = 5'000;  // of a block; the daemon and the bare program in turn
constexpr std::size_t kBlocks = 7;
constexpr std::size_t kLoad = 3'000;  // ms
constexpr int kCallers = 8;

const std::string kAgent = ZIGE_AGENT_PROGRAM;
const std::string kBare = ZIGE_BARE_PROGRAM;

Goal at_most(double value) { return {GoalOf::measured, GoalSide::at_most, value}; }

void require(zige_status status, const zige_error& error, const char* what) {
    if (status != ZIGE_OK) throw std::runtime_error(std::string(what) + ": " + error.detail);
}

/// A handle of libzige, as a host has it.
class Host {
public:
    static Host owner(const EnrolledAgent& folder) {
        zige_open_options options;
        ZIGE_INIT(options);
        const std::string data = folder.data();
        options.data_dir = data.c_str();
        Host host;
        zige_error error;
        require(zige_agent_open(&host.agent_, &options, &error), error, "zige_agent_open");
        return host;
    }
    static Host client(const EnrolledAgent& folder) {
        zige_connect_options options;
        ZIGE_INIT(options);
        const std::string data = folder.data();
        options.data_dir = data.c_str();
        options.timeout_ms = options.slow_ms = 60'000;
        Host host;
        zige_error error;
        require(zige_agent_connect(&host.agent_, &options, &error), error, "zige_agent_connect");
        return host;
    }
    Host(Host&& other) noexcept : agent_(std::exchange(other.agent_, nullptr)) {}
    ~Host() { zige_agent_close(&agent_); }
    zige_agent* agent() const { return agent_; }

private:
    Host() = default;
    zige_agent* agent_ = nullptr;
};

/// A claim of `count` lines with two people each.
struct Bill {
    Bill(const EnrolledAgent& folder, std::size_t count)
        : people(folder), time(format(folder.now())), lines(count), decisions(count) {
        for (zige_line& line : lines) {
            line.fee_time = time.c_str();
            line.department = "A12";
            line.amount_fen = 12'850;
            line.people[0].role = ZIGE_ROLE_ORDERING;
            line.people[1].role = ZIGE_ROLE_EXECUTING;
        }
        ZIGE_INIT(claim);
        claim.transaction = ZIGE_TXN_OUTPATIENT_FEES;
        claim.claim_id = "JS20261120-0017";
        claim.lines = lines.data();
        claim.line_count = static_cast<std::uint32_t>(count);
        claim.line_size = sizeof(zige_line);
        ZIGE_INIT(answer);
        answer.decisions = decisions.data();
        answer.decision_count = claim.line_count;
        answer.decision_size = sizeof(zige_decision);
    }
    /// Other people than before.
    void turn_over() {
        for (zige_line& line : lines)
            for (int i = 0; i < 2; ++i) line.people[i].code = people.code(next += 7'919).c_str();
    }
    void check(zige_agent* agent) {
        zige_error error;
        require(zige_check(&answer, agent, &claim, &error), error, "zige_check");
        expect(answer.may_settle == 1, "lines that may settle");
    }

    const EnrolledAgent& people;
    std::string time;
    std::vector<zige_line> lines;
    std::vector<zige_decision> decisions;
    zige_claim claim{};
    zige_answer answer{};
    std::size_t next = 0;
};

std::vector<Row> claim_rows(const Run& run, const EnrolledAgent& folder) {
    progress("a claim of 30 lines");
    const Host host = Host::owner(folder);
    Bill bill(folder, kLines);
    Samples claims;
    for (std::size_t i = 0; i < run.size(kClaims, 3); ++i) {
        bill.turn_over();
        claims.add(timed([&] { bill.check(host.agent()); }));
    }
    return {{"claim of 30 lines, 60 people, in process", "us", claims.median() / 1e3, "", 0, at_most(30), {}},
            {"- p99", "us", claims.percentile(0.99) / 1e3, "", 0, {}, {}}};
}

std::vector<Row> start_rows(const Run& run, const EnrolledAgent& folder) {
    progress("start to first answer");
    Samples programs;
    Samples hosts;
    for (std::size_t i = 0; i < run.size(kStarts, 1); ++i) {
        programs.add(run_ms({kAgent, "check", "--data", folder.data(), "--ordering", folder.code(i)}));
        Bill bill(folder, 1);
        bill.turn_over();
        hosts.add(timed([&] { bill.check(Host::owner(folder).agent()); }) / 1e6);
    }
    return {
        {"start of a program to its first answer, 100,000 people", "ms", programs.median(), "", 0, at_most(300), {}},
        {"- of it zige_agent_open and the first check", "ms", hosts.median(), "", 0, {}, {}}};
}

std::string request_body(const EnrolledAgent& folder) {
    return R"({"infno":"2204","claim_id":"JS20261120-0017","feedetail":[{"feedetl_sn":"1","bilg_dr_codg":")" +
           folder.code(17) + R"(","bilg_dept_codg":"A12","fee_ocur_time":")" + format(folder.now()) +
           R"(","det_item_fee_sumamt":"128.50"}]})";
}

/// Requests of `callers`, each over a connection of its own, in one second.
double per_second(const Run& run, int callers, const std::function<std::unique_ptr<HttpLoop>()>& dial) {
    std::atomic<std::size_t> asked{0};
    const auto start = std::chrono::steady_clock::now();
    const auto until = start + std::chrono::milliseconds(run.size(kLoad, 20));
    std::vector<std::thread> threads;
    for (int i = 0; i < callers; ++i)
        threads.emplace_back([&] {
            const auto line = dial();
            std::size_t mine = 0;
            for (; std::chrono::steady_clock::now() < until; ++mine) line->ask();
            asked += mine;
        });
    for (std::thread& thread : threads) thread.join();
    return static_cast<double>(asked) / nanoseconds_between(start, std::chrono::steady_clock::now()) * 1e9;
}

std::vector<Row> http_rows(const Run& run, EnrolledAgent& folder, const std::filesystem::path& scratch) {
    progress("checks over HTTP");
    const std::string head = "X-Zige-Key: " + folder.new_key("bench") + "\r\nContent-Type: application/json\r\n";
    const std::string body = request_body(folder);
    const Child daemon({kAgent, "serve", "--data", folder.data(), "--listen", "127.0.0.1:0", "--sync-every", "86400"});
    const auto to_daemon = [&] { return std::make_unique<HttpLoop>(daemon.port(), "/v1/check", head, body); };
    const auto line = to_daemon();
    std::ofstream(scratch / "answer.json", std::ios::binary) << line->ask_for_body();
    const Child bare({kBare, (scratch / "answer.json").string()});
    const auto to_bare = [&] { return std::make_unique<HttpLoop>(bare.port(), "/v1/check", head, body); };
    const auto bare_line = to_bare();
    Samples checks;
    Samples answers;
    for (std::size_t block = 0; block < run.size(kBlocks, 1); ++block) {
        const std::size_t count = run.size(kRequests, 20);
        const auto each = [count](HttpLoop& over) {
            return timed([&] {
                       for (std::size_t i = 0; i < count; ++i) over.ask();
                   }) /
                   1e3 / static_cast<double>(count);
        };
        answers.add(each(*bare_line));
        checks.add(each(*line));
    }
    const double many = per_second(run, kCallers, to_daemon);
    const std::string baseline = "bare Poco handler, same answer";
    return {{"local HTTP check, 1 connection",
             "us",
             checks.median(),
             baseline,
             answers.median(),
             Goal{GoalOf::ratio, GoalSide::at_most, 1.5},
             {}},
            {"- 8 connections, callers on the same cores",
             "/s",
             many,
             baseline,
             per_second(run, kCallers, to_bare),
             Goal{GoalOf::measured, GoalSide::at_least, 20'000},
             {}}};
}

/// After a first check over the socket, and after a sync that brings 5,000 records.
struct Memory {
    double idle = 0;
    double peak = 0;
};

std::uint64_t version_of(const Host& host) {
    zige_agent_info info;
    ZIGE_INIT(info);
    zige_error error;
    require(zige_agent_status(&info, host.agent(), &error), error, "zige_agent_status");
    return info.seq;
}

Memory memory_of_daemon(EnrolledAgent& folder, std::size_t moved) {
    const Child daemon({kAgent, "serve", "--data", folder.data(), "--listen", "127.0.0.1:0", "--sync-every", "86400"});
    const Host host = Host::client(folder);
    Bill bill(folder, 1);
    bill.turn_over();
    bill.check(host.agent());
    Memory memory{daemon.resident_mb(), 0};
    const std::uint64_t before = version_of(host);
    folder.move_people(moved);
    zige_sync_report report;
    ZIGE_INIT(report);
    zige_error error;
    require(zige_sync(&report, host.agent(), 1, &error), error, "zige_sync");
    expect(version_of(host) > before, "a sync that brings something");  // or the daemon's own, just before
    memory.peak = daemon.peak_mb();
    return memory;
}

std::vector<Row> memory_rows(const Run& run, EnrolledAgent& many, const std::filesystem::path& scratch) {
    progress("memory");
    EnrolledAgent few(scratch / "few", run.suite, kFew);
    const Memory small = memory_of_daemon(few, kFew);
    const Memory large = memory_of_daemon(many, run.size(kMoved, 100));
    std::ofstream(scratch / "nothing.json") << "{}";
    const Child bare({kBare, (scratch / "nothing.json").string()});
    HttpLoop(bare.port(), "/", "", "{}").ask();
    const std::string baseline = "bare Poco NetSSL program";
    const double beside = bare.resident_mb();
    return {{"memory of the agent, 100 people, idle", "MB", small.idle, baseline, beside, at_most(20), {}},
            {"- 100,000 people, idle", "MB", large.idle, baseline, beside, at_most(32), {}},
            {"- 100,000 people, peak while 5,000 records apply", "MB", large.peak, baseline, beside, at_most(48), {}}};
}

double stripped_mb(const std::string& program, const std::filesystem::path& scratch) {
    const std::string to = (scratch / "stripped").string();
    run_ms({"/usr/bin/strip", "--strip-all", "-o", to, program});
    return static_cast<double>(std::filesystem::file_size(to)) / 1e6;
}

std::vector<Row> program_rows(const std::filesystem::path& scratch) {
    progress("sizes of the programs");
    const double agent = stripped_mb(kAgent, scratch);
    const double hub = stripped_mb(ZIGE_HUB_PROGRAM, scratch);
    return {{"zige-agent and zige-hub, stripped", "MB", agent + hub, "", 0, at_most(5), {}},
            {"- zige-agent", "MB", agent, "", 0, {}, {}},
            {"- libzige", "MB", stripped_mb(ZIGE_LIBRARY_FILE, scratch), "", 0, {}, {}}};
}

}  // namespace

std::vector<Row> host_rows(const Run& run) {
    progress("enrolment and first sync of 100,000 people");
    const std::filesystem::path scratch = run.folder / "host";
    EnrolledAgent folder(scratch, run.suite, run.size(kMany, 300));
    std::vector<Row> rows;
    const auto add = [&rows](std::vector<Row> more) {
        for (Row& row : more) rows.push_back(std::move(row));
    };
    add(claim_rows(run, folder));
    add(start_rows(run, folder));
    add(http_rows(run, folder, scratch));
    add(memory_rows(run, folder, scratch));
    add(program_rows(scratch));
    return rows;
}

}  // namespace zige::bench
