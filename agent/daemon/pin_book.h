#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/poco/json.h"
#include "shared/ports/clock.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxPin = 12;
inline constexpr std::size_t kMaxPinName = 60;
inline constexpr std::size_t kMaxPinFile = 4U << 20;
inline constexpr std::size_t kMaxPins = 5000;
inline constexpr int kWrongPins = 5;  ///< in a row, then the name is locked
inline constexpr std::chrono::minutes kPinLock{15};

/// 6 to 12 digits, neither all the same nor in a row. local_pin_weak names `field`.
Result<void> check_pin(std::string_view pin, std::string_view field);
/// 8 digits of chance that check_pin() takes.
std::string random_pin(Random& random);

/// Who has a PIN, and what it must be. On disk stands a salted slow hash; wrong tries are counted there before they are
/// told, so that a restart forgives none. A name is locked by the clock that nobody can set. Any thread.
class PinBook {
public:
    struct Facts {
        std::string name;
        Instant made{};
        bool locked = false;
        bool once = false;             ///< good for one use
        std::optional<Instant> until;  ///< by the running time
    };
    struct Terms {
        bool once = false;
        std::optional<Instant> until;
    };

    /// Reads `path`; no file is an empty book. A damaged file is no reason not to start: every call then says
    /// local_pins_damaged, until somebody moves the file away. The errors of Files.
    static Result<std::unique_ptr<PinBook>> open(std::filesystem::path path, Files& files, Random& random,
                                                 const Clock& clock);

    /// Somebody new. local_clerk_name_taken, local_too_many_clerks, local_pin_weak (`pin`), api_bad_field (`name`);
    /// local_pins_damaged: nothing was overwritten. On disk when it returns, as are the next two.
    Result<void> add(std::string_view name, std::string_view pin, Instant now);
    /// Somebody new or somebody known; no longer locked. local_pin_weak, local_too_many_clerks, api_bad_field.
    Result<void> put(std::string_view name, std::string_view pin, Instant now, Terms terms);
    Result<void> remove(std::string_view name);  ///< local_clerk_not_found
    Result<std::vector<Facts>> list() const;
    Result<bool> has(std::string_view name) const;
    Result<bool> empty() const;
    /// local_pin_wrong: another PIN, or nobody has this name; local_pin_locked; local_self_refused: `running` is past
    /// the PIN's end.
    Result<Facts> check(std::string_view name, std::string_view pin, Instant running);
    /// local_pins_damaged, or nothing.
    const Result<void>& readable() const { return readable_; }

private:
    struct Entry {
        Facts facts;
        Bytes salt;
        Bytes hash;
        int wrong = 0;                                          ///< in a row
        std::optional<std::chrono::milliseconds> locked_until;  // since boot
    };
    PinBook(std::filesystem::path path, Files& files, Random& random, const Clock& clock)
        : path_(std::move(path)), files_(files), random_(random), clock_(clock) {}
    Result<void> load();
    Result<void> parse(ByteView file);
    Result<Entry> read_entry(const Json& row) const;
    Result<void> save(const std::vector<Entry>& entries) const;
    Result<void> write(std::string_view name, std::string_view pin, Facts facts, bool replace);
    Result<void> place(Entry entry, bool replace);
    bool is_locked(const Entry& entry) const;

    const std::filesystem::path path_;
    Files& files_;
    Random& random_;
    const Clock& clock_;
    mutable std::mutex mutex_;  // guards entries_ and the file; one slow hash at a time
    std::vector<Entry> entries_;
    Result<void> readable_;  // since open()
};

}  // namespace zige::daemon
