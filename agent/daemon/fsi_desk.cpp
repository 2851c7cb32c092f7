#include "agent/daemon/fsi_desk.h"

#include <algorithm>

#include "agent/daemon/clear_answer.h"
#include "shared/base/letters.h"
#include "shared/wire/cbor.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

Error bad_emergency(const char* field, const char* why) { return fail(ErrorId::api_bad_field, field, why); }

/// emergency, reason and declared_by of the query; all three or none.
Result<FsiEmergency> emergency_of(const HttpRequest& http) {
    const auto kind = http.parameter("emergency");
    if (!kind) return FsiEmergency{};
    FsiEmergency emergency;
    const auto known = from_name<EmergencyKind>(*kind);
    if (!known || *known == EmergencyKind::none) return bad_emergency("emergency", "emergency, rescue or special");
    emergency.kind = *known;
    emergency.reason = http.parameter("reason").value_or("");
    emergency.declared_by = http.parameter("declared_by").value_or("");
    if (emergency.reason.empty()) return fail(ErrorId::api_missing_field, "reason");
    if (emergency.declared_by.empty()) return fail(ErrorId::api_missing_field, "declared_by");
    if (emergency.reason.size() > kMaxReason) return bad_emergency("reason", "longer than 300 bytes");
    if (emergency.declared_by.size() > kMaxReason) return bad_emergency("declared_by", "longer than 300 bytes");
    return emergency;
}

Hash256 hash_of(const Hasher& hasher, std::string_view what, std::string_view text) {
    return hasher.hash({as_bytes(what), as_bytes(text)});
}

/// 5xx only where no answer could be formed: whoever reads it goes on by the no-answer contract. A message whose
/// outcome is unknown is no such case.
int status_of(const Error& error) {
    const int status = http_status(error.id);
    const bool ours = std::string_view(to_string(error.id)).starts_with("fsi_");
    return ours || status == 400 ? 200 : status;
}

/// Headers that are for the platform: not ours, and no key of ours.
std::vector<std::pair<std::string, std::string>> headers_of(const HttpRequest& http) {
    std::vector<std::pair<std::string, std::string>> headers;
    for (const auto& [name, value] : http.headers) {
        const std::string small = ascii_lower(name);
        const bool key = small == "authorization" && value.starts_with("Bearer zk-");
        if (!key && !small.starts_with("x-zige-")) headers.emplace_back(name, value);
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
        auto reply = run(caller);
        return reply ? std::move(*reply) : refusal(status_of(reply.error()), reply.error());
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
            if (!cleared.refusal.empty())
                return fsi_reply(200, charset_, cleared.refusal, std::move(cleared.words), desk_.stamp(received_));
            words = std::move(cleared.words);
        }
        const bool unseen = read && row.visit == FsiVisit::settlement && !was_asked(read->head);
        if (read && row.visit != FsiVisit::withdrawal) learn(row, *read);
        if (parts_.platform == nullptr) {
            if (read && row.visit == FsiVisit::withdrawal) withdraw(read->head);
            if (unseen) words.set("lines_unseen", true);
            return fsi_reply(200, charset_, "", std::move(words), desk_.stamp(received_));
        }
        auto reply = forward({std::string(infno_), message_->msgid(), identity, {}, unseen});
        if (read && row.visit == FsiVisit::withdrawal && accepted_) withdraw(read->head);
        return reply;
    }

    struct Cleared {
        std::string refusal;  ///< empty: all of it may go on
        Json words;
    };
    Result<Cleared> clear(FsiClaim& claim, const Hash256& identity) {
        ZIGE_TRY(key, key_of(claim, identity));
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
        cleared.words = shortened(std::move(words));
        return cleared;
    }

    Result<FsiClaim> read_claim(const FsiTransaction& row) {
        ZIGE_TRY(emergency, emergency_of(http_));
        emergency_ = std::move(emergency);
        return read_fsi_claim(*message_, row, emergency_, [this](std::string_view visit) {
            if (parts_.visits == nullptr) return std::string();
            const auto known = parts_.visits->med_type(hash_of(parts_.hasher, "zige-visit", visit));
            note("visits", known);
            return known ? *known : std::string();
        });
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
    Result<std::string> key_of(const FsiClaim& claim, const Hash256& identity) const {
        constexpr std::size_t kDigestBytes = 16;
        wire::Writer out;
        out.array(7).bytes(identity).text(message_->sent_at()).text(message_->opter()).text(claim.remembered);
        out.uint(static_cast<std::uint64_t>(emergency_.kind)).text(emergency_.reason).text(emergency_.declared_by);
        const Hash256 digest = parts_.hasher.hash({out.view()});
        return message_->msgid() + ":" + to_hex(ByteView(digest).first(kDigestBytes));
    }

    bool was_asked(const FsiLot& settled) {
        if (parts_.visits == nullptr || settled.visit.empty()) return false;
        const auto lot = settled.lot.empty() ? std::optional<Hash256>() : lot_of(settled);
        const auto asked = parts_.visits->asked(visit_of(settled), lot);
        note("visits", asked);
        return asked && *asked;
    }

    void learn(const FsiTransaction& row, const FsiClaim& claim) {
        if (parts_.visits == nullptr) return;
        const Day today = day_of(received_);
        if (row.visit == FsiVisit::type && !claim.head.visit.empty() && !claim.med_type.empty())
            note("visits", parts_.visits->remember_med_type(visit_of(claim.head), claim.med_type, today));
        if (row.visit == FsiVisit::lines)
            for (const FsiLot& lot : claim.lots)
                if (!lot.visit.empty()) note("visits", parts_.visits->remember_lot(visit_of(lot), lot_of(lot), today));
        const std::int64_t day = today.time_since_epoch().count();
        if (desk_.pruned_.exchange(day) != day) note("visits", parts_.visits->forget_before(today - kVisitsKept));
    }

    /// "0000" and no lot at all stand for all lots of the visit that are not settled yet.
    void withdraw(const FsiLot& from) {
        if (parts_.visits == nullptr || from.visit.empty()) return;
        const bool all = from.lot.empty() || from.lot == "0000";
        note("visits", parts_.visits->forget_lots(visit_of(from), all ? std::optional<Hash256>() : lot_of(from)));
    }

    Hash256 visit_of(const FsiLot& lot) const { return hash_of(parts_.hasher, "zige-visit", lot.visit); }
    Hash256 lot_of(const FsiLot& lot) const { return hash_of(parts_.hasher, "zige-lot", lot.lot); }

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
        const std::string infcode =
            delivery.answer.ok() ? infcode_of(delivery.answer->content_type, delivery.answer->body) : std::string();
        ForwardState state = delivery.sent ? ForwardState::unknown : ForwardState::not_sent;
        if (!infcode.empty()) state = infcode == "0" ? ForwardState::accepted : ForwardState::refused;
        note("forward", forwards.end(message, attempt, state, infcode));
        accepted_ = state == ForwardState::accepted;
        if (!infcode.empty()) return passed_on(std::move(*delivery.answer));
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

    static HttpReply passed_on(PlatformAnswer answer) {
        return {answer.status, std::move(answer.content_type), std::move(answer.body), std::move(answer.headers)};
    }

    FsiDesk& desk_;
    const Parts& parts_;
    const HttpRequest& http_;
    std::string_view infno_;
    const Instant received_;
    Charset charset_ = Charset::utf8;
    const FsiMessage* message_ = nullptr;
    FsiEmergency emergency_;
    bool accepted_ = false;
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
