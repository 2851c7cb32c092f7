#include <sys/stat.h>

#include "shared/posix/files.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using zige::testing::TempDir;
namespace fs = std::filesystem;

namespace {

unsigned mode_of(const fs::path& path) {
    struct stat facts {};
    CPPUNIT_ASSERT_EQUAL(0, stat(path.c_str(), &facts));
    return facts.st_mode & 0777U;
}

}  // namespace

TEST(PosixFiles, are_for_their_owner_only) {
    const TempDir folder;
    const auto files = make_posix_files();
    CPPUNIT_ASSERT(files->write(folder / "whole", as_bytes("x")).ok());
    CPPUNIT_ASSERT(files->write_at(folder / "staged", 0, as_bytes("x")).ok());
    CPPUNIT_ASSERT(files->lock(folder / "lock").ok());
    for (const char* name : {"whole", "staged", "lock"}) CPPUNIT_ASSERT_EQUAL(0600U, mode_of(folder / name));
}
TEST(PosixFiles, leave_no_temporary_behind) {
    const TempDir folder;
    const auto files = make_posix_files();
    CPPUNIT_ASSERT(files->write(folder / "a", as_bytes("x")).ok());
    fs::create_directory(folder / "taken");
    fs::create_directory(folder / "taken.tmp");
    CPPUNIT_ASSERT(!files->write(folder / "taken", as_bytes("x")).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_not_found, files->write(folder / "no" / "b", as_bytes("x")).error().id);
    CPPUNIT_ASSERT(!fs::exists(folder / "a.tmp"));
}
TEST(PosixFiles, do_not_follow_a_link_that_somebody_left) {
    const TempDir folder;
    fs::create_symlink(folder / "victim", folder / "a.tmp");
    CPPUNIT_ASSERT(!make_posix_files()->write(folder / "a", as_bytes("x")).ok());
    CPPUNIT_ASSERT(!fs::exists(folder / "victim"));
}
TEST(PosixFiles, say_that_a_folder_is_no_file) {
    const TempDir folder;
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_io, make_posix_files()->read(folder.path(), 10).error().id);
}

TEST(PrivateFolder, is_made_with_all_above_it) {
    const TempDir folder;
    const fs::path wanted = folder / "a" / "b";
    CPPUNIT_ASSERT(make_private_folder(wanted).ok());
    CPPUNIT_ASSERT_EQUAL(0700U, mode_of(wanted));
    CPPUNIT_ASSERT(make_private_folder(wanted).ok());
}

struct ModeRow {
    const char* name;
    fs::perms extra;
};
const ModeRow kModes[] = {{"group_read", fs::perms::group_read},
                          {"group_write", fs::perms::group_write},
                          {"others_enter", fs::perms::others_exec},
                          {"others_read", fs::perms::others_read}};
TEST_EACH(PrivateFolder, is_refused_when_others_may, kModes) {
    const TempDir folder;
    fs::permissions(folder.path(), row.extra, fs::perm_options::add);
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_not_private, make_private_folder(folder.path()).error().id);
}
TEST(PrivateFolder, is_no_file) {
    const TempDir folder;
    CPPUNIT_ASSERT(make_posix_files()->write(folder / "a", as_bytes("x")).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_not_private, make_private_folder(folder / "a").error().id);
}
