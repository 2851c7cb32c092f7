#include <algorithm>

#include "hub/core/papers/document.h"
#include "hub/core/papers/template.h"
#include "hub/server/print.h"
#include "hub/server/run_commands.h"
#include "hub/server/text_table.h"
#include "shared/base/error_words.h"
#include "shared/domain/codes_of_people.h"
#include "shared/posix/files.h"
#include "shared/wire/cbor.h"

namespace zige::hub {
namespace {

constexpr std::string_view kStandardOutput = "-";
constexpr std::size_t kMaxValuesFile = 1U << 20;

Result<PaperKind> kind_in(const std::string& name) {
    const auto kind = from_name<PaperKind>(name);
    if (!kind) return fail(ErrorId::paper_unknown, "kind", name.substr(0, 60));
    return *kind;
}

Result<std::string> text_file(const std::filesystem::path& path, std::size_t limit) {
    ZIGE_TRY(content, make_posix_files()->read(path, limit));
    if (!wire::is_plain_text(content)) return fail(ErrorId::file_bad_encoding, path.string(), "not UTF-8");
    std::string text(as_text(content));
    if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);  // a text editor of Windows
    return text;
}

Result<std::optional<std::string>> maybe_text_file(const std::filesystem::path& path, std::size_t limit) {
    ZIGE_TRY(there, make_posix_files()->exists(path));
    if (!there) return std::optional<std::string>();
    ZIGE_TRY(text, text_file(path, limit));
    return std::optional<std::string>(std::move(text));
}

Result<void> add_values(Json& values, const std::string& text, const std::string& path) {
    auto json = parse_json(text, kMaxValuesFile);
    if (!json.ok()) return fail(ErrorId::usage_bad_argument, path, json.error().detail);
    if (json->members() == nullptr) return fail(ErrorId::usage_bad_argument, path, "not an object");
    for (const auto& [name, value] : *json->members()) values.set(name, value);
    return {};
}

/// What the bureau always prints so, where the paper has such a field: other papers do not.
Result<void> add_bureau_values(Json& values, const std::string& text, const std::string& path, const PaperForm& form) {
    Json all = Json::object();
    ZIGE_CHECK(add_values(all, text, path));
    for (const auto& [name, value] : *all.members())
        if (form.field(name) != nullptr) values.set(name, value);
    return {};
}

/// From the bureau's folder, then --values, then --set: the last one wins.
Result<Json> values_of(const Invocation& line, const std::filesystem::path& folder, PaperKind kind) {
    Json values = Json::object();
    const std::filesystem::path bureau = folder / "values.json";
    ZIGE_TRY(of_bureau, maybe_text_file(bureau, kMaxValuesFile));
    if (of_bureau) ZIGE_CHECK(add_bureau_values(values, *of_bureau, bureau.string(), form_of(kind)));
    if (line.has("values")) {
        ZIGE_TRY(text, text_file(line.get("values"), kMaxValuesFile));
        ZIGE_CHECK(add_values(values, text, line.get("values")));
    }
    for (const std::string& set : line.all("set")) {
        const std::size_t is = set.find('=');
        if (is == std::string::npos || is == 0) return fail(ErrorId::usage_bad_argument, "--set", "NAME=TEXT");
        if (!wire::is_plain_text(as_bytes(set))) return fail(ErrorId::usage_bad_argument, "--set", "not UTF-8");
        // P9: the process list and the shell's history have seen it; at least nothing of ours repeats it.
        if (check_resident_id(set.substr(is + 1), "set").ok())
            return fail(ErrorId::usage_bad_argument, "--set", "an identity number does not stand on a command line: --values");
        values.set(set.substr(0, is), set.substr(is + 1));
    }
    return values;
}

Result<void> check_out(const Invocation& line) {
    const std::string out = line.get("out");
    if (out == kStandardOutput) {
        if (line.json) return fail(ErrorId::usage_bad_argument, "--out", "- and --json write to the same place");
        return {};
    }
    ZIGE_TRY(there, make_posix_files()->exists(out));
    if (there) return fail(ErrorId::file_exists, "--out", out);
    return {};
}

/// What the code of a notice of points is; a reprint has what it had.
std::string code_words(const Json& answer, bool zh) {
    if (shown(answer, "signed") == "true") return zh ? "有，含签名的状态通知" : "the signed statement";
    const std::string why = shown(answer, "unsigned");
    if (why == "draft") return zh ? "草稿不签名，正式出具时才有" : "none: a draft is not signed";
    if (why == "number_too_long") return zh ? "无：文书号过长，放不进二维码" : "none: the document's number is too long for a code";
    if (why == "nothing_runs") return zh ? "无：此文书没有正在生效的暂停或终止" : "none: the document suspends nobody now";
    return zh ? "无" : "none";
}

std::string paper_text(const Json& answer, const std::string& out, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "文书" : "paper", coded<PaperKind>(answer, "kind", lang)});
    const bool draft = shown(answer, "number") == "0";
    table.add({zh ? "编号" : "number", draft ? (zh ? "未登记" : "not recorded") : shown(answer, "number")});
    if (!shown(answer, "document").empty()) table.add({zh ? "文书号" : "document", shown(answer, "document")});
    if (!shown(answer, "case").empty()) table.add({zh ? "案件" : "case", shown(answer, "case")});
    if (shown(answer, "kind") == to_string(PaperKind::scoring_notice))
        table.add({zh ? "二维码" : "code", code_words(answer, zh)});
    table.add({zh ? "散列" : "hash", shown(answer, "hash")});
    table.add({zh ? "文件" : "file", out});
    return table.text();
}

Result<Exit> deliver(const Invocation& line, Json answer, const Surroundings& with) {
    const auto bytes = from_hex(shown(answer, "content"));
    if (!bytes) return fail(ErrorId::net_bad_answer, "content");
    const std::string out = line.get("out");
    answer.set("content", out);
    if (out == kStandardOutput) {
        with.out << as_text(*bytes);
        ZIGE_CHECK(check_written(with));
    } else {
        ZIGE_CHECK(make_posix_files()->write(out, *bytes));
    }
    (out == kStandardOutput ? with.err : with.out) << (line.json ? answer.write(2) + "\n" : paper_text(answer, out, line.lang));
    return Exit::ok;
}

Result<Exit> ask(const Invocation& line, const ServiceCall& call, const Surroundings& with) {
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    ZIGE_TRY(service, connect(paths, {}));
    ZIGE_TRY(answer, service->call(call));
    return deliver(line, std::move(answer), with);
}

Result<void> check_template(const std::filesystem::path& path, PaperKind kind) {
    ZIGE_TRY(text, text_file(path, kMaxTemplateBytes));
    ZIGE_TRY(form, Template::parse(form_of(kind), text));
    ZIGE_TRY(document, parse_document(form.name(), form.outline()));
    return {};
}

std::string demanded(const PaperField& field, bool zh) {
    if (field.demanded_by.empty()) return "";
    return (zh ? "必填 " : "demanded by ") + std::string(field.demanded_by);
}

std::string fields_text(PaperKind kind, bool zh) {
    const PaperForm& form = form_of(kind);
    TextTable table;
    const auto add = [&](std::span<const PaperField> fields, const std::string& before) {
        for (const PaperField& field : fields)
            table.add({before + std::string(field.name), std::string(field.zh), demanded(field, zh)});
    };
    add(form.fields, "");
    for (const PaperField& field : fields_of_all_papers())
        if (std::ranges::find(form.fields, field.name, &PaperField::name) == form.fields.end()) add({&field, 1}, "");
    for (const PaperList& list : form.lists) {
        table.add({std::string(list.name), std::string(list.zh), zh ? "列表" : "a list"});
        add(list.columns, "  ");
    }
    return table.text();
}

/// "--csv FILE" is "--format csv --out FILE".
Result<Invocation> with_output(Invocation line) {
    if (line.has("csv") && (line.has("out") || line.has("format")))
        return fail(ErrorId::usage_bad_argument, "--csv", "stands for --format csv --out FILE");
    if (line.has("csv")) {
        line.options["format"] = {"csv"};
        line.options["out"] = line.options["csv"];
    }
    if (!line.has("out")) return fail(ErrorId::usage_missing_argument, "--out");
    return line;
}

}  // namespace

Result<Exit> run_paper_make(const Invocation& given, const Surroundings& with) {
    ZIGE_TRY(line, with_output(given));
    ZIGE_TRY(kind, kind_in(line.arguments.front()));
    ZIGE_CHECK(check_out(line));
    ZIGE_TRY(call, call_of(line, with));
    call.operation = "paper.make";
    const std::filesystem::path folder = line.get("templates", (std::filesystem::path(data_folder(line)) / "templates").string());
    if (line.has("templates")) {
        ZIGE_TRY(there, make_posix_files()->exists(folder));
        if (!there) return fail(ErrorId::file_not_found, "--templates", folder.string());
    }
    ZIGE_TRY(own, maybe_text_file(folder / (std::string(to_string(kind)) + ".html"), kMaxTemplateBytes));
    if (own) call.arguments.set("template", *own);
    ZIGE_TRY(values, values_of(line, folder, kind));
    call.arguments.set("values", std::move(values));
    return ask(line, call, with);
}

Result<Exit> run_paper_print(const Invocation& line, const Surroundings& with) {
    ZIGE_CHECK(check_out(line));
    ZIGE_TRY(call, call_of(line, with));
    call.operation = "paper.print";
    return ask(line, call, with);
}

Result<Exit> run_paper_fields(const Invocation& line, const Surroundings& with) {
    const bool zh = line.lang == Lang::zh;
    if (!line.arguments.empty()) {
        ZIGE_TRY(kind, kind_in(line.arguments.front()));
        with.out << fields_text(kind, zh);
        return Exit::ok;
    }
    TextTable table;
    for (const PaperKind kind : all<PaperKind>())
        table.add({to_string(kind), std::string(text(kind, line.lang)), std::string(form_of(kind).basis)});
    with.out << table.text();
    return Exit::ok;
}

Result<Exit> run_paper_template(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(kind, kind_in(line.arguments.front()));
    with.out << shipped_template(kind);
    return Exit::ok;
}

Result<Exit> run_paper_check(const Invocation& line, const Surroundings& with) {
    const std::filesystem::path folder = line.arguments.front();
    std::size_t found = 0, bad = 0;
    for (const PaperKind kind : all<PaperKind>()) {
        const std::filesystem::path path = folder / (std::string(to_string(kind)) + ".html");
        ZIGE_TRY(there, make_posix_files()->exists(path));
        if (!there) continue;
        ++found;
        const auto good = check_template(path, kind);
        with.out << path.filename().string() << ": " << (good.ok() ? std::string("ok") : words_of(good.error(), line.lang).reason) << "\n";
        if (!good.ok()) ++bad;
    }
    if (found == 0) return fail(ErrorId::file_not_found, folder.string(), "no template of a paper in it");
    return bad == 0 ? Exit::ok : Exit::refused;
}

}  // namespace zige::hub
