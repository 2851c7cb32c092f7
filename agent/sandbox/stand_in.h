#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/sandbox/fault.h"
#include "shared/base/bytes.h"
#include "shared/poco/json.h"
#include "shared/ports/clock.h"

namespace zige::sandbox {

/// One message that reached the stand-in.
struct Received {
    std::uint64_t number = 0;  ///< from 1
    std::string infno;         ///< by the message, else by the address
    std::string path;
    std::string content_type;
    Bytes body;           ///< as it came
    Json message;         ///< what it says; null where it is no JSON in UTF-8 or GBK
    std::string infcode;  ///< what the stand-in made of it; empty: it did not take it
    std::string fault;    ///< that was played, empty if none
};

/// A stand-in for the insurance platform: takes messages of the national interface on loopback, keeps each byte for byte,
/// answers in the interface's envelope, and fails by script. It has no data of anybody and judges nobody.
class StandIn {
public:
    struct Options {
        std::string address = "127.0.0.1:0";
        std::filesystem::path folder;  ///< of the transcript; is there
        const Clock* clock = nullptr;
        std::function<void(const Received&)> on_message;  ///< any thread, one at a time
    };
    /// net_cannot_listen, file_io.
    static Result<std::unique_ptr<StandIn>> start(Options options);
    virtual ~StandIn() = default;

    virtual std::uint16_t port() const = 0;
    /// "{infno}" in it is the transaction.
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()) + "/fsi/api/{infno}"; }
    virtual FaultScript& faults() = 0;
    /// Those after the first `from`.
    virtual std::vector<Received> received(std::size_t from = 0) const = 0;
    virtual std::size_t count() const = 0;
    virtual void stop() = 0;
};

inline constexpr const char* kTranscript = "transcript.jsonl";

}  // namespace zige::sandbox
