#include "agent/daemon/enroll.h"

#include <vector>

#include "agent/daemon/disk_check.h"
#include "agent/daemon/replaced_folder.h"
#include "agent/daemon/requests.h"
#include "agent/daemon/slip.h"
#include "shared/posix/files.h"
#include "shared/wire/limits.h"

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
                                             const std::vector<Suite>& suites, const agent::Predecessor* before) {
    Error why = fail(ErrorId::trust_bad_fingerprint, "trust_fingerprint");
    for (const Suite suite : suites) {
        ZIGE_TRY(owned, OwnedAgent::open(folder, suite));
        const auto done = owned->agent().enrol(slip, before);
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

Result<std::string> slip_content(const Invocation& command, const Surroundings& with) {
    const std::string path = command.get("slip", command.get("token-file"));
    if (path.empty()) return fail(ErrorId::usage_missing_argument, "--slip");
    if (path != "-" || !with.typed) return read_input(path, with.in, kMaxTrustChainBytes + kMaxEnrolBytes);
    with.err << (command.lang == Lang::zh ? "请扫描凭条上的二维码；没有扫码枪的，键入 zige: 开头的一行，回车\n"
                                          : "Scan the slip's code, or type the line that begins with zige:, and Enter\n")
             << std::flush;
    return typed_slip(with.in);
}

/// A text, or the bureau's file.
Result<SlipFile> slip_of(const Invocation& command, const Surroundings& with) {
    ZIGE_TRY(content, slip_content(command, with));
    SlipFile slip;
    if (is_slip_file(content)) {
        ZIGE_TRY(file, read_slip_file(as_bytes(content), command.get("fingerprint"), command.get("hub")));
        slip = std::move(file);
    } else if (content.size() > kMaxSlipBytes) {
        return fail(ErrorId::file_too_large, "--slip");
    } else {
        ZIGE_TRY(text, read_slip(content, command.get("hub")));
        slip.slip = std::move(text);
    }
    ZIGE_CHECK(parse_hub_url(slip.slip.hub_url));
    return slip;
}

/// What cannot be seen without a restart is said to whoever installs.
std::string disk_advice(const Folder& folder, const DiskSeen& disk, bool zh) {
    std::error_code none;
    if (std::filesystem::exists(folder.root / "disk-checked", none)) return {};
    std::string text = zh ? "\n电脑如装有还原卡或还原软件，请先做磁盘检查：zige-agent disk-check begin"
                          : "\nIf this computer has a restore card, check the disk: zige-agent disk-check begin";
    if (disk.kind == DiskKind::unknown)
        text += zh ? "（本目录在 " + disk.type + " 上，无法判断重启后是否保留）"
                   : " (this folder lies on " + disk.type + ": nobody can tell from here)";
    return text;
}

Result<std::unique_ptr<ReplacedFolder>> replaced_folder(const Invocation& command, const Folder& folder) {
    if (!command.has("replaces-folder")) return std::unique_ptr<ReplacedFolder>();
    ZIGE_TRY(path, command.need("replaces-folder"));
    return ReplacedFolder::open(path, folder);
}

/// By file the first copy has come as well.
void tell(const Invocation& command, const agent::Status& status, const Folder& folder, const std::string& more,
          const Surroundings& with) {
    const bool zh = command.lang == Lang::zh;
    if (command.json) {
        with.out << Json::object({{"enrolled", true},
                                  {"hub", status.hub_url},
                                  {"institution", status.institution.text},
                                  {"agent", status.agent.value},
                                  {"people", status.people},
                                  {"has_copy", status.has_copy},
                                  {"replaces", status.replaces.value == 0 ? Json() : Json(status.replaces.value)},
                                  {"entries_to_upload", status.journal.unheld},
                                  {"filings_waiting", status.filings_waiting}})
                        .write(2)
                 << "\n";
        return;
    }
    with.out << (zh ? "已入网：机构 " : "Enrolled: institution ") << status.institution.text
             << (zh ? "，终端号 " : ", agent ") << status.agent.value
             << (zh ? "\n已核对中心指纹；密钥只保存在 " : "\nThe hub's fingerprint was checked; the keys stay in ")
             << folder.keys().string() << more << "\n";
    if (status.has_copy)
        with.out << (zh ? "机构数据已装入，登记 " : "The first copy is here, people: ") << status.people
                 << (zh ? " 人，数据时间 " : ", as of ") << format(status.as_of)
                 << (zh ? "\n下一步：zige-agent serve；有网络后自动同步\n" : "\nNext: zige-agent serve; it syncs when there is a line\n");
    else
        with.out << (zh ? "下一步：zige-agent sync，再 zige-agent serve\n"
                        : "Next: zige-agent sync, then zige-agent serve\n");
}

/// What stands around an enrolment: the disk that it lies on, and the folder of the PC that is replaced.
struct Place {
    DiskSeen disk;
    std::unique_ptr<ReplacedFolder> old;
    const agent::Predecessor* before() const { return old ? &old->predecessor() : nullptr; }
};
Result<Place> place_of(const Invocation& command, const Folder& folder) {
    ZIGE_TRY(disk, DiskCheck::look(folder));
    ZIGE_TRY(old, replaced_folder(command, folder));
    return Place{std::move(disk), std::move(old)};
}

Result<Exit> finish(const Invocation& command, OwnedAgent& owned, const Folder& folder, const Place& place,
                    const Surroundings& with) {
    const agent::Status status = owned.agent().status();
    if (place.old) report_close(place.old->close(), with);
    report_close(owned.agent().close(), with);
    const bool zh = command.lang == Lang::zh;
    tell(command, status, folder, took_over(status, place.old != nullptr, zh) + disk_advice(folder, place.disk, zh), with);
    return Exit::ok;
}

/// Nothing is overwritten: on a stick there are other people's files.
Result<void> write_out(const std::string& path, ByteView content, const Surroundings& with) {
    if (path == "-") {
        with.out << as_text(content) << std::flush;
        return {};
    }
    const auto files = make_posix_files();
    ZIGE_TRY(there, files->exists(path));
    if (there) return fail(ErrorId::file_exists, "--out", path);
    return files->write(path, content);
}

Result<Exit> write_request(const Invocation& command, const Folder& folder, const Surroundings& with) {
    const bool zh = command.lang == Lang::zh;
    const std::string path = command.get("out");
    if (path == "-" && command.json)
        return fail(ErrorId::usage_bad_argument, "--out", "- and --json write to the same place");
    ZIGE_TRY(slip, slip_of(command, with));
    if (slip.trust.empty())
        return fail(ErrorId::enrol_bad_slip, "--slip", "the bureau's file is needed: zige-hub token new --file");
    ZIGE_CHECK(DiskCheck::look(folder));
    ZIGE_TRY(suite, suite_of_trust(slip.trust.front()));
    ZIGE_TRY(owned, OwnedAgent::open(folder, suite));
    ZIGE_TRY(request, owned->agent().request_enrolment(slip.slip, slip.trust));
    ZIGE_CHECK(write_out(path, request, with));
    std::ostream& told = path == "-" ? with.err : with.out;
    if (command.json) told << Json::object({{"request", path}, {"hub", slip.slip.hub_url}}).write(2) << "\n";
    else
        told << (zh ? "申请文件：" : "The request: ") << path
             << (zh ? "，只有中心能打开\n下一步：带给经办机构，取回答复文件后执行 zige-agent enroll --reply 文件\n"
                    : ", which only the hub opens\nNext: take it to the bureau, then zige-agent enroll --reply FILE\n");
    return Exit::ok;
}

/// The suite is that of the request which was made here.
Result<Exit> take_reply(const Invocation& command, const Folder& folder, const Surroundings& with) {
    ZIGE_TRY(reply, read_input(command.get("reply"), with.in, kMaxEnvelopeBytes));
    ZIGE_TRY(suites, suite_option(command));
    Suite suite = suites.front();
    if (const auto pending = agent::load_pending(*make_posix_files(), folder)) {
        ZIGE_TRY(asked, suite_of_trust(pending->trust));
        suite = asked;
    }
    ZIGE_TRY(place, place_of(command, folder));
    ZIGE_TRY(owned, OwnedAgent::open(folder, suite));
    ZIGE_CHECK(owned->agent().enrol(as_bytes(reply), place.before()));
    return finish(command, *owned, folder, place, with);
}

}  // namespace

Result<Exit> enroll(const Invocation& command, const Folder& folder, const Surroundings& with) {
    if (command.has("reply") && (command.has("out") || command.has("slip")))
        return fail(ErrorId::usage_bad_argument, "--reply", "stands alone: the slip was used for the request");
    if (command.has("reply")) return take_reply(command, folder, with);
    if (command.has("out")) return write_request(command, folder, with);
    ZIGE_TRY(slip, slip_of(command, with));
    ZIGE_TRY(place, place_of(command, folder));
    ZIGE_TRY(suites, suite_option(command));
    ZIGE_TRY(owned, enrolled(folder, slip.slip, suites, place.before()));
    return finish(command, *owned, folder, place, with);
}

}  // namespace zige::daemon
