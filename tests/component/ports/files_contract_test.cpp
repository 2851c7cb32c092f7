#include <memory>

#include "shared/ports/files.h"
#include "shared/posix/files.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Fixture {
    std::unique_ptr<TempDir> folder;
    std::unique_ptr<Files> files;
    std::filesystem::path file;
};

Fixture real() {
    auto folder = std::make_unique<TempDir>();
    auto file = *folder / "state";
    return {std::move(folder), make_posix_files(), file};
}
Fixture fake() { return {nullptr, std::make_unique<MemoryFiles>(), "/data/state"}; }

struct Row {
    const char* name;
    Fixture (*make)();
};
const Row kBoth[] = {{"posix", real}, {"memory", fake}};

std::string text(const Result<Bytes>& content) { return std::string(as_text(content.value())); }

}  // namespace

TEST_EACH(FilesContract, reads_what_was_written, kBoth) {
    const Fixture at = row.make();
    CPPUNIT_ASSERT(at.files->write(at.file, as_bytes("one")).ok());
    CPPUNIT_ASSERT_EQUAL(std::string("one"), text(at.files->read(at.file, 3)));
    CPPUNIT_ASSERT(at.files->write(at.file, as_bytes("a longer two")).ok());
    CPPUNIT_ASSERT(at.files->write(at.file, {}).ok());
    CPPUNIT_ASSERT_EQUAL(std::string(), text(at.files->read(at.file, 0)));
}
TEST_EACH(FilesContract, keeps_200_kB, kBoth) {
    const Fixture at = row.make();
    Bytes content(200'001);
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::byte>(i * 7 / 5);
    CPPUNIT_ASSERT(at.files->write(at.file, content).ok());
    CPPUNIT_ASSERT(content == at.files->read(at.file, content.size()).value());
}
TEST_EACH(FilesContract, names_what_cannot_be_read, kBoth) {
    const Fixture at = row.make();
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_not_found, at.files->read(at.file, 10).error().id);
    CPPUNIT_ASSERT_EQUAL(at.file.string(), at.files->read(at.file, 10).error().field);
    CPPUNIT_ASSERT(at.files->write(at.file, as_bytes("four")).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_too_large, at.files->read(at.file, 3).error().id);
}
TEST_EACH(FilesContract, stages_by_position, kBoth) {
    const Fixture at = row.make();
    CPPUNIT_ASSERT(at.files->write_at(at.file, 4, as_bytes("efgh")).ok());
    CPPUNIT_ASSERT(at.files->write_at(at.file, 0, as_bytes("abcd")).ok());
    CPPUNIT_ASSERT(at.files->write_at(at.file, 2, as_bytes("XY")).ok());
    CPPUNIT_ASSERT(at.files->sync(at.file).ok());
    CPPUNIT_ASSERT_EQUAL(std::string("abXYefgh"), text(at.files->read(at.file, 100)));
}
TEST_EACH(FilesContract, does_not_sync_what_is_not_there, kBoth) {
    const Fixture at = row.make();
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_not_found, at.files->sync(at.file).error().id);
}
TEST_EACH(FilesContract, removes_twice_without_complaint, kBoth) {
    const Fixture at = row.make();
    CPPUNIT_ASSERT(at.files->write(at.file, as_bytes("x")).ok());
    CPPUNIT_ASSERT(at.files->exists(at.file).value());
    CPPUNIT_ASSERT(at.files->remove(at.file).ok());
    CPPUNIT_ASSERT(!at.files->exists(at.file).value());
    CPPUNIT_ASSERT(at.files->remove(at.file).ok());
}
TEST_EACH(FilesContract, locks_for_one_until_it_goes, kBoth) {
    const Fixture at = row.make();
    auto held = at.files->lock(at.file);
    CPPUNIT_ASSERT(held.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_locked, at.files->lock(at.file).error().id);
    held.value().reset();
    CPPUNIT_ASSERT(at.files->lock(at.file).ok());
}
