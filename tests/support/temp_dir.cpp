#include "tests/support/temp_dir.h"

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace zige::testing {

TempDir::TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "zige-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder: " + pattern);
    path_ = pattern;
}

TempDir::~TempDir() {
    std::error_code ignored;  // a test that changed the permissions of its folder failed already
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace zige::testing
