#include "hub/core/papers/template.h"

#include <algorithm>
#include <set>

namespace zige::hub {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::string_view without_blanks(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string shown_name(std::string_view name) { return "{{" + std::string(name.substr(0, 60)) + "}}"; }

const PaperField* find(std::span<const PaperField> fields, std::string_view name) {
    const auto at = std::ranges::find(fields, name, &PaperField::name);
    return at == fields.end() ? nullptr : &*at;
}

}  // namespace

std::string html_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

/// Reads a template part by part; keeps count of lines and of open sections.
class Template::Reader {
public:
    Reader(Template& into) : into_(into), rest_(*into.text_) {}

    Result<void> read() {
        while (!rest_.empty()) ZIGE_CHECK(read_part());
        if (!open_.empty())
            return bad(into_.parts_[open_.back()].line, shown_name(into_.parts_[open_.back()].text) + " is never closed");
        for (const PaperField& field : into_.form_->fields) ZIGE_CHECK(check_printed(field));
        for (const PaperField& field : fields_of_all_papers()) ZIGE_CHECK(check_printed(field));
        return {};
    }

private:
    Error bad(std::size_t line, std::string why) const {
        return fail(ErrorId::paper_bad_template, into_.name() + ":" + std::to_string(line), std::move(why));
    }

    Result<void> read_part() {
        const std::size_t start = rest_.find(kOpen);
        if (start != 0) {
            add(Part::Kind::text, take(std::min(start, rest_.size())));
            return {};
        }
        const std::size_t end = rest_.find(kClose);
        if (end == std::string_view::npos) return bad(line_, "{{ without }}");
        std::string_view tag = rest_.substr(kOpen.size(), end - kOpen.size());
        const std::size_t line = line_;
        ZIGE_CHECK(read_tag(tag, line));
        take(end + kClose.size());
        return {};
    }

    Result<void> read_tag(std::string_view tag, std::size_t line) {
        const char sort = tag.empty() ? ' ' : tag.front();
        if (sort == '!') {
            into_.parts_.push_back({Part::Kind::remark, tag, line, 0});
            return {};
        }
        const bool marked = sort == '#' || sort == '^' || sort == '/';
        const std::string_view name = without_blanks(marked ? tag.substr(1) : tag);
        if (!is_name(name))
            return bad(line, shown_name(tag) + ": a field name of a-z, 0-9 and _, or # ^ / ! before one");
        if (sort == '/') return close(name, line);
        ZIGE_CHECK(check_known(name, marked, line));
        if (marked) return open(sort == '#' ? Part::Kind::shown : Part::Kind::hidden, name, line);
        into_.parts_.push_back({Part::Kind::field, name, line, 0});
        printed_.insert(std::string(name));
        return {};
    }

    Result<void> open(Part::Kind kind, std::string_view name, std::size_t line) {
        if (open_.size() >= kMaxTemplateDepth) return bad(line, "sections are nested too deep");
        open_.push_back(into_.parts_.size());
        into_.parts_.push_back({kind, name, line, 0});
        return {};
    }

    Result<void> close(std::string_view name, std::size_t line) {
        if (open_.empty()) return bad(line, shown_name(name) + " closes what was not opened");
        Part& opened = into_.parts_[open_.back()];
        if (opened.text != name) return bad(line, shown_name(name) + " closes " + shown_name(opened.text));
        opened.partner = into_.parts_.size();
        open_.pop_back();
        into_.parts_.push_back({Part::Kind::end, name, line, 0});
        return {};
    }

    /// The lists whose rows are being printed here.
    const PaperField* column(std::string_view name) const {
        for (const std::size_t at : open_) {
            const PaperList* list = into_.form_->list(into_.parts_[at].text);
            if (list == nullptr || into_.parts_[at].kind != Part::Kind::shown) continue;
            if (const PaperField* found = find(list->columns, name)) return found;
        }
        return nullptr;
    }

    Result<void> check_known(std::string_view name, bool section, std::size_t line) const {
        if (column(name) != nullptr || into_.form_->field(name) != nullptr) return {};
        const bool is_list = into_.form_->list(name) != nullptr;
        if (is_list && section) return {};
        return bad(line, shown_name(name) + (is_list ? " is a list: {{#" + std::string(name) + "}}" : " is no field of this paper"));
    }

    Result<void> check_printed(const PaperField& field) const {
        if (field.demanded_by.empty() || printed_.contains(field.name)) return {};
        return bad(line_, "does not print " + shown_name(field.name) + ", which " + std::string(field.demanded_by) + " demands");
    }

    void add(Part::Kind kind, std::string_view text) { into_.parts_.push_back({kind, text, line_, 0}); }

    std::string_view take(std::size_t bytes) {
        const std::string_view taken = rest_.substr(0, bytes);
        rest_.remove_prefix(bytes);
        line_ += static_cast<std::size_t>(std::ranges::count(taken, '\n'));
        return taken;
    }

    Template& into_;
    std::string_view rest_;
    std::size_t line_ = 1;
    std::vector<std::size_t> open_;
    std::set<std::string, std::less<>> printed_;
};

/// Puts data into the places.
class Template::Filler {
public:
    Filler(const Template& from) : from_(from) {}

    Result<std::string> fill(const PaperData& data) {
        ZIGE_CHECK(fill(0, from_.parts_.size(), {{&data, nullptr}}));
        return std::move(out_);
    }

private:
    struct Scope {
        const PaperData* data;
        const PaperList* list;  ///< whose row it is
    };
    using Scopes = std::vector<Scope>;  // the outermost first

    /// A column that is blank in its row is blank: no field of the paper that has the same name stands in for it.
    static std::string_view text_in(const Scopes& scopes, std::string_view name) {
        for (auto at = scopes.rbegin(); at != scopes.rend(); ++at)
            if (at->data->texts.contains(name) || (at->list != nullptr && find(at->list->columns, name) != nullptr))
                return at->data->text(name);
        return {};
    }

    static const std::vector<PaperData>* list_in(const Scopes& scopes, std::string_view name) {
        for (auto at = scopes.rbegin(); at != scopes.rend(); ++at)
            if (const auto list = at->data->lists.find(name); list != at->data->lists.end()) return &list->second;
        return nullptr;
    }

    Result<void> fill(std::size_t first, std::size_t end, const Scopes& scopes) {
        for (std::size_t at = first; at < end; ++at) {
            const Part& part = from_.parts_[at];
            if (part.kind == Part::Kind::text) out_ += part.text;
            if (part.kind == Part::Kind::field) print(text_in(scopes, part.text));
            if (part.kind != Part::Kind::shown && part.kind != Part::Kind::hidden) continue;
            ZIGE_CHECK(fill_section(at, scopes));
            at = part.partner;
        }
        if (out_.size() > kMaxFilledBytes) return fail_too_large();
        return {};
    }

    Result<void> fill_section(std::size_t at, const Scopes& scopes) {
        const Part& part = from_.parts_[at];
        const auto* list = list_in(scopes, part.text);
        const bool empty = list != nullptr ? list->empty() : text_in(scopes, part.text).empty();
        if (empty != (part.kind == Part::Kind::hidden)) return {};
        if (list == nullptr || list->empty()) return fill(at + 1, part.partner, scopes);
        for (const PaperData& row : *list) {
            Scopes inner = scopes;
            inner.push_back({&row, from_.form_->list(part.text)});
            ZIGE_CHECK(fill(at + 1, part.partner, inner));
        }
        return {};
    }

    Error fail_too_large() const {
        return fail(ErrorId::paper_failed, from_.name(), "over " + std::to_string(kMaxFilledBytes) + " bytes");
    }

    void print(std::string_view value) {
        const std::string escaped = html_escaped(value);
        for (const char c : escaped) {
            if (c == '\n') out_ += "<br/>";
            else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out_ += c;
            else out_ += c == '\t' ? ' ' : '?';  // no other control character is anything on paper
        }
    }

    const Template& from_;
    std::string out_;
};

Result<Template> Template::parse(const PaperForm& form, std::string_view text) {
    Template made(form, text);
    if (text.size() > kMaxTemplateBytes)
        return fail(ErrorId::paper_bad_template, made.name(), std::to_string(kMaxTemplateBytes) + " bytes at most");
    ZIGE_CHECK(Reader(made).read());
    return made;
}

Result<std::string> Template::fill(const PaperData& data) const {
    const auto check = [&](const PaperField& field) -> Result<void> {
        if (field.demanded_by.empty() || !data.text(field.name).empty()) return {};
        return fail(ErrorId::case_missing_field, std::string(field.name),
                          std::string(field.zh) + ": " + std::string(field.demanded_by));
    };
    for (const PaperField& field : form_->fields) ZIGE_CHECK(check(field));
    for (const PaperField& field : fields_of_all_papers()) ZIGE_CHECK(check(field));
    return Filler(*this).fill(data);
}

std::string Template::outline() const {
    std::string out;
    for (const Part& part : parts_) {
        if (part.kind == Part::Kind::text) out += part.text;
        if (part.kind == Part::Kind::field) out += part.text;
        if (part.kind == Part::Kind::remark)
            out.append(static_cast<std::size_t>(std::ranges::count(part.text, '\n')), '\n');
    }
    return out;
}

std::string Template::name() const { return std::string(to_string(form_->kind)) + ".html"; }

}  // namespace zige::hub
