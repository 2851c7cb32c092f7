#include <Poco/ErrorHandler.h>
#include <Poco/Exception.h>
#include <Poco/Thread.h>

#include <memory>
#include <utility>

#include "shared/poco/http_server.h"

namespace zige {

namespace {

class ThreadErrors : public Poco::ErrorHandler {
public:
    explicit ThreadErrors(std::function<void(const std::string&)> on_error) : on_error_(std::move(on_error)) {}

    void exception(const Poco::Exception& error) override { report(error.displayText()); }
    void exception(const std::exception& error) override { report(error.what()); }
    void exception() override { report("something that is no exception"); }

private:
    void report(const std::string& what) {
        const Poco::Thread* thread = Poco::Thread::current();
        on_error_("thread " + (thread != nullptr ? thread->name() : std::string("main")) + ": " + what);
    }

    std::function<void(const std::string&)> on_error_;
};

}  // namespace

void install_thread_error_handler(std::function<void(const std::string&)> on_error) {
    // Poco keeps the address for the rest of the process, and threads may use it until the very end.
    auto handler = std::make_unique<ThreadErrors>(std::move(on_error));
    Poco::ErrorHandler::set(handler.release());
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): Poco has it

}  // namespace zige
