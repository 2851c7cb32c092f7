#include "agent/capi/host_transport.h"

#include "agent/daemon/hub_connector.h"

namespace zige::capi {
namespace {

using agent::TransportFactory;

struct Host {
    zige_fetch_fn fetch;
    void* user;
    std::stop_token stop;
};

class HostTransport : public Transport {
public:
    HostTransport(Host host, TransportFactory::Peer peer, std::string private_key)
        : host_(std::move(host)), peer_(std::move(peer)), private_key_(std::move(private_key)) {}

    Result<HttpAnswer> get(const std::string& path, std::size_t limit) override {
        return exchange("GET", path, {}, limit);
    }
    Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override {
        return exchange("POST", path, body, limit);
    }
    Traffic traffic() const override { return traffic_; }

private:
    Result<HttpAnswer> exchange(const char* method, const std::string& path, ByteView body, std::size_t limit) {
        if (host_.stop.stop_requested()) return fail(ErrorId::net_interrupted, "", "the agent is being closed");
        HttpAnswer answer;
        answer.body.resize(limit);
        const std::string url = peer_.hub_url + path;
        zige_fetch asked{};
        asked.size = sizeof asked;
        asked.method = method;
        asked.url = url.c_str();
        asked.body = body.data();
        asked.body_size = body.size();
        asked.ca_der = peer_.tls_ca.data();
        asked.ca_size = peer_.tls_ca.size();
        asked.certificate_der = peer_.certificate.data();
        asked.certificate_size = peer_.certificate.size();
        asked.private_key_pem = private_key_.c_str();
        asked.answer = answer.body.data();
        asked.answer_room = limit;
        ZIGE_TRY(failed, call(asked));
        traffic_.sent += body.size();
        if (failed != 0) return fail(ErrorId::net_unreachable, "", "the host's fetch gave " + std::to_string(failed));
        if (asked.answer_size > limit) return fail(ErrorId::net_too_large, "", "over " + std::to_string(limit));
        if (asked.http_status < 100 || asked.http_status > 599)
            return fail(ErrorId::net_bad_answer, "http_status", std::to_string(asked.http_status));
        traffic_.received += asked.answer_size;
        answer.status = asked.http_status;
        answer.body.resize(asked.answer_size);
        return answer;
    }

    /// Nothing throws through a port, even where the host is written in C++.
    Result<std::int32_t> call(zige_fetch& asked) {
        try {
            return host_.fetch(&asked, host_.user);
        } catch (const std::exception& error) {
            return fail(ErrorId::net_interrupted, "fetch", error.what());
        } catch (...) {
            return fail(ErrorId::net_interrupted, "fetch", "the host's fetch threw");
        }
    }

    const Host host_;
    const TransportFactory::Peer peer_;
    const std::string private_key_;
    Traffic traffic_;
};

class HostConnector : public TransportFactory {
public:
    HostConnector(Host host, daemon::FileKeyVault& keys) : host_(std::move(host)), keys_(keys) {}

    Result<std::unique_ptr<Transport>> connect(const Peer& peer) override {
        ZIGE_TRY(address, daemon::parse_hub_url(peer.hub_url));
        Peer dialled = peer;
        const bool v6 = address.host.find(':') != std::string::npos;
        dialled.hub_url =
            "https://" + (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
        std::string key;
        if (!peer.certificate.empty()) {
            ZIGE_TRY(kept, keys_.tls_key());
            key = std::move(kept);
        }
        return std::unique_ptr<Transport>(new HostTransport(host_, std::move(dialled), std::move(key)));
    }

private:
    const Host host_;
    daemon::FileKeyVault& keys_;
};

}  // namespace

std::unique_ptr<TransportFactory> make_host_connector(zige_fetch_fn fetch, void* user, daemon::FileKeyVault& keys,
                                                      std::stop_token stop) {
    return std::make_unique<HostConnector>(Host{fetch, user, std::move(stop)}, keys);
}

}  // namespace zige::capi
