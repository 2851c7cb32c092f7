#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/target.h"
#include "tests/support/testing.h"

namespace zige::fuzz {
namespace {

const std::filesystem::path kCorpora = ZIGE_FUZZ_CORPORA;

Bytes content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return to_bytes(text);
}

/// What fuzzing has found interesting or broken so far is run again in every build.
TEST_EACH(Fuzz, replays_the_corpus_of, targets()) {
    const std::filesystem::path folder = kCorpora / row.name;
    std::size_t files = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        row.run(content_of(file.path()));
        ++files;
    }
    CPPUNIT_ASSERT_MESSAGE("no corpus in " + folder.string(), files > 0);
}

/// A corpus of one parser is rubbish to the others, but never harms them.
TEST_EACH(Fuzz, survives_the_corpora_of_the_others_in, targets()) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(kCorpora))
        if (file.is_regular_file()) row.run(content_of(file.path()));
}

}  // namespace
}  // namespace zige::fuzz
