#include "tests/bench/rig.h"

#include "agent/store/stores.h"
#include "shared/openssl/sealing.h"
#include "shared/posix/clock.h"
#include "shared/posix/files.h"
#include "tests/support/fixed_keys.h"

namespace zige::bench {

Rig::Rig(const std::filesystem::path& folder, const Bureau& bureau)
    : folder_{folder},
      sealer_(make_sealer(bureau.verifier().suite())),
      crypto_{bureau.hasher(), bureau.verifier(), bureau.compressor(), *sealer_},
      keys_(bureau.verifier().suite()),
      clock_(make_system_clock()),
      files_(make_posix_files()),
      random_(make_random()),
      signer_(testing::fixed_signer(std::byte{0x31}, bureau.verifier().suite())) {
    std::filesystem::create_directories(folder);
    replica_store_ = agent::open_replica_store(folder_.replica()).value();
    journal_store_ = agent::open_journal_store(folder_.journal()).value();
    time_ = agent::TimeGuard::open(*clock_, *replica_store_, {}).value();
    replica_ = agent::Replica::open(*replica_store_, crypto_, *time_, bureau.institution(), bureau.trust()).value();
    journal_ =
        agent::Journal::open({*journal_store_, crypto_, *time_, *files_, *signer_, {}}, {7}, {1}, "bench").value();
    desk_ = agent::Desk::open({*journal_, *replica_, *time_, *random_, crypto_, keys_, {7}}).value();
    visits_ = agent::VisitBook::open(*journal_store_, crypto_.hasher,
                                     agent::VisitBook::secret(*files_, folder_.visit_secret(), *random_), time_->running())
                  .value();
    gate_ = std::make_unique<agent::Gate>(*replica_, *time_, *desk_, *journal_, *visits_, crypto_);
}

}  // namespace zige::bench
