#include "tests/tools/roster_maker.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "tests/tools/invented_people.h"
#include "tests/tools/roster_mistakes.h"

namespace zige::testing {
namespace {

/// What one exported file is like.
struct FileRecipe {
    const char* name;
    const char* layout;
    const char* code_prefix;
    FileEncoding encoding;
    bool crlf = false;
    bool tab_behind_each_line = false;
    std::size_t people = 0;
    std::vector<Mistake> mistakes;
};

struct InstitutionRecipe {
    const char* code;
    const char* name;
    const char* kind;
    std::vector<FileRecipe> files;
};

std::vector<InstitutionRecipe> recipes() {
    using enum Mistake;
    return {
        {"H41150300001",
         "信阳市平桥区人民医院",
         "hospital",
         {{"hospital-doctors.txt",
           "gb001",
           "D",
           FileEncoding::gb18030,
           true,
           false,
           420,
           {bad_checksum, old_identity_number, impossible_birth, lower_case_x, no_code, person_twice, left,
            unclear_state, contract_ended, bad_day, extra_column, missing_column, trailing_tabs, wrong_institution,
            rare_character}},
          {"hospital-nurses.txt",
           "gb002",
           "N",
           FileEncoding::utf8_with_bom,
           true,
           true,
           600,
           {bad_checksum, bad_checksum, no_code, no_code, person_twice, left, contract_ended, missing_column,
            rare_character, damaged_bytes}},
          {"hospital-pharmacists.txt",
           "gb004",
           "HY",
           FileEncoding::gbk,
           false,
           false,
           70,
           {no_code, lost_character, left, extra_column, damaged_bytes}},
          {"hospital-technicians.txt",
           "gb005",
           "HJ",
           FileEncoding::utf8,
           false,
           false,
           110,
           {bad_checksum, unusual_code, person_twice, contract_ended, missing_column, trailing_tabs}}}},
        {"H41150300002",
         "平桥区明港镇卫生院",
         "township_hospital",
         {{"township-doctors.txt", "gb001", "D", FileEncoding::gbk, true, false, 14, {no_code, lost_character, left}},
          {"township-nurses.txt",
           "gb002",
           "N",
           FileEncoding::gb18030,
           false,
           false,
           20,
           {bad_checksum, rare_character}},
          {"township-pharmacists.txt", "gb004", "HY", FileEncoding::utf8, true, true, 5, {}},
          {"township-technicians.txt", "gb005", "HJ", FileEncoding::gbk, false, false, 5, {contract_ended}}}},
        {"H41150300003",
         "平桥区明港镇新集村卫生室",
         "village_clinic",
         {{"village.txt", "gb001", "D", FileEncoding::utf8_with_bom, false, false, 2, {}}}},
        {"P41150300004",
         "信阳市康民大药房明港店",
         "pharmacy",
         {{"pharmacy.txt", "gb004", "HY", FileEncoding::gbk, true, false, 2, {}}}},
    };
}

constexpr std::size_t kDoctorsAtTwo = 6;  ///< of the hospital's, at the township hospital too

bool has_licence(std::string_view layout) { return layout == "gb001" || layout == "gb002"; }

/// The columns behind the first ten.
Columns last_columns(const FileRecipe& file, const InstitutionRecipe& at, const InventedPerson& person,
                     bool principal) {
    const std::string_view layout = file.layout;
    if (layout == "gb001") return {person.licence, at.name, "临床", "内科专业", "执业医师", "主治医师"};
    if (layout == "gb002") return {person.licence, at.name, "护理", "护师"};
    if (layout == "gb004") return {"药学", "药师", principal ? "主要负责人" : "药师"};
    return {"医学检验", "技师", "技术"};
}

Columns columns_of(const FileRecipe& file, const InstitutionRecipe& at, const InventedPerson& person, bool principal) {
    Columns columns = {at.code,
                       at.name,
                       person.code,
                       person.name,
                       person.sex,
                       "01",
                       person.identity_number,
                       "在职",
                       person.contract_from,
                       person.contract_until};
    for (std::string& last : last_columns(file, at, person, principal)) columns.push_back(std::move(last));
    return columns;
}

std::string encoded(const std::string& line, FileEncoding encoding) {
    std::string bytes = line;
    if (encoding == FileEncoding::gbk) bytes = converted(line, "UTF-8", "GBK");
    if (encoding == FileEncoding::gb18030) bytes = converted(line, "UTF-8", "GB18030");
    std::ranges::replace(bytes, kDamage, '\xFF');
    return bytes;
}

std::string joined(const Columns& columns) {
    std::string line;
    for (const std::string& column : columns) (line += column) += '\t';
    line.pop_back();
    return line;
}

const char* encoding_as_read(FileEncoding encoding) {
    switch (encoding) {
        case FileEncoding::gbk:
        case FileEncoding::gb18030: return "gb18030";
        case FileEncoding::utf8: return "utf-8";
        case FileEncoding::utf8_with_bom: return "utf-8-bom";
    }
    return "";
}

/// Writes one file, line after line, and keeps the answers.
class FileMaker {
public:
    FileMaker(const FileRecipe& recipe, const InstitutionRecipe& at, InventedPeople& people)
        : recipe_(recipe), at_(at), people_(people) {
        made_.name = recipe.name;
        made_.layout = recipe.layout;
        made_.encoding = encoding_as_read(recipe.encoding);
        if (recipe.encoding == FileEncoding::utf8_with_bom) made_.content = to_bytes("\xEF\xBB\xBF");
    }

    /// `guests`: people of another institution who work here too; they come first.
    MadeFile make(const std::vector<InventedPerson>& guests) {
        const std::size_t all = guests.size() + recipe_.people;
        const auto mistakes = place_mistakes(guests.size(), all);
        for (std::size_t i = 0; i < all; ++i) {
            const InventedPerson person =
                i < guests.size() ? guests[i] : people_.next(recipe_.code_prefix, has_licence(recipe_.layout));
            const bool principal = std::string_view(at_.kind) == "pharmacy" && i == 0;
            add(columns_of(recipe_, at_, person, principal), person, principal,
                mistakes.find(i) == mistakes.end() ? std::nullopt : std::optional(mistakes.at(i)));
        }
        return std::move(made_);
    }

    const std::vector<InventedPerson>& flawless() const { return flawless_; }

private:
    std::map<std::size_t, Mistake> place_mistakes(std::size_t guests, std::size_t all) {
        std::map<std::size_t, Mistake> places;
        for (const Mistake mistake : recipe_.mistakes) {
            std::size_t at = 0;
            do at = guests + 1 + people_.below(all - guests - 1);
            while (places.contains(at));
            places.emplace(at, mistake);
        }
        return places;
    }

    void add(Columns columns, const InventedPerson& person, bool principal, std::optional<Mistake> mistake) {
        if (mistake == Mistake::person_twice) columns = first_line_;
        std::optional<ExpectedIssue> issue;
        if (mistake) issue = make_mistake(*mistake, columns);
        // The tab behind the line makes up for the missing one: only the values that moved show it.
        if (mistake == Mistake::missing_column && recipe_.tab_behind_each_line)
            issue = ExpectedIssue{0, "certificate_type", "roster_bad_value", false};
        else if (first_line_.empty()) first_line_ = columns;
        if (!mistake) flawless_.push_back(person);
        write(columns);
        if (issue) {
            issue->line = made_.lines;
            made_.issues.push_back(*issue);
        }
        if (!issue || issue->imported) expect(columns, principal);
    }

    void write(const Columns& columns) {
        std::string line = encoded(joined(columns), recipe_.encoding);
        if (recipe_.tab_behind_each_line) line += '\t';
        line += recipe_.crlf ? "\r\n" : "\n";
        const Bytes bytes = to_bytes(line);
        made_.content.insert(made_.content.end(), bytes.begin(), bytes.end());
        ++made_.lines;
    }

    void expect(const Columns& columns, bool principal) {
        std::string name = columns[kName];
        if (recipe_.encoding == FileEncoding::gbk) name = converted(converted(name, "UTF-8", "GBK"), "GBK", "UTF-8");
        std::string identity = columns[kIdentity];
        std::ranges::replace(identity, 'x', 'X');
        made_.people.push_back({made_.lines, columns[kCode], name, identity, principal});
    }

    const FileRecipe& recipe_;
    const InstitutionRecipe& at_;
    InventedPeople& people_;
    MadeFile made_;
    Columns first_line_;
    std::vector<InventedPerson> flawless_;
};

}  // namespace

std::vector<MadeInstitution> make_rosters(std::uint64_t seed) {
    InventedPeople people(seed);
    std::vector<InventedPerson> hospital_doctors;
    std::vector<MadeInstitution> institutions;
    for (const InstitutionRecipe& recipe : recipes()) {
        MadeInstitution made{recipe.code, recipe.name, recipe.kind, {}};
        for (const FileRecipe& file : recipe.files) {
            const bool doctors = std::string_view(file.layout) == "gb001";
            const bool with_guests = doctors && made.kind == "township_hospital";
            FileMaker maker(file, recipe, people);
            made.files.push_back(maker.make(with_guests ? hospital_doctors : std::vector<InventedPerson>{}));
            if (doctors && made.kind == "hospital")
                hospital_doctors = {maker.flawless().begin(), maker.flawless().begin() + kDoctorsAtTwo};
        }
        institutions.push_back(std::move(made));
    }
    return institutions;
}

}  // namespace zige::testing
