/* Preloaded under faketime by scripted runs of a computer that is switched off and on: CLOCK_BOOTTIME and the kernel's boot
   id come from the files OWN_BOOT_SECONDS and OWN_BOOT_ID, whatever the wall clock says. Load it before libfaketime. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int (*clock_gettime_fn)(clockid_t, struct timespec *);
typedef FILE *(*fopen_fn)(const char *, const char *);

static FILE *next_fopen(const char *path, const char *mode) {
    static fopen_fn next;
    if (!next) next = (fopen_fn)dlsym(RTLD_NEXT, "fopen");
    return next(path, mode);
}

static const char *instead_of(const char *path) {
    return strcmp(path, "/proc/sys/kernel/random/boot_id") == 0 ? getenv("OWN_BOOT_ID") : path;
}

FILE *fopen(const char *path, const char *mode) { return next_fopen(instead_of(path), mode); }
FILE *fopen64(const char *path, const char *mode) { return next_fopen(instead_of(path), mode); }

int clock_gettime(clockid_t id, struct timespec *out) {
    static clock_gettime_fn next;
    if (!next) next = (clock_gettime_fn)dlsym(RTLD_NEXT, "clock_gettime");
    if (id != CLOCK_BOOTTIME) return next(id, out);
    FILE *const file = next_fopen(getenv("OWN_BOOT_SECONDS"), "r");
    if (!file || fscanf(file, "%ld", &out->tv_sec) != 1) abort(); /* a scripted run without its script */
    fclose(file);
    out->tv_nsec = 0;
    return 0;
}
