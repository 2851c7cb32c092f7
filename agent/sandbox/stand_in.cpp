#include "agent/sandbox/stand_in.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>

#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>

#include "agent/sandbox/platform_books.h"
#include "shared/base/time_digits.h"
#include "shared/posix/gb18030.h"

namespace zige::sandbox {
namespace {

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

constexpr std::size_t kMaxMessage = 8U << 20;
constexpr std::size_t kMaxKept = 100'000;
constexpr std::chrono::minutes kSilence{10};
constexpr int kConnections = 32;

bool is_utf8(ByteView bytes) { return to_gb18030(as_text(bytes)).ok(); }

/// By its bytes: a HIS that says nothing of its charset, or says it wrongly, is understood alike.
Json read_message(const Bytes& body) {
    std::string text(as_text(body));
    if (!is_utf8(body)) {
        const auto decoded = make_gb18030_decoder()->to_utf8(body);
        if (!decoded) return {};
        text = *decoded;
    }
    const auto message = parse_json(text, kMaxMessage);
    return message ? *message : Json();
}

std::string last_part(const std::string& path) {
    const auto end = path.find('?');
    const std::string plain = path.substr(0, end);
    return plain.substr(plain.rfind('/') + 1);
}

std::string envelope(const PlatformWord& word, const Received& received, Instant now) {
    char serial[16];
    std::snprintf(serial, sizeof serial, "%010llu", static_cast<unsigned long long>(received.number));
    const bool number = word.infcode == "0" || word.infcode == "-1";
    Json answer = Json::object();
    answer.set("infcode", number ? Json(word.infcode == "0" ? 0 : -1) : Json(word.infcode));
    answer.set("inf_refmsgid", "411500" + digits_of(now) + serial);
    answer.set("refmsg_time", digits_of(now) + "000");
    answer.set("respond_time", digits_of(now) + "000");
    answer.set("err_msg", word.err_msg);
    answer.set("output", word.output);
    return answer.write();
}

class Recorder {
public:
    explicit Recorder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void note(const Received& received, Instant at, const Bytes& answer) {
        char number[16];
        std::snprintf(number, sizeof number, "%06llu", static_cast<unsigned long long>(received.number));
        const std::string name = std::string(number) + "-" + (received.infno.empty() ? "none" : received.infno);
        keep(name + ".request", received.body);
        keep(name + ".answer", answer);
        std::ofstream list(folder_ / kTranscript, std::ios::app);
        list << Json::object({{"number", received.number},
                              {"at", format(at)},
                              {"infno", received.infno},
                              {"path", received.path},
                              {"content_type", received.content_type},
                              {"bytes", received.body.size()},
                              {"request", name + ".request"},
                              {"answer", name + ".answer"},
                              {"infcode", received.infcode},
                              {"fault", received.fault}})
                    .write()
             << "\n";
    }

private:
    void keep(const std::string& name, const Bytes& bytes) {
        std::ofstream file(folder_ / name, std::ios::binary);
        const std::string_view text = as_text(bytes);
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
    }
    std::filesystem::path folder_;
};

class PocoStandIn final : public StandIn {
public:
    explicit PocoStandIn(Options options) : options_(std::move(options)), recorder_(options_.folder) {}
    ~PocoStandIn() override { stop(); }

    Result<void> listen();
    std::uint16_t port() const override { return server_->port(); }
    FaultScript& faults() override { return faults_; }
    std::vector<Received> received(std::size_t from) const override {
        const std::lock_guard lock(mutex_);
        return {received_.begin() + static_cast<std::ptrdiff_t>(std::min(from, received_.size())), received_.end()};
    }
    std::size_t count() const override {
        const std::lock_guard lock(mutex_);
        return received_.size();
    }
    void stop() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        ends_.notify_all();
        if (server_) server_->stopAll(true);
    }

    void handle(HTTPServerRequest& request, HTTPServerResponse& response) {
        Received received;
        received.path = request.getURI();
        received.content_type = request.getContentType();
        if (!read_body(request.stream(), received.body)) return reply(response, 413, "text/plain", {});
        received.message = read_message(received.body);
        received.infno = words_of(&received.message, "infno");
        if (received.infno.empty()) received.infno = last_part(received.path);
        const auto fault = faults_.next(received.infno);
        const Bytes answer = take(received, fault);
        if (fault && !wait_out(*fault)) return cut(request, response, {});
        send(request, response, received, fault, answer);
    }

private:
    static bool read_body(std::istream& stream, Bytes& body) {
        std::array<char, 16'384> room;
        while (stream.read(room.data(), room.size()), stream.gcount() > 0) {
            const auto part = as_bytes(std::string_view(room.data(), static_cast<std::size_t>(stream.gcount())));
            body.insert(body.end(), part.begin(), part.end());
            if (body.size() > kMaxMessage) return false;
        }
        return true;
    }

    /// The answer as it would be sent if nothing went wrong on its way.
    Bytes take(Received& received, const std::optional<Fault>& fault) {
        const std::lock_guard lock(mutex_);
        const Instant now = options_.clock->wall();
        received.number = received_.size() + 1;
        PlatformWord word{"-1", "报文无法解析", Json::object()};
        if (fault && !takes(fault->kind)) {
            received.fault = describe(*fault);
            word.err_msg = "平台故障（沙箱）";
            if (fault->kind == FaultKind::infcode) word.infcode = fault->value;
        } else {
            if (fault) received.fault = describe(*fault);
            if (!received.message.is_null()) word = books_.take(received.infno, received.message, now);
            received.infcode = word.infcode;
        }
        Bytes answer = encoded(envelope(word, received, now), received, fault);
        if (fault && fault->kind == FaultKind::http500)
            answer = to_bytes("<html><body><h1>500 Internal Server Error</h1></body></html>");
        if (fault && fault->kind == FaultKind::rubbish) answer = to_bytes("\x01\xff{\"infcode\"");
        if (received_.size() < kMaxKept) received_.push_back(received);
        recorder_.note(received, now, answer);
        if (options_.on_message) options_.on_message(received);
        return answer;
    }

    /// In the charset of the question.
    static Bytes encoded(const std::string& text, const Received& received, const std::optional<Fault>& fault) {
        if (is_utf8(received.body) && !(fault && fault->kind == FaultKind::charset)) return to_bytes(text);
        const auto gbk = to_gb18030(text);
        return to_bytes(gbk ? *gbk : text);
    }

    /// False: nobody answers this message.
    bool wait_out(const Fault& fault) {
        std::unique_lock lock(mutex_);
        if (fault.kind == FaultKind::timeout || fault.kind == FaultKind::lost) {
            ends_.wait_for(lock, kSilence, [this] { return stopping_; });
            return false;
        }
        if (fault.kind == FaultKind::slow)
            ends_.wait_for(lock, std::chrono::milliseconds(std::stoi(fault.value)), [this] { return stopping_; });
        return true;
    }

    void send(HTTPServerRequest& request, HTTPServerResponse& response, const Received& received,
              const std::optional<Fault>& fault, const Bytes& answer) {
        if (fault && fault->kind == FaultKind::cut) return cut(request, response, answer);
        const bool broken = fault && fault->kind == FaultKind::http500;
        const bool utf8 = is_utf8(received.body) || (fault && fault->kind == FaultKind::charset);
        reply(response, broken ? 500 : 200,
              broken ? "text/html" : utf8 ? "application/json;charset=UTF-8" : "application/json;charset=GBK", answer);
    }

    static void reply(HTTPServerResponse& response, int status, const std::string& type, const Bytes& body) {
        response.setStatus(static_cast<HTTPServerResponse::HTTPStatus>(status));
        response.setContentType(type);
        response.setContentLength(static_cast<std::streamsize>(body.size()));
        const std::string_view text = as_text(body);
        response.send().write(text.data(), static_cast<std::streamsize>(text.size()));
    }

    /// Half of an answer, or nothing, and the connection is gone.
    static void cut(HTTPServerRequest& request, HTTPServerResponse& response, const Bytes& answer) {
        response.setKeepAlive(false);
        if (!answer.empty()) {
            response.setContentType("application/json;charset=UTF-8");
            response.setContentLength(static_cast<std::streamsize>(answer.size()));
            const std::string_view half = as_text(answer).substr(0, answer.size() / 2);
            response.send().write(half.data(), static_cast<std::streamsize>(half.size())).flush();
        }
        if (auto* own = dynamic_cast<Poco::Net::HTTPServerRequestImpl*>(&request)) own->socket().close();
    }

    const Options options_;
    Recorder recorder_;
    FaultScript faults_;
    mutable std::mutex mutex_;  // guards books_, received_, stopping_ and the transcript
    std::condition_variable ends_;
    PlatformBooks books_;
    std::vector<Received> received_;
    bool stopping_ = false;
    std::unique_ptr<Poco::Net::HTTPServer> server_;
};

class Handler final : public Poco::Net::HTTPRequestHandler {
public:
    explicit Handler(PocoStandIn& platform) : platform_(platform) {}
    void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
        try {
            platform_.handle(request, response);
        } catch (const Poco::Exception&) {
            // The other side went away, or we cut it off.
            response.setKeepAlive(false);
        }
    }

private:
    PocoStandIn& platform_;
};

class Factory final : public Poco::Net::HTTPRequestHandlerFactory {
public:
    explicit Factory(PocoStandIn& platform) : platform_(platform) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override { return new Handler(platform_); }

private:
    PocoStandIn& platform_;
};

Result<void> PocoStandIn::listen() {
    try {
        auto* parameters = new Poco::Net::HTTPServerParams;
        parameters->setMaxThreads(kConnections);
        parameters->setMaxQueued(kConnections);
        parameters->setKeepAlive(true);
        parameters->setKeepAliveTimeout(Poco::Timespan(5, 0));
        const Poco::Net::ServerSocket socket{Poco::Net::SocketAddress(options_.address)};
        server_ = std::make_unique<Poco::Net::HTTPServer>(new Factory(*this), socket, parameters);
        server_->start();
    } catch (const Poco::Exception& error) {
        return fail(ErrorId::net_cannot_listen, options_.address, error.displayText());
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<StandIn>> StandIn::start(Options options) {
    auto platform = std::make_unique<PocoStandIn>(std::move(options));
    ZIGE_CHECK(platform->listen());
    return std::unique_ptr<StandIn>(std::move(platform));
}

}  // namespace zige::sandbox
