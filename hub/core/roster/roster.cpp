#include "hub/core/roster/roster.h"

#include <algorithm>
#include <unordered_map>

#include "hub/core/roster/layouts.h"
#include "hub/core/roster/lines.h"
#include "hub/core/roster/values.h"
#include "shared/domain/codes_of_people.h"
#include "shared/wire/cbor.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::size_t kLinesToDetectBy = 2000;
constexpr std::size_t kMaxIdentityNumber = 50;
constexpr std::size_t kNamesOfHeading = 3;
constexpr std::size_t kProgressLines = 256;
constexpr const char* kWholeLine = "line";

/// A fault that keeps the line out.
struct Fault {
    Fault(Column column, ErrorId why, std::string text = {}) : Fault(to_string(column), why, std::move(text)) {}
    Fault(std::string name, ErrorId why, std::string text) : field(std::move(name)), id(why), detail(std::move(text)) {}
    std::string field;
    ErrorId id;
    std::string detail;
};

bool is_code_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    });
}

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

std::string at_line(std::uint32_t line) { return "first at line " + std::to_string(line); }

/// Reads one line after the other; keeps whom it has seen.
class Reader {
public:
    Reader(const RosterOptions& options, RosterLayout layout, Roster& roster)
        : options_(options), columns_(columns_of(layout)), roster_(roster) {}

    void read(std::uint32_t number, std::vector<std::string> values) {
        line_ = number;
        values_ = std::move(values);
        if (is_heading()) {
            --roster_.lines;
            return;
        }
        if (auto fault = check_columns()) return refuse(std::move(*fault));
        RosterRow row;
        row.line = number;
        warnings_.clear();
        for (const auto step :
             {&Reader::read_institution, &Reader::read_person, &Reader::read_identity, &Reader::read_state,
              &Reader::read_contract, &Reader::read_codes, &Reader::read_post, &Reader::remember})
            if (auto fault = (this->*step)(row)) return refuse(std::move(*fault));
        std::ranges::move(warnings_, std::back_inserter(roster_.issues));
        roster_.rows.push_back(std::move(row));
    }

    void refuse_line(std::uint32_t number, ErrorId id, std::string detail) {
        roster_.issues.push_back({number, kWholeLine, id, std::move(detail), false});
    }

private:
    using Step = std::optional<Fault>;

    std::string_view value(Column column) const {
        const auto at = std::ranges::find(columns_, column);
        return at == columns_.end() ? std::string_view() : values_[static_cast<std::size_t>(at - columns_.begin())];
    }
    void warn(Column column, ErrorId id, std::string detail) {
        warnings_.push_back({line_, to_string(column), id, std::move(detail), true});
    }
    void refuse(Fault fault) {
        roster_.issues.push_back({line_, std::move(fault.field), fault.id, std::move(fault.detail), false});
    }

    /// A program of tables writes the names of the columns above them.
    bool is_heading() const {
        std::size_t names = 0;
        for (std::size_t i = 0; i < std::min(values_.size(), columns_.size()); ++i)
            names += values_[i] == label_of(columns_[i]) ? 1U : 0U;
        return names >= kNamesOfHeading;
    }

    /// Tabs behind the last column are usual; anything in them, or a column less, means that values moved.
    Step check_columns() {
        while (values_.size() > columns_.size() && values_.back().empty()) values_.pop_back();
        if (values_.size() != columns_.size())
            return Fault{kWholeLine, ErrorId::roster_bad_columns,
                         "expected " + std::to_string(columns_.size()) + ", found " + std::to_string(values_.size())};
        for (std::size_t i = 0; i < values_.size(); ++i)
            if (has_control_character(values_[i]))
                return Fault{columns_[i], ErrorId::roster_bad_value, "a control character"};
        return std::nullopt;
    }

    Step read_institution(RosterRow& row) {
        row.institution = value(Column::institution_code);
        if (row.institution == options_.institution.text) return std::nullopt;
        return Fault{Column::institution_code, ErrorId::roster_wrong_institution,
                     "expected " + options_.institution.text};
    }

    Step read_person(RosterRow& row) {
        row.name = value(Column::name);
        if (row.name.empty()) return Fault{Column::name, ErrorId::roster_missing_value};
        if (row.name.size() > kMaxText) return Fault{Column::name, ErrorId::roster_bad_value, "too long"};
        switch (rare_character(row.name)) {
            case RareCharacter::none: break;
            case RareCharacter::outside_gbk: warn(Column::name, ErrorId::roster_rare_character, {}); break;
            case RareCharacter::lost: warn(Column::name, ErrorId::roster_lost_character, {}); break;
        }
        return std::nullopt;
    }

    Step read_identity(RosterRow& row) {
        const std::string_view number = value(Column::identity_number);
        const std::string_view type = value(Column::certificate_type);
        if (number.empty()) return Fault{Column::identity_number, ErrorId::roster_missing_value};
        const auto known = type.empty() ? std::optional<std::string>("01") : certificate_type(type);
        if (!known) return Fault{Column::certificate_type, ErrorId::roster_bad_value, "unknown kind of document"};
        row.certificate_type = *known;
        if (*known == "01") return read_resident_id(row, number);
        if (number.size() > kMaxIdentityNumber)
            return Fault{Column::identity_number, ErrorId::roster_bad_value, "too long"};
        row.certificate_number = number;
        return std::nullopt;
    }

    Step read_resident_id(RosterRow& row, std::string_view number) {
        auto checked = check_resident_id(number, to_string(Column::identity_number));
        if (!checked.ok()) return Fault{Column::identity_number, checked.error().id, masked(number)};
        if (number.ends_with('x')) warn(Column::identity_number, ErrorId::roster_lower_case_x, {});
        row.certificate_number = std::move(*checked);
        return std::nullopt;
    }

    Step read_state(RosterRow&) {
        switch (employment_state(value(Column::state))) {
            case EmploymentState::active: break;
            case EmploymentState::left:
                return Fault{Column::state, ErrorId::roster_person_left, std::string(value(Column::state))};
            case EmploymentState::unclear:
                warn(Column::state, ErrorId::roster_unclear_state, std::string(value(Column::state).substr(0, 40)));
                break;
        }
        return std::nullopt;
    }

    /// No day of a contract keeps anybody out (P11): what is wrong with one is a question to the clerk.
    Step read_contract(RosterRow& row) {
        const std::string_view from = value(Column::contract_from);
        const std::string_view until = value(Column::contract_until);
        row.contract_from = roster_day(from);
        if (!from.empty() && !row.contract_from)
            warn(Column::contract_from, ErrorId::roster_bad_day, std::string(from.substr(0, 40)));
        if (!is_open_end(until)) {
            row.contract_until = roster_day(until);
            if (!row.contract_until)
                warn(Column::contract_until, ErrorId::roster_bad_day, std::string(until.substr(0, 40)));
        }
        check_contract(row);
        return std::nullopt;
    }

    void check_contract(RosterRow& row) {
        if (row.contract_from && row.certificate_type == "01" &&
            *row.contract_from < birth_day(row.certificate_number)) {
            warn(Column::contract_from, ErrorId::roster_bad_value, "before the birth");
            row.contract_from.reset();
        }
        if (row.contract_from && row.contract_until && *row.contract_until < *row.contract_from)
            warn(Column::contract_until, ErrorId::roster_bad_value, "before its begin");
        else if (row.contract_until && *row.contract_until < options_.today)
            warn(Column::contract_until, ErrorId::roster_contract_ended, format(*row.contract_until));
    }

    Step read_codes(RosterRow& row) {
        row.national_code = value(Column::code);
        row.licence_number = value(Column::licence);
        for (const Column column : {Column::code, Column::licence}) {
            if (value(column).size() > kMaxCodeLength) return Fault{column, ErrorId::code_too_long};
            if (!is_code_text(value(column))) return Fault{column, ErrorId::code_bad_character};
        }
        if (row.national_code.empty()) warn(Column::code, ErrorId::roster_no_code, {});
        else if (!is_person_code(row.national_code))
            warn(Column::code, ErrorId::roster_unusual_code, row.national_code);
        return std::nullopt;
    }

    /// The principal of a pharmacy (主要负责人) stands in the pharmacists' layout with that word as 执业类别;
    /// "药师、主要负责人" is both.
    Step read_post(RosterRow& row) {
        row.category = category_of(roster_.layout);
        const std::string_view practice = value(Column::practice_category);
        if (row.category != Category::pharmacist || practice.find("负责人") == std::string_view::npos)
            return std::nullopt;
        row.post = Post::principal;
        if (practice.find("药师") == std::string_view::npos) row.category = Category::pharmacy_principal;
        return std::nullopt;
    }

    Step remember(RosterRow& row) {
        const auto [person, new_person] =
            people_.try_emplace(row.certificate_type + " " + row.certificate_number, row.line);
        if (!new_person)
            return Fault{Column::identity_number, ErrorId::roster_duplicate_person, at_line(person->second)};
        if (const auto first = taken(row.national_code, row.line))
            return Fault{Column::code, ErrorId::code_taken, at_line(*first)};
        // The person is known by number and code; only the licence goes in without its number.
        if (const auto first = taken(row.licence_number, row.line)) {
            warn(Column::licence, ErrorId::code_taken, at_line(*first));
            row.licence_number.clear();
        }
        return std::nullopt;
    }

    /// The line that had this code before; nothing: it is this line's now.
    std::optional<std::uint32_t> taken(const std::string& code, std::uint32_t line) {
        if (code.empty()) return std::nullopt;
        const auto [at, is_new] = codes_.try_emplace(code, line);
        return is_new || at->second == line ? std::nullopt : std::optional(at->second);
    }

    const RosterOptions& options_;
    std::span<const Column> columns_;
    Roster& roster_;
    std::uint32_t line_ = 0;
    std::vector<std::string> values_;
    std::vector<RosterIssue> warnings_;
    std::unordered_map<std::string, std::uint32_t> people_;
    std::unordered_map<std::string, std::uint32_t> codes_;
};

/// Bytes of a line to UTF-8 text.
std::optional<std::string> decoded(ByteView bytes, RosterEncoding encoding, const TextDecoder& decoder) {
    if (encoding != RosterEncoding::gb18030)
        return wire::is_plain_text(bytes) ? std::optional(std::string(as_text(bytes))) : std::nullopt;
    auto text = decoder.to_utf8(bytes);
    return text.ok() ? std::optional(std::move(*text)) : std::nullopt;
}

std::optional<RosterLayout> layout_of(const std::vector<RawLine>& lines, RosterEncoding encoding,
                                      const TextDecoder& decoder) {
    std::vector<std::vector<std::string>> sample;
    for (const RawLine& line : lines) {
        if (sample.size() == kLinesToDetectBy) break;
        if (line.bytes.size() > kMaxRosterLineBytes) continue;
        if (const auto text = decoded(line.bytes, encoding, decoder)) sample.push_back(split_columns(*text));
    }
    return detect_layout(sample);
}

void read_line(Reader& reader, const RawLine& line, RosterEncoding encoding, const TextDecoder& decoder) {
    if (line.bytes.size() > kMaxRosterLineBytes)
        return reader.refuse_line(line.number, ErrorId::roster_line_too_long,
                                  std::to_string(line.bytes.size()) + " bytes");
    const auto text = decoded(line.bytes, encoding, decoder);
    if (!text) return reader.refuse_line(line.number, ErrorId::roster_bad_text, to_string(encoding));
    auto columns = split_columns(*text);
    if (columns.size() > kMaxRosterColumns)
        return reader.refuse_line(line.number, ErrorId::roster_bad_columns,
                                  std::to_string(columns.size()) + " columns");
    reader.read(line.number, std::move(columns));
}

}  // namespace

Result<Roster> read_roster(ByteView file, const RosterOptions& options, const TextDecoder& decoder) {
    if (file.size() > kMaxRosterBytes)
        return fail(ErrorId::roster_too_large, "file", std::to_string(file.size()) + " bytes");
    const std::vector<RawLine> lines = split_lines(file);
    if (lines.empty()) return fail(ErrorId::roster_empty, "file");
    if (lines.size() > kMaxRosterLines)
        return fail(ErrorId::roster_too_large, "file", std::to_string(lines.size()) + " lines");
    const auto encoding = detect_encoding(file, lines);
    if (!encoding) return fail(ErrorId::roster_unreadable_text, "file", "UTF-16; save as UTF-8 or GB18030");
    const auto layout = options.layout ? options.layout : layout_of(lines, *encoding, decoder);
    if (!layout) return fail(ErrorId::roster_unknown_layout, "layout", "name it: gb001, gb002, gb004 or gb005");

    Roster roster{*layout, *encoding, lines.size(), {}, {}};
    Reader reader(options, *layout, roster);
    std::size_t read = 0;
    for (const RawLine& line : lines) {
        read_line(reader, line, *encoding, decoder);
        if (options.progress && (++read % kProgressLines == 0 || read == lines.size()))
            options.progress(read == lines.size() ? file.size() : line.end_offset, file.size());
    }
    return roster;
}

}  // namespace zige::hub
