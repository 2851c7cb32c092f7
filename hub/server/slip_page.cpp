#include "hub/server/slip_page.h"

#include "hub/core/papers/template.h"
#include "hub/server/print.h"
#include "shared/qr/encoder.h"
#include "shared/qr/render.h"

namespace zige::hub {
namespace {

constexpr int kCodeMillimetres = 70;

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>医保支付资格终端入网凭条</title>
<style>
@page { size: A4; margin: 20mm; }
body { margin: 0; color: #000; background: #fff; font: 12pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", SimSun, sans-serif; }
section { break-after: page; page-break-after: always; break-inside: avoid; }
section:last-child { break-after: auto; page-break-after: auto; }
h1 { font-size: 18pt; margin: 0 0 6mm; border-bottom: 0.5mm solid #000; }
h1 small, th small, li small, p small { display: block; font-size: 9pt; font-weight: normal; color: #444; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.2mm solid #888; padding: 1.5mm 3mm; text-align: left; vertical-align: top; }
th { width: 42mm; }
td { word-break: break-all; }
td.code, code { font-family: Consolas, "DejaVu Sans Mono", monospace; }
td.code { font-size: 15pt; letter-spacing: 0.5mm; }
.qr { text-align: center; margin: 5mm 0 2mm; }
.qr code { display: block; font-size: 9pt; word-break: break-all; }
.note { border: 0.4mm solid #000; padding: 2mm 4mm; }
@media screen { section { max-width: 170mm; margin: 10mm auto; } }
</style>
</head>
<body>
)";

constexpr std::string_view kWhatToDo = R"(<ol>
<li>在终端电脑上运行 <code>zige-agent enroll --slip -</code>，用扫码枪扫二维码；没有扫码枪的，键入二维码下面一行，回车。
<small>On the agent's PC run this command and scan the code with a scanner; without one type the line below it, and Enter.</small></li>
<li>显示的机构名称和终端号无误后，运行 <code>zige-agent sync</code>。
<small>When institution and agent number are right, run the first sync.</small></li>
<li>提示信任指纹不符的，不要继续，致电经办机构。
<small>If the fingerprint differs, do not go on: call the bureau.</small></li>
</ol>
<p class="note">入网口令只能用于一台终端，过期作废。请当面交付，勿拍照外传；用后销毁。
<small>The token is for one agent and expires. Hand it over in person, take no picture of it, destroy it after use.</small></p>
)";

bool is_typed(const SlipField& field) { return field.en == "Token" || field.en == "Fingerprint"; }

Result<std::string> section_of(const Json& slip, const QrEncoder& encoder) {
    ZIGE_TRY(code, encoder.encode(slip_code(slip), kSlipLevel));
    std::string page =
        "<section>\n<h1>医保支付资格终端入网凭条<small>Enrolment slip of an agent</small></h1>\n<table>\n";
    for (const SlipField& field : slip_fields(slip))
        page += "<tr><th>" + std::string(field.zh) + "<small>" + std::string(field.en) + "</small></th><td" +
                (is_typed(field) ? " class=\"code\"" : "") + ">" + html_escaped(field.value) + "</td></tr>\n";
    page += "</table>\n<div class=\"qr\">" + qr_svg(code, kCodeMillimetres) + "<code>" +
            html_escaped(shown(slip, "line")) + "</code></div>\n";
    return page + std::string(kWhatToDo) + "</section>\n";
}

}  // namespace

std::string slip_code(const Json& slip) {
    std::string code = shown(slip, "line");
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return code;
}

std::vector<SlipField> slip_fields(const Json& slip) {
    std::vector<SlipField> fields = {
        {"机构", "Institution", shown(slip, "institution") + " " + shown(slip, "institution_name")},
        {"中心地址", "Hub", shown(slip, "hub")},
        {"入网口令", "Token", shown(slip, "token")},
        {"信任指纹", "Fingerprint", shown(slip, "fingerprint")},
        {"密码套件", "Suite", shown(slip, "suite")},
        {"有效期至", "Valid until", shown(slip, "expires")},
        {"凭条编号", "Id", shown(slip, "id")}};
    if (const std::string replaced = shown(slip, "replaces"); !replaced.empty())
        fields.push_back(
            {"接替终端", "In the place of agent", replaced + "；有旧数据目录的，加 --replaces-folder 旧目录"});
    return fields;
}

Result<std::string> slip_pages(const Json::Array& slips,
                               const std::function<void(std::size_t, std::size_t)>& progress) {
    const auto encoder = make_qr_encoder();
    std::string page(kHead);
    for (std::size_t done = 0; done < slips.size(); ++done) {
        ZIGE_TRY(section, section_of(slips[done], *encoder));
        page += section;
        if (progress) progress(done + 1, slips.size());
    }
    return page + "</body>\n</html>\n";
}

}  // namespace zige::hub
