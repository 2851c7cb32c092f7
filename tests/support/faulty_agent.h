#pragma once

#include <cstdint>
#include <memory>

#include "agent/core/ports/journal_store.h"
#include "agent/core/ports/key_vault.h"
#include "agent/core/ports/replica_store.h"
#include "agent/core/ports/transport_factory.h"
#include "shared/ports/files.h"

namespace zige::testing {

/// The n-th call of a port fails: it does nothing, or it does its work and the answer is lost.
class Faults {
public:
    enum class Kind { nothing_done, answer_lost };
    void arm(std::uint64_t nth, Kind kind) {
        left_ = nth;
        kind_ = kind;
        hit_ = false;
    }
    void disarm() { left_ = 0; }
    bool hit() const { return hit_; }

    /// Makes the call, or fails in its place or after it.
    template <class Call>
    auto pass(ErrorId error, Call call) -> decltype(call()) {
        if (left_ == 0 || --left_ > 0) return call();
        hit_ = true;
        if (kind_ == Kind::answer_lost) [[maybe_unused]]
            const auto lost = call();
        return fail(error, "fault", "on purpose");
    }

private:
    std::uint64_t left_ = 0;  // 0: none
    Kind kind_ = Kind::nothing_done;
    bool hit_ = false;
};

class FaultyReplicaStore : public agent::ReplicaStore {
public:
    FaultyReplicaStore(ReplicaStore& behind, Faults& faults) : behind_(behind), faults_(faults) {}
    Result<Content> load() override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.load(); });
    }
    Result<void> commit(const Change& change) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.commit(change); });
    }
    Result<std::optional<Bytes>> value(std::string_view name) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.value(name); });
    }
    Result<void> set_value(std::string_view name, ByteView value) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.set_value(name, value); });
    }
    Result<void> reset() override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.reset(); });
    }

private:
    ReplicaStore& behind_;
    Faults& faults_;
};

class FaultyJournalStore : public agent::JournalStore {
public:
    FaultyJournalStore(JournalStore& behind, Faults& faults) : behind_(behind), faults_(faults) {}
    Result<std::optional<Position>> position() override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.position(); });
    }
    Result<std::vector<Position>> chapters() override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.chapters(); });
    }
    Result<void> note_earlier(Chapter chapter, std::uint64_t held) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.note_earlier(chapter, held); });
    }
    Result<void> start_chapter(AgentId agent, Chapter chapter) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.start_chapter(agent, chapter); });
    }
    Result<void> append(const Batch& batch) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.append(batch); });
    }
    Result<std::vector<Entry>> entries(Chapter chapter, std::uint64_t first, std::size_t count,
                                       std::size_t bytes) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.entries(chapter, first, count, bytes); });
    }
    Result<std::optional<Claim>> claim(std::string_view key) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.claim(key); });
    }
    Result<std::vector<Claim>> claims(Chapter chapter, std::uint64_t first, std::uint64_t last) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.claims(chapter, first, last); });
    }
    Result<void> adopt(const Adopted& part) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.adopt(part); });
    }
    Result<void> add_signatures(Chapter chapter, std::span<const wire::BatchSignature> batches) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.add_signatures(chapter, batches); });
    }
    Result<std::vector<wire::BatchSignature>> signatures(Chapter chapter, std::uint64_t first,
                                                         std::uint64_t last) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.signatures(chapter, first, last); });
    }
    Result<Memory> remembered(Instant since, std::size_t limit) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.remembered(since, limit); });
    }
    Result<void> remember(const Memory& memory) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.remember(memory); });
    }
    Result<void> forget_visits(Instant before) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.forget_visits(before); });
    }
    Result<std::vector<Lot>> lots_of(std::uint64_t visit) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.lots_of(visit); });
    }
    Result<std::vector<Lot>> lots_named(std::uint64_t lot) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.lots_named(lot); });
    }
    Result<std::vector<Lot>> lots_settled_by(std::uint64_t settlement) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.lots_settled_by(settlement); });
    }
    Result<void> settle(std::span<const Lot> lots, std::uint64_t settlement) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.settle(lots, settlement); });
    }
    Result<std::vector<Emergency>> emergencies(bool with_evidence, std::size_t limit) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.emergencies(with_evidence, limit); });
    }
    Result<std::optional<Emergency>> emergency(const wire::EntryName& decision) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.emergency(decision); });
    }
    Result<std::optional<Reversed>> reversal_of(const wire::EntryName& decision) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.reversal_of(decision); });
    }
    Result<std::vector<Filing>> filings() override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.filings(); });
    }
    Result<void> update_filings(std::span<const Filing> rows) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.update_filings(rows); });
    }
    Result<void> note_held(std::uint64_t held, Instant at, bool frozen, std::span<const Filing> rows) override {
        return faults_.pass(ErrorId::db_failed, [&] { return behind_.note_held(held, at, frozen, rows); });
    }

private:
    JournalStore& behind_;
    Faults& faults_;
};

class FaultyFiles : public Files {
public:
    FaultyFiles(Files& behind, Faults& faults) : behind_(behind), faults_(faults) {}
    Result<Bytes> read(const std::filesystem::path& path, std::size_t limit) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.read(path, limit); });
    }
    Result<void> write(const std::filesystem::path& path, ByteView content) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.write(path, content); });
    }
    Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.write_at(path, offset, content); });
    }
    Result<void> sync(const std::filesystem::path& path) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.sync(path); });
    }
    Result<void> remove(const std::filesystem::path& path) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.remove(path); });
    }
    Result<bool> exists(const std::filesystem::path& path) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.exists(path); });
    }
    Result<std::unique_ptr<Lock>> lock(const std::filesystem::path& path) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.lock(path); });
    }

private:
    Files& behind_;
    Faults& faults_;
};

class FaultyTransports : public agent::TransportFactory {
public:
    FaultyTransports(TransportFactory& behind, Faults& faults) : behind_(behind), faults_(faults) {}
    Result<std::unique_ptr<Transport>> connect(const Peer& peer) override {
        return faults_.pass(ErrorId::net_unreachable, [&]() -> Result<std::unique_ptr<Transport>> {
            ZIGE_TRY(made, behind_.connect(peer));
            return std::unique_ptr<Transport>(std::make_unique<Line>(std::move(made), faults_));
        });
    }

private:
    class Line : public Transport {
    public:
        Line(std::unique_ptr<Transport> behind, Faults& faults) : behind_(std::move(behind)), faults_(faults) {}
        Result<HttpAnswer> get(const std::string& path, std::size_t limit) override {
            return faults_.pass(ErrorId::net_interrupted, [&] { return behind_->get(path, limit); });
        }
        Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override {
            return faults_.pass(ErrorId::net_interrupted, [&] { return behind_->post(path, body, limit); });
        }
        Traffic traffic() const override { return behind_->traffic(); }

    private:
        std::unique_ptr<Transport> behind_;
        Faults& faults_;
    };
    TransportFactory& behind_;
    Faults& faults_;
};

class FaultyKeys : public agent::KeyVault {
public:
    FaultyKeys(KeyVault& behind, Faults& faults) : behind_(behind), faults_(faults) {}
    Result<PublicParts> prepare() override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.prepare(); });
    }
    Result<Validity> validity_of(ByteView certificate) override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.validity_of(certificate); });
    }
    Result<std::unique_ptr<Signer>> signer() override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.signer(); });
    }
    Result<std::unique_ptr<Unsealer>> unsealer() override {
        return faults_.pass(ErrorId::file_io, [&] { return behind_.unsealer(); });
    }

private:
    KeyVault& behind_;
    Faults& faults_;
};

}  // namespace zige::testing
