#pragma once

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/ports/store.h"
#include "hub/core/statements.h"

namespace zige::hub {

/// A statement that one session prepares once and runs as often as it is wanted: preparing costs more than running.
/// One thread at a time; ends before its session.
class Prepared {
public:
    /// `columns` as in the table of statements.
    Prepared(Poco::Data::Session& session, std::string_view text, std::string_view columns);
    ~Prepared();

    /// All rows; none is open when it returns. Throws Poco::Exception: then it must not be run again.
    Rows run(const std::vector<SqlValue>& params);

private:
    class Values;
    class Answer;
    Poco::Data::Statement statement_;
    Poco::SharedPtr<Values> values_;
    Poco::SharedPtr<Answer> answer_;
};

/// A session with what it has prepared.
class Connection {
public:
    explicit Connection(Poco::Data::Session session);

    Rows run(const Statement& entry, const std::vector<SqlValue>& params);
    /// BEGIN, COMMIT and their like: no parameters, no answer.
    void run(std::string_view command);
    Poco::Data::Session& session() { return session_; }

private:
    using Slot = std::unique_ptr<Prepared>;
    Rows run(Slot& slot, std::string_view text, std::string_view columns, const std::vector<SqlValue>& params);

    Poco::Data::Session session_;
    std::vector<Slot> prepared_;  // by id
    std::vector<std::pair<std::string, Slot>> commands_;
};

}  // namespace zige::hub
