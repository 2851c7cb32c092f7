#include "tests/bench/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <stdexcept>

#include "tests/bench/measure.h"

extern char** environ;

namespace zige::bench {
namespace {

/// `out`: where its standard output goes; -1: nowhere.
pid_t start(const std::vector<std::string>& words, int out) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    if (out < 0) posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    else posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    pid_t process = 0;
    const int refused = posix_spawn(&process, words.front().c_str(), &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (refused != 0) throw std::runtime_error("cannot start " + words.front());
    return process;
}

std::string read_line(int from) {
    std::string line;
    for (char c = 0; read(from, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

}  // namespace

Child::Child(const std::vector<std::string>& words) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    out_ = ends[0];
    process_ = start(words, ends[1]);
    close(ends[1]);
    first_line_ = read_line(out_);
    if (!first_line_.empty()) return;
    end();
    throw std::runtime_error(words.front() + " ended without a word");
}

Child::~Child() { end(); }

void Child::end() {
    if (process_ == 0) return;
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
    close(out_);
    process_ = 0;
}

std::uint16_t Child::port() const {
    const auto at = first_line_.find("\"port\":");
    if (at == std::string::npos) throw std::runtime_error("no port in " + first_line_);
    return static_cast<std::uint16_t>(std::stoul(first_line_.substr(at + 7)));
}

double Child::memory_mb(const std::string& what) const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    for (std::string word; status >> word;) {
        double kilobytes = 0;
        if (word == what && status >> kilobytes) return kilobytes / 1024;
    }
    throw std::runtime_error("no " + what + " of a program of ours");
}

double run_ms(const std::vector<std::string>& words) {
    int status = 0;
    const double nanoseconds = timed([&] { waitpid(start(words, -1), &status, 0); });
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(words.front() + " failed");
    return nanoseconds / 1e6;
}

}  // namespace zige::bench
