#include "hub/core/papers/document.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "hub/core/papers/markup.h"

namespace zige::hub {
namespace {

using Kind = MarkupPiece::Kind;
constexpr unsigned kWidest = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// White space as a typesetter of Chinese takes it: a line end between Chinese characters is nothing, else one blank.
class Spans {
public:
    void add(std::string_view text, bool bold) {
        for (const char c : text) {
            if (is_blank(c)) {
                pending_ = true;
                line_end_ |= c == '\n';
                continue;
            }
            if (pending_ && !at_start() && !(line_end_ && (is_wide(c) || is_wide(last_)))) put(' ', bold);
            pending_ = line_end_ = false;
            put(c, bold);
        }
    }
    void add_break(bool bold) {
        put('\n', bold);
        pending_ = line_end_ = false;
    }
    std::vector<PaperSpan> take() { return std::move(spans_); }

private:
    bool at_start() const { return spans_.empty() || last_ == '\n'; }
    void put(char c, bool bold) {
        if (spans_.empty() || spans_.back().bold != bold) spans_.push_back({{}, bold});
        spans_.back().text += c;
        last_ = c;
    }

    std::vector<PaperSpan> spans_;
    char last_ = '\n';
    bool pending_ = false;
    bool line_end_ = false;
};

class DocumentReader {
public:
    DocumentReader(std::string_view name, std::string_view markup) : reader_(name, markup) {}

    Result<Document> read() {
        for (;;) {
            ZIGE_TRY(piece, reader_.next());
            if (piece.kind == Kind::over) break;
            if (piece.kind == Kind::text && std::ranges::all_of(piece.text, is_blank)) continue;
            if (piece.kind != Kind::start) return unexpected(piece);
            ZIGE_CHECK(read_block(piece));
        }
        if (document_.title.empty()) return reader_.bad(1, "no <h1>: a paper has a title");
        return std::move(document_);
    }

private:
    Error unexpected(const MarkupPiece& piece) const {
        if (piece.kind == Kind::over) return reader_.bad(piece.line, "ends within an element");
        const std::string shown = piece.kind == Kind::text ? "text" : (piece.kind == Kind::end ? "</" : "<") + std::string(piece.name) + ">";
        return reader_.bad(piece.line, shown + " cannot stand here");
    }

    Result<void> read_block(const MarkupPiece& start) {
        if (start.name == "h1" || start.name == "h2" || start.name == "p") return read_paragraph(start);
        if (start.name == "table") return read_table(start);
        if (start.name == "qr") return read_code(start);
        if (start.name != "hr" || !start.closed) return unexpected(start);
        ZIGE_TRY(classes, classes_of(start, {"page"}));
        document_.blocks.emplace_back(PageBreak{});
        return {};
    }

    /// Those attributes, and no other ones. `classes`: the words that class may have.
    Result<std::vector<std::string_view>> classes_of(const MarkupPiece& start, std::vector<std::string_view> known,
                                                     std::string_view other = "class") const {
        for (const auto& [name, value] : start.attributes)
            if (name != "class" && name != other)
                return reader_.bad(start.line, "<" + std::string(start.name) + "> has no attribute " + std::string(name));
        std::vector<std::string_view> found;
        const auto at = start.attributes.find("class");
        std::string_view words = at == start.attributes.end() ? std::string_view() : std::string_view(at->second);
        while (!words.empty()) {
            const std::string_view word = words.substr(0, words.find(' '));
            words.remove_prefix(std::min(words.size(), word.size() + 1));
            if (std::ranges::find(known, word) == known.end())
                return reader_.bad(start.line, "<" + std::string(start.name) + "> has no class " + std::string(word));
            found.push_back(word);
        }
        return found;
    }

    Result<std::vector<PaperSpan>> read_spans(std::string_view until) {
        Spans spans;
        for (bool bold = false;;) {
            ZIGE_TRY(piece, reader_.next());
            if (piece.kind == Kind::text) {
                spans.add(piece.text, bold);
            } else if (piece.kind == Kind::start && piece.name == "br" && piece.closed && piece.attributes.empty()) {
                spans.add_break(bold);
            } else if (piece.name == "b" && !piece.closed && piece.attributes.empty() && bold == (piece.kind == Kind::end)) {
                bold = !bold;
            } else if (piece.kind == Kind::end && piece.name == until && !bold) {
                return spans.take();
            } else {
                return unexpected(piece);
            }
        }
    }

    Result<void> read_paragraph(const MarkupPiece& start) {
        if (start.closed) return unexpected(start);
        ZIGE_TRY(classes, classes_of(start, {"center", "right", "plain", "small", "box"}));
        const auto has = [&](std::string_view word) { return std::ranges::find(classes, word) != classes.end(); };
        Paragraph paragraph;
        if (start.name == "h1") paragraph.style = PaperStyle::title;
        else if (start.name == "h2") paragraph.style = PaperStyle::heading;
        else if (has("small")) paragraph.style = PaperStyle::small;
        if (start.name == "h1" || has("center")) paragraph.align = PaperAlign::centre;
        else if (has("right")) paragraph.align = PaperAlign::right;
        paragraph.boxed = has("box");
        paragraph.indented = start.name == "p" && paragraph.align == PaperAlign::left && !has("plain");
        ZIGE_TRY(spans, read_spans(start.name));
        paragraph.spans = std::move(spans);
        if (start.name == "h1" && document_.title.empty())
            for (const PaperSpan& span : paragraph.spans) document_.title += span.text;
        document_.blocks.emplace_back(std::move(paragraph));
        return {};
    }

    Result<unsigned> number_of(const MarkupPiece& start, std::string_view name, unsigned otherwise, unsigned most) const {
        const auto at = start.attributes.find(name);
        if (at == start.attributes.end()) return otherwise;
        unsigned value = 0;
        const auto end = at->second.data() + at->second.size();
        const auto [stop, error] = std::from_chars(at->second.data(), end, value);
        if (error != std::errc() || stop != end || value < 1 || value > most)
            return reader_.bad(start.line, std::string(name) + " is a number from 1 to " + std::to_string(most));
        return value;
    }

    Result<void> read_table(const MarkupPiece& start) {
        ZIGE_TRY(classes, classes_of(start, {}));
        PaperTable table;
        for (;;) {
            ZIGE_TRY(piece, reader_.next());
            if (piece.kind == Kind::text && std::ranges::all_of(piece.text, is_blank)) continue;
            if (piece.kind == Kind::end && piece.name == "table") break;
            if (piece.kind == Kind::start && piece.name == "col" && piece.closed && table.rows.empty()) {
                ZIGE_TRY(none, classes_of(piece, {}, "width"));
                ZIGE_TRY(width, number_of(piece, "width", 1, kWidest));
                table.widths.push_back(width);
            } else if (piece.kind == Kind::start && piece.name == "tr" && !piece.closed) {
                ZIGE_CHECK(read_row(table, piece));
            } else {
                return unexpected(piece);
            }
        }
        if (table.rows.empty()) return reader_.bad(start.line, "a table without rows");
        document_.blocks.emplace_back(std::move(table));
        return {};
    }

    Result<void> read_row(PaperTable& table, const MarkupPiece& start) {
        ZIGE_TRY(classes, classes_of(start, {}));
        std::vector<PaperCell> row;
        std::size_t columns = 0;
        for (;;) {
            ZIGE_TRY(piece, reader_.next());
            if (piece.kind == Kind::text && std::ranges::all_of(piece.text, is_blank)) continue;
            if (piece.kind == Kind::end && piece.name == "tr") break;
            if (piece.kind != Kind::start || piece.closed || (piece.name != "td" && piece.name != "th")) return unexpected(piece);
            ZIGE_TRY(cell, read_cell(piece));
            columns += cell.columns;
            row.push_back(std::move(cell));
        }
        if (table.widths.empty() && table.rows.empty()) table.widths.assign(std::min(columns, kMaxColumns + 1), 1);
        if (columns != table.widths.size() || columns == 0 || columns > kMaxColumns)
            return reader_.bad(start.line, "a row of " + std::to_string(columns) + " columns in a table of " +
                                               std::to_string(table.widths.size()) + " (at most " + std::to_string(kMaxColumns) + ")");
        table.rows.push_back(std::move(row));
        return {};
    }

    Result<PaperCell> read_cell(const MarkupPiece& start) {
        ZIGE_TRY(classes, classes_of(start, {"center", "right", "tall"}, "colspan"));
        const auto has = [&](std::string_view word) { return std::ranges::find(classes, word) != classes.end(); };
        PaperCell cell;
        ZIGE_TRY(columns, number_of(start, "colspan", 1, kMaxColumns));
        cell.columns = columns;
        cell.head = start.name == "th";
        cell.tall = has("tall");
        cell.content.align = has("right") ? PaperAlign::right : has("center") || cell.head ? PaperAlign::centre : PaperAlign::left;
        ZIGE_TRY(spans, read_spans(start.name));
        cell.content.spans = std::move(spans);
        return cell;
    }

    Result<void> read_code(const MarkupPiece& start) {
        ZIGE_TRY(classes, classes_of(start, {}));
        ZIGE_TRY(spans, read_spans("qr"));
        PaperCode code;
        for (const PaperSpan& span : spans) code.text += span.text;
        if (code.text.empty()) return reader_.bad(start.line, "a code of nothing");
        document_.blocks.emplace_back(std::move(code));
        return {};
    }

    MarkupReader reader_;
    Document document_;
};

}  // namespace

Result<Document> parse_document(std::string_view name, std::string_view markup) {
    return DocumentReader(name, markup).read();
}

}  // namespace zige::hub
