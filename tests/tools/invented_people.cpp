#include "tests/tools/invented_people.h"

#include <iconv.h>

#include <cstdio>
#include <stdexcept>

namespace zige::testing {
namespace {

constexpr std::string_view kSurnames =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    "汤康易乔赖文施樊殷庄";
constexpr std::size_t kSurnameBytes = 3;  // of each character in UTF-8
constexpr std::string_view kDivision = "411503";

char check_digit(std::string_view first_17) {
    constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += (first_17[i] - '0') * kWeights[i];
    return "10X98765432"[sum % 11];
}

std::string padded(std::uint64_t value, int width) {
    char text[32];
    std::snprintf(text, sizeof text, "%0*llu", width, static_cast<unsigned long long>(value));
    return text;
}

class Iconv {
public:
    Iconv(const char* from, const char* to) : handle_(iconv_open(to, from)) {
        if (handle_ == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error("no conversion to " + std::string(to));
    }
    ~Iconv() { iconv_close(handle_); }
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;

    std::string convert(std::string_view text) {
        std::string input(text);
        std::string out(text.size() * 4 + 8, '\0');
        char* from = input.data();
        char* to = out.data();
        std::size_t left = input.size();
        std::size_t space = out.size();
        while (left > 0 && iconv(handle_, &from, &left, &to, &space) == static_cast<std::size_t>(-1)) {
            const auto lead = static_cast<unsigned char>(*from);
            const std::size_t skip = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
            if (skip > left) throw std::runtime_error("damaged text");
            from += skip;
            left -= skip;
            *to++ = '?';
            --space;
        }
        out.resize(out.size() - space);
        return out;
    }

private:
    iconv_t handle_;
};

/// All characters of GB 2312 level 1 in UTF-8: rows 16 to 55.
const std::vector<std::string>& given_name_characters() {
    static const std::vector<std::string> characters = [] {
        std::vector<std::string> all;
        Iconv gb("GB2312", "UTF-8");
        for (int row = 0xB0; row <= 0xD7; ++row)
            for (int cell = 0xA1; cell <= (row == 0xD7 ? 0xF9 : 0xFE); ++cell)
                all.push_back(gb.convert(std::string{static_cast<char>(row), static_cast<char>(cell)}));
        return all;
    }();
    return characters;
}

}  // namespace

std::string converted(std::string_view text, const char* from, const char* to) { return Iconv(from, to).convert(text); }

std::string InventedPeople::digits(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + below(10));
    return text;
}

std::string InventedPeople::day(int first_year, int years) {
    const auto year = static_cast<std::uint64_t>(first_year) + below(static_cast<std::uint64_t>(years));
    const std::uint64_t month = below(12) + 1;
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(below(28) + 1, 2);
}

std::string InventedPeople::name() {
    const auto& given = given_name_characters();
    const std::uint64_t surname = below(kSurnames.size() / kSurnameBytes);
    std::string text(kSurnames.substr(surname * kSurnameBytes, kSurnameBytes));
    text += given[below(given.size())];
    if (below(5) != 0) text += given[below(given.size())];
    return text;
}

std::string InventedPeople::identity_number(bool male) {
    std::string birth = day(1962, 40);
    std::erase(birth, '-');
    // The running number makes everybody different; its last digit says the sex.
    const std::uint64_t order = people_ % 500 * 2 + (male ? 1 : 0);
    std::string number =
        std::string(kDivision.substr(0, 4)) + padded(people_ / 500 % 90 + 1, 2) + birth + padded(order, 3);
    return number + check_digit(number);
}

InventedPerson InventedPeople::next(std::string_view code_prefix, bool with_licence) {
    const bool male = below(2) == 0;
    InventedPerson person;
    person.name = name();
    person.sex = male ? "1" : "2";
    person.identity_number = identity_number(male);
    std::uint64_t sequence = 0;
    do sequence = below(1'000'000);
    while (!sequences_.insert(sequence).second);
    person.code = std::string(code_prefix) + std::string(kDivision) + padded(sequence, 6);
    if (with_licence) person.licence = "1" + padded(410'000 + people_, 6) + digits(8);
    person.contract_from = day(2008, 16);
    const std::uint64_t until = below(4);
    person.contract_until = until == 0 ? "" : until == 1 ? "9999-12-31" : day(2060, 30);
    ++people_;
    return person;
}

}  // namespace zige::testing
