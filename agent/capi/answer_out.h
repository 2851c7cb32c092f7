#pragma once

#include <string_view>

#include "agent/capi/charset.h"
#include "agent/capi/claim_in.h"
#include "agent/core/gate.h"
#include "zige/zige.h"

namespace zige::capi {

void write_day(const std::optional<Day>& day, char (&to)[12]);  ///< "" for none
void write_time(Instant when, char (&to)[20]);                  ///< "" for 0

/// What the whole claim is answered with, beside its lines.
struct ClaimFacts {
    bool repeated = false;
    std::uint32_t duties_due = 0;
    std::uint32_t chapter = 0;
    std::int32_t mode = 0;
    bool clock_unknown = false;
    bool clock_suspect = false;
};

/// The host's room for the answer to a claim. Until finish() nothing in it says that anything may settle.
class AnswerWriter {
public:
    /// Of no line yet. api_missing_field, api_bad_field: there is no room, or nobody can say how much.
    static Result<AnswerWriter> open(zige_answer* out, const Charset& charset);
    /// For the lines of the claim; nothing of an earlier answer is left in them. api_bad_field: too little.
    Result<void> make_room(std::size_t lines);

    /// The room for line `at`; it is zero, and no ground is counted.
    zige_decision& line(std::size_t at);
    const Charset& charset() const { return *charset_; }
    zige_answer& answer() { return *out_; }

    /// Adds what follows from the lines, and all of it counts.
    void finish(const ClaimFacts& facts);
    /// There is no answer.
    void blank();

private:
    AnswerWriter(zige_answer* out, const Charset& charset) : out_(out), charset_(&charset) {}

    zige_answer* out_;
    std::size_t lines_ = 0;
    const Charset* charset_;
};

/// Writes a decision by the copy that it was made by.
void write_decision(const Decision& decision, const AskedLine& asked, const Copy& copy, const Charset& charset,
                    zige_decision& to);

}  // namespace zige::capi
