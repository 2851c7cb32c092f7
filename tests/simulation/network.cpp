#include "tests/simulation/network.h"

#include "shared/openssl/x509.h"

namespace zige::simulation {
namespace {

constexpr std::size_t kKeptAnswers = 16;

std::string kind_of(const std::string& agent, const std::string& method, const std::string& path) {
    return agent + " " + method + " " + path.substr(0, path.find('?'));
}

class LineTransport : public Transport {
public:
    LineTransport(Network& network, std::string agent, Bytes peer_key)
        : network_(network), agent_(std::move(agent)), peer_key_(std::move(peer_key)) {}

    Result<HttpAnswer> get(const std::string& path, std::size_t limit) override { return ask("GET", path, {}, limit); }
    Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override {
        return ask("POST", path, body, limit);
    }
    Traffic traffic() const override { return traffic_; }

private:
    Result<HttpAnswer> ask(const std::string& method, const std::string& path, ByteView body, std::size_t limit) {
        traffic_.sent += path.size() + body.size();
        ZIGE_TRY(answer, network_.request(agent_, peer_key_, method, path, body, limit));
        traffic_.received += answer.body.size();
        return answer;
    }

    Network& network_;
    std::string agent_;
    Bytes peer_key_;
    Traffic traffic_;
};

}  // namespace

HttpAnswer Network::tamper(const std::string& what, HttpAnswer answer) {
    auto& heard = heard_[what];
    HttpAnswer given = answer;
    if (!heard.empty() && draw(faults_.replay)) {
        given = heard[random_() % heard.size()];
        ++counts_.replayed;
    } else if (!given.body.empty() && draw(faults_.damage)) {
        const std::size_t bit = random_() % (given.body.size() * 8);
        given.body[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        ++counts_.damaged;
    }
    if (answer.status == 200) heard.push_back(std::move(answer));
    if (heard.size() > kKeptAnswers) heard.erase(heard.begin());
    return given;
}

Result<HttpAnswer> Network::request(const std::string& agent, const Bytes& peer_key, const std::string& method,
                                    const std::string& path, ByteView body, std::size_t limit) {
    ++counts_.requests;
    if (!server_ || cut_[agent] || draw(faults_.lose_request)) {
        ++counts_.lost;
        return fail(ErrorId::net_unreachable, "hub", "the line is cut");
    }
    HttpAnswer answer = server_(method, path, body, peer_key);
    if (draw(faults_.duplicate)) {
        answer = server_(method, path, body, peer_key);
        ++counts_.duplicated;
    }
    if (draw(faults_.lose_answer)) {
        ++counts_.lost;
        return fail(ErrorId::net_interrupted, "hub", "the answer was lost");
    }
    answer = tamper(kind_of(agent, method, path), std::move(answer));
    if (answer.body.size() > limit) return fail(ErrorId::net_too_large, "body");
    return answer;
}

Result<std::unique_ptr<Transport>> NetworkTransports::connect(const Peer& peer) {
    Bytes peer_key;
    if (!peer.certificate.empty()) {
        ZIGE_TRY(facts, read_certificate(peer.certificate));
        peer_key = facts.public_key;
    }
    return std::unique_ptr<Transport>(std::make_unique<LineTransport>(network_, agent_, std::move(peer_key)));
}

}  // namespace zige::simulation
