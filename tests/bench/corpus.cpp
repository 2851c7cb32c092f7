#include "tests/bench/corpus.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <set>

namespace zige::bench {
namespace {

constexpr std::string_view kSurnames =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞"
    "章鲁";
constexpr unsigned kGivenCharacters = 2000;
constexpr unsigned kDaysBack = 30;  // of a sanction's first day from publishing
constexpr std::array kMonths{1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12};
constexpr unsigned kDocuments = 900;  // numbers of the bureau's documents in a year
constexpr std::array<std::uint16_t, 5> kArticles{9, 10, 11, 12, 13};

class Maker {
public:
    explicit Maker(std::uint64_t seed) : engine_(seed) {}
    unsigned below(unsigned limit) { return static_cast<unsigned>(engine_() % limit); }

    std::string name() {
        std::string text(kSurnames.substr(below(static_cast<unsigned>(kSurnames.size() / 3)) * 3, 3));
        text += given();
        if (below(100) < 85) text += given();
        return text;
    }
    Registration person(std::uint32_t no) {
        static constexpr std::array kCategories{Category::physician, Category::nurse, Category::pharmacist,
                                                Category::technician};
        static constexpr std::array kPrefixes{"D410423", "N410423", "HY410423", "HJ410423"};
        const unsigned kind = below(100) < 40 ? 0 : below(100) < 75 ? 1 : 2 + below(2);
        Registration r;
        r.no = {no};
        r.code = kPrefixes[kind] + sequence();
        r.name = name();
        r.category = kCategories[kind];
        r.department = std::string(1, static_cast<char>('A' + below(4))) + std::to_string(10 + below(10));
        r.registered_from = day_of(Corpus::kPublished) - std::chrono::days{below(2000)};
        return r;
    }
    /// Level and division, then what nobody can guess.
    std::string licence() {
        std::string digits = std::to_string(1'410'000 + below(20) * 100);
        while (digits.size() < 15) digits += static_cast<char>('0' + below(10));
        return digits;
    }
    StandingInterval suspension() {
        StandingInterval interval;
        interval.from = day_of(Corpus::kPublished) + std::chrono::days{1} - std::chrono::days{below(kDaysBack)};
        interval.nominal_end = months_later(interval.from, kMonths[below(kMonths.size())]);
        interval.article = kArticles[below(kArticles.size())];
        interval.document = "鲁阳保稽决字〔2026〕第" + std::to_string(100 + below(kDocuments)) + "号";
        return interval;
    }

private:
    std::string given() {
        const unsigned point = 0x4e00 + 10 * below(kGivenCharacters);
        return {static_cast<char>(0xe0U | point >> 12U), static_cast<char>(0x80U | (point >> 6U & 0x3fU)),
                static_cast<char>(0x80U | (point & 0x3fU))};
    }
    std::string sequence() {
        unsigned number = below(1'000'000);
        while (!used_.insert(number).second) number = below(1'000'000);
        const std::string digits = std::to_string(number);
        return std::string(6 - digits.size(), '0') + digits;
    }
    static Day months_later(Day from, int months) {
        const std::chrono::year_month_day start{from};
        const auto end = start + std::chrono::months{months};
        return end.ok() ? Day{end} : Day{(end.year() / end.month() / 1) + std::chrono::months{1}};
    }

    std::mt19937_64 engine_;
    std::set<unsigned> used_;
};

}  // namespace

double Corpus::entropy_bits(std::size_t people, std::size_t count) {
    const auto n = static_cast<double>(people);
    const auto k = static_cast<double>(count);
    const double who = (std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)) / std::log(2.0);
    return who +
           k * (std::log2(kDaysBack) + std::log2(kMonths.size()) + std::log2(kArticles.size()) + std::log2(kDocuments));
}

std::vector<Registration> Corpus::registrations() const {
    std::vector<Registration> people;
    for (const Record& record : records)
        if (const auto* person = std::get_if<Registration>(&record)) people.push_back(*person);
    return people;
}

std::vector<Alias> Corpus::licences(std::uint64_t seed) const {
    Maker maker(seed);
    std::vector<Alias> licences;
    const auto people = static_cast<std::uint32_t>(records.size() - 1);
    for (std::uint32_t no = 1; no <= people; ++no) licences.push_back({{people + no}, {no}, maker.licence()});
    return licences;
}

Corpus make_corpus(std::size_t people, std::size_t patches, std::uint64_t seed) {
    Maker maker(seed);
    Corpus corpus;
    corpus.records.reserve(1 + people);
    InstitutionRecord institution;
    institution.code = {"H41042300017"};
    institution.name = "鲁阳县第二人民医院";
    institution.division = "410423";
    institution.history_from = day_of(Corpus::kPublished) - std::chrono::days{400};
    corpus.records.emplace_back(std::move(institution));
    for (std::uint32_t no = 1; no <= people; ++no) corpus.records.emplace_back(maker.person(no));
    std::set<std::uint32_t> chosen;
    while (chosen.size() < patches) chosen.insert(1 + maker.below(static_cast<unsigned>(people)));
    for (const std::uint32_t no : chosen) corpus.patches.push_back({{no}, {maker.suspension()}});
    return corpus;
}

}  // namespace zige::bench
