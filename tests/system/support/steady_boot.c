/* Preloaded under faketime by scripted runs: CLOCK_BOOTTIME follows the (faked) wall clock, as on a PC that was never
   switched off and whose clock is right. Without it a scripted date is a wall clock that jumps within one boot, which the
   time guard rightly calls suspect. Load it before libfaketime, whose clock_gettime it asks for the wall clock. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

typedef int (*clock_gettime_fn)(clockid_t, struct timespec *);

int clock_gettime(clockid_t id, struct timespec *out) {
    static clock_gettime_fn next;
    if (!next) next = (clock_gettime_fn)dlsym(RTLD_NEXT, "clock_gettime");
    if (id != CLOCK_BOOTTIME) return next(id, out);
    const int answer = next(CLOCK_REALTIME, out);
    out->tv_sec -= 1600000000; /* booted in September 2020 */
    return answer;
}
