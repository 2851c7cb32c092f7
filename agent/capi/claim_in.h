#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <string>

#include "agent/capi/charset.h"
#include "agent/core/gate.h"
#include "zige/zige.h"

namespace zige::capi {

/// One line of the host's. Views point to the host's texts and to the memory it was read with.
struct AskedLine {
    agent::ClaimLine line;
    std::array<std::uint8_t, ZIGE_MAX_PEOPLE> place{};  ///< in zige_line.people, of each of line.line.people
};

/// Reads a claim of the host's. What is wrong with it is an Error that names the field, "lines[2].fee_time".
class ClaimReader {
public:
    /// api_missing_field, api_bad_field, file_bad_encoding: the claim without its lines, and their ids.
    static Result<ClaimReader> open(const zige_claim* claim, const Charset& charset, std::pmr::memory_resource& memory);

    std::size_t lines() const { return claim_.line_count; }
    Txn txn() const { return txn_; }
    std::string_view claim_id() const { return claim_id_; }
    std::string_view idempotency_key() const { return key_; }
    /// Fills `to`, which is empty, from line `at`, from 0. What open() says, time_bad_time, and the same rules as a claim
    /// in JSON has: fee lines name who ordered, a declared emergency has a reason and a name.
    Result<void> read_line(std::size_t at, std::pmr::memory_resource& memory, AskedLine& to) const;

    static std::string field_of(std::size_t at, std::string_view field);

private:
    ClaimReader(const zige_claim& claim, const Charset& charset) : claim_(claim), charset_(&charset) {}
    Result<void> read_head(std::pmr::memory_resource& memory);
    Result<void> check_line_ids() const;
    const unsigned char* raw_line(std::size_t at) const;
    Result<std::string_view> read_id(std::size_t at, std::pmr::memory_resource& memory) const;

    zige_claim claim_;
    const Charset* charset_;
    Txn txn_{};
    std::string_view claim_id_;
    std::string_view key_;
};

}  // namespace zige::capi
