#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <regex>

#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Ran {
    int code = -1;
    std::string out;
};

Ran run(const std::string& command) {
    Ran ran;
    FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
    CPPUNIT_ASSERT(pipe != nullptr);
    std::array<char, 4096> part;
    while (std::fgets(part.data(), static_cast<int>(part.size()), pipe) != nullptr) ran.out += part.data();
    const int status = pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

struct Example {
    const char* name;
    std::string command;
};

const std::string kPrograms = ZIGE_EXAMPLE_PROGRAMS;
const Example kExamples[] = {
    {"c", kPrograms + "/zige_example_c"},
    {"cpp", kPrograms + "/zige_example_cpp"},
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // their runtime must be first in the program
    {"python", "ZIGE_LIBRARY=" ZIGE_LIBRARY " " ZIGE_PYTHON " -B " ZIGE_EXAMPLES "/python/zige_check.py"},
#endif
#ifdef ZIGE_EXAMPLE_JAVA
    {"java", "LD_LIBRARY_PATH=" ZIGE_LIBRARY_FOLDER " java -XX:TieredStopAtLevel=1 -cp " ZIGE_JNA_JAR ":" + kPrograms +
                 "/java ZigeCheck"},
#endif
#ifdef ZIGE_EXAMPLE_CSHARP
    {"csharp", "LD_LIBRARY_PATH=" ZIGE_LIBRARY_FOLDER " mono " + kPrograms + "/csharp/zige_check.exe"},
#endif
#ifdef ZIGE_EXAMPLE_DELPHI
    {"delphi", kPrograms + "/delphi/zige_check"},
#endif
};

/// On a busy machine there may be no answer in 300 ms; then a till asks again.
Ran answered(const std::string& command) {
    Ran ran = run(command);
    for (int again = 0; ran.code == 3 && again < 100; ++again) ran = run(command);
    return ran;
}

std::string arguments(const EnrolledFolder& folder, const std::string& codes) {
    return " '" + folder.path().string() + "' '" + format(folder.now()) + "' " + codes;
}

}  // namespace

TEST_EACH(CapiExamples, asks_for_a_bill_and_shows_what_to_do_in, kExamples) {
    EnrolledFolder folder;
    for (const bool running : {false, true}) {
        std::unique_ptr<ServedFolder> served;
        if (running) served = std::make_unique<ServedFolder>(folder, Way::socket);
        const Ran passed = answered(row.command + arguments(folder, kGoodCode));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(passed.out, 0, passed.code);
        const Ran refused = answered(row.command + arguments(folder, std::string(kGoodCode) + " " + kSuspendedCode));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(refused.out, 1, refused.code);
        const std::regex expected(
            "1 1 1 \\[\\] \\[\\] \\[\\] [0-9A-Z]{6}\n"
            "2 5 0 \\[医保支付资格暂停中\\] \\[信医保处〔2026〕12号\\] "
            "\\[请由具备资格的人员重新开具；急诊抢救请申报\\] [0-9A-Z]{6}\n");
        CPPUNIT_ASSERT_MESSAGE(refused.out, std::regex_match(refused.out, expected));
    }
}

TEST_EACH(CapiExamples, keeps_the_no_answer_contract_in, kExamples) {
    EnrolledFolder folder;
    const ServedFolder served(folder);  // an owner who serves nobody else
    const Ran ran = run(row.command + arguments(folder, kGoodCode));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.out, 3, ran.code);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.out, std::size_t{0}, ran.out.find("unchecked: 本机的资格终端没有答复"));
}

TEST_EACH(CapiExamples, never_takes_a_fault_for_no_answer_in, kExamples) {
    const TempDir none;
    const Ran nowhere = run(row.command + " '" + (none / "none").string() + "' '2026-11-20 08:00:00' " + kGoodCode);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(nowhere.out, 4, nowhere.code);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(nowhere.out, std::size_t{0}, nowhere.out.find("fault: 本机尚未入网"));
    EnrolledFolder folder;
    const Ran no_time = run(row.command + " '" + folder.path().string() + "' '2026-02-29 08:00:00' " + kGoodCode);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(no_time.out, 4, no_time.code);
    CPPUNIT_ASSERT_MESSAGE(no_time.out, no_time.out.find("lines[0].fee_time") != std::string::npos);
}
