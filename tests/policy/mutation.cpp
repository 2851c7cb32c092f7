#include "tests/policy/mutation.h"

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>

#include "hub/core/profile/profile_file.h"
#include "hub/core/profile/value_reader.h"
#include "tests/policy/article_tag.h"

namespace zige::testing {
namespace {

using hub::LocatedJson;
using Names = std::vector<std::string>;

template <class E>
Names names_of() {
    Names names;
    for (const E each : all<E>()) names.emplace_back(to_string(each));
    return names;
}

/// The names that a text at this place may be one of; none: it is no value.
class Vocabulary {
public:
    explicit Vocabulary(const LocatedJson& root) {
        if (const LocatedJson* articles = root.find("articles"))
            for (const LocatedJson& each : *articles->items()) articles_.push_back(*each.text());
        const LocatedJson* rules = root.find("rules");
        const LocatedJson* levels = rules == nullptr ? nullptr : rules->find("levels");
        if (levels == nullptr) return;
        for (const LocatedJson& each : *levels->items()) levels_.push_back(*each.find("id")->text());
    }

    Names at(const std::string& path, const std::string& key) const {
        if (path.starts_with("gate.articles_of_grounds.")) return articles_;
        if (key == "level") return levels_;
        if (key == "kind") return path.starts_with("gate.") ? names_of<InstitutionKind>() : names_of<DueKind>();
        if (key == "value") return of_scalar(path);
        const auto known = kinds_.find(key);
        return known == kinds_.end() || (key == "effect" && path.starts_with("rules.")) ? Names() : known->second;
    }

private:
    static Names of_scalar(const std::string& path) {
        if (path == "rules.style.value") return {"counts_up", "counts_down_from_12"};
        if (path == "rules.overlap.value") return {"latest_end", "one_after_the_other", "newest"};
        const bool combines = path == "rules.different_violations.value" || path == "rules.one_violation.value";
        return combines ? Names{"highest", "sum"} : Names();
    }

    Names articles_;
    Names levels_;
    std::map<std::string, Names> kinds_ = {
        {"fact", names_of<CaseFact>()},       {"basis", names_of<MeasureBasis>()}, {"measures", names_of<Measure>()},
        {"categories", names_of<Category>()}, {"transactions", names_of<Txn>()},   {"roles", names_of<Role>()},
        {"effect", names_of<RoleEffect>()},   {"unit", names_of<DayUnit>()},       {"of", {"occurrences", "people"}},
        {"cause", names_of<SanctionCause>()},
    };
};

bool explains(const std::string& path, const std::string& key) {
    static const Names all = {"article", "inherits", "ours", "undecided", "$schema", "title", "document", "text", "id"};
    return std::ranges::count(all, key) > 0 || (key == "effect" && path.starts_with("rules."));
}

/// The same number of digits, one more.
std::optional<std::string> next_code(const std::string& text) {
    if (text.empty() || text.size() > 9 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const std::string next = std::to_string(std::stol(text) + 1);
    return std::string(text.size() - std::min(text.size(), next.size()), '0') + next;
}

class Walk {
public:
    Walk(LocatedJson& root, const hub::ProfileFile& file, const std::function<void(const Mutation&)>& visit)
        : root_(root), file_(file), visit_(visit), vocabulary_(root) {}

    void object(LocatedJson& node, const std::string& path) {
        for (auto& [name, member] : std::get<LocatedJson::Object>(node.value)) {
            const std::string below = path.empty() ? name : path + "." + name;
            if (!explains(below, name)) value(member, below, name);
        }
    }

private:
    void value(LocatedJson& node, const std::string& path, const std::string& key) {
        if (node.members() != nullptr) return object(node, path);
        if (node.items() != nullptr) return list(node, path, key);
        if (const auto* number = std::get_if<std::int64_t>(&node.value)) {
            const std::int64_t before = *number;
            change(node, path, before + 1, std::to_string(before) + " -> " + std::to_string(before + 1));
            change(node, path, before - 1, std::to_string(before) + " -> " + std::to_string(before - 1));
        } else if (const bool* flag = std::get_if<bool>(&node.value)) {
            const bool before = *flag;
            change(node, path, !before, before ? "true -> false" : "false -> true");
        } else if (node.text() != nullptr) {
            text(node, path, key);
        } else if (path == "rules.region.value") {
            change(node, path, std::string("41"), "null -> 41");
        } else {
            change(node, path, std::int64_t{1'000'000}, "null -> 1000000");
        }
    }

    void text(LocatedJson& node, const std::string& path, const std::string& key) {
        const std::string before = *node.text();
        const Names names = vocabulary_.at(path, key);
        if (const auto at = std::ranges::find(names, before); at != names.end()) {
            const std::string& next = at + 1 == names.end() ? names.front() : *(at + 1);
            if (next != before) change(node, path, next, before + " -> " + next);
        } else if (const auto day = parse_day(before, "day"); day.ok()) {
            for (const int step : {1, -1}) {
                const std::string other = format(*day + std::chrono::days{step});
                change(node, path, other, before + " -> " + other);
            }
        } else if (const auto next = next_code(before)) {
            change(node, path, *next, before + " -> " + *next);
        } else if (!path.starts_with("articles[")) {
            throw std::runtime_error(path + ": neither a value nor an explanation: " + before);
        }
    }

    void list(LocatedJson& node, const std::string& path, const std::string& key) {
        auto& items = std::get<LocatedJson::Array>(node.value);
        for (std::size_t i = 0; i < items.size(); ++i) {
            const std::string below = path + "[" + std::to_string(i) + "]";
            value(items[i], below, key);
            LocatedJson dropped = std::move(items[i]);
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
            tell(below, "dropped");
            items.insert(items.begin() + static_cast<std::ptrdiff_t>(i), std::move(dropped));
        }
    }

    template <class T>
    void change(LocatedJson& node, const std::string& path, T now, const std::string& what) {
        auto before = std::exchange(node.value, decltype(node.value)(std::move(now)));
        tell(path, what);
        node.value = std::move(before);
    }

    void tell(const std::string& path, const std::string& what) {
        visit_({path, what, tag_of(path), hub::in_one_line(root_)});
    }

    /// Of the value that the path leads into.
    std::string tag_of(const std::string& path) const {
        const hub::SourcedValue* best = nullptr;
        for (const hub::SourcedValue& each : file_.values)
            if (path.starts_with(each.path) && (best == nullptr || best->path.size() < each.path.size())) best = &each;
        return best == nullptr ? "ours:" + path : value_tag(file_.profile.id, *best);
    }

    LocatedJson& root_;
    const hub::ProfileFile& file_;
    const std::function<void(const Mutation&)>& visit_;
    Vocabulary vocabulary_;
};

}  // namespace

void for_each_mutation(std::string_view profile_text, const std::function<void(const Mutation&)>& visit) {
    const auto file = hub::read_profile_file(profile_text);
    if (!file.ok()) throw std::runtime_error(file.error().describe());
    auto root = hub::parse_located_json(profile_text);
    if (!root.ok()) throw std::runtime_error(root.error().describe());
    Walk(*root, *file, visit).object(*root, "");
}

}  // namespace zige::testing
