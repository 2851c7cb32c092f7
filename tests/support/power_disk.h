#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "shared/base/bytes.h"

namespace zige::testing {

enum class DiskError { none, no_power, full, io, not_found };

/// A disk in memory that loses what was not synced when its power is cut: the model under MemoryVfs and MemoryFiles.
/// What was written is seen by every reader at once; a sync makes one file's content durable, a sync of the folder
/// makes creation, renaming and removal durable. After a cut every operation fails until reboot(), which keeps what is
/// durable and, by the seed, none, all, a prefix or any 512-byte sectors of the rest. Any thread.
class PowerDisk {
public:
    explicit PowerDisk(std::uint64_t seed = 1);

    /// Writes (and truncations), syncs and changes of names count from 1 over the disk's life.
    struct Counts {
        std::uint64_t writes = 0;
        std::uint64_t syncs = 0;
        std::uint64_t names = 0;
        std::uint64_t operations() const { return writes + syncs + names; }
    };
    Counts counts() const;

    /// From that operation on (by its number, counted from the disk's beginning) nothing happens any more.
    void cut_power_at_write(std::uint64_t number);
    void cut_power_at_sync(std::uint64_t number);
    void cut_power_at_operation(std::uint64_t number);
    void cut_power_now();
    bool has_power() const;
    /// Power is back. Handles from before stay dead; counts go on; cuts and faults are forgotten.
    void reboot();
    /// How often the power came; a handle works only in the one it was opened in.
    std::uint64_t generation() const;

    /// The disk is full from that write on; frees itself with free_space().
    void fill_up_at_write(std::uint64_t number);
    void free_space();
    /// That read (counted from now, 1 is the next one) and only that fails.
    void fail_read_in(std::uint64_t number);
    /// A sync that says yes and does nothing, as bad hardware does.
    void ignore_syncs(bool ignore);

    struct File;
    using Handle = std::shared_ptr<File>;
    /// not_found unless `create`.
    DiskError open(const std::string& path, bool create, Handle& out);
    DiskError read(const Handle& file, std::uint64_t offset, std::span<std::byte> out, std::size_t& got);
    DiskError write(const Handle& file, std::uint64_t offset, ByteView content);
    DiskError truncate(const Handle& file, std::uint64_t size);
    DiskError size(const Handle& file, std::uint64_t& out);
    DiskError sync(const Handle& file);
    DiskError rename(const std::string& from, const std::string& to);
    DiskError remove(const std::string& path);
    DiskError sync_folder(const std::string& path_of_a_file_in_it);
    bool exists(const std::string& path) const;

    /// A lock as a process holds it: gone when the power goes. False: somebody holds it.
    bool lock(const std::string& path);
    void unlock(const std::string& path, std::uint64_t generation);

    /// An image of the folder tree below `prefix` as a backup would take it now, and putting it back under `prefix`,
    /// durable at once: a folder put back, a cloned PC.
    std::map<std::string, Bytes> image(const std::string& prefix) const;
    void restore(const std::string& prefix, const std::map<std::string, Bytes>& image);

private:
    /// Not yet durable, and whole or not at all: `gone` is no name any more, `name` stands for `file`. Either may be
    /// empty.
    struct NameChange {
        std::string gone;
        std::string name;
        Handle file;
    };
    using Names = std::map<std::string, Handle>;
    bool alive(const Handle& file) const;
    void spend(std::uint64_t& counter, const std::optional<std::uint64_t>& cut);
    void change_names(NameChange change);
    static void apply(Names& names, const NameChange& change);
    Bytes settle(const File& file);
    DiskError grow_or_change(const Handle& file, std::uint64_t offset, ByteView content, bool truncates);

    mutable std::mutex mutex_;  // guards all below, the files' contents too
    std::mt19937_64 random_;
    Counts counts_;
    std::uint64_t generation_ = 1;
    bool power_ = true;
    bool ignore_syncs_ = false;
    std::optional<std::uint64_t> cut_write_, cut_sync_, cut_operation_, full_from_write_;
    std::uint64_t failing_read_ = 0;
    Names names_, durable_names_;
    std::set<std::string> locks_;
    std::vector<NameChange> pending_names_;
};

}  // namespace zige::testing
