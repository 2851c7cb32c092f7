#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>

#include "agent/daemon/fsi_desk.h"
#include "agent/daemon/print.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

namespace zige::daemon {

inline constexpr const char* kGood = "D411502000001";
inline constexpr const char* kSuspended = "D411502000003";
inline constexpr const char* kGone = "D411502000004";
inline constexpr const char* kSecret = "410102198503031234";  // of the patient

/// A platform that notes what reaches it and answers what a test scripts, in turn; the last one again and again.
class ScriptedPlatform : public Platform {
public:
    Delivery send(const PlatformRequest& request) override {
        std::unique_lock lock(mutex);
        received.emplace_back(as_text(request.body));
        infnos.emplace_back(request.infno);
        headers = request.headers;
        came.notify_all();
        open.wait(lock, [this] { return !held; });
        Delivery delivery = answers.front();
        if (answers.size() > 1) answers.pop_front();
        return delivery;
    }
    void wait_for(std::size_t messages) {
        std::unique_lock lock(mutex);
        const bool all = came.wait_for(lock, std::chrono::seconds(20), [&] { return received.size() >= messages; });
        CPPUNIT_ASSERT_MESSAGE(std::to_string(received.size()) + " came", all);
    }
    void let_go() {
        const std::lock_guard lock(mutex);
        held = false;
        open.notify_all();
    }
    static Delivery taken(const std::string& body, int status = 200) {
        return {true, PlatformAnswer{status, "application/json", {{"x-tif-nonce", "1"}}, to_bytes(body)}};
    }
    static Delivery failed(bool sent, ErrorId why) { return {sent, fail(why, "", "scripted")}; }

    std::deque<Delivery> answers{taken(R"({"infcode":0,"output":{"setl_id":"S"}})")};
    std::mutex mutex;
    std::condition_variable came, open;
    std::vector<std::string> received, infnos;
    std::vector<std::pair<std::string, std::string>> headers;
    bool held = false;
};

struct Desk : zige::testing::ServiceFixture {
    explicit Desk(bool gateway = false) {
        if (gateway) platform = &script;
        hub.people[6].category = Category::settlement_auditor;
        hub.people[6].standing = {
            {Standing::suspended, zige::testing::on("2026-08-01"), {}, {}, 1, "信医保处〔2026〕14号"}};
        hub.publish();
        sync();
        (void)fsi();  // before threads come
    }

    HttpReply post(const std::string& infno, const std::string& body, const std::string& query = {},
                   std::vector<std::pair<std::string, std::string>> headers = {}) {
        HttpRequest http{"POST", "/fsi/" + infno, query, std::move(headers), to_bytes(body), {}, ""};
        return fsi().call(http, infno, Caller{CallerRole::his, "收费处1号机"});
    }
    static Json json(const HttpReply& reply) { return parse_json(as_text(reply.body), reply.body.size()).value(); }

    static std::string envelope(const std::string& infno, const std::string& input, const std::string& opter = "",
                                const std::string& msgid = "H41150200001202609010800000001") {
        return R"({"infno":")" + infno + R"(","msgid":")" + msgid +
               R"(","mdtrtarea_admvs":"411502","insuplc_admdvs":"411500","opter":")" + opter +
               R"(","inf_time":"2026-09-01 08:00:00","fixmedins_code":"H41150200001","input":)" + input + "}";
    }
    static std::string fees(std::initializer_list<const char*> doctors,
                            const char* msgid = "H41150200001202609010800000001", const char* infno = "2204") {
        std::string lines;
        for (const char* const code : doctors)
            lines +=
                std::string(lines.empty() ? "" : ",") + R"({"mdtrt_id":"M1","psn_no":")" + kSecret +
                R"(","chrg_bchno":"B1","fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":12.5,"bilg_dr_codg":")" +
                code + R"("})";
        return envelope(infno, R"({"feedetail":[)" + lines + "]}", "", msgid);
    }
    static std::string settlement(const std::string& opter = "", const char* msgid = "H41150200001202609010800000009") {
        return envelope("2207", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"B1","psn_no":"410102198503031234"}})", opter,
                        msgid);
    }
    std::vector<wire::ForwardEntry> forwarded() {
        std::vector<wire::ForwardEntry> found;
        const auto status = journal().status();
        for (std::uint64_t number = 1; number <= status.size; ++number) {
            const auto entry = journal().entry(status.chapter, number).value();
            if (const auto* forward = std::get_if<wire::ForwardEntry>(&entry.body)) found.push_back(*forward);
        }
        return found;
    }
    ScriptedPlatform script;
};

inline std::string error_of(const Json& envelope) { return words(envelope, "output.zige.error.code"); }
inline std::string header_of(const HttpReply& reply, std::string_view name) {
    for (const auto& [each, value] : reply.headers)
        if (each == name) return value;
    return "none";
}
inline std::string one(const char* infno, const std::string& line) { return Desk::envelope(infno, line); }

}  // namespace zige::daemon
