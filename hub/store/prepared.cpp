#include "hub/store/prepared.h"

#include <Poco/Data/AbstractBinding.h>
#include <Poco/Data/AbstractExtraction.h>
#include <Poco/Data/LOB.h>
#include <Poco/Data/SQLite/SQLiteStatementImpl.h>
#include <Poco/Data/SQLite/Utility.h>

#include <algorithm>
#include <list>

namespace zige::hub {
namespace {

/// Poco's connector compiles a statement anew for each execute(). This one is compiled once, and each execute() binds
/// and runs it once.
class CompiledOnce : public Poco::Data::SQLite::SQLiteStatementImpl {
public:
    explicit CompiledOnce(Poco::Data::Session& session)
        : SQLiteStatementImpl(*session.impl(), Poco::Data::SQLite::Utility::dbHandle(session)) {}

protected:
    void compileImpl() override {
        if (!compiled_) SQLiteStatementImpl::compileImpl();
        compiled_ = true;
    }
    bool canBind() const override { return false; }

private:
    bool compiled_ = false;
};

}  // namespace

/// Poco's own bindings belong to one type each; a parameter of ours may be null now and a number the next time.
class Prepared::Values : public Poco::Data::AbstractBinding {
public:
    explicit Values(std::size_t count) : count_(count) {}
    void take(const std::vector<SqlValue>& values) {
        expect(values.size() == count_, "as many values as the statement has parameters");
        values_ = &values;
    }
    void drop() {
        values_ = nullptr;
        blobs_.clear();
    }

    std::size_t numOfColumnsHandled() const override { return count_; }
    std::size_t numOfRowsHandled() const override { return 1; }
    bool canBind() const override { return true; }  // the connector begins with it again at each execution
    void reset() override {}
    void bind(std::size_t position) override {
        for (const SqlValue& value : *values_)
            std::visit([&](const auto& each) { put(position, each); }, value), ++position;
    }

private:
    void put(std::size_t position, std::monostate) { getBinder()->bind(position, Poco::Data::Keywords::null); }
    void put(std::size_t position, std::int64_t number) {
        getBinder()->bind(position, static_cast<Poco::Int64>(number));
    }
    void put(std::size_t position, const std::string& text) { getBinder()->bind(position, text); }
    void put(std::size_t position, const Bytes& bytes) {
        blobs_.emplace_back(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        getBinder()->bind(position, blobs_.back());  // SQLite keeps the pointer while it runs
    }

    std::size_t count_;
    const std::vector<SqlValue>* values_ = nullptr;
    std::list<Poco::Data::BLOB> blobs_;
};

/// Takes each row as it comes.
class Prepared::Answer : public Poco::Data::AbstractExtraction {
public:
    explicit Answer(std::string_view columns) : columns_(columns) {}
    Rows take() { return std::exchange(rows_, {}); }

    std::size_t numOfColumnsHandled() const override { return columns_.size(); }
    std::size_t numOfRowsHandled() const override { return rows_.size(); }
    std::size_t numOfRowsAllowed() const override { return getLimit(); }
    void reset() override { rows_.clear(); }
    Poco::Data::AbstractPreparation::Ptr createPreparation(PreparatorPtr&, std::size_t) override {
        throw Poco::NotImplementedException("only bulk fetches are prepared");
    }
    std::size_t extract(std::size_t position) override {
        std::vector<SqlValue> row;
        row.reserve(columns_.size());
        for (const char kind : columns_) row.push_back(value_at(position++, kind));
        rows_.emplace_back(std::move(row));
        return 1;
    }

private:
    SqlValue value_at(std::size_t position, char kind) {
        auto from = getExtractor();
        if (kind == 'n') {
            Poco::Int64 number = 0;
            return from->extract(position, number) ? SqlValue{std::int64_t{number}} : SqlValue{};
        }
        if (kind == 't') {
            std::string text;
            return from->extract(position, text) ? SqlValue{std::move(text)} : SqlValue{};
        }
        Poco::Data::BLOB blob;
        if (!from->extract(position, blob)) return {};
        const auto* data = reinterpret_cast<const std::byte*>(blob.rawContent());
        return Bytes(data, data + blob.size());
    }

    std::string columns_;
    Rows rows_;
};

Prepared::Prepared(Poco::Data::Session& session, std::string_view text, std::string_view columns)
    : statement_(new CompiledOnce(session)) {
    statement_ << std::string(text);
    const auto parameters = static_cast<std::size_t>(std::count(text.begin(), text.end(), '$'));
    values_ = new Values(parameters);
    if (parameters != 0) statement_.addBind(values_);
    if (columns.empty()) return;
    answer_ = new Answer(columns);
    statement_.addExtract(answer_);
}
Prepared::~Prepared() = default;

Rows Prepared::run(const std::vector<SqlValue>& params) {
    values_->take(params);
    statement_.execute();
    values_->drop();
    return answer_ ? answer_->take() : Rows{};
}

Connection::Connection(Poco::Data::Session session) : session_(std::move(session)), prepared_(statements().size()) {}

Rows Connection::run(const Statement& entry, const std::vector<SqlValue>& params) {
    return run(prepared_[static_cast<std::size_t>(entry.id)], entry.text, entry.columns, params);
}

void Connection::run(std::string_view command) {
    auto at = std::find_if(commands_.begin(), commands_.end(), [&](const auto& each) { return each.first == command; });
    if (at == commands_.end()) at = commands_.emplace(at, command, nullptr);
    run(at->second, command, {}, {});
}

/// One that throws half way is finished by that, and prepared anew the next time: it would hold its transaction open.
Rows Connection::run(Slot& slot, std::string_view text, std::string_view columns, const std::vector<SqlValue>& params) {
    Slot statement = std::move(slot);
    if (!statement) statement = std::make_unique<Prepared>(session_, text, columns);
    Rows rows = statement->run(params);
    slot = std::move(statement);
    return rows;
}

}  // namespace zige::hub
