#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {

inline const std::string kZhang = "D411500000001";
inline const std::string kLi = "N411500000002";

/// An agent that keeps what it is given, as a real one does.
struct Keeper : TestAgent {
    using TestAgent::TestAgent;

    void keep_copy() {
        contact(++contacts);
        const Heard heard = must(sync(asking()));
        if (heard.answer.institution_type == MessageType::delta) {
            const wire::Delta delta =
                must(wire::decode_delta(open(fixture, MessageType::delta, heard.answer.institution)));
            if (delta.from == wire::kGenesis || delta.state.previous == wire::kGenesis) records.clear();
            for (const Record& record : delta.records) records[record_no(record)] = record;
            for (const auto& patch : delta.patches)
                std::get<Registration>(records.at(patch.no)).standing = patch.standing;
            if (delta.config) config = *delta.config;
            state = delta.state;
            state_hash = wire::state_hash(state, *fixture.hasher);
        }
        proof = {MessageType::held, heard.answer.held};
    }
    /// As it says what it has, at the hub's present.
    wire::SyncRequest asking() const {
        wire::SyncRequest asked = request();
        asked.epoch = state.epoch;
        asked.seq = state.seq;
        return asked;
    }
    Heard ask(bool with_proof = false) {
        contact(++contacts);
        wire::SyncRequest asked = asking();
        if (with_proof) asked.proof = proof;
        return must(sync(asked));
    }
    wire::CopyHandIn copy() const {
        wire::CopyHandIn copy{id, {institution}, wire::encode(state), proof, config, {}};
        for (const auto& [no, record] : records) copy.records.push_back(wire::encode(record));
        return copy;
    }
    Result<void> hand_in(const wire::CopyHandIn& value) {
        Bytes kid;
        for (int shift = 24; shift >= 0; shift -= 8) kid.push_back(static_cast<std::byte>(id.value >> shift));
        const Bytes envelope = must(wire::seal_envelope({fixture.hub().trust().hub_id(), MessageType::hand_in},
                                                        wire::encode(value), kid, *signer, *fixture.compressor));
        return fixture.hub().recovery().hand_in(envelope, tls_key);
    }

    std::map<RecordNo, Record> records;
    Bytes config;
    wire::State state;
    wire::StateProof proof;
    std::uint8_t contacts = 0;
};

/// Two people, an agent, a backup; then Zhang is suspended and Wang registered, the agent hears of it, and the database
/// is put back.
struct Restored : HubFixture {
    explicit Restored(bool witness_too = true, bool wang_is_suspended = false, std::uint64_t wang = 3) {
        add(kHospital);
        import(kHospital, {row(kZhang, "张伟", "110105194912310021"), row(kLi, "李娜", "110105195001010018")});
        agent = std::make_unique<Keeper>(*this, kHospital);
        agent->keep_copy();
        copy_database("hub.db", "backup.db");
        const Bytes witness = must(files.read(options.witness, 4096));
        suspend(kZhang, "2026-03-03", "信医保处〔2026〕9号");
        must(store->write([&](Tx& tx) {
            return tx.exec(Sql::institution_raise_no, {sql(wang), sql(kHospital), sql(wang)});
        }));
        import(kHospital, {row("D411500000009", "王芳", "11010519491231002X")});
        if (wang_is_suspended) suspend("D411500000009", "2026-03-03", "信医保处〔2026〕10号");
        agent->keep_copy();
        lost = agent->state;
        store.reset();
        copy_database("backup.db", "hub.db");
        if (witness_too) must(files.write(options.witness, witness));
        must(reopen());
    }
    void copy_database(const std::string& from, const std::string& to) {
        for (const char* end : {"", "-wal"}) {
            const std::filesystem::path source = folder / (from + end);
            const std::filesystem::path target = folder / (to + end);
            std::filesystem::remove(target);
            if (std::filesystem::exists(source)) std::filesystem::copy_file(source, target);
        }
    }
    bool recovered(const std::string& institution) {
        for (const auto& each : must(hub().recovery().show()).institutions)
            if (each.code == institution) return each.recovered;
        return true;
    }
    const StandingTimeline& standing(const std::string& who) {
        shown = person(who);
        return shown.sites.at(0).registration.standing;
    }
    std::size_t events(HubEvent wanted) {
        std::size_t count = 0;
        for (const LogEvent& event : must(hub().log(0, 1000))) count += event.event == wanted ? 1 : 0;
        return count;
    }
    std::unique_ptr<Keeper> agent;
    wire::State lost;
    PersonInfo shown;
};

}  // namespace zige::hub::testing
