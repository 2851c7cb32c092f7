#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/result.h"

namespace zige::sandbox {

/// A program and how it is called.
struct Command {
    std::vector<std::string> words;  ///< the program first; without a slash it is searched in PATH
    std::string input;               ///< on its standard input
    std::vector<std::pair<std::string, std::string>> environment;  ///< beside ours
};

struct Ended {
    int code = 0;  ///< 128 + signal where a signal ended it
    bool late = false;  ///< it took longer than it was given, and was killed with all that it started
    std::string out;
    std::string err;
};

inline constexpr std::size_t kMaxProgramOutput = 4U << 20;

/// Runs it to its end. usage_bad_argument: no such program; net_interrupted: we are being ended ourselves; file_io.
Result<Ended> run_to_end(const Command& command, std::chrono::milliseconds limit);

/// A program that serves until told to stop. It ends with us, however we end. One thread.
class Child {
public:
    /// Waits for the first line of its standard output. Its messages go to the end of `log`.
    static Result<std::unique_ptr<Child>> start(const Command& command, const std::filesystem::path& log,
                                                std::chrono::milliseconds ready_within);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    const std::string& first_line() const { return first_line_; }
    pid_t id() const { return id_; }
    bool runs();
    /// SIGTERM, and SIGKILL where that does not do; the exit code.
    int stop();
    void pause();   ///< SIGSTOP: connections are still taken, and nobody answers
    void resume();  ///< SIGCONT
    /// From now on it writes nothing to any file, as on a full disk; `yes` = false undoes it. file_io.
    Result<void> let_no_file_grow(bool yes);

private:
    Child(pid_t id, int output) : id_(id), output_(output) {}
    pid_t id_;
    int output_;
    bool ended_ = false;
    int code_ = 0;
    std::string first_line_;
};

/// SIGTERM or SIGINT came (they must be held, shared/posix/signals.h).
bool must_end();

}  // namespace zige::sandbox
