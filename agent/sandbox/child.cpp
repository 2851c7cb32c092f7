#include "agent/sandbox/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace zige::sandbox {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLook{50};  // how soon a signal that ends us is seen
constexpr milliseconds kStopWithin{20'000};
constexpr int kCannotRun = 127;

Error system_error(const char* doing) { return fail(ErrorId::file_io, doing, std::strerror(errno)); }

class Pipe {
public:
    static Result<Pipe> make() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) return system_error("pipe");
        return Pipe(ends[0], ends[1]);
    }
    Pipe(Pipe&& other) noexcept : read_(std::exchange(other.read_, -1)), write_(std::exchange(other.write_, -1)) {}
    Pipe& operator=(Pipe&&) = delete;
    ~Pipe() {
        close_read();
        close_write();
    }
    int read_end() const { return read_; }
    int write_end() const { return write_; }
    int take_read() { return std::exchange(read_, -1); }
    void close_read() { shut(read_); }
    void close_write() { shut(write_); }

private:
    Pipe(int read_end, int write_end) : read_(read_end), write_(write_end) {}
    static void shut(int& end) {
        if (end >= 0) close(end);
        end = -1;
    }
    int read_;
    int write_;
};

/// Everything that the new process needs, made before it is: after fork() nothing is allocated.
class Image {
public:
    explicit Image(const Command& command) : words_(command.words) {
        for (const std::string& word : words_) arguments_.push_back(const_cast<char*>(word.c_str()));
        arguments_.push_back(nullptr);
        for (char** each = environ; *each != nullptr; ++each) {
            const std::string_view ours = *each;
            const std::string_view name = ours.substr(0, ours.find('='));
            bool changed = false;
            for (const auto& [other, value] : command.environment) changed = changed || other == name;
            if (!changed) settings_.emplace_back(ours);
        }
        for (const auto& [name, value] : command.environment) settings_.push_back(name + "=" + value);
        for (const std::string& setting : settings_) environment_.push_back(const_cast<char*>(setting.c_str()));
        environment_.push_back(nullptr);
    }

    /// In the new process, and only there.
    [[noreturn]] void become(int in, int out, int err) const {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setpgid(0, 0);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of write(), not the end
        if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0)
            execvpe(arguments_[0], arguments_.data(), environment_.data());
        _exit(kCannotRun);
    }

private:
    std::vector<std::string> words_;
    std::vector<std::string> settings_;
    std::vector<char*> arguments_;
    std::vector<char*> environment_;
};

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

void end_group(pid_t id, int signal_number) {
    if (kill(-id, signal_number) != 0) kill(id, signal_number);
}

/// Takes what there is; false: the other side closed it.
bool take(int from, std::string& to) {
    std::array<char, 16'384> room;
    const ssize_t count = read(from, room.data(), room.size());
    if (count <= 0) return count < 0 && (errno == EINTR || errno == EAGAIN);
    if (to.size() < kMaxProgramOutput) to.append(room.data(), static_cast<std::size_t>(count));
    return true;
}

/// Its input goes in and its output comes out at the same time, so that neither waits for the other.
class Conversation {
public:
    Conversation(const std::string& input, Pipe& in, Pipe& out, Pipe& err)
        : rest_(input), in_(in), out_(out), err_(err) {
        fcntl(in_.write_end(), F_SETFL, O_NONBLOCK);
        if (rest_.empty()) in_.close_write();
    }

    /// False: the time is over, or we are being ended.
    bool run(Clock::time_point until, Ended& ended) {
        bool out_open = true;
        bool err_open = true;
        while (out_open || err_open) {
            if (Clock::now() >= until || must_end()) return false;
            std::array<pollfd, 3> ends{{{out_open ? out_.read_end() : -1, POLLIN, 0},
                                        {err_open ? err_.read_end() : -1, POLLIN, 0},
                                        {in_.write_end(), POLLOUT, 0}}};
            if (poll(ends.data(), ends.size(), static_cast<int>(kLook.count())) <= 0) continue;
            if (ends[0].revents != 0) out_open = take(out_.read_end(), ended.out);
            if (ends[1].revents != 0) err_open = take(err_.read_end(), ended.err);
            if (ends[2].revents != 0) give();
        }
        return true;
    }

private:
    void give() {
        const ssize_t count = write(in_.write_end(), rest_.data(), rest_.size());
        if (count > 0) rest_.remove_prefix(static_cast<std::size_t>(count));
        if (rest_.empty() || (count < 0 && errno != EAGAIN && errno != EINTR)) in_.close_write();
    }

    std::string_view rest_;
    Pipe& in_;
    Pipe& out_;
    Pipe& err_;
};

/// Whether it ends by itself in time. It may have closed its outputs long before, and run on.
bool ends(pid_t id, Clock::time_point until) {
    siginfo_t ended{};
    while (waitid(P_PID, static_cast<id_t>(id), &ended, WEXITED | WNOWAIT | WNOHANG) == 0 && ended.si_pid == 0) {
        if (Clock::now() >= until || must_end()) return false;
        poll(nullptr, 0, 5);
    }
    return true;
}

/// What it started may hold our pipes open for ever; it is ended with it.
int end_of(pid_t id, bool kill_it) {
    if (kill_it) end_group(id, SIGKILL);
    int status = 0;
    while (waitpid(id, &status, 0) < 0 && errno == EINTR) {}
    return code_of(status);
}

}  // namespace

bool must_end() {
    sigset_t waiting;
    sigemptyset(&waiting);
    sigpending(&waiting);
    return sigismember(&waiting, SIGTERM) == 1 || sigismember(&waiting, SIGINT) == 1;
}

Result<Ended> run_to_end(const Command& command, milliseconds limit) {
    ZIGE_TRY(in, Pipe::make());
    ZIGE_TRY(out, Pipe::make());
    ZIGE_TRY(err, Pipe::make());
    const Image image(command);
    const pid_t id = fork();
    if (id < 0) return system_error("fork");
    if (id == 0) image.become(in.read_end(), out.write_end(), err.write_end());
    in.close_read();
    out.close_write();
    err.close_write();
    Ended ended;
    const auto until = Clock::now() + limit;
    const bool whole = Conversation(command.input, in, out, err).run(until, ended) && ends(id, until);
    ended.late = !whole;
    ended.code = end_of(id, !whole);
    if (must_end()) return fail(ErrorId::net_interrupted, "", "ended by a signal");
    if (ended.code == kCannotRun) return fail(ErrorId::usage_bad_argument, command.words[0], "cannot be run");
    return ended;
}

Result<std::unique_ptr<Child>> Child::start(const Command& command, const std::filesystem::path& log,
                                            milliseconds ready_within) {
    ZIGE_TRY(out, Pipe::make());
    const int messages = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (messages < 0) return fail(ErrorId::file_io, log.string(), std::strerror(errno));
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const Image image(command);
    const pid_t id = fork();
    if (id == 0) image.become(nothing, out.write_end(), messages);
    close(messages);
    close(nothing);
    if (id < 0) return system_error("fork");
    out.close_write();
    std::unique_ptr<Child> child(new Child(id, out.take_read()));
    const auto until = Clock::now() + ready_within;
    while (child->first_line_.find('\n') == std::string::npos) {
        if (must_end()) return fail(ErrorId::net_interrupted, "", "ended by a signal");
        if (Clock::now() >= until) return fail(ErrorId::net_timeout, command.words[0], "was not ready; see " + log.string());
        pollfd ready{child->output_, POLLIN, 0};
        if (poll(&ready, 1, static_cast<int>(kLook.count())) <= 0) continue;
        if (!take(child->output_, child->first_line_))
            return fail(ErrorId::net_interrupted, command.words[0], "ended before it was ready; see " + log.string());
    }
    return child;
}

Child::~Child() {
    stop();
    close(output_);
}

bool Child::runs() {
    int status = 0;
    if (!ended_ && waitpid(id_, &status, WNOHANG) == id_) {
        ended_ = true;
        code_ = code_of(status);
    }
    return !ended_;
}

int Child::stop() {
    const auto until = Clock::now() + kStopWithin;
    if (runs()) kill(id_, SIGTERM);
    if (runs()) kill(id_, SIGCONT);
    while (runs()) {
        if (Clock::now() >= until) kill(id_, SIGKILL);
        poll(nullptr, 0, 5);
    }
    return code_;
}

void Child::pause() {
    if (runs()) kill(id_, SIGSTOP);
}

void Child::resume() {
    if (runs()) kill(id_, SIGCONT);
}

Result<void> Child::let_no_file_grow(bool yes) {
    const rlim_t most = yes ? 0 : RLIM_INFINITY;
    const rlimit limit{most, RLIM_INFINITY};
    if (prlimit(id_, RLIMIT_FSIZE, &limit, nullptr) != 0) return system_error("prlimit");
    return {};
}

}  // namespace zige::sandbox
