#include "agent/daemon/csv_table.h"

#include "shared/wire/cbor.h"

namespace zige::daemon {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

Error bad(std::size_t line, std::string_view why) {
    return fail(ErrorId::usage_bad_argument, "FILE", "line " + std::to_string(line) + ": " + std::string(why));
}

/// Reads rows of fields.
class Scanner {
public:
    Scanner(std::string_view text, char separator) : text_(text), separator_(separator) {}

    bool done() const { return at_ >= text_.size(); }
    std::size_t line() const { return line_; }

    Result<std::vector<std::string>> row() {
        std::vector<std::string> cells;
        for (bool more = true; more;) {
            ZIGE_TRY(cell, field());
            cells.push_back(std::move(cell));
            if (cells.size() > kMaxCsvColumns) return bad(line_, "too many columns");
            more = !done() && text_[at_] == separator_;
            if (more) ++at_;
        }
        end_line();
        return cells;
    }

private:
    Result<std::string> field() {
        if (!done() && text_[at_] == '"') return quoted();
        std::string cell;
        while (!done() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') cell += text_[at_++];
        if (cell.size() > kMaxCsvField) return bad(line_, "a field is too long");
        return cell;
    }

    Result<std::string> quoted() {
        const std::size_t begun = line_;
        std::string cell;
        for (++at_; !done(); ++at_) {
            if (text_[at_] == '"' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '"')) {
                ++at_;
                return cell;
            }
            if (text_[at_] == '"') ++at_;
            if (text_[at_] == '\n') ++line_;
            cell += text_[at_];
            if (cell.size() > kMaxCsvField) return bad(begun, "a field is too long");
        }
        return bad(begun, "a quote does not end");
    }

    void end_line() {
        if (!done() && text_[at_] == '\r') ++at_;
        if (!done() && text_[at_] == '\n') ++at_;
        ++line_;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

Result<std::string> as_utf8(std::string_view bytes, const TextDecoder& gbk) {
    if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
    if (wire::is_plain_text(as_bytes(bytes))) return std::string(bytes);
    return gbk.to_utf8(as_bytes(bytes));
}

char separator_of(std::string_view text) {
    const std::string_view heading = text.substr(0, text.find('\n'));
    return heading.find('\t') != std::string_view::npos ? '\t' : ',';
}

}  // namespace

Result<CsvTable> read_csv(std::string_view bytes, const TextDecoder& gbk) {
    ZIGE_TRY(text, as_utf8(bytes, gbk));
    Scanner scanner(text, separator_of(text));
    if (scanner.done()) return bad(1, "there is no heading");
    CsvTable table;
    ZIGE_TRY(heading, scanner.row());
    table.heading = std::move(heading);
    while (!scanner.done()) {
        const std::size_t line = scanner.line();
        ZIGE_TRY(row, scanner.row());
        if (row.size() == 1 && row[0].empty()) continue;  // an empty line
        if (row.size() != table.heading.size())
            return bad(
                line, std::to_string(row.size()) + " columns, the heading has " + std::to_string(table.heading.size()));
        table.rows.push_back(std::move(row));
        table.lines.push_back(line);
    }
    return table;
}

std::string csv_row(const std::vector<std::string>& cells) {
    std::string text;
    for (const std::string& cell : cells) {
        if (!text.empty() || &cell != &cells.front()) text += ',';
        std::string shown = cell;
        if (!shown.empty() && std::string_view("=+-@\t").find(shown[0]) != std::string_view::npos) shown.insert(0, "'");
        if (shown.find_first_of(",\"\r\n") == std::string::npos) {
            text += shown;
            continue;
        }
        text += '"';
        for (const char c : shown) text += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += '"';
    }
    return text + "\r\n";
}

}  // namespace zige::daemon
