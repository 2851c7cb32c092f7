#include "tests/simulation/network.h"

#include <iterator>

namespace zige::simulation {
namespace {

constexpr std::size_t kKeptAnswers = 12;
constexpr std::size_t kMaxLate = 8;

std::string kind_of(const std::string& method, const std::string& path) {
    return method + " " + path.substr(0, path.find('?'));
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

/// Old ones stay as long as new ones: an answer may come back after weeks.
void Network::keep(std::vector<HttpAnswer>& heard, HttpAnswer answer) {
    if (heard.size() < kKeptAnswers) heard.push_back(std::move(answer));
    else heard[random_() % heard.size()] = std::move(answer);
}

HttpAnswer Network::tamper(const std::string& agent, const std::string& what, HttpAnswer answer) {
    auto& of_all = heard_[what];
    HttpAnswer given = answer;
    if (auto& mine = of_all[agent]; !mine.empty() && draw(faults_.replay)) {
        given = mine[random_() % mine.size()];
        ++counts_.replayed;
    } else if (auto& [whose, others] =
                   *std::next(of_all.begin(), static_cast<std::ptrdiff_t>(random_() % of_all.size()));
               !others.empty() && draw(faults_.mix)) {
        given = others[random_() % others.size()];
        ++counts_.mixed;
        if (mixed_) mixed_(whose, agent, given);
    } else if (!given.body.empty() && draw(faults_.damage)) {
        const std::size_t bit = random_() % (given.body.size() * 8);
        given.body[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        ++counts_.damaged;
    }
    if (answer.status == 200) keep(of_all[agent], std::move(answer));
    return given;
}

/// In any order; nobody waits for the answers any more.
void Network::deliver_late() {
    while (!late_.empty() && random_() % 2 == 0) {
        const std::size_t at = random_() % late_.size();
        const Request request = std::move(late_[at]);
        late_.erase(late_.begin() + static_cast<std::ptrdiff_t>(at));
        (void)server_(request.method, request.path, request.body, request.peer_key);
    }
}

Result<HttpAnswer> Network::request(const std::string& agent, const Bytes& peer_key, const std::string& method,
                                    const std::string& path, ByteView body, std::size_t limit) {
    ++counts_.requests;
    const auto lost = [&](ErrorId id, const char* why) {
        ++counts_.lost;
        return fail(id, "hub", why);
    };
    if (cut_[agent] || draw(faults_.lose_request)) return lost(ErrorId::net_unreachable, "the line is cut");
    if (draw(faults_.late) && late_.size() < kMaxLate) {
        ++counts_.late;
        late_.push_back({method, path, to_bytes(body), peer_key});
        return fail(ErrorId::net_timeout, "hub", "no answer yet");
    }
    deliver_late();
    auto answer = server_(method, path, body, peer_key);
    if (answer && draw(faults_.duplicate)) {
        answer = server_(method, path, body, peer_key);
        ++counts_.duplicated;
    }
    if (!answer) return lost(ErrorId::net_interrupted, "the hub went away");
    if (draw(faults_.lose_answer)) return lost(ErrorId::net_interrupted, "the answer was lost");
    HttpAnswer given = tamper(agent, kind_of(method, path), std::move(*answer));
    if (meddler_) meddler_(agent, path, given);
    if (given.body.size() > limit) return fail(ErrorId::net_too_large, "body");
    return given;
}

Result<std::unique_ptr<Transport>> NetworkTransports::connect(const Peer& peer) {
    ZIGE_TRY(peer_key, key_of_(peer.certificate));
    return std::unique_ptr<Transport>(std::make_unique<LineTransport>(network_, agent_, std::move(peer_key)));
}

}  // namespace zige::simulation
