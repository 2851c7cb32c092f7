#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace zige::bench {

/// A program that runs beside the bench; ended with it.
class Child {
public:
    /// `words`: the program's path and its arguments. It has said its first line on return.
    explicit Child(const std::vector<std::string>& words);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    const std::string& first_line() const { return first_line_; }
    /// The number behind "port": of the first line.
    std::uint16_t port() const;
    double resident_mb() const { return memory_mb("VmRSS:"); }
    double peak_mb() const { return memory_mb("VmHWM:"); }
    void end();

private:
    double memory_mb(const std::string& what) const;

    pid_t process_ = 0;
    int out_ = -1;
    std::string first_line_;
};

/// Milliseconds from the start of a program to its end; it ends with 0. What it says is not heard.
double run_ms(const std::vector<std::string>& words);

}  // namespace zige::bench
