#include "hub/server/command_line.h"

namespace zige::hub {
namespace {

constexpr OptionSpec kOut = {"out", "FILE", "文书写入的文件，- 为标准输出", "where the paper goes, - is stdout", true};
constexpr OptionSpec kOutOrCsv = {"out", "FILE", "文书写入的文件，- 为标准输出；或用 --csv", "where the paper goes, - is stdout; or --csv"};
constexpr OptionSpec kFormat = {"format", "html|pdf|csv", "格式，缺省 html；csv 只限报表和记录", "html by default; csv of reports and logs"};
constexpr OptionSpec kDocumentOf = {"document", "NUMBER", "文书号", "number of the document"};

}  // namespace

std::vector<CommandSpec> paper_commands() {
    return {
        {"paper make",
         {"KIND"},
         {{"person", "WHO", "人员：医保代码、工号或 #人员编号", "the person: a code or #id"},
          {"institution", "CODE", "机构代码；人员只在一家机构的可省略", "institution; not needed of a person with only one"},
          kDocumentOf,
          {"case", "NUMBER", "案件号：人员、机构、文书号、事实和日期取自案件，文书列入案件",
           "number of a case: person, institution, document, facts and days are its own, and it lists the paper"},
          {"period", "PERIOD", "报告期：2026-11、2026-Q4、2026；缺省本期", "2026-11, 2026-Q4 or 2026; the present one by default"},
          kFormat,
          kOutOrCsv,
          {"csv", "FILE", "报表和记录的列表写成 CSV 文件：同 --format csv --out FILE", "the list of a report or log as CSV: --format csv --out FILE"},
          {"set", "NAME=TEXT", "填写一项，可多次；项目名见 paper fields", "fill in a field; may be repeated", false, true},
          {"values", "FILE", "填写项目的 JSON 文件", "a JSON file with fields"},
          {"templates", "DIR", "本局模板目录，缺省为数据目录下的 templates", "the bureau's own templates; DATA/templates by default"},
          {"draft", "", "草稿：不登记、不签名", "a draft: nothing is recorded or signed"}},
         "制作文书；涉及文书号的和报表登记入总账",
         "make a paper; what is about a document, and reports, are recorded",
         ""},
        {"paper print",
         {"NUMBER"},
         {kFormat, kOut},
         "重印已出具的文书，逐字节相同",
         "print an issued paper again, the same bytes",
         ""},
        {"paper list",
         {},
         {kDocumentOf,
          {"case", "NUMBER", "只列此案件的文书", "of this case only"},
          {"limit", "N", "最多条数，缺省 100", "at most, 100 by default"},
          csv_option()},
         "已出具的文书",
         "the issued papers",
         "paper.list"},
        {"paper fields", {"[KIND]"}, {}, "文书种类，或一种文书的项目", "the kinds of papers, or the fields of one", ""},
        {"paper template", {"KIND"}, {}, "显示随程序提供的模板，供修改", "show the shipped template, to be changed", ""},
        {"paper check", {"DIR"}, {}, "检查本局模板目录", "check a folder of templates", ""},
    };
}

}  // namespace zige::hub
