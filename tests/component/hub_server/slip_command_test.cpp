#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "hub/server/slip_page.h"
#include "tests/component/hub_server/hub_fixture.h"
#include "tests/component/qr/picture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

const std::string kCode = HubFixture::kHospital;
const std::string kSecond = "H41150300002";
const std::vector<std::string> kNew = {"token", "new", kCode, "--address", "10.1.2.3:7443"};

std::vector<std::string> with(std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::vector<std::string> batch(const std::vector<std::string>& more) {
    return with({"token", "batch", "-", "--address", "10.1.2.3:7443"}, more);
}

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

/// The line that begins with "zige:".
std::string code_line(const std::string& text) {
    const auto at = text.find("zige:10.");
    return text.substr(at, text.find_first_of("\n<", at) - at);
}

/// The lines that are half blocks, without colours.
std::string blocks_of(std::string text) {
    for (auto at = text.find('\x1B'); at != std::string::npos; at = text.find('\x1B'))
        text.erase(at, text.find('m', at) - at + 1);
    std::istringstream in(text);
    std::string blocks;
    std::size_t width = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.find("█") != std::string::npos) width = picture_of(line + "\n", QrInk::dark).width;
        if (width == 0 || line.find_first_not_of(" \xE2\x96\x80\x84\x88") != std::string::npos) continue;
        blocks += line + "\n";
    }
    const auto last = blocks.find_last_not_of(" \n");
    const std::string quiet = std::string(width, ' ') + "\n";  // its lines hold nothing that tells them from others
    return quiet + quiet + blocks.substr(0, blocks.find('\n', last) + 1) + quiet + quiet;
}

std::string scanned(const std::string& text) {
    return read(picture_of(blocks_of(text), QrInk::dark)).value_or("nothing");
}

std::vector<std::string> scanned_pages(const std::string& html) {
    std::vector<std::string> codes;
    for (auto at = html.find("<svg"); at != std::string::npos; at = html.find("<svg", at + 1))
        codes.push_back(read(picture_of_svg(std::string_view(html).substr(at))).value_or("nothing"));
    return codes;
}

std::int64_t open_slips(const HubFixture& hub) {
    const Json tokens = *hub.ask({"token", "list", "--json"}).find("tokens");
    std::int64_t open = 0;
    for (const Json& token : *tokens.items()) open += *token.find("state")->text() == "open";
    return open;
}

Ran in_colour(const HubFixture& hub, const std::vector<std::string>& words) {
    const std::string data = hub.path("data");
    std::vector<std::string_view> all(words.begin(), words.end());
    all.insert(all.end(), {"--data", data, "--operator", "王经办"});
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const Exit exit = zige::hub::run(all, {in, out, err, false, true});
    return {exit, out.str(), err.str()};
}

}  // namespace

TEST(SlipCommand, prints_a_code_that_a_scanner_reads) {
    const HubFixture hub;
    const Ran ran = hub.run(kNew);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.err, int(Exit::ok), int(ran.exit));
    CPPUNIT_ASSERT_EQUAL(std::string::npos, ran.out.find('\x1B'));
    CPPUNIT_ASSERT_EQUAL(capitals(code_line(ran.out)), scanned(ran.out));
}

TEST(SlipCommand, shows_the_code_black_on_white_on_a_terminal) {
    const HubFixture hub;
    const Ran ran = in_colour(hub, kNew);
    CPPUNIT_ASSERT(ran.out.find("\x1B[38;5;16;48;5;231m") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(capitals(code_line(ran.out)), scanned(ran.out));
}

TEST(SlipCommand, writes_a_page_for_paper_that_only_its_owner_reads) {
    const HubFixture hub;
    hub.ask({"institution", "set", kCode, "--name", "<b>一院</b> & \"分院\"", "--json"});
    const std::string path = hub.path("slip.html");
    const Ran ran = hub.run(with(kNew, {"--html", path}));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.err, int(Exit::ok), int(ran.exit));
    CPPUNIT_ASSERT(ran.out.find(path) != std::string::npos);
    const std::string page = content(path);
    const std::string line = code_line(ran.out);
    CPPUNIT_ASSERT_EQUAL(std::vector<std::string>{capitals(line)}[0], scanned_pages(page).at(0));
    for (const char* const part : {"size: A4", "入网口令", "Token", "信任指纹", "有效期至", "zige-agent enroll --slip -",
                                   "&lt;b&gt;一院&lt;/b&gt; &amp; &quot;分院&quot;"})
        CPPUNIT_ASSERT_MESSAGE(part, page.find(part) != std::string::npos);
    CPPUNIT_ASSERT(page.find("<b>") == std::string::npos && page.find("http://") == page.find("http://www.w3.org/2000/svg"));
    struct stat about {};
    CPPUNIT_ASSERT_EQUAL(0, ::stat(path.c_str(), &about));
    CPPUNIT_ASSERT_EQUAL(0600U, about.st_mode & 0777U);
}

TEST(SlipCommand, overwrites_no_page_and_leaves_no_slip_behind) {
    const HubFixture hub;
    hub.write("there.html", "x");
    const Ran there = hub.run(with(kNew, {"--html", hub.path("there.html")}));
    CPPUNIT_ASSERT_EQUAL(int(Exit::refused), int(there.exit));
    CPPUNIT_ASSERT(there.err.find("file_exists") != std::string::npos);
    const Ran nowhere = hub.run(with(kNew, {"--html", hub.path("no/such/folder.html")}));
    CPPUNIT_ASSERT(nowhere.exit != Exit::ok);
    CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, open_slips(hub));
    CPPUNIT_ASSERT_EQUAL(std::string("x"), content(hub.path("there.html")));
}

TEST(SlipCommand, the_page_goes_to_standard_output_alone) {
    const HubFixture hub;
    const Ran ran = hub.run(with(kNew, {"--html", "-"}));
    CPPUNIT_ASSERT(ran.out.starts_with("<!DOCTYPE html>") && ran.out.ends_with("</html>\n"));
    CPPUNIT_ASSERT_EQUAL(int(Exit::usage), int(hub.run(with(kNew, {"--html", "-", "--json"})).exit));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, open_slips(hub));
}

TEST(SlipCommand, a_list_gives_a_sheet_for_each_institution) {
    const HubFixture hub;
    hub.ask({"institution", "add", kSecond, "--name", "二院", "--kind", "hospital", "--division", "411503", "--json"});
    const std::string path = hub.path("slips.html");
    const Json answer = hub.ask(batch({"--html", path, "--json"}), kCode + "\n" + kSecond + "\n");
    CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, *answer.find("issued")->integer());
    const std::vector<std::string> codes = scanned_pages(content(path));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, codes.size());
    for (std::size_t i = 0; i < 2; ++i)
        CPPUNIT_ASSERT_EQUAL(capitals(*answer.find("slips")->items()->at(i).find("line")->text()), codes[i]);
}

TEST(SlipCommand, a_list_with_a_mistake_names_its_line_and_gives_nothing) {
    const HubFixture hub;
    const std::string path = hub.path("slips.html");
    const Ran ran = hub.run(batch({"--html", path}), kCode + "\nH9\n" + kCode + "\n");
    CPPUNIT_ASSERT_EQUAL(int(Exit::refused), int(ran.exit));
    for (const char* const part : {"一张也没有签发", "第 2 行 H9：没有该机构", "第 3 行 " , "第 1 行已有", "institution_not_found"})
        CPPUNIT_ASSERT_MESSAGE(ran.out + part, ran.out.find(part) != std::string::npos);
    CPPUNIT_ASSERT(!std::filesystem::exists(path));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, open_slips(hub));
}

TEST(SlipCommand, a_list_again_is_refused_skipped_or_replaces) {
    const HubFixture hub;
    hub.ask(batch({"--json"}), kCode);
    const Ran again = hub.run(batch({"--json"}), kCode);
    CPPUNIT_ASSERT_EQUAL(int(Exit::refused), int(again.exit));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, *again.json().find("issued")->integer());
    const Json skipped = hub.ask(batch({"--json", "--open", "skip"}), kCode);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, skipped.find("skipped")->items()->size());
    const Json replaced = hub.ask(batch({"--json", "--open", "withdraw"}), kCode);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, replaced.find("withdrawn")->items()->size());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, open_slips(hub));
}

namespace {
struct RefusedBatch {
    const char* name;
    std::vector<std::string> more;
    std::string list;
    const char* error;
};
const RefusedBatch kRefused[] = {
    {"nowhere_to_go", {}, kCode, "usage_missing_argument"},
    {"gbk", {"--json"}, kCode + ",\xC6\xBD\xC7\xC5", "file_bad_encoding"},
    {"empty", {"--json"}, "", "usage_bad_argument"},
    {"unknown_way", {"--json", "--open", "double"}, kCode, "api_bad_field"},
    {"too_long_a_validity", {"--json", "--days", "31"}, kCode, "api_bad_field"},
};
}  // namespace
TEST_EACH(SlipCommand, a_batch_is_refused_by_name, kRefused) {
    const HubFixture hub;
    const Ran ran = hub.run(batch(row.more), row.list);
    CPPUNIT_ASSERT_EQUAL(int(Exit::usage), int(ran.exit));
    CPPUNIT_ASSERT_MESSAGE(ran.out + ran.err, (ran.out + ran.err).find(row.error) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, open_slips(hub));
}

TEST(SlipCommand, slips_that_nobody_could_read_are_void) {
    const HubFixture hub;
    for (const auto& words : {batch({"--html", "-"}), batch({"--json"}), with(kNew, {"--html", hub.path("a.html")})}) {
        std::ofstream full("/dev/full");
        CPPUNIT_ASSERT_EQUAL(int(Exit::io), int(hub.run_into(full, words, kCode).exit));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, open_slips(hub));
    }
}

TEST(SlipCommand, a_slip_file_that_cannot_be_written_leaves_no_slip_behind) {
    const HubFixture hub;
    hub.write("there.zige", "x");
    const std::pair<std::string, const char*> rows[] = {
        {hub.path("there.zige"), "file_exists"}, {"-", "usage_bad_argument"}, {hub.path("no/such/slip.zige"), "file_"}};
    for (const auto& [path, error] : rows) {
        const Ran ran = hub.run(with(kNew, {"--file", path}));
        CPPUNIT_ASSERT(ran.exit != Exit::ok);
        CPPUNIT_ASSERT_MESSAGE(ran.err, ran.err.find(error) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, open_slips(hub));
    }
}

TEST(SlipCommand, a_slip_file_is_for_its_owner_only_and_not_in_the_json) {
    const HubFixture hub;
    const std::string path = hub.path("slip.zige");
    const Json slip = hub.ask(with(kNew, {"--file", path, "--json"}));
    CPPUNIT_ASSERT_EQUAL(path, *slip.find("file")->text());
    struct stat about {};
    CPPUNIT_ASSERT_EQUAL(0, ::stat(path.c_str(), &about));
    CPPUNIT_ASSERT_EQUAL(0600U, about.st_mode & 0777U);
}

TEST(SlipCommand, an_answer_is_written_only_where_nothing_is) {
    const HubFixture hub;
    hub.write("there.zige", "x");
    const Ran ran = hub.run({"agent", "enroll", "-", "--out", hub.path("there.zige")}, "anything");
    CPPUNIT_ASSERT_EQUAL(int(Exit::refused), int(ran.exit));
    CPPUNIT_ASSERT_MESSAGE(ran.err, ran.err.find("file_exists") != std::string::npos);
    const Ran bad = hub.run({"agent", "enroll", "-", "--out", hub.path("new.zige")}, "anything");
    CPPUNIT_ASSERT_MESSAGE(bad.err, bad.err.find("wire_") != std::string::npos);
    CPPUNIT_ASSERT(!std::filesystem::exists(hub.path("new.zige")));
}

TEST(SlipCommand, shows_progress_where_it_is_asked_for) {
    const HubFixture hub;
    CPPUNIT_ASSERT(hub.run(batch({"--json", "--progress"}), kCode).err.find("100 %") != std::string::npos);
}
