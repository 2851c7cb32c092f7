#include "hub/core/roster/layouts.h"

#include <algorithm>
#include <array>

#include "shared/domain/codes_of_people.h"

namespace zige::hub {
namespace {

struct ColumnName {
    Column column;
    const char* name;
    const char* label;
};
constexpr ColumnName kNames[] = {
    {Column::institution_code, "institution_code", "医疗机构编码"},
    {Column::institution_name, "institution_name", "医疗机构名称"},
    {Column::code, "code", "医保人员代码"},
    {Column::name, "name", "姓名"},
    {Column::sex, "sex", "性别"},
    {Column::certificate_type, "certificate_type", "身份证件类型"},
    {Column::identity_number, "identity_number", "身份证件号码"},
    {Column::state, "state", "人员状态"},
    {Column::contract_from, "contract_from", "合同起始时间"},
    {Column::contract_until, "contract_until", "合同截止时间"},
    {Column::licence, "licence", "执业证书编码"},
    {Column::licence_institution, "licence_institution", "执业医疗机构名称"},
    {Column::practice_category, "practice_category", "执业类别"},
    {Column::practice_scope, "practice_scope", "执业范围"},
    {Column::practice_level, "practice_level", "执业级别"},
    {Column::title, "title", "专业技术职务"},
};

/// All layouts begin with the same ten columns.
template <std::size_t N>
constexpr std::array<Column, N + 10> after_the_first_ten(const std::array<Column, N>& rest) {
    std::array<Column, N + 10> all = {Column::institution_code,
                                      Column::institution_name,
                                      Column::code,
                                      Column::name,
                                      Column::sex,
                                      Column::certificate_type,
                                      Column::identity_number,
                                      Column::state,
                                      Column::contract_from,
                                      Column::contract_until};
    std::ranges::copy(rest, all.begin() + 10);
    return all;
}
constexpr auto kDoctors =
    after_the_first_ten(std::array{Column::licence, Column::licence_institution, Column::practice_category,
                                   Column::practice_scope, Column::practice_level, Column::title});
constexpr auto kNurses = after_the_first_ten(
    std::array{Column::licence, Column::licence_institution, Column::practice_category, Column::title});
constexpr auto kPharmacistsAndTechnicians =
    after_the_first_ten(std::array{Column::practice_scope, Column::title, Column::practice_category});

constexpr std::size_t kCodeColumn = 2;

std::optional<RosterLayout> layout_of_code(std::string_view code) {
    switch (shape_of(code)) {
        case CodeShape::doctor: return RosterLayout::gb001;
        case CodeShape::nurse: return RosterLayout::gb002;
        case CodeShape::pharmacy_technician: return RosterLayout::gb004;
        case CodeShape::medical_technician: return RosterLayout::gb005;
        case CodeShape::clinic:
        case CodeShape::pharmacy:
        case CodeShape::none: return std::nullopt;
    }
    return std::nullopt;
}

/// Trailing tabs do not count.
std::size_t width_of(const std::vector<std::string>& columns) {
    std::size_t width = columns.size();
    while (width > 0 && columns[width - 1].empty()) --width;
    return width;
}

std::optional<RosterLayout> layout_of_width(std::size_t width) {
    if (width == kDoctors.size()) return RosterLayout::gb001;
    if (width == kNurses.size()) return RosterLayout::gb002;
    return std::nullopt;
}

using Votes = std::array<std::size_t, 4>;

std::optional<RosterLayout> winner(const Votes& votes) {
    const auto most = std::ranges::max_element(votes);
    if (*most == 0 || std::ranges::count(votes, *most) > 1) return std::nullopt;
    return static_cast<RosterLayout>(most - votes.begin());
}

}  // namespace

const char* to_string(RosterLayout layout) {
    switch (layout) {
        case RosterLayout::gb001: return "gb001";
        case RosterLayout::gb002: return "gb002";
        case RosterLayout::gb004: return "gb004";
        case RosterLayout::gb005: return "gb005";
    }
    return "unknown";
}

std::optional<RosterLayout> roster_layout_from(std::string_view name) {
    for (const auto layout : {RosterLayout::gb001, RosterLayout::gb002, RosterLayout::gb004, RosterLayout::gb005})
        if (name == to_string(layout)) return layout;
    return std::nullopt;
}

const char* to_string(RosterEncoding encoding) {
    switch (encoding) {
        case RosterEncoding::utf8: return "utf-8";
        case RosterEncoding::utf8_with_bom: return "utf-8-bom";
        case RosterEncoding::gb18030: return "gb18030";
    }
    return "unknown";
}

const char* to_string(Column column) { return std::ranges::find(kNames, column, &ColumnName::column)->name; }

std::string_view label_of(Column column) { return std::ranges::find(kNames, column, &ColumnName::column)->label; }

std::string_view roster_field_label(std::string_view field) {
    const auto* at = std::ranges::find(kNames, field, [](const ColumnName& n) { return std::string_view(n.name); });
    return at == std::end(kNames) ? std::string_view("整行") : at->label;
}

std::span<const Column> columns_of(RosterLayout layout) {
    switch (layout) {
        case RosterLayout::gb001: return kDoctors;
        case RosterLayout::gb002: return kNurses;
        case RosterLayout::gb004:
        case RosterLayout::gb005: return kPharmacistsAndTechnicians;
    }
    return {};
}

Category category_of(RosterLayout layout) {
    switch (layout) {
        case RosterLayout::gb001: return Category::physician;
        case RosterLayout::gb002: return Category::nurse;
        case RosterLayout::gb004: return Category::pharmacist;
        case RosterLayout::gb005: return Category::technician;
    }
    return Category::physician;
}

std::optional<RosterLayout> detect_layout(const std::vector<std::vector<std::string>>& lines) {
    Votes by_code{};
    Votes by_width{};
    for (const auto& columns : lines) {
        if (columns.size() > kCodeColumn)
            if (const auto layout = layout_of_code(columns[kCodeColumn])) ++by_code[static_cast<std::size_t>(*layout)];
        if (const auto layout = layout_of_width(width_of(columns))) ++by_width[static_cast<std::size_t>(*layout)];
    }
    const auto found = winner(by_code);
    return found ? found : winner(by_width);
}

}  // namespace zige::hub
