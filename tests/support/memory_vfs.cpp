#include "tests/support/memory_vfs.h"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

namespace zige::testing {

namespace {

constexpr int kShmSlots = SQLITE_SHM_NLOCK;

struct OpenFile;

/// What the connections to one file share: their locks and the index of the write-ahead log, which lives in memory.
struct Node {
    int shared = 0;
    const OpenFile* reserved = nullptr;
    const OpenFile* pending = nullptr;
    const OpenFile* exclusive = nullptr;
    std::vector<std::vector<std::uint64_t>> regions;
    std::array<int, kShmSlots> shm_shared{};
    std::array<const OpenFile*, kShmSlots> shm_exclusive{};
    int shm_users = 0;
};

struct OpenFile {
    MemoryVfs* vfs;
    std::mutex* mutex;  // guards the nodes
    PowerDisk::Handle handle;
    std::shared_ptr<Node> node;
    std::string path;
    bool folder_sync_due;
    bool delete_on_close;
    int level = SQLITE_LOCK_NONE;
    unsigned shm_shared_mask = 0;
    bool uses_shm = false;
};

/// What SQLite allocates for us.
struct SqliteFile {
    sqlite3_file base;
    OpenFile* open;
};

OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<SqliteFile*>(file)->open; }

int code_of(DiskError error, int io_error) {
    switch (error) {
        case DiskError::none: return SQLITE_OK;
        case DiskError::full: return SQLITE_FULL;
        case DiskError::not_found: return SQLITE_CANTOPEN;
        case DiskError::no_power:
        case DiskError::io: return io_error;
    }
    return io_error;
}

void drop_to(OpenFile& file, int level) {
    Node& node = *file.node;
    if (level < SQLITE_LOCK_RESERVED) {
        for (const OpenFile** mine : {&node.reserved, &node.pending, &node.exclusive})
            if (*mine == &file) *mine = nullptr;
    }
    if (level == SQLITE_LOCK_NONE && file.level > SQLITE_LOCK_NONE) --node.shared;
    file.level = level;
}

void drop_shm(OpenFile& file) {
    if (!file.uses_shm) return;
    file.uses_shm = false;
    Node& node = *file.node;
    for (std::size_t slot = 0; slot < kShmSlots; ++slot) {
        if ((file.shm_shared_mask & (1U << slot)) != 0) --node.shm_shared[slot];
        if (node.shm_exclusive[slot] == &file) node.shm_exclusive[slot] = nullptr;
    }
    file.shm_shared_mask = 0;
    if (--node.shm_users == 0) node.regions.clear();
}

int x_close(sqlite3_file* file) {
    OpenFile* open = &of(file);
    {
        const std::scoped_lock lock(*open->mutex);
        drop_shm(*open);
        drop_to(*open, SQLITE_LOCK_NONE);
    }
    if (open->delete_on_close) open->vfs->disk().remove(open->path);
    delete open;
    file->pMethods = nullptr;
    return SQLITE_OK;
}

int x_read(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
    std::size_t got = 0;
    const std::span buffer(static_cast<std::byte*>(out), static_cast<std::size_t>(amount));
    const DiskError error = of(file).vfs->disk().read(of(file).handle, static_cast<std::uint64_t>(offset), buffer, got);
    if (error != DiskError::none) return code_of(error, SQLITE_IOERR_READ);
    if (got == buffer.size()) return SQLITE_OK;
    std::fill(buffer.begin() + static_cast<std::ptrdiff_t>(got), buffer.end(), std::byte{0});
    return SQLITE_IOERR_SHORT_READ;
}

int x_write(sqlite3_file* file, const void* in, int amount, sqlite3_int64 offset) {
    const ByteView bytes(static_cast<const std::byte*>(in), static_cast<std::size_t>(amount));
    return code_of(of(file).vfs->disk().write(of(file).handle, static_cast<std::uint64_t>(offset), bytes),
                   SQLITE_IOERR_WRITE);
}

int x_truncate(sqlite3_file* file, sqlite3_int64 size) {
    return code_of(of(file).vfs->disk().truncate(of(file).handle, static_cast<std::uint64_t>(size)),
                   SQLITE_IOERR_TRUNCATE);
}

// As SQLite's own for Unix: the first sync of a new journal or log makes its name durable too.
int x_sync(sqlite3_file* file, int) {
    OpenFile& open = of(file);
    const DiskError error = open.vfs->disk().sync(open.handle);
    if (error != DiskError::none) return code_of(error, SQLITE_IOERR_FSYNC);
    if (!open.folder_sync_due) return SQLITE_OK;
    open.folder_sync_due = false;
    return code_of(open.vfs->disk().sync_folder(open.path), SQLITE_IOERR_DIR_FSYNC);
}

int x_file_size(sqlite3_file* file, sqlite3_int64* out) {
    std::uint64_t size = 0;
    const DiskError error = of(file).vfs->disk().size(of(file).handle, size);
    *out = static_cast<sqlite3_int64>(size);
    return code_of(error, SQLITE_IOERR_FSTAT);
}

int x_lock(sqlite3_file* file, int level) {
    OpenFile& open = of(file);
    const std::scoped_lock lock(*open.mutex);
    Node& node = *open.node;
    if (open.level >= level) return SQLITE_OK;
    const auto others = [&](const OpenFile* holder) { return holder != nullptr && holder != &open; };
    if (others(node.pending) || others(node.exclusive)) return SQLITE_BUSY;
    if (open.level == SQLITE_LOCK_NONE) {
        ++node.shared;
        open.level = SQLITE_LOCK_SHARED;
    }
    if (level == SQLITE_LOCK_SHARED) return SQLITE_OK;
    if (others(node.reserved)) return SQLITE_BUSY;
    node.reserved = &open;
    open.level = SQLITE_LOCK_RESERVED;
    if (level == SQLITE_LOCK_RESERVED) return SQLITE_OK;
    node.pending = &open;
    open.level = SQLITE_LOCK_PENDING;
    if (node.shared > 1) return SQLITE_BUSY;
    node.exclusive = &open;
    open.level = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

int x_unlock(sqlite3_file* file, int level) {
    const std::scoped_lock lock(*of(file).mutex);
    drop_to(of(file), level);
    return SQLITE_OK;
}

int x_check_reserved_lock(sqlite3_file* file, int* out) {
    const std::scoped_lock lock(*of(file).mutex);
    *out = of(file).node->reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
}

int x_file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int x_sector_size(sqlite3_file*) { return 512; }
int x_device_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int x_shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    OpenFile& open = of(file);
    const std::scoped_lock lock(*open.mutex);
    if (!open.uses_shm) {
        open.uses_shm = true;
        ++open.node->shm_users;
    }
    auto& regions = open.node->regions;
    const auto index = static_cast<std::size_t>(region);
    *out = nullptr;
    if (index >= regions.size() && extend == 0) return SQLITE_OK;
    while (index >= regions.size()) regions.emplace_back(static_cast<std::size_t>(size) / sizeof(std::uint64_t));
    *out = regions[index].data();
    return SQLITE_OK;
}

int x_shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    OpenFile& open = of(file);
    const std::scoped_lock lock(*open.mutex);
    Node& node = *open.node;
    const auto first = static_cast<std::size_t>(offset);
    const auto end = first + static_cast<std::size_t>(count);
    const bool releases = (flags & SQLITE_SHM_UNLOCK) != 0;
    const bool shared = (flags & SQLITE_SHM_SHARED) != 0;
    for (std::size_t slot = first; slot < end && !releases; ++slot) {
        const bool mine = (open.shm_shared_mask & (1U << slot)) != 0;
        const OpenFile* holder = node.shm_exclusive[slot];
        if (holder != nullptr && holder != &open) return SQLITE_BUSY;
        if (!shared && node.shm_shared[slot] > (mine ? 1 : 0)) return SQLITE_BUSY;
    }
    for (std::size_t slot = first; slot < end; ++slot) {
        const unsigned bit = 1U << slot;
        if (!shared) {
            node.shm_exclusive[slot] = releases ? nullptr : &open;
        } else if (releases == ((open.shm_shared_mask & bit) != 0)) {
            open.shm_shared_mask ^= bit;
            node.shm_shared[slot] += releases ? -1 : 1;
        }
    }
    return SQLITE_OK;
}

void x_shm_barrier(sqlite3_file* file) { const std::scoped_lock lock(*of(file).mutex); }

int x_shm_unmap(sqlite3_file* file, int) {
    const std::scoped_lock lock(*of(file).mutex);
    drop_shm(of(file));
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {2,
                                         x_close,
                                         x_read,
                                         x_write,
                                         x_truncate,
                                         x_sync,
                                         x_file_size,
                                         x_lock,
                                         x_unlock,
                                         x_check_reserved_lock,
                                         x_file_control,
                                         x_sector_size,
                                         x_device_characteristics,
                                         x_shm_map,
                                         x_shm_lock,
                                         x_shm_barrier,
                                         x_shm_unmap,
                                         nullptr,
                                         nullptr};

}  // namespace

struct MemoryVfs::Impl {
    std::shared_ptr<PowerDisk> disk;
    MemoryVfs* self;
    std::string name;
    sqlite3_vfs vfs{};
    std::mutex mutex;  // guards all below, and the nodes
    std::map<std::string, std::weak_ptr<Node>> nodes;
    std::uint64_t nodes_generation = 0;
    std::uint64_t temporaries = 0;
    std::mt19937_64 random{1};

    static Impl& of(sqlite3_vfs* vfs) { return *static_cast<Impl*>(vfs->pAppData); }

    /// Connections of one power share a node; those of an earlier one keep theirs, which nobody else sees.
    std::shared_ptr<Node> node_of(const std::string& path) {
        if (nodes_generation != disk->generation()) {
            nodes.clear();
            nodes_generation = disk->generation();
        }
        auto node = nodes[path].lock();
        if (!node) nodes[path] = node = std::make_shared<Node>();
        return node;
    }

    static int x_open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
        Impl& impl = of(vfs);
        file->pMethods = nullptr;
        const std::scoped_lock lock(impl.mutex);
        const std::string name = path != nullptr ? path : "/temporary/" + std::to_string(++impl.temporaries);
        const bool existed = impl.disk->exists(name);
        PowerDisk::Handle handle;
        const DiskError error = impl.disk->open(name, (flags & SQLITE_OPEN_CREATE) != 0, handle);
        if (error != DiskError::none) return code_of(error, SQLITE_CANTOPEN);
        constexpr int kJournals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
        auto* open = new OpenFile{impl.self,
                                  &impl.mutex,
                                  handle,
                                  impl.node_of(name),
                                  name,
                                  !existed && (flags & kJournals) != 0,
                                  (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
        reinterpret_cast<SqliteFile*>(file)->open = open;
        file->pMethods = &kMethods;
        if (out_flags != nullptr) *out_flags = flags;
        return SQLITE_OK;
    }

    static int x_delete(sqlite3_vfs* vfs, const char* path, int sync_folder) {
        PowerDisk& disk = *of(vfs).disk;
        const DiskError error = disk.remove(path);
        if (error == DiskError::not_found) return SQLITE_IOERR_DELETE_NOENT;
        if (error != DiskError::none) return code_of(error, SQLITE_IOERR_DELETE);
        return sync_folder == 0 ? SQLITE_OK : code_of(disk.sync_folder(path), SQLITE_IOERR_DIR_FSYNC);
    }

    static int x_access(sqlite3_vfs* vfs, const char* path, int, int* out) {
        *out = of(vfs).disk->exists(path) ? 1 : 0;
        return SQLITE_OK;
    }

    static int x_full_pathname(sqlite3_vfs*, const char* path, int size, char* out) {
        sqlite3_snprintf(size, out, "%s%s", path[0] == '/' ? "" : "/", path);
        return SQLITE_OK;
    }

    static int x_randomness(sqlite3_vfs* vfs, int size, char* out) {
        Impl& impl = of(vfs);
        const std::scoped_lock lock(impl.mutex);
        for (int i = 0; i < size; ++i) out[i] = static_cast<char>(impl.random());
        return size;
    }

    // SQLite waits here for a lock that another connection holds.
    static int x_sleep(sqlite3_vfs*, int microseconds) {
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
        return microseconds;
    }

    static int x_current_time(sqlite3_vfs*, double* out) {
        *out = 2461041.5;  // 2026-01-01, as a Julian day
        return SQLITE_OK;
    }

    static int x_last_error(sqlite3_vfs*, int, char*) { return 0; }
};

MemoryVfs::MemoryVfs(std::shared_ptr<PowerDisk> disk) : impl_(std::make_unique<Impl>()) {
    impl_->disk = std::move(disk);
    impl_->self = this;
    impl_->name = "memory-" + std::to_string(reinterpret_cast<std::uintptr_t>(impl_.get()));
    sqlite3_vfs& vfs = impl_->vfs;
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(SqliteFile);
    vfs.mxPathname = 512;
    vfs.zName = impl_->name.c_str();
    vfs.pAppData = impl_.get();
    vfs.xOpen = Impl::x_open;
    vfs.xDelete = Impl::x_delete;
    vfs.xAccess = Impl::x_access;
    vfs.xFullPathname = Impl::x_full_pathname;
    vfs.xRandomness = Impl::x_randomness;
    vfs.xSleep = Impl::x_sleep;
    vfs.xCurrentTime = Impl::x_current_time;
    vfs.xGetLastError = Impl::x_last_error;
    sqlite3_vfs_register(&vfs, 0);
}

MemoryVfs::~MemoryVfs() { sqlite3_vfs_unregister(&impl_->vfs); }

const std::string& MemoryVfs::name() const { return impl_->name; }

PowerDisk& MemoryVfs::disk() { return *impl_->disk; }

}  // namespace zige::testing
