#include "agent/daemon/commands_clerk.h"

#include <algorithm>

#include "agent/daemon/requests.h"
#include "agent/daemon/secret_input.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxPinFile = 256;

constexpr OptionSpec kPin[] = {
    {"pin-file", "FILE", "密码文件，- 为标准输入；不填则在终端上输入（不显示）",
     "file with the PIN, - for standard input; without it the terminal asks, unseen"},
};
constexpr std::string_view kName[] = {"NAME"};

constexpr CommandSpec kCommands[] = {
    {"clerk add", kName, kPin, "新建经办人（收费员、登记员），有自己的密码", "adds a clerk who has a PIN of his own"},
    {"clerk list", {}, {}, "经办人清单", "the clerks"},
    {"clerk pin", kName, kPin, "重设经办人的密码，同时解锁", "a new PIN for a clerk, who is no longer locked"},
    {"clerk remove", kName, {}, "停用经办人", "removes a clerk"},
};

ApiRequest post(std::string path, const Json& body) {
    return {"POST", std::move(path), "", body.write(), {CallerRole::owner, ""}};
}

Result<std::string> asked_pin(Lang lang) {
    const bool zh = lang == Lang::zh;
    ZIGE_TRY(first, read_unseen(zh ? "密码（6至12位数字，不显示）：" : "PIN (6 to 12 digits, unseen): ", "--pin-file"));
    ZIGE_TRY(again, read_unseen(zh ? "再输一遍：" : "once more: ", "--pin-file"));
    if (first != again) return fail(ErrorId::usage_bad_argument, "PIN", zh ? "两次输入不同" : "the two differ");
    return first;
}

Result<std::string> pin_of(const Invocation& command, std::istream& in) {
    if (!command.has("pin-file")) return asked_pin(command.lang);
    ZIGE_TRY(text, read_input(command.get("pin-file"), in, kMaxPinFile));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

Result<ApiRequest> with_pin(const std::string& path, const Invocation& command, std::istream& in) {
    ZIGE_TRY(pin, pin_of(command, in));
    return post(path, Json::object({{"name", command.arguments[0]}, {"pin", pin}}));
}

}  // namespace

std::span<const CommandSpec> clerk_commands() { return kCommands; }

Result<std::optional<ApiRequest>> clerk_request_of(const Invocation& command, std::istream& in) {
    const std::string_view name = command.command->name;
    if (name == "clerk list") return std::optional(ApiRequest{"GET", "/v1/clerks", "", "", {CallerRole::owner, ""}});
    if (name == "clerk remove")
        return std::optional(post("/v1/clerks/remove", Json::object({{"name", command.arguments[0]}})));
    if (name != "clerk add" && name != "clerk pin") return std::optional<ApiRequest>{};
    ZIGE_TRY(request, with_pin(name == "clerk add" ? "/v1/clerks" : "/v1/clerks/pin", command, in));
    return std::optional(std::move(request));
}

}  // namespace zige::daemon
