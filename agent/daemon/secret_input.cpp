#include "agent/daemon/secret_input.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxLine = 256;

/// The terminal without echo, as long as it lives.
class Unseen {
public:
    Unseen() : tty_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (tty_ < 0 || ::tcgetattr(tty_, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ok_ = ::tcsetattr(tty_, TCSAFLUSH, &quiet) == 0;
    }
    ~Unseen() {
        if (ok_) (void)::tcsetattr(tty_, TCSAFLUSH, &before_);
        if (tty_ >= 0) ::close(tty_);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

    bool ok() const { return ok_; }
    bool write(std::string_view text) const {
        return ::write(tty_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    }
    /// To the end of the line; nothing when it is too long or the terminal is gone.
    bool read(std::string& line) const {
        for (char c = 0; line.size() < kMaxLine;) {
            if (::read(tty_, &c, 1) != 1) return false;
            if (c == '\n') return true;
            line += c;
        }
        return false;
    }

private:
    int tty_;
    termios before_{};
    bool ok_ = false;
};

}  // namespace

Result<std::string> read_unseen(std::string_view prompt, std::string_view instead) {
    const Unseen terminal;
    std::string line;
    if (!terminal.ok() || !terminal.write(prompt) || !terminal.read(line))
        return fail(ErrorId::usage_bad_argument, std::string(instead), "there is no terminal; use this option");
    (void)terminal.write("\n");
    return line;
}

}  // namespace zige::daemon
