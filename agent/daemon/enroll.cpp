#include "agent/daemon/enroll.h"

#include <vector>

#include "agent/daemon/requests.h"
#include "agent/daemon/slip.h"

namespace zige::daemon {
namespace {

/// The one that is asked for; else all.
Result<std::vector<Suite>> suite_option(const Invocation& command) {
    const std::string name = command.get("suite", "");
    if (name.empty()) return std::vector{Suite::ed25519_sha256, Suite::sm2_sm3};
    if (name == "ed25519-sha256") return std::vector{Suite::ed25519_sha256};
    if (name == "sm2-sm3") return std::vector{Suite::sm2_sm3};
    return fail(ErrorId::usage_bad_argument, "--suite", "ed25519-sha256 or sm2-sm3");
}

/// A clinic need not know its hub's suite: the slip's fingerprint is a hash of that suite, and is checked before any
/// key is made or the token is shown.
Result<std::unique_ptr<OwnedAgent>> enrolled(const Folder& folder, const agent::Slip& slip,
                                             const std::vector<Suite>& suites) {
    Error why = fail(ErrorId::trust_bad_fingerprint, "trust_fingerprint");
    for (const Suite suite : suites) {
        ZIGE_TRY(owned, OwnedAgent::open(folder, suite));
        const auto done = owned->agent().enrol(slip);
        if (done.ok()) return owned;
        why = done.error();
        if (why.id != ErrorId::trust_bad_fingerprint) break;
    }
    return why;
}

/// A scanner types the code and Enter: then all is said, and nobody has to end the input.
Result<std::string> typed_slip(std::istream& in) {
    std::string text;
    for (char c = 0; in.get(c);) {
        text += c;
        if (text.size() > kMaxSlipBytes) return fail(ErrorId::file_too_large, "-");
        if ((c == '\n' || c == '\r') && holds_code(text)) break;
    }
    return text;
}

Result<std::string> slip_text(const Invocation& command, const Surroundings& with) {
    const std::string path = command.get("slip", command.get("token-file"));
    if (path.empty()) return fail(ErrorId::usage_missing_argument, "--slip");
    if (path != "-" || !with.typed) return read_input(path, with.in, kMaxSlipBytes);
    with.err << (command.lang == Lang::zh ? "请扫描凭条上的二维码；没有扫码枪的，键入 zige: 开头的一行，回车\n"
                                          : "Scan the slip's code, or type the line that begins with zige:, and Enter\n")
             << std::flush;
    return typed_slip(with.in);
}

void tell(const Invocation& command, const agent::Status& status, const Folder& folder, const Surroundings& with) {
    const bool zh = command.lang == Lang::zh;
    if (command.json) {
        with.out << Json::object({{"enrolled", true},
                                  {"hub", status.hub_url},
                                  {"institution", status.institution.text},
                                  {"agent", status.agent.value}})
                        .write(2)
                 << "\n";
        return;
    }
    with.out << (zh ? "已入网：机构 " : "Enrolled: institution ") << status.institution.text
             << (zh ? "，终端号 " : ", agent ") << status.agent.value
             << (zh ? "\n已核对中心指纹；密钥只保存在 " : "\nThe hub's fingerprint was checked; the keys stay in ")
             << folder.keys().string()
             << (zh ? "\n下一步：zige-agent sync，再 zige-agent serve\n"
                    : "\nNext: zige-agent sync, then zige-agent serve\n");
}

}  // namespace

Result<Exit> enroll(const Invocation& command, const Folder& folder, const Surroundings& with) {
    ZIGE_TRY(text, slip_text(command, with));
    ZIGE_TRY(slip, read_slip(text, command.get("hub")));
    ZIGE_CHECK(parse_hub_url(slip.hub_url));
    ZIGE_TRY(suites, suite_option(command));
    ZIGE_TRY(owned, enrolled(folder, slip, suites));
    const agent::Status status = owned->agent().status();
    report_close(owned->agent().close(), with);
    tell(command, status, folder, with);
    return Exit::ok;
}

}  // namespace zige::daemon
