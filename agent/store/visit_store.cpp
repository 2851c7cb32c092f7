#include <array>
#include <mutex>

#include "agent/store/migrations.h"
#include "agent/store/stores.h"
#include "shared/sqlite/database.h"

namespace zige::agent {
namespace {

using sqlite::Database;

constexpr std::array kSteps{sqlite::Migration{1, kVisits001}};

std::int64_t number_of(Day day) { return day.time_since_epoch().count(); }

class SqliteVisitStore final : public VisitStore {
public:
    explicit SqliteVisitStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

    Result<std::string> med_type(const Hash256& visit) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(select, database_->prepare("SELECT med_type FROM visit WHERE visit = ?1"));
        ZIGE_CHECK(select.bind({ByteView(visit)}));
        ZIGE_TRY(found, select.step());
        return found ? std::string(select.text(0)) : std::string();
    }

    Result<void> remember_med_type(const Hash256& visit, std::string_view med_type, Day today) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(put, database_->prepare("INSERT INTO visit (visit, med_type, day) VALUES (?1, ?2, ?3)"
                                         " ON CONFLICT (visit) DO UPDATE SET med_type = ?2, day = ?3"));
        return put.run({ByteView(visit), med_type, number_of(today)});
    }

    Result<void> remember_lot(const Hash256& visit, const Hash256& lot, Day today) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(put, database_->prepare("INSERT INTO lot (visit, lot, day) VALUES (?1, ?2, ?3)"
                                         " ON CONFLICT (visit, lot) DO UPDATE SET day = ?3"));
        return put.run({ByteView(visit), ByteView(lot), number_of(today)});
    }

    Result<bool> asked(const Hash256& visit, const std::optional<Hash256>& lot) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(select, database_->prepare("SELECT 1 FROM lot WHERE visit = ?1 AND (?2 IS NULL OR lot = ?2) LIMIT 1"));
        ZIGE_CHECK(select.bind({ByteView(visit), value_of(lot)}));
        return select.step();
    }

    Result<void> forget_lots(const Hash256& visit, const std::optional<Hash256>& lot) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(remove, database_->prepare("DELETE FROM lot WHERE visit = ?1 AND (?2 IS NULL OR lot = ?2)"));
        return remove.run({ByteView(visit), value_of(lot)});
    }

    Result<void> forget_before(Day day) override {
        const std::lock_guard lock(mutex_);
        for (const char* const table : {"DELETE FROM visit WHERE day < ?1", "DELETE FROM lot WHERE day < ?1"}) {
            ZIGE_TRY(remove, database_->prepare(table));
            ZIGE_CHECK(remove.run({number_of(day)}));
        }
        return {};
    }

private:
    static sqlite::Value value_of(const std::optional<Hash256>& lot) {
        return lot ? sqlite::Value(ByteView(*lot)) : sqlite::Value(nullptr);
    }

    std::mutex mutex_;  // guards the one connection
    std::unique_ptr<Database> database_;
};

}  // namespace

Result<std::unique_ptr<VisitStore>> open_visit_store(const std::filesystem::path& file, const std::string& vfs) {
    ZIGE_TRY(database, Database::open({.path = file, .synchronous = sqlite::Synchronous::normal, .vfs = vfs}));
    ZIGE_CHECK(database->migrate(kSteps));
    return std::unique_ptr<VisitStore>(std::make_unique<SqliteVisitStore>(std::move(database)));
}

}  // namespace zige::agent
