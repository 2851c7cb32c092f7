#include <set>

#include "agent/daemon/columns.h"
#include "agent/daemon/money.h"
#include "agent/daemon/schedule.h"
#include "agent/daemon/slip.h"
#include "shared/wire/codec.h"
#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using namespace std::chrono_literals;

namespace {

struct Yuan {
    const char* name;
    const char* text;
    std::optional<std::int64_t> fen;
};
const Yuan kYuan[] = {
    {"whole", "12", 1200},
    {"one_decimal", "0.1", 10},
    {"two_decimals", "0.29", 29},
    {"what_a_double_would_lose", "1234567890123.45", 123456789012345},
    {"trailing_zeros", "1.5000", 150},
    {"reversal", "-3.07", -307},
    {"leading_zeros", "007.00", 700},
    {"third_decimal", "1.005", {}},
    {"exponent", "1e3", {}},
    {"no_digits", ".5", {}},
    {"point_only", "5.", {}},
    {"plus", "+5", {}},
    {"empty", "", {}},
    {"two_signs", "--5", {}},
    {"comma", "1,000.00", {}},
    {"too_large", "123456789012345", {}},
};

struct SlipRow {
    const char* name;
    const char* text;
    const char* hub;
    const char* url;
    const char* missing;  // field of the error; empty: it is read
};
const SlipRow kSlips[] = {
    {"line_of_the_qr_code", "zige:10.1.2.3:8443/ABCD2345EFGH6789/0123456789ABCDEFGHJK", "", "https://10.1.2.3:8443",
     ""},
    {"printed_page",
     "信阳市医保中心\r\n入网凭条\n\n  zige:hub:8443/ABCD-2345-EFGH-6789/0123-4567-89AB-CDEF-GHJK\r\n有效期 72 小时\n",
     "", "https://hub:8443", ""},
    {"hub_of_the_command_wins", "zige:old:1/ABCD2345EFGH6789/0123456789ABCDEFGHJK", "https://new:2", "https://new:2",
     ""},
    {"typed_from_paper", "入网码：abcd-2345-efgh-6789\n指纹：0123 4567 89ab cdef ghjk\n", "https://hub:8443",
     "https://hub:8443", ""},
    {"typed_without_hub", "abcd-2345-efgh-6789\n0123-4567-89ab-cdef-ghjk\n", "", "", "hub"},
    {"no_fingerprint", "ABCD2345EFGH6789\n", "https://hub:8443", "", "fingerprint"},
    {"nothing", "\n\n", "https://hub:8443", "", "token"},
    {"cut_line", "zige:hub:8443/ABCD2345EFGH6789", "", "", "slip"},
    {"cut_fingerprint", "zige:hub:8443/ABCD2345EFGH6789/0123456789ABCDEFGHJ", "", "", "slip"},
    {"code_in_capitals", "ZIGE:HUB:8443/ABCD2345EFGH6789/0123456789ABCDEFGHJK\r", "", "https://hub:8443", ""},
    {"scanner_with_caps_lock", "ZIGE:hub:8443/abcd2345efgh6789/0123456789abcdefghjk", "", "https://hub:8443", ""},
    {"scanner_that_names_the_symbology", "]Q1zige:hub:8443/ABCD2345EFGH6789/0123456789ABCDEFGHJK\t", "",
     "https://hub:8443", ""},
    {"broken_into_lines", "\xEF\xBB\xBFzige:hub\n:8443/ABCD23\r\n45EFGH6789/0123456789\n ABCDEFGHJK\n", "",
     "https://hub:8443", ""},
    {"grouped_with_words_behind_it", "zige: hub:8443 / ABCD-2345-EFGH-6789 / 0123-4567-89AB-CDEF-GHJK 王五", "",
     "https://hub:8443", ""},
    {"chinese_keyboard", "ｚｉｇｅ：ｈｕｂ：８４４３、ＡＢＣＤ２３４５ＥＦＧＨ６７８９／０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫ", "",
     "https://hub:8443", ""},
    {"chinese_full_stops", "zige：10。1。2。3：8443、ABCD2345EFGH6789、0123456789ABCDEFGHJK", "", "https://10.1.2.3:8443", ""},
    {"ipv6", "ZIGE:[FD00::1]:8443/ABCD2345EFGH6789/0123456789ABCDEFGHJK", "", "https://[fd00::1]:8443", ""},
    {"the_word_stands_in_a_sentence_first",
     "键入 zige: 一行\nzige:hub:8443/ABCD2345EFGH6789/0123456789ABCDEFGHJK", "", "https://hub:8443", ""},
    {"typed_in_short_lines", "abcd 2345\nefgh 6789\n0123 4567\n89ab cdef\nghjk\n", "https://hub:8443", "https://hub:8443",
     ""},
    {"typed_with_wide_colons", "入网口令　ABCD2345EFGH6789\n口令：ABCD-2345-EFGH-6789\n信任指纹：0123456789ABCDEFGHJK", "https://hub:8443",
     "https://hub:8443", ""},
};

}  // namespace

TEST_EACH(Money, is_read_exactly_or_not_at_all, kYuan) {
    const auto amount = parse_yuan(row.text, "det_item_fee_sumamt");
    CPPUNIT_ASSERT_EQUAL(row.fen.has_value(), amount.ok());
    if (row.fen) CPPUNIT_ASSERT_EQUAL(*row.fen, amount->value);
    else CPPUNIT_ASSERT_EQUAL(std::string("det_item_fee_sumamt"), amount.error().field);
}

TEST(Money, is_written_with_two_decimals) {
    CPPUNIT_ASSERT_EQUAL(std::string("-3.07"), format_yuan(Fen{-307}));
    CPPUNIT_ASSERT_EQUAL(std::string("0.05"), format_yuan(Fen{5}));
    CPPUNIT_ASSERT_EQUAL(std::string("12.00"), format_yuan(Fen{1200}));
}

TEST(Columns, count_chinese_characters_as_two) {
    CPPUNIT_ASSERT_EQUAL(std::size_t{9}, display_width("张三 D411"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, display_width("：。"));
    CPPUNIT_ASSERT_EQUAL(std::string("张三  "), pad("张三", 6));
}

TEST(Columns, of_a_table_begin_below_each_other) {
    Table table({"代码", "x"});
    table.add({"D1", "张"});
    CPPUNIT_ASSERT_EQUAL(std::string("  代码  x\n  D1    张\n"), table.text());
}

TEST(Columns, let_no_value_steer_the_terminal) {
    Table table({"代码", "原因"});
    table.add({"D1", "辞职\x1b[2J\n  D2    伪造"});
    CPPUNIT_ASSERT_EQUAL(std::string("  代码  原因\n  D1    辞职?[2J?  D2    伪造\n"), table.text());
    Fields fields;
    fields.add("原因", "病故\r\x7f\t");
    CPPUNIT_ASSERT_EQUAL(std::string("  原因  病故???\n"), fields.text());
}

TEST(Schedule, keeps_to_the_interval_with_a_tenth_of_chance) {
    zige::testing::SeededRandom random(1);
    std::set<std::int64_t> seen;
    for (int i = 0; i < 200; ++i) {
        const auto wait = next_sync_after(300s, 0s, random);
        CPPUNIT_ASSERT(wait >= 270s && wait <= 330s);
        seen.insert(wait.count());
    }
    CPPUNIT_ASSERT(seen.size() > 100);
}

TEST(Schedule, waits_for_the_contact_slot_of_the_hub_but_not_over_a_day) {
    zige::testing::SeededRandom random(1);
    const auto slot = next_sync_after(300s, 3600s, random);
    CPPUNIT_ASSERT(slot >= 3240s && slot <= 3960s);
    CPPUNIT_ASSERT(next_sync_after(300s, 24h * 400, random) <= 24h + 24h / 10);
    CPPUNIT_ASSERT(next_sync_after(300s, -50000s, random) >= 270s);
}

TEST(Slip, is_whole_when_the_fingerprint_is) {
    const std::string code = "zige:hub:8443/ABCD2345EFGH6789/0123456789ABCDEFGHJK";
    for (std::size_t size = 0; size < code.size(); ++size) CPPUNIT_ASSERT(!holds_code(code.substr(0, size)));
    CPPUNIT_ASSERT(holds_code(code));
}

struct FileRow {
    const char* name;
    const char* fingerprint;
    const char* field;  ///< of the error; empty: it is read
};
const FileRow kFiles[] = {
    {"as_printed", "0123-4567-89AB-CDEF-GHJK", ""},
    {"as_typed", "０１２３ 4567 89ab cdef ghjk", ""},
    {"not_given", "", "--fingerprint"},
    {"too_short", "0123-4567-89AB-CDEF", "--fingerprint"},
    {"a_token_with_it", "ABCD2345EFGH6789/0123456789ABCDEFGHJK", "--fingerprint"},
};
TEST_EACH(Slip, as_a_file_needs_the_fingerprint_of_the_paper, kFiles) {
    const Bytes file = wire::encode(wire::EnrolFile{"https://hub:8443", "ABCD2345EFGH6789", {Bytes(3)}});
    CPPUNIT_ASSERT(is_slip_file(as_text(file)) && !is_slip_file("zige:hub:8443/A/B") && !is_slip_file(""));
    const auto slip = read_slip_file(file, row.fingerprint, {});
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), slip.ok() ? std::string() : slip.error().field);
    if (!slip.ok()) return;
    CPPUNIT_ASSERT_EQUAL(std::string("0123456789ABCDEFGHJK"), slip->slip.trust_fingerprint);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, slip->trust.size());
}

TEST_EACH(Slip, is_read_as_printed_or_typed, kSlips) {
    const auto slip = read_slip(row.text, row.hub);
    CPPUNIT_ASSERT_EQUAL(std::string(row.missing), slip.ok() ? std::string() : slip.error().field);
    if (!slip.ok()) return;
    CPPUNIT_ASSERT_EQUAL(std::string(row.url), slip->hub_url);
    CPPUNIT_ASSERT_EQUAL(std::string("ABCD2345EFGH6789"), slip->token);
    CPPUNIT_ASSERT_EQUAL(std::string("0123456789ABCDEFGHJK"), slip->trust_fingerprint);
}
