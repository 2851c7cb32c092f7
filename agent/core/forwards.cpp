#include "agent/core/forwards.h"

#include <variant>

#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

/// Keys of claims have at most kMaxIdempotencyKey characters: none of them is ever one of these.
std::string key_of(const Forwards::Message& message, std::uint32_t attempt, const char* what) {
    std::string key = "forward/" + to_hex(message.identity) + "/" + std::to_string(attempt) + what;
    expect(key.size() > kMaxIdempotencyKey, "a key that no claim can have");
    return key;
}

wire::ForwardEntry entry_of(const Forwards::Message& message, std::uint32_t attempt) {
    wire::ForwardEntry entry;
    entry.infno = message.infno;
    entry.msgid = message.msgid;
    entry.message = message.bytes;
    entry.attempt = attempt;
    entry.lines_unseen = message.lines_unseen;
    return entry;
}

Error stopped(ErrorId why, const wire::JournalEntry& entry) { return fail(why, "msgid", format(entry.times.wall)); }

}  // namespace

Result<std::uint32_t> Forwards::begin(const Message& message) {
    for (std::uint32_t attempt = 1; attempt <= wire::kMaxForwards; ++attempt) {
        ZIGE_TRY(ended, journal_.find_forward(key_of(message, attempt, "/end")));
        if (ended) {
            const ForwardState state = std::get<wire::ForwardEntry>(ended->body).state;
            if (state == ForwardState::refused || state == ForwardState::not_sent) continue;
            return stopped(
                state == ForwardState::accepted ? ErrorId::fsi_already_forwarded : ErrorId::fsi_outcome_unknown,
                *ended);
        }
        const std::string key = key_of(message, attempt, "/begin");
        ZIGE_TRY(first, journal_.record(entry_of(message, attempt), {key, message.identity}));
        if (first) return attempt;
        ZIGE_TRY(begun, journal_.find_forward(key));  // by somebody else, now or before a power cut
        if (!begun) return fail(ErrorId::journal_corrupt, "forward");
        return stopped(ErrorId::fsi_outcome_unknown, *begun);
    }
    return fail(ErrorId::fsi_already_forwarded, "msgid", "too many attempts");
}

Result<void> Forwards::end(const Message& message, std::uint32_t attempt, ForwardState state, std::string infcode) {
    wire::ForwardEntry entry = entry_of(message, attempt);
    entry.state = state;
    entry.infcode = std::move(infcode);
    ZIGE_TRY(first, journal_.record(entry, {key_of(message, attempt, "/end"), message.identity}));
    expect(first, "a forward that ended twice");
    return {};
}

}  // namespace zige::agent
