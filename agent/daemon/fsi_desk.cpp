#include "agent/daemon/fsi_desk.h"

#include <algorithm>

#include "agent/daemon/clear_answer.h"
#include "shared/base/letters.h"
#include "shared/wire/cbor.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

/// A parameter of the query. api_bad_field: too long.
Result<std::string> parameter_of(const HttpRequest& http, const char* name, std::size_t max_bytes) {
    std::string value = http.parameter(name).value_or("");
    if (value.size() > max_bytes)
        return fail(ErrorId::api_bad_field, name, "longer than " + std::to_string(max_bytes) + " bytes");
    return value;
}

Result<void> all_or_none(std::initializer_list<std::pair<const char*, const std::string*>> fields) {
    const bool any = std::ranges::any_of(fields, [](const auto& each) { return !each.second->empty(); });
    for (const auto& [name, value] : fields)
        if (any && value->empty()) return fail(ErrorId::api_missing_field, name);
    return {};
}

/// emergency, reason and declared_by; release_reason and released_by; order_number and order_time: each group whole or
/// not at all.
Result<FsiBeside> beside_of(const HttpRequest& http) {
    FsiBeside beside;
    ZIGE_TRY(kind, parameter_of(http, "emergency", kMaxReason));
    ZIGE_TRY(reason, parameter_of(http, "reason", kMaxReason));
    ZIGE_TRY(declared_by, parameter_of(http, "declared_by", kMaxReason));
    ZIGE_TRY(release_reason, parameter_of(http, "release_reason", kMaxReason));
    ZIGE_TRY(released_by, parameter_of(http, "released_by", kMaxReason));
    ZIGE_TRY(order_number, parameter_of(http, "order_number", kMaxCode));
    ZIGE_TRY(order_time, parameter_of(http, "order_time", kMaxCode));
    ZIGE_CHECK(all_or_none({{"emergency", &kind}, {"reason", &reason}, {"declared_by", &declared_by}}));
    ZIGE_CHECK(all_or_none({{"release_reason", &release_reason}, {"released_by", &released_by}}));
    ZIGE_CHECK(all_or_none({{"order_number", &order_number}, {"order_time", &order_time}}));
    const auto known = from_name<EmergencyKind>(kind);
    if (!kind.empty() && (!known || *known == EmergencyKind::none))
        return fail(ErrorId::api_bad_field, "emergency", "emergency, rescue or special");
    if (!kind.empty()) beside.emergency = *known;
    if (!order_time.empty()) {
        ZIGE_TRY(written, parse_time(order_time, "order_time"));
        beside.order_time = written;
    }
    beside.reason = std::move(reason);
    beside.declared_by = std::move(declared_by);
    beside.release_reason = std::move(release_reason);
    beside.released_by = std::move(released_by);
    beside.order_number = std::move(order_number);
    return beside;
}

/// 5xx only where no answer could be formed: whoever reads it goes on by the no-answer contract. A message whose
/// outcome is unknown is no such case.
int status_of(const Error& error) {
    const int status = http_status(error.id);
    const bool ours = std::string_view(to_string(error.id)).starts_with("fsi_");
    return ours || status == 400 ? 200 : status;
}

bool is_ours(std::string_view header) { return ascii_lower(header).starts_with("x-zige-"); }

/// Headers that are for the platform: not ours, and no key of ours.
HttpHeaders headers_of(const HttpRequest& http) {
    HttpHeaders headers;
    for (const auto& [name, value] : http.headers) {
        const bool key = ascii_lower(name) == "authorization" && value.starts_with("Bearer zk-");
        if (!key && !is_ours(name)) headers.emplace_back(name, value);
    }
    return headers;
}

}  // namespace

/// One message.
class FsiDesk::Call {
public:
    Call(FsiDesk& desk, const HttpRequest& http, std::string_view infno)
        : desk_(desk), parts_(desk.parts_), http_(http), infno_(infno), received_(parts_.clock.wall()) {}

    HttpReply answer(const Result<Caller>& caller) {
        if (caller) caller_ = caller->name;
        auto done = run(caller);
        HttpReply reply = done ? std::move(*done) : refusal(status_of(done.error()), done.error());
        reply.headers.insert(reply.headers.end(), decided_.begin(), decided_.end());
        return reply;
    }
    HttpReply refusal(int status, const Error& error) {
        return fsi_reply(status, charset_, error_words(error), error_answer(error).body, desk_.stamp(received_));
    }

private:
    Result<HttpReply> run(const Result<Caller>& caller) {
        const auto charset = charset_of(http_.header("Content-Type"), http_.body);
        if (charset) charset_ = *charset;
        if (!caller) return caller.error();
        if (caller->role == CallerRole::viewer) return fail(ErrorId::api_forbidden, "", "a key of role viewer");
        if (http_.method != "POST") return fail(ErrorId::api_bad_method, "", http_.method + " /fsi");
        if (!infno_.empty() && !is_infno(infno_)) return fail(ErrorId::api_unknown_path, "", "/fsi and four digits");
        if (!charset) return charset.error();
        ZIGE_TRY(text, text_of(http_.body, *charset));
        ZIGE_TRY(message, FsiMessage::read(text, infno_));
        message_ = &message;
        infno_ = message.infno();
        const FsiTransaction* row = find_fsi_transaction(infno_);
        return row == nullptr ? unjudged() : judged(*row);
    }

    /// Of no concern to the gate; a gateway sends it on.
    Result<HttpReply> unjudged() {
        if (parts_.platform == nullptr) return fail(ErrorId::fsi_unknown_transaction, "infno", std::string(infno_));
        if (only_asks(infno_)) return ask();
        ZIGE_TRY(identity, identity_of());
        return forward({std::string(infno_), message_->msgid(), identity, {}, false});
    }

    Result<HttpReply> judged(const FsiTransaction& row) {
        ZIGE_TRY(identity, identity_of());
        auto read = read_claim(row);
        if (!read && row.refusable) return read.error();
        Json words =
            read ? Json::object({{"outcome", to_string(Outcome::not_judged)}}) : error_answer(read.error()).body;
        if (read && read->text) {
            ZIGE_TRY(cleared, clear(*read, identity));
            decided_ = std::move(cleared.headers);
            if (!cleared.refusal.empty())
                return fsi_reply(200, charset_, cleared.refusal, std::move(cleared.words), desk_.stamp(received_));
            words = std::move(cleared.words);
        }
        const bool unseen = read && row.visit == FsiVisit::settlement && !was_asked(read->head);
        HttpReply reply;
        if (parts_.platform == nullptr) {
            if (unseen) words.set("lines_unseen", true);
            if (read) note("visits", learn(row, *read, words));
            reply = fsi_reply(200, charset_, "", std::move(words), desk_.stamp(received_));
        } else {
            ZIGE_TRY(sent, forward({std::string(infno_), message_->msgid(), identity, {}, unseen}));
            if (read && platform_.infcode == "0") note("visits", learn(row, *read, words));
            reply = std::move(sent);
        }
        return reply;
    }

    /// The PIN comes in a header: what stands in an address is written down by whoever sits between.
    Result<void> prove_release() const {
        if (beside_.released_by.empty() || !parts_.prove) return {};
        return parts_.prove(beside_.released_by, http_.header("X-Zige-Pin"), {CallerRole::his, caller_});
    }

    struct Cleared {
        std::string refusal;  ///< empty: all of it may go on
        Json words;
        HttpHeaders headers;
    };
    Result<Cleared> clear(FsiClaim& claim, const Hash256& identity) {
        ZIGE_CHECK(prove_release());
        ZIGE_TRY(key, key_of(identity));
        set_key(*claim.text, std::move(key));
        const agent::Claim asked = claim.text->view();
        ZIGE_TRY(gate, parts_.agent.gate());
        ZIGE_TRY(answer, gate->clear(asked));
        Cleared cleared;
        cleared.refusal = refusal_words(asked, answer, parts_.platform != nullptr);
        const bool silent =
            std::ranges::any_of(answer.lines, [](const agent::LineAnswer& line) { return !line.answered; });
        if (silent && cleared.refusal.empty()) return fail(ErrorId::journal_not_recorded);
        ZIGE_TRY(words, cleared_json(parts_.agent, asked, answer));
        cleared.headers = decision_headers(answer);
        cleared.words = shortened(std::move(words));
        return cleared;
    }

    Result<FsiClaim> read_claim(const FsiTransaction& row) {
        ZIGE_TRY(beside, beside_of(http_));
        beside_ = std::move(beside);
        return read_fsi_claim(*message_, row, beside_);
    }

    /// The same institution, number and content: msgid alone comes twice in the field.
    Result<Hash256> identity_of() const {
        const auto view = parts_.agent.view();
        if (!view) return fail(ErrorId::agent_no_copy);
        const std::string& own = view->state.institution.text;
        if (!message_->institution().empty() && message_->institution() != own)
            return fail(ErrorId::fsi_other_institution, "fixmedins_code", message_->institution());
        wire::Writer out;
        out.array(4).text(own).text(infno_).text(message_->msgid()).text(message_->input_text());
        return parts_.hasher.hash({out.view()});
    }

    /// And what else the claim is made of.
    Result<std::string> key_of(const Hash256& identity) const {
        constexpr std::size_t kDigestBytes = 16;
        wire::Writer out;
        out.array(10).bytes(identity).text(message_->sent_at()).text(message_->opter());
        out.uint(static_cast<std::uint64_t>(beside_.emergency)).text(beside_.reason).text(beside_.declared_by);
        out.text(beside_.release_reason).text(beside_.released_by).text(beside_.order_number);
        out.text(beside_.order_time ? format(*beside_.order_time) : "");
        const Hash256 digest = parts_.hasher.hash({out.view()});
        return message_->msgid() + ":" + to_hex(ByteView(digest).first(kDigestBytes));
    }

    bool was_asked(const FsiLot& settled) const {
        if (settled.visit.empty()) return false;
        const auto visits = parts_.agent.visits();
        if (!visits) return false;
        const auto asked = (*visits)->asked(settled.visit, named(settled.lot));
        note("visits", asked);
        return asked && *asked;
    }

    /// "0000" and no lot at all stand for all lots of the visit that are not settled yet.
    static std::optional<std::string_view> named(const std::string& lot) {
        return lot.empty() || lot == "0000" ? std::nullopt : std::optional<std::string_view>(lot);
    }

    /// What messages that come later leave out. As a gateway only of what the platform took; without one, what passed here
    /// counts as taken: what was settled is not withdrawn with the rest.
    Result<void> learn(const FsiTransaction& row, const FsiClaim& claim, Json& words) {
        ZIGE_TRY(visits, parts_.agent.visits());
        const std::string& visit = claim.head.visit.empty() ? platform_.visit : claim.head.visit;
        const auto lot = named(claim.head.lot);
        switch (row.visit) {
            case FsiVisit::nothing:
            case FsiVisit::lines: return {};
            case FsiVisit::begin:
                return visits->note({visit, *row.txn, claim.begun, claim.med_type}, parts_.agent.time().moment({}));
            case FsiVisit::sale: return visits->settled(claim.head.visit, lot, platform_.settlement);
            case FsiVisit::settlement: return visits->settled(visit, lot, platform_.settlement);
            case FsiVisit::withdrawal:
            case FsiVisit::line_withdrawal: return take_back(*visits, {visit, lot, {}, false}, claim, words);
            case FsiVisit::reversal: return take_back(*visits, {visit, {}, claim.settlement, true}, claim, words);
            case FsiVisit::reopening: return visits->unsettled({visit, {}, claim.settlement, true});
        }
        return {};
    }

    /// The lines may be asked anew (JRN-13).
    Result<void> take_back(const agent::VisitBook& visits, const agent::Withdrawal& withdrawal, const FsiClaim& claim,
                           Json& words) {
        ZIGE_TRY(decisions, visits.withdrawn_by(withdrawal));
        const bool one_by_one = infno_ == "2302" && !claim.all_lines;
        if (one_by_one) ZIGE_CHECK(keep_lines(decisions, claim.lines));
        words.set("reversed", decisions.size());
        if (decisions.empty()) return {};
        ZIGE_TRY(followup, parts_.agent.followup());
        const std::string& opter = message_->opter();
        const auto done =
            followup->reverse({{}, "", std::string(infno_), "", opter.empty() ? caller_ : opter, std::move(decisions)});
        return done ? Result<void>() : done.error();
    }

    Result<void> keep_lines(std::vector<wire::EntryName>& decisions, const std::vector<std::string>& lines) const {
        ZIGE_TRY(journal, parts_.agent.journal());
        std::vector<wire::EntryName> kept;
        for (const wire::EntryName& each : decisions) {
            ZIGE_TRY(entry, journal->entry(each.chapter, each.number));
            const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body);
            if (decision != nullptr && std::ranges::find(lines, decision->line_id) != lines.end()) kept.push_back(each);
        }
        decisions = std::move(kept);
        return {};
    }

    template <class T>
    void note(const char* what, const Result<T>& done) const {
        if (!done.ok() && parts_.report) parts_.report(std::string("fsi ") + what + ": " + done.error().describe());
    }

    /// A question changes nothing at the platform; it is sent as often as it is asked.
    Result<HttpReply> ask() {
        const Waiting place(desk_);
        if (!place.taken()) return fail(ErrorId::fsi_platform_busy);
        Delivery delivery = send();
        if (delivery.answer.ok()) return passed_on(std::move(*delivery.answer));
        return delivery.sent ? delivery.answer.error() : unreachable(delivery.answer.error());
    }

    Result<HttpReply> forward(agent::Forwards::Message message) {
        message.bytes = parts_.hasher.hash({ByteView(http_.body)});
        ZIGE_TRY(journal, parts_.agent.journal());
        agent::Forwards forwards(*journal);
        const Waiting place(desk_);
        if (!place.taken()) return fail(ErrorId::fsi_platform_busy);
        ZIGE_TRY(attempt, forwards.begin(message));
        Delivery delivery = send();
        if (delivery.answer) platform_ = words_of_platform(delivery.answer->content_type, delivery.answer->body);
        ForwardState state = delivery.sent ? ForwardState::unknown : ForwardState::not_sent;
        if (!platform_.infcode.empty())
            state = platform_.infcode == "0" ? ForwardState::accepted : ForwardState::refused;
        note("forward", forwards.end(message, attempt, state, platform_.infcode));
        if (!platform_.infcode.empty()) return passed_on(std::move(*delivery.answer));
        const std::string why = delivery.answer.ok()
                                    ? "HTTP " + std::to_string(delivery.answer->status) + ", no answer of the interface"
                                    : delivery.answer.error().describe();
        return state == ForwardState::not_sent ? unreachable(delivery.answer.error())
                                               : fail(ErrorId::fsi_outcome_unknown, "", why);
    }

    /// One of the messages that wait for the platform; so that slow answers leave threads to those who only ask here.
    class Waiting {
    public:
        explicit Waiting(FsiDesk& desk) : desk_(desk), taken_(desk.waiting_.fetch_add(1) < desk.parts_.max_waiting) {}
        ~Waiting() { desk_.waiting_.fetch_sub(1); }
        Waiting(const Waiting&) = delete;
        Waiting& operator=(const Waiting&) = delete;
        bool taken() const { return taken_; }

    private:
        FsiDesk& desk_;
        bool taken_;
    };

    Delivery send() { return parts_.platform->send({infno_, http_.body, headers_of(http_)}); }

    static Error unreachable(const Error& why) { return fail(ErrorId::fsi_platform_unreachable, "", why.describe()); }

    /// Byte for byte; only what looks like ours is left out of its headers.
    static HttpReply passed_on(PlatformAnswer answer) {
        std::erase_if(answer.headers, [](const auto& each) { return is_ours(each.first); });
        return {answer.status, std::move(answer.content_type), std::move(answer.body), std::move(answer.headers)};
    }

    FsiDesk& desk_;
    const Parts& parts_;
    const HttpRequest& http_;
    std::string_view infno_;
    const Instant received_;
    Charset charset_ = Charset::utf8;
    const FsiMessage* message_ = nullptr;
    FsiBeside beside_;
    std::string caller_;
    HttpHeaders decided_;     // of a message with lines
    PlatformWords platform_;  // of a message that was sent on
};

FsiStamp FsiDesk::stamp(Instant received) {
    const auto view = parts_.agent.view();
    return {view ? view->state.institution.text : std::string(), ++serial_, received, parts_.clock.wall()};
}

HttpReply FsiDesk::call(const HttpRequest& http, std::string_view infno, const Result<Caller>& caller) {
    return Call(*this, http, infno).answer(caller);
}

HttpReply FsiDesk::refuse(int status, const Error& error) {
    const HttpRequest nothing;
    return Call(*this, nothing, {}).refusal(status, error);
}

}  // namespace zige::daemon
