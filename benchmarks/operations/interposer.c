/* Which file operations does a command carry out? Loaded before libc (LD_PRELOAD), this library sees those of
 * Python, of SQLite and of every worker process, below the folders that a control block names.
 *
 * It can record each with its data, count them, let one fail, or kill the process just before one.
 * benchmarks/operations/interposer.py builds it, and has the layouts of the control block and of the record.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OFF = 0, RECORD = 1, COUNT = 2, FAIL = 3, KILL = 4 };
enum { OPEN = 1, WRITE, SYNC, RENAME, UNLINK, MKDIR, RMDIR, TRUNCATE, MARK, LINK };
#define ROOTS 4

struct control {
    int32_t mode;
    int32_t error;              /* errno of the operation that fails */
    int64_t counter;            /* operations so far, of all processes */
    int64_t at;                 /* the operation that fails or kills, from 0 */
    int32_t hit;                /* the kind of the operation that failed or killed; 0 where none did */
    int32_t writer;             /* its process */
    int64_t acknowledged;       /* the change that the archive is up to, as the command last marked it */
    char hit_path[PATH_MAX];
    char roots[ROOTS][PATH_MAX]; /* absolute, without a last slash; "" for none */
    char within[256];           /* only paths that hold this are seen */
    char log[PATH_MAX];
};

struct header {
    int32_t kind, process, flags, reserved;
    int64_t offset, length;     /* of a write; length is a truncated file's too */
    uint32_t path_length, other_length;
    uint64_t data_length;
};

static struct control *control;
static int log_file = -1;
static char log_path[PATH_MAX];
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static __thread int inside;

static void lock_order(void) { pthread_mutex_lock(&order); }
static void unlock_order(void) { pthread_mutex_unlock(&order); }

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("KHOBAO_OPERATIONS");
    if (!path) return;
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    syscall(SYS_close, file);
    if (mapped != MAP_FAILED) control = mapped;
    pthread_atfork(lock_order, unlock_order, unlock_order);
}

static int is_seen(const char *path) {
    if (control->within[0] && !strstr(path, control->within)) return 0;
    for (int number = 0; number < ROOTS; number++) {
        size_t length = strlen(control->roots[number]);
        if (length && !strncmp(path, control->roots[number], length) &&
            (path[length] == '/' || path[length] == '\0'))
            return 1;
    }
    return 0;
}

static int path_of_file(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
    if (length < 0 || path[0] != '/') return 0;
    path[length] = '\0';
    return !strstr(path, " (deleted)");
}

static int path_at(int folder, const char *name, char *path) {
    if (name[0] == '/') return snprintf(path, PATH_MAX, "%s", name) < PATH_MAX;
    char base[PATH_MAX];
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return 0;
    } else if (!path_of_file(folder, base)) return 0;
    return snprintf(path, PATH_MAX, "%s/%s", base, name) < PATH_MAX;
}

static void record(int kind, int flags, int64_t offset, int64_t length, const char *path, const char *other,
                   const void *data, size_t size) {
    if (log_file < 0 || strcmp(log_path, control->log)) {
        if (log_file >= 0) syscall(SYS_close, log_file);
        strcpy(log_path, control->log);
        log_file = (int)syscall(SYS_openat, AT_FDCWD, log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    struct header header = {kind, getpid(), flags, 0, offset, length, strlen(path), strlen(other), size};
    struct iovec parts[] = {{&header, sizeof header}, {(void *)path, header.path_length},
                            {(void *)other, header.other_length}, {(void *)data, size}};
    syscall(SYS_writev, log_file, parts, 4);
}

/* Called before an operation on a path that is seen: its number is taken. Non-zero: it must fail with errno. */
static int comes(int kind, const char *path) {
    if (control->mode < COUNT) return 0;
    int64_t number = __atomic_fetch_add(&control->counter, 1, __ATOMIC_SEQ_CST);
    if (number != control->at || control->mode == COUNT) return 0;
    control->hit = kind;
    control->writer = getpid();
    snprintf(control->hit_path, PATH_MAX, "%s", path);
    if (control->mode == KILL) {
        syscall(SYS_kill, getpid(), SIGKILL);
        for (;;) pause();
    }
    errno = control->error;
    return 1;
}

static int watches(void) { return control && control->mode != OFF && !inside; }

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

/* An operation on one path: looked at, counted, done under the order lock, recorded where it went well. */
#define ON_PATH(found, kind, failed, call, recorded) \
    char path[PATH_MAX]; \
    if (!watches() || !(found) || !is_seen(path)) return call; \
    if (comes(kind, path)) return failed; \
    if (control->mode != RECORD) return call; \
    lock_order(); \
    inside = 1; \
    __typeof__(call) result = call; \
    int kept = errno; \
    if (result != (__typeof__(result))failed) { recorded; } \
    inside = 0; \
    unlock_order(); \
    errno = kept; \
    return result

#define OPENER(name) \
    int name(const char *given, int flags, ...) { \
        REAL(int, name, const char *, int, ...); \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        ON_PATH(path_at(AT_FDCWD, given, path), OPEN, -1, real(given, flags, mode), \
                record(OPEN, flags, 0, 0, path, "", "", 0)); \
    }
OPENER(open)
OPENER(open64)

#define OPENER_AT(name) \
    int name(int folder, const char *given, int flags, ...) { \
        REAL(int, name, int, const char *, int, ...); \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        ON_PATH(path_at(folder, given, path), OPEN, -1, real(folder, given, flags, mode), \
                record(OPEN, flags, 0, 0, path, "", "", 0)); \
    }
OPENER_AT(openat)
OPENER_AT(openat64)

DIR *opendir(const char *given) {
    REAL(DIR *, opendir, const char *);
    ON_PATH(path_at(AT_FDCWD, given, path), OPEN, NULL, real(given),
            record(OPEN, O_RDONLY, 0, 0, path, "", "", 0));
}

static int64_t place(int file) { return (int64_t)syscall(SYS_lseek, file, 0, SEEK_CUR); }

ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    ON_PATH(path_of_file(file, path), WRITE, -1, real(file, data, size),
            record(WRITE, 0, place(file) - result, result, path, "", data, result));
}

#define WRITER_AT(name, offset_type) \
    ssize_t name(int file, const void *data, size_t size, offset_type offset) { \
        REAL(ssize_t, name, int, const void *, size_t, offset_type); \
        ON_PATH(path_of_file(file, path), WRITE, -1, real(file, data, size, offset), \
                record(WRITE, 0, offset, result, path, "", data, result)); \
    }
WRITER_AT(pwrite, off_t)
WRITER_AT(pwrite64, off64_t)

/* What the kernel copied is read again for the record. */
static void record_copied(int file, ssize_t size, const char *path) {
    char *data = malloc(size ? size : 1);
    int again = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    int64_t offset = place(file) - size;
    if (syscall(SYS_pread64, again, data, size, offset) == size)
        record(WRITE, 0, offset, size, path, "", data, size);
    syscall(SYS_close, again);
    free(data);
}

#define SENDER(name, offset_type) \
    ssize_t name(int file, int source, offset_type *offset, size_t size) { \
        REAL(ssize_t, name, int, int, offset_type *, size_t); \
        ON_PATH(path_of_file(file, path), WRITE, -1, real(file, source, offset, size), \
                record_copied(file, result, path)); \
    }
SENDER(sendfile, off_t)
SENDER(sendfile64, off64_t)

#define SYNCER(name) \
    int name(int file) { \
        REAL(int, name, int); \
        ON_PATH(path_of_file(file, path), SYNC, -1, real(file), record(SYNC, 0, 0, 0, path, "", "", 0)); \
    }
SYNCER(fsync)
SYNCER(fdatasync)

#define TRUNCATER(name, offset_type) \
    int name(int file, offset_type length) { \
        REAL(int, name, int, offset_type); \
        ON_PATH(path_of_file(file, path), TRUNCATE, -1, real(file, length), \
                record(TRUNCATE, 0, 0, length, path, "", "", 0)); \
    }
TRUNCATER(ftruncate, off_t)
TRUNCATER(ftruncate64, off64_t)

int rename(const char *given, const char *to) {
    REAL(int, rename, const char *, const char *);
    char other[PATH_MAX];
    ON_PATH(path_at(AT_FDCWD, given, path) && path_at(AT_FDCWD, to, other), RENAME, -1, real(given, to),
            record(RENAME, 0, 0, 0, path, other, "", 0));
}

int renameat(int folder, const char *given, int to_folder, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *);
    char other[PATH_MAX];
    ON_PATH(path_at(folder, given, path) && path_at(to_folder, to, other), RENAME, -1,
            real(folder, given, to_folder, to), record(RENAME, 0, 0, 0, path, other, "", 0));
}

int link(const char *given, const char *to) {
    REAL(int, link, const char *, const char *);
    char other[PATH_MAX];
    ON_PATH(path_at(AT_FDCWD, given, path) && path_at(AT_FDCWD, to, other), LINK, -1, real(given, to),
            record(LINK, 0, 0, 0, path, other, "", 0));
}

int linkat(int folder, const char *given, int to_folder, const char *to, int flags) {
    REAL(int, linkat, int, const char *, int, const char *, int);
    char other[PATH_MAX];
    ON_PATH(path_at(folder, given, path) && path_at(to_folder, to, other), LINK, -1,
            real(folder, given, to_folder, to, flags), record(LINK, 0, 0, 0, path, other, "", 0));
}

int unlink(const char *given) {
    REAL(int, unlink, const char *);
    ON_PATH(path_at(AT_FDCWD, given, path), UNLINK, -1, real(given), record(UNLINK, 0, 0, 0, path, "", "", 0));
}

int unlinkat(int folder, const char *given, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    int kind = flags & AT_REMOVEDIR ? RMDIR : UNLINK;
    ON_PATH(path_at(folder, given, path), kind, -1, real(folder, given, flags),
            record(kind, 0, 0, 0, path, "", "", 0));
}

int rmdir(const char *given) {
    REAL(int, rmdir, const char *);
    ON_PATH(path_at(AT_FDCWD, given, path), RMDIR, -1, real(given), record(RMDIR, 0, 0, 0, path, "", "", 0));
}

int mkdir(const char *given, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    ON_PATH(path_at(AT_FDCWD, given, path), MKDIR, -1, real(given, mode), record(MKDIR, 0, 0, 0, path, "", "", 0));
}

int mkdirat(int folder, const char *given, mode_t mode) {
    REAL(int, mkdirat, int, const char *, mode_t);
    ON_PATH(path_at(folder, given, path), MKDIR, -1, real(folder, given, mode),
            record(MKDIR, 0, 0, 0, path, "", "", 0));
}

/* Called by the command that is recorded: what it has acknowledged stands between its operations. */
void khobao_mark(const char *text) {
    if (!control || control->mode == OFF) return;
    if (sscanf(text, "archive %ld", &control->acknowledged) == 1 && control->mode != RECORD) return;
    if (control->mode != RECORD) return;
    lock_order();
    record(MARK, 0, 0, 0, text, "", "", 0);
    unlock_order();
}
