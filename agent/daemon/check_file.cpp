#include "agent/daemon/check_file.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "agent/daemon/csv_table.h"
#include "agent/daemon/print.h"
#include "agent/daemon/requests.h"
#include "shared/posix/files.h"
#include "shared/posix/gb18030.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kRowsPerCall = 200;
constexpr std::size_t kRowsPerReport = 5000;
constexpr std::string_view kMark = "\xEF\xBB\xBF";  // so that spreadsheets read UTF-8

/// What became of one row.
struct RowAnswer {
    std::string outcome;  ///< "error": it could not be read
    std::string words;
    std::string grounds;
    std::string advice;
    bool settles = false;
};

/// "feedetail[7].fee_ocur_time" is about row 7.
std::optional<std::size_t> row_of(std::string_view field) {
    constexpr std::string_view kBefore = "feedetail[";
    if (!field.starts_with(kBefore)) return std::nullopt;
    field.remove_prefix(kBefore.size());
    std::size_t row = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), row);
    if (error != std::errc{} || end == field.data() + field.size() || *end != ']') return std::nullopt;
    return row;
}

class FileCheck {
public:
    FileCheck(const CsvTable& table, std::string infno, Lang lang, AgentService& service)
        : table_(table), infno_(std::move(infno)), lang_(lang), service_(service), answers_(table.rows.size()) {}

    Result<void> run(std::ostream& progress) {
        for (std::size_t first = 0; first < table_.rows.size(); first += kRowsPerCall) {
            std::vector<std::size_t> rows;
            for (std::size_t i = first; i < std::min(first + kRowsPerCall, table_.rows.size()); ++i) rows.push_back(i);
            ZIGE_CHECK(ask(std::move(rows)));
            const std::size_t done = std::min(first + kRowsPerCall, table_.rows.size());
            if (done % kRowsPerReport < kRowsPerCall || done == table_.rows.size())
                progress << done << "/" << table_.rows.size() << "\n";
        }
        return {};
    }

    std::string csv() const {
        std::string text(kMark);
        std::vector<std::string> heading{"line", "outcome", "outcome_text", "grounds", "advice"};
        heading.insert(heading.end(), table_.heading.begin(), table_.heading.end());
        text += csv_row(heading);
        for (std::size_t i = 0; i < answers_.size(); ++i) {
            const RowAnswer& answer = answers_[i];
            std::vector<std::string> cells{std::to_string(table_.lines[i]), answer.outcome, answer.words,
                                           answer.grounds, answer.advice};
            cells.insert(cells.end(), table_.rows[i].begin(), table_.rows[i].end());
            text += csv_row(cells);
        }
        return text;
    }

    Json json() const {
        Json outcomes = Json::object();
        for (const auto& [outcome, count] : counts()) outcomes.set(outcome, count);
        Json trouble = Json::array();
        for (std::size_t i = 0; i < answers_.size(); ++i)
            if (!answers_[i].settles)
                trouble.push(Json::object({{"line", table_.lines[i]},
                                           {"outcome", answers_[i].outcome},
                                           {"outcome_text", answers_[i].words},
                                           {"grounds", answers_[i].grounds},
                                           {"advice", answers_[i].advice}}));
        return Json::object(
            {{"rows", answers_.size()}, {"outcomes", std::move(outcomes)}, {"trouble", std::move(trouble)}});
    }

    std::map<std::string, std::size_t> counts() const {
        std::map<std::string, std::size_t> counts;
        for (const RowAnswer& each : answers_) ++counts[each.outcome];
        return counts;
    }
    bool all_settle() const {
        return std::ranges::all_of(answers_, [](const RowAnswer& each) { return each.settles; });
    }

private:
    Json line_of(std::size_t row) const {
        Json line = Json::object();
        for (std::size_t i = 0; i < table_.heading.size(); ++i)
            if (!table_.rows[row][i].empty()) line.set(table_.heading[i], table_.rows[row][i]);
        line.set("feedetl_sn", std::to_string(table_.lines[row]));  // a file may name one number twice
        return line;
    }

    /// A row that cannot be read is told, and the others are asked without it.
    Result<void> ask(std::vector<std::size_t> rows) {
        while (!rows.empty()) {
            Json lines = Json::array();
            for (const std::size_t row : rows) lines.push(line_of(row));
            const Json body = Json::object({{"infno", infno_}, {"afterwards", true}, {"feedetail", std::move(lines)}});
            const ApiAnswer answer = service_.call({"POST", "/v1/check", "", body.write(), {CallerRole::owner, ""}});
            const auto error = error_of(answer);
            if (!error) {
                take(rows, answer.body);
                return {};
            }
            const auto bad = row_of(error->field);
            if (!bad || *bad >= rows.size()) return *error;
            answers_[rows[*bad]] = {"error",
                                    words(answer.body, lang_ == Lang::zh ? "error.reason_zh" : "error.reason_en"),
                                    error->field.substr(error->field.find(']') + 1), "", false};
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(*bad));
        }
        return {};
    }

    void take(const std::vector<std::size_t>& rows, const Json& answer) {
        const Json::Array* lines = at(answer, "lines").items();
        for (std::size_t i = 0; lines != nullptr && i < lines->size() && i < rows.size(); ++i) {
            const Json& line = (*lines)[i];
            RowAnswer& row = answers_[rows[i]];
            row.outcome = words(line, "outcome");
            row.words = words(line, lang_ == Lang::zh ? "outcome_zh" : "outcome_en");
            row.advice = coded(line, "advice", lang_);
            row.settles = is_true(line, "may_settle");
            if (const Json::Array* grounds = at(line, "grounds").items())
                for (const Json& ground : *grounds)
                    row.grounds +=
                        (row.grounds.empty() ? "" : "; ") + words(ground, lang_ == Lang::zh ? "text_zh" : "text_en");
        }
    }

    const CsvTable& table_;
    std::string infno_;
    Lang lang_;
    AgentService& service_;
    std::vector<RowAnswer> answers_;
};

std::string summary(const FileCheck& check, std::size_t rows, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = (zh ? "共 " : "Rows: ") + std::to_string(rows) + (zh ? " 行\n" : "\n");
    for (const auto& [outcome, count] : check.counts()) {
        const auto known = from_name<Outcome>(outcome);
        text += "  " + std::string(known ? zige::text(*known, lang) : (zh ? "读不出" : "could not be read")) + " " +
                std::to_string(count) + "\n";
    }
    return text;
}

}  // namespace

Result<Exit> check_file(const Invocation& command, AgentService& service, const Surroundings& with) {
    ZIGE_TRY(bytes, read_input(command.arguments[0], with.in, kMaxCsvBytes));
    ZIGE_TRY(table, read_csv(bytes, *make_gb18030_decoder()));
    FileCheck check(table, command.get("infno", "2204"), command.lang, service);
    ZIGE_CHECK(check.run(with.err));
    if (command.has("out")) ZIGE_CHECK(make_posix_files()->write(command.get("out"), as_bytes(check.csv())));
    with.out << (command.json ? check.json().write(2) + "\n" : summary(check, table.rows.size(), command.lang));
    return check.all_settle() ? Exit::ok : Exit::refused;
}

}  // namespace zige::daemon
