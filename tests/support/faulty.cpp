#include "tests/support/faulty.h"

namespace zige::testing {

namespace {

Error broken(const std::filesystem::path& path, ErrorId id = ErrorId::file_io) {
    return fail(id, path.string(), "injected");
}

}  // namespace

Result<Bytes> FaultyFiles::read(const std::filesystem::path& path, std::size_t limit) {
    if (fault_.strikes()) return broken(path);
    return files_.read(path, limit);
}

Result<void> FaultyFiles::write(const std::filesystem::path& path, ByteView content) {
    if (fault_.strikes()) return broken(path, ErrorId::file_disk_full);
    return files_.write(path, content);
}

Result<void> FaultyFiles::write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) {
    if (fault_.strikes()) return broken(path, ErrorId::file_disk_full);
    return files_.write_at(path, offset, content);
}

Result<void> FaultyFiles::sync(const std::filesystem::path& path) {
    if (fault_.strikes()) return broken(path);
    return files_.sync(path);
}

Result<void> FaultyFiles::remove(const std::filesystem::path& path) {
    if (fault_.strikes()) return broken(path);
    return files_.remove(path);
}

Result<bool> FaultyFiles::exists(const std::filesystem::path& path) {
    if (fault_.strikes()) return broken(path);
    return files_.exists(path);
}

Result<std::unique_ptr<Files::Lock>> FaultyFiles::lock(const std::filesystem::path& path) {
    if (fault_.strikes()) return broken(path);
    return files_.lock(path);
}

Result<HttpAnswer> FaultyTransport::get(const std::string& path, std::size_t limit) {
    const bool lost = fault_.strikes();
    if (lost && loss_ == Loss::request) return fail(ErrorId::net_unreachable, "", "injected");
    auto answer = transport_.get(path, limit);
    if (lost) return fail(ErrorId::net_interrupted, "", "injected");
    return answer;
}

Result<HttpAnswer> FaultyTransport::post(const std::string& path, ByteView body, std::size_t limit) {
    const bool lost = fault_.strikes();
    if (lost && loss_ == Loss::request) return fail(ErrorId::net_unreachable, "", "injected");
    auto answer = transport_.post(path, body, limit);
    if (lost) return fail(ErrorId::net_interrupted, "", "injected");
    return answer;
}

}  // namespace zige::testing
