#include <array>
#include <filesystem>

#include "agent/capi/closed_pipes.h"
#include "agent/capi/host_transport.h"
#include "agent/capi/session.h"
#include "agent/daemon/clear_answer.h"
#include "agent/daemon/connection.h"
#include "agent/daemon/owned_agent.h"

namespace zige::capi {
namespace {

constexpr std::size_t kMaxPath = 4096;
constexpr std::size_t kLineText = 2048;  ///< of the texts of one line; more is taken from the heap

Error located(const Error& error, std::size_t line) {
    return error.id == ErrorId::agent_line_bad ? fail(error.id, ClaimReader::field_of(line, error.field), error.detail)
                                               : error;
}

void write_facts(const agent::View& view, Instant decided_at, AnswerWriter& to) {
    to.charset().write(view.state.institution.text, to.answer().institution);
    write_time(decided_at, to.answer().decided_at);
}

ClaimFacts facts_of(const agent::View& view, const Moment& moment) {
    ClaimFacts facts;
    facts.mode = static_cast<std::int32_t>(view.copy->institution().mode);
    facts.clock_unknown = moment.clock_unknown;
    facts.clock_suspect = moment.clock_suspect;
    return facts;
}

/// An agent that this process owns.
class Owner : public Session {
public:
    Owner(std::unique_ptr<daemon::OwnedAgent> owned, std::stop_source stop)
        : owned_(std::move(owned)), stop_(std::move(stop)) {}

    Result<void> check(const ClaimReader& claim, AnswerWriter& to) override {
        ZIGE_TRY(gate, owned_->agent().gate());
        ZIGE_TRY(sight, gate->look());  // one copy for all lines, whatever a sync brings meanwhile
        const agent::View& view = *sight.view;
        for (std::size_t i = 0; i < claim.lines(); ++i) {
            std::array<char, kLineText> space;
            std::pmr::monotonic_buffer_resource memory(space.data(), space.size());
            AskedLine asked;
            ZIGE_CHECK(claim.read_line(i, memory, asked));
            const auto decision = gate->check(asked.line, sight);
            if (!decision) return located(decision.error(), i);
            write_decision(*decision, asked, *view.copy, to.charset(), to.line(i));
        }
        write_facts(view, sight.moment.wall, to);
        write_time(view.as_of, to.answer().as_of);
        to.finish(facts_of(view, sight.moment));
        return {};
    }

    Result<void> clear(const ClaimReader& claim, AnswerWriter& to) override {
        ZIGE_TRY(gate, owned_->agent().gate());
        ZIGE_TRY(desk, owned_->agent().desk());
        std::pmr::monotonic_buffer_resource memory;
        std::vector<AskedLine> asked(claim.lines());
        std::vector<agent::ClaimLine> lines;
        lines.reserve(asked.size());
        for (std::size_t i = 0; i < asked.size(); ++i) {
            ZIGE_CHECK(claim.read_line(i, memory, asked[i]));
            lines.push_back(asked[i].line);
        }
        ZIGE_TRY(cleared, gate->clear({claim.claim_id(), claim.idempotency_key(), lines}));
        for (std::size_t i = 0; i < asked.size(); ++i) write_line(cleared, i, asked[i], to);
        ClaimFacts facts = facts_of(*cleared.view, cleared.moment);
        Instant decided_at = cleared.moment.wall;
        if (cleared.repeated) ZIGE_CHECK(recall(cleared, facts, decided_at));
        else write_time(cleared.view->as_of, to.answer().as_of);
        facts.chapter = cleared.chapter.value;
        facts.duties_due = static_cast<std::uint32_t>(desk->duties_due());
        write_facts(*cleared.view, decided_at, to);
        to.finish(facts);
        return {};
    }

    Result<void> sync(bool carry, zige_sync_report& to) override {
        const ClosedPipes pipes;
        ZIGE_TRY(report, owned_->service().sync(carry));
        to.copy_changed = report.copy_changed ? 1 : 0;
        to.more = report.more ? 1 : 0;
        to.carried = report.carried ? 1 : 0;
        to.bytes_sent = report.traffic.sent;
        to.bytes_received = report.traffic.received;
        to.seq_before = report.seq_before.value;
        to.seq_after = report.seq_after.value;
        to.entries_sent = report.entries_sent;
        write_time(report.next_contact, to.next_contact);
        return {};
    }

    Result<void> tick() override {
        const std::lock_guard lock(ticking_);
        return owned_->agent().tick();
    }

    daemon::ApiAnswer call(const daemon::ApiRequest& request) override {
        const ClosedPipes pipes;  // it may sync
        return owned_->service().call(request);
    }

    void close() override {
        stop_.request_stop();
        owned_->leave_hub();
        const auto idle = owned_->service().wait_for_sync();
        const auto closed = owned_->agent().close();
        static_cast<void>(closed);  // the next start makes up for what could not be written
    }

private:
    static void write_line(const agent::ClaimAnswer& cleared, std::size_t at, const AskedLine& asked,
                           AnswerWriter& to) {
        const agent::LineAnswer& answer = cleared.lines[at];
        zige_decision& decision = to.line(at);
        if (!answer.answered) {
            decision.error = -static_cast<std::int32_t>(ErrorId::journal_not_recorded);
            return;
        }
        write_decision(answer.decision, asked, *cleared.view->copy, to.charset(), decision);
        if (cleared.repeated) {  // how fresh the copy was is not journaled
            decision.freshness = 0;
            decision.age_seconds = -1;
        }
        decision.number = answer.recorded ? answer.number : 0;
        to.charset().write(answer.reference, decision.reference);
    }

    /// Of a repeated claim: mode and time as they were journaled.
    Result<void> recall(const agent::ClaimAnswer& cleared, ClaimFacts& facts, Instant& decided_at) {
        ZIGE_TRY(journal, owned_->agent().journal());
        ZIGE_TRY(entry, daemon::entry_of_repeated(*journal, cleared));
        facts.repeated = true;
        facts.mode = static_cast<std::int32_t>(std::get<wire::DecisionEntry>(entry.body).mode);
        facts.clock_unknown = facts.clock_suspect = false;
        decided_at = entry.times.wall;
        return {};
    }

    std::unique_ptr<daemon::OwnedAgent> owned_;
    std::stop_source stop_;  // of the host's transport
    std::mutex ticking_;     // one tick at a time
};

}  // namespace

Result<std::unique_ptr<Session>> open_owner(const zige_open_options& options, const Charset& charset) {
    std::pmr::monotonic_buffer_resource memory;
    ZIGE_TRY(root, charset.read(options.data_dir, kMaxPath, "options.data_dir", memory));
    if (root.empty()) return fail(ErrorId::api_missing_field, "options.data_dir");
    ZIGE_TRY(anchor, charset.read(options.anchor, kMaxPath, "options.anchor", memory));
    daemon::Folder folder;
    folder.root = root;
    folder.anchor = anchor.empty() ? daemon::anchor_beside(folder.root) : std::filesystem::path(anchor);
    ZIGE_TRY(enrolled, daemon::is_enrolled(folder));
    if (!enrolled) return fail(ErrorId::agent_not_enrolled, "options.data_dir", folder.root.string());
    std::stop_source stop;
    daemon::MakeHub make_hub;
    if (options.fetch != nullptr)
        make_hub = [fetch = options.fetch, user = options.user, &stop](daemon::FileKeyVault& keys) {
            return make_host_connector(fetch, user, keys, stop.get_token());
        };
    ZIGE_TRY(owned, daemon::OwnedAgent::open(folder, Suite::ed25519_sha256, daemon::Access::write, make_hub));
    return std::unique_ptr<Session>(std::make_unique<Owner>(std::move(owned), std::move(stop)));
}

}  // namespace zige::capi
