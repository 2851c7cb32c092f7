#include "tests/support/power_disk.h"

#include <algorithm>
#include <utility>

namespace zige::testing {

namespace {

constexpr std::size_t kSectorBytes = 512;

/// What was asked of a file since its last sync.
struct Change {
    bool truncates;
    std::uint64_t at;  ///< offset, or the new size
    Bytes content;
};

void put(Bytes& content, std::uint64_t offset, ByteView bytes) {
    content.resize(std::max<std::size_t>(content.size(), offset + bytes.size()));
    std::copy(bytes.begin(), bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(offset));
}

void apply_change(Bytes& content, const Change& change) {
    if (change.truncates) content.resize(change.at);
    else put(content, change.at, change.content);
}

/// Each sector of the write lands if `lands()` says so.
template <class Lands>
void apply_torn(Bytes& content, const Change& change, Lands lands) {
    if (change.truncates) {
        if (lands()) apply_change(content, change);
        return;
    }
    for (std::size_t done = 0; done < change.content.size();) {
        const std::size_t in_sector = kSectorBytes - (change.at + done) % kSectorBytes;
        const std::size_t size = std::min(in_sector, change.content.size() - done);
        if (lands()) put(content, change.at + done, ByteView(change.content).subspan(done, size));
        done += size;
    }
}

}  // namespace

struct PowerDisk::File {
    std::uint64_t generation;  ///< of the power in which it was opened
    Bytes now;
    Bytes durable;
    std::vector<Change> pending;
};

PowerDisk::PowerDisk(std::uint64_t seed) : random_(seed) {}

PowerDisk::Counts PowerDisk::counts() const {
    const std::scoped_lock lock(mutex_);
    return counts_;
}

void PowerDisk::cut_power_at_write(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    cut_write_ = number;
}

void PowerDisk::cut_power_at_sync(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    cut_sync_ = number;
}

void PowerDisk::cut_power_at_operation(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    cut_operation_ = number;
}

void PowerDisk::cut_power_now() {
    const std::scoped_lock lock(mutex_);
    power_ = false;
}

bool PowerDisk::has_power() const {
    const std::scoped_lock lock(mutex_);
    return power_;
}

std::uint64_t PowerDisk::generation() const {
    const std::scoped_lock lock(mutex_);
    return generation_;
}

void PowerDisk::fill_up_at_write(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    full_from_write_ = number;
}

void PowerDisk::free_space() {
    const std::scoped_lock lock(mutex_);
    full_from_write_.reset();
}

void PowerDisk::fail_read_in(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    failing_read_ = number;
}

void PowerDisk::ignore_syncs(bool ignore) {
    const std::scoped_lock lock(mutex_);
    ignore_syncs_ = ignore;
}

bool PowerDisk::alive(const Handle& file) const { return power_ && file->generation == generation_; }

void PowerDisk::spend(std::uint64_t& counter, const std::optional<std::uint64_t>& cut) {
    ++counter;
    if ((cut && counter >= *cut) || (cut_operation_ && counts_.operations() >= *cut_operation_)) power_ = false;
}

void PowerDisk::apply(Names& names, const NameChange& change) {
    if (!change.gone.empty()) names.erase(change.gone);
    if (!change.name.empty()) names[change.name] = change.file;
}

void PowerDisk::change_names(NameChange change) {
    apply(names_, change);
    pending_names_.push_back(std::move(change));
}

DiskError PowerDisk::open(const std::string& path, bool create, Handle& out) {
    const std::scoped_lock lock(mutex_);
    if (!power_) return DiskError::no_power;
    if (const auto found = names_.find(path); found != names_.end()) {
        out = found->second;
        return DiskError::none;
    }
    if (!create) return DiskError::not_found;
    out = std::make_shared<File>();
    out->generation = generation_;
    change_names({{}, path, out});
    spend(counts_.names, {});
    return power_ ? DiskError::none : DiskError::no_power;
}

DiskError PowerDisk::read(const Handle& file, std::uint64_t offset, std::span<std::byte> out, std::size_t& got) {
    const std::scoped_lock lock(mutex_);
    got = 0;
    if (!alive(file)) return DiskError::no_power;
    if (failing_read_ > 0 && --failing_read_ == 0) return DiskError::io;
    if (offset >= file->now.size()) return DiskError::none;
    got = std::min<std::size_t>(out.size(), file->now.size() - offset);
    std::copy_n(file->now.begin() + static_cast<std::ptrdiff_t>(offset), got, out.begin());
    return DiskError::none;
}

// The write at which the power goes may still land, whole or torn: it is pending like those before it.
DiskError PowerDisk::grow_or_change(const Handle& file, std::uint64_t offset, ByteView content, bool truncates) {
    if (!alive(file)) return DiskError::no_power;
    spend(counts_.writes, cut_write_);
    const bool grows = offset + content.size() > file->now.size();
    if (power_ && grows && full_from_write_ && counts_.writes >= *full_from_write_) return DiskError::full;
    file->pending.push_back({truncates, offset, to_bytes(content)});
    apply_change(file->now, file->pending.back());
    return power_ ? DiskError::none : DiskError::no_power;
}

DiskError PowerDisk::write(const Handle& file, std::uint64_t offset, ByteView content) {
    const std::scoped_lock lock(mutex_);
    return grow_or_change(file, offset, content, false);
}

DiskError PowerDisk::truncate(const Handle& file, std::uint64_t size) {
    const std::scoped_lock lock(mutex_);
    return grow_or_change(file, size, {}, true);
}

DiskError PowerDisk::size(const Handle& file, std::uint64_t& out) {
    const std::scoped_lock lock(mutex_);
    if (!alive(file)) return DiskError::no_power;
    out = file->now.size();
    return DiskError::none;
}

DiskError PowerDisk::sync(const Handle& file) {
    const std::scoped_lock lock(mutex_);
    if (!alive(file)) return DiskError::no_power;
    spend(counts_.syncs, cut_sync_);
    if (!power_) return DiskError::no_power;
    if (ignore_syncs_) return DiskError::none;
    for (const Change& change : file->pending) apply_change(file->durable, change);
    file->pending.clear();
    return DiskError::none;
}

DiskError PowerDisk::rename(const std::string& from, const std::string& to) {
    const std::scoped_lock lock(mutex_);
    if (!power_) return DiskError::no_power;
    const auto found = names_.find(from);
    if (found == names_.end()) return DiskError::not_found;
    spend(counts_.names, {});
    change_names({from, to, Handle(found->second)});
    return power_ ? DiskError::none : DiskError::no_power;
}

DiskError PowerDisk::remove(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (!power_) return DiskError::no_power;
    if (!names_.contains(path)) return DiskError::not_found;
    spend(counts_.names, {});
    change_names({path, {}, {}});
    return power_ ? DiskError::none : DiskError::no_power;
}

DiskError PowerDisk::sync_folder(const std::string& path_of_a_file_in_it) {
    const std::scoped_lock lock(mutex_);
    if (!power_) return DiskError::no_power;
    spend(counts_.syncs, cut_sync_);
    if (!power_) return DiskError::no_power;
    if (ignore_syncs_) return DiskError::none;
    const auto folder = [](const std::string& path) { return path.substr(0, path.rfind('/') + 1); };
    const std::string synced = folder(path_of_a_file_in_it);
    std::erase_if(pending_names_, [&](const NameChange& change) {
        if (folder(change.name.empty() ? change.gone : change.name) != synced) return false;
        apply(durable_names_, change);
        return true;
    });
    return DiskError::none;
}

bool PowerDisk::exists(const std::string& path) const {
    const std::scoped_lock lock(mutex_);
    return names_.contains(path);
}

bool PowerDisk::lock(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    return locks_.insert(path).second;
}

void PowerDisk::unlock(const std::string& path, std::uint64_t generation) {
    const std::scoped_lock lock(mutex_);
    if (generation == generation_) locks_.erase(path);
}

/// What stands on the disk after a cut: the durable content and, as the dice fall, none, all, the beginning or any
/// sectors of what was not synced.
Bytes PowerDisk::settle(const File& file) {
    enum Fate { none, all, beginning, sectors };
    const Fate fate = static_cast<Fate>(random_() % 4);
    Bytes content = file.durable;
    if (fate == none || file.pending.empty()) return content;
    const std::size_t whole = fate == beginning ? random_() % file.pending.size() : file.pending.size();
    for (std::size_t i = 0; i < whole; ++i) {
        if (fate == sectors) apply_torn(content, file.pending[i], [&] { return random_() % 2 == 0; });
        else apply_change(content, file.pending[i]);
    }
    if (fate == beginning) {
        std::uint64_t left = random_() % 8;
        apply_torn(content, file.pending[whole], [&] { return left > 0 && left-- > 0; });
    }
    return content;
}

// A file system keeps the order of changes to names, so that a beginning of them is durable.
void PowerDisk::reboot() {
    const std::scoped_lock lock(mutex_);
    const std::size_t kept = random_() % (pending_names_.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) apply(durable_names_, pending_names_[i]);
    pending_names_.clear();
    ++generation_;
    for (auto& [name, file] : durable_names_) {
        auto after = std::make_shared<File>();
        after->generation = generation_;
        after->durable = after->now = settle(*file);
        file = std::move(after);
    }
    names_ = durable_names_;
    locks_.clear();
    cut_write_ = cut_sync_ = cut_operation_ = full_from_write_ = std::nullopt;
    failing_read_ = 0;
    ignore_syncs_ = false;
    power_ = true;
}

std::map<std::string, Bytes> PowerDisk::image(const std::string& prefix) const {
    const std::scoped_lock lock(mutex_);
    std::map<std::string, Bytes> files;
    for (const auto& [name, file] : names_)
        if (name.starts_with(prefix)) files[name.substr(prefix.size())] = file->now;
    return files;
}

void PowerDisk::restore(const std::string& prefix, const std::map<std::string, Bytes>& image) {
    const std::scoped_lock lock(mutex_);
    const auto below = [&](const std::string& name) { return name.starts_with(prefix); };
    for (auto& [name, file] : names_)
        if (below(name)) file->generation = 0;  // who has it open sees an unplugged disk
    std::erase_if(pending_names_, [&](const NameChange& each) { return below(each.name) || below(each.gone); });
    for (Names* names : {&names_, &durable_names_})
        std::erase_if(*names, [&](const auto& each) { return below(each.first); });
    for (const auto& [name, content] : image) {
        auto file = std::make_shared<File>();
        file->generation = generation_;
        file->durable = file->now = content;
        names_[prefix + name] = durable_names_[prefix + name] = std::move(file);
    }
}

}  // namespace zige::testing
