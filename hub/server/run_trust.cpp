#include <algorithm>

#include "hub/core/trust_draft.h"
#include "hub/server/connection.h"
#include "hub/server/operations.h"
#include "hub/server/print.h"
#include "hub/server/run_commands.h"
#include "hub/server/trust_json.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/key_maker.h"
#include "shared/posix/files.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxKeyFile = 16U << 10;

Exit show(const Invocation& line, const Surroundings& with, std::string_view operation, const Json& answer) {
    with.out << (line.json ? answer.write(2) + "\n" : print_answer(operation, answer, line.lang));
    return Exit::ok;
}

/// A draft says of which suite it is, so that a machine without a hub can check and sign it.
Result<Suite> suite_of(const TrustDraft& draft) {
    ZIGE_TRY(document, wire::decode_trust_document(draft.next.document));
    return document.suite;
}

Result<TrustDraft> read_draft_file(const std::string& path, const Surroundings& with) {
    ZIGE_TRY(content, read_input(path, with.in, kMaxDraftBytes));
    auto draft = decode_trust_draft(content);
    if (!draft.ok()) return fail(draft.error().id, path, draft.error().describe());
    return draft;
}

Result<Json> content_json(const TrustDraft& draft) {
    ZIGE_TRY(suite, suite_of(draft));
    ZIGE_TRY(content, read_draft(draft, *make_verifier(suite)));
    return draft_json(content);
}

Result<void> sign_with(TrustDraft& draft, const std::vector<std::string>& roots, const Surroundings& with) {
    ZIGE_TRY(suite, suite_of(draft));
    const auto keys = make_key_maker(suite);
    const auto verifier = make_verifier(suite);
    for (const std::string& path : roots) {
        ZIGE_TRY(pem, read_input(path, with.in, kMaxKeyFile));
        auto root = keys->open_signing_key(as_text(pem));
        if (!root.ok()) return fail(root.error().id, path, root.error().detail);
        ZIGE_CHECK(sign_draft(draft, **root, *verifier));
    }
    return {};
}

Result<std::unique_ptr<HubService>> service_of(const Invocation& line) {
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    return connect(paths, {});
}

Result<Json> publish(HubService& service, const Invocation& line, const TrustDraft& draft) {
    ServiceCall call;
    call.operation = "trust.publish";
    call.arguments.set("operator", operator_name(line));
    call.attachment = encode(draft);
    return service.call(call);
}

Result<TrustDraft> ask_for_draft(HubService& service, const Invocation& line, const Surroundings& with) {
    ServiceCall call;
    call.operation = "trust.draft";
    call.arguments.set("operator", operator_name(line));
    constexpr std::pair<const char*, const char*> kGiven[] = {
        {"days", "days"}, {"threshold", "threshold"}, {"reset-time", "reset_time"}, {"reset-epoch", "reset_epoch"}};
    for (const auto& [option, name] : kGiven)
        if (line.has(option)) call.arguments.set(name, line.get(option));
    for (const char* name : {"sealing", "tls"})
        if (line.has(name)) call.arguments.set(name, true);
    if (!line.arguments.empty()) call.arguments.set("keyid", line.arguments.front());
    if (line.has("root-public")) {
        Json keys{Json::Array{}};
        for (const std::string& path : line.all("root-public")) {
            ZIGE_TRY(text, read_input(path, with.in, kMaxKeyFile));
            keys.push(as_text(text));
        }
        call.arguments.set("root_public", std::move(keys));
    }
    ZIGE_TRY(answer, service.call(call));
    const auto bytes = from_hex(shown(answer, "draft"));
    if (!bytes) return fail(ErrorId::net_bad_answer, "draft");
    return decode_trust_draft(*bytes);
}

/// Enough signatures: published at once. Else the draft is a file that goes to the root holders.
Result<Exit> finish(HubService& service, const Invocation& line, const Surroundings& with, const TrustDraft& draft) {
    ZIGE_TRY(content, content_json(draft));
    if (content.find("complete")->boolean().value_or(false)) {
        ZIGE_TRY(answer, publish(service, line, draft));
        return show(line, with, "trust.publish", answer);
    }
    if (!line.has("draft")) return fail(ErrorId::trust_no_quorum, "--draft", "name a file that the root holders get");
    ZIGE_CHECK(make_posix_files()->write(line.get("draft"), encode(draft)));
    content.set("draft", line.get("draft"));
    return show(line, with, "trust.draft", content);
}

}  // namespace

Result<Exit> run_trust_rotate(const Invocation& line, const Surroundings& with) {
    if (!line.has("take") && !line.has("root") && !line.has("draft"))
        return fail(ErrorId::usage_missing_argument, "--root", "or --draft, or --take");
    ZIGE_TRY(service, service_of(line));
    if (line.has("take")) {
        ZIGE_TRY(draft, read_draft_file(line.get("take"), with));
        ZIGE_TRY(answer, publish(*service, line, draft));
        return show(line, with, "trust.publish", answer);
    }
    ZIGE_TRY(draft, ask_for_draft(*service, line, with));
    ZIGE_CHECK(sign_with(draft, line.all("root"), with));
    return finish(*service, line, with, draft);
}

Result<Exit> run_trust_sign(const Invocation& line, const Surroundings& with) {
    const std::string& path = line.arguments.front();
    ZIGE_TRY(draft, read_draft_file(path, with));
    ZIGE_CHECK(sign_with(draft, line.all("root"), with));
    ZIGE_TRY(content, content_json(draft));
    ZIGE_CHECK(make_posix_files()->write(path, encode(draft)));
    content.set("draft", path);
    return show(line, with, "trust.draft", content);
}

Result<Exit> run_trust_show(const Invocation& line, const Surroundings& with) {
    if (!line.arguments.empty()) {
        ZIGE_TRY(draft, read_draft_file(line.arguments.front(), with));
        ZIGE_TRY(content, content_json(draft));
        return show(line, with, "trust.draft", content);
    }
    ZIGE_TRY(service, service_of(line));
    ServiceCall call;
    call.operation = "trust.show";
    ZIGE_TRY(answer, service->call(call));
    return show(line, with, "trust.show", answer);
}

Result<Exit> run_trust_init(const Invocation& line, const Surroundings& with) {
    const auto suite = suite_from(line.get("suite", "ed25519-sha256"));
    if (!suite) return fail(ErrorId::usage_bad_argument, "--suite", "ed25519-sha256 or sm2-sm3");
    const auto files = make_posix_files();
    const auto keys = make_key_maker(*suite);
    Json made{Json::Array{}};
    for (const std::string& path : line.all("root")) {
        ZIGE_TRY(exists, files->exists(path));
        if (exists) return fail(ErrorId::hub_already_initialised, "--root", path);
        ZIGE_TRY(pem, keys->make_signing_key());
        ZIGE_TRY(root, keys->open_signing_key(pem));
        const std::string public_key = to_hex(root->public_key());
        ZIGE_CHECK(files->write(path, as_bytes(pem)));
        ZIGE_CHECK(files->write(path + ".pub", as_bytes(public_key + "\n")));
        made.push(Json::object({{"root", path}, {"public", path + ".pub"}, {"public_key", public_key}}));
    }
    return show(line, with, "trust.init", Json::object({{"suite", suite_name(*suite)}, {"keys", std::move(made)}}));
}

}  // namespace zige::hub
