// Preloaded into a process: a disk that a test watches and breaks. Where a journal is asked for, it has each write below a folder and each
// sync that ended, in their order: from these notes a test makes what the disk may hold if the power fails at any moment. Where a file of faults
// is asked for and there, every write and sync fails with the number in it.
//
//   DISK_FOLDER   the folder whose files are meant
//   DISK_JOURNAL  the file of the notes
//   DISK_FAULT    the file with an errno
//
// A note: kind (1 byte), length of the path (2), a (8), length of the data (4), path, data; numbers are little-endian. Each is appended
// with one call, so that the notes of many threads and processes are in one order.
//   O path        opened, made where it was not there
//   W path a      written at a: data
//   T path a      cut, or made longer, to a
//   S path a      synced: what was noted before a is durable
//   U path        removed
//   R path        renamed: data is the new path
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 65536
#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (real == NULL) { \
        real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name); \
    }

static char *paths[MOST_FILES];
static const char *folder;
static const char *fault;
static int journal = -1;

// PostgreSQL writes its title over the environment.
static const char *copy_of(const char *value) {
    return value == NULL ? NULL : strdup(value);
}

__attribute__((constructor)) static void begin(void) {
    folder = copy_of(getenv("DISK_FOLDER"));
    fault = copy_of(getenv("DISK_FAULT"));
    const char *file = getenv("DISK_JOURNAL");
    if (folder != NULL && file != NULL) {
        journal = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    }
}

// The path below the folder; NULL for any other file.
static const char *noted(const char *path) {
    size_t length = folder == NULL ? 0 : strlen(folder);
    if (length == 0 || path == NULL || strncmp(path, folder, length) != 0 || path[length] != '/') {
        return NULL;
    }
    return path + length + 1;
}

static const char *of(int fd) {
    return fd >= 0 && fd < MOST_FILES ? __atomic_load_n(&paths[fd], __ATOMIC_ACQUIRE) : NULL;
}

// Whether a call is to fail; errno says how.
static bool fails(int fd) {
    if (fault == NULL || of(fd) == NULL) {
        return false;
    }
    int file = (int)syscall(SYS_openat, AT_FDCWD, fault, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    char number[16] = {0};
    ssize_t length = read(file, number, sizeof number - 1);
    syscall(SYS_close, file);
    errno = atoi(number);
    return length > 0;
}

static void note(char kind, const char *path, int64_t a, const void *data, uint32_t length) {
    if (journal < 0) {
        return;
    }
    char head[15] = {kind};
    uint16_t name = (uint16_t)strlen(path);
    memcpy(head + 1, &name, 2);
    memcpy(head + 3, &a, 8);
    memcpy(head + 11, &length, 4);
    struct iovec parts[3] = {{head, sizeof head}, {(void *)path, name}, {(void *)data, length}};
    if (syscall(SYS_writev, journal, parts, 3) < 0) {
        abort();
    }
}

static int64_t end_of_journal(void) {
    struct stat status;
    return fstat(journal, &status) == 0 ? status.st_size : 0;
}

// Relative to the folder a process works in, as PostgreSQL opens its files.
static const char *absolute(const char *path, char *buffer) {
    if (path == NULL || path[0] == '/') {
        return path;
    }
    if (getcwd(buffer, PATH_MAX) == NULL || strlen(buffer) + strlen(path) + 2 > PATH_MAX) {
        return NULL;
    }
    strcat(buffer, "/");
    return strcat(buffer, path[0] == '.' && path[1] == '/' ? path + 2 : path);
}

static int opened(int fd, const char *path, int flags) {
    char buffer[PATH_MAX];
    const char *file = noted(absolute(path, buffer));
    if (fd >= 0 && fd < MOST_FILES) {
        struct stat status;
        bool is_noted = file != NULL && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
        char *name = is_noted ? strdup(file) : NULL;
        free(__atomic_exchange_n(&paths[fd], name, __ATOMIC_ACQ_REL));
        if (name != NULL) {
            note('O', name, 0, NULL, 0);
            if (flags & O_TRUNC) {
                note('T', name, 0, NULL, 0);
            }
        }
    }
    return fd;
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, #name, const char *, int, ...) \
        va_list arguments; \
        va_start(arguments, flags); \
        mode_t mode = mode_of(flags, arguments); \
        va_end(arguments); \
        return opened(real(path, flags, mode), path, flags); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        REAL(int, #name, int, const char *, int, ...) \
        va_list arguments; \
        va_start(arguments, flags); \
        mode_t mode = mode_of(flags, arguments); \
        va_end(arguments); \
        return opened(real(at, path, flags, mode), at == AT_FDCWD ? path : NULL, flags); \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    REAL(int, "close", int)
    if (fd >= 0 && fd < MOST_FILES) {
        free(__atomic_exchange_n(&paths[fd], NULL, __ATOMIC_ACQ_REL));
    }
    return real(fd);
}

// Noted first: what is on the disk without a note would be taken for lost.
#define PWRITE(name) \
    ssize_t name(int fd, const void *data, size_t length, off_t offset) { \
        REAL(ssize_t, #name, int, const void *, size_t, off_t) \
        if (fails(fd)) { \
            return -1; \
        } \
        if (of(fd) != NULL) { \
            note('W', of(fd), offset, data, (uint32_t)length); \
        } \
        return real(fd, data, length, offset); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

static int64_t position(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t)
    if (fails(fd)) {
        return -1;
    }
    if (of(fd) != NULL) {
        note('W', of(fd), position(fd), data, (uint32_t)length);
    }
    return real(fd, data, length);
}

static void note_all(int fd, const struct iovec *parts, int count, int64_t offset) {
    for (int i = 0; i < count; i++) {
        note('W', of(fd), offset, parts[i].iov_base, (uint32_t)parts[i].iov_len);
        offset += (int64_t)parts[i].iov_len;
    }
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int)
    if (fails(fd)) {
        return -1;
    }
    if (of(fd) != NULL) {
        note_all(fd, parts, count, position(fd));
    }
    return real(fd, parts, count);
}

#define PWRITEV(name) \
    ssize_t name(int fd, const struct iovec *parts, int count, off_t offset) { \
        REAL(ssize_t, #name, int, const struct iovec *, int, off_t) \
        if (fails(fd)) { \
            return -1; \
        } \
        if (of(fd) != NULL) { \
            note_all(fd, parts, count, offset); \
        } \
        return real(fd, parts, count, offset); \
    }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define TRUNCATE(name) \
    int name(int fd, off_t length) { \
        REAL(int, #name, int, off_t) \
        if (fails(fd)) { \
            return -1; \
        } \
        if (of(fd) != NULL) { \
            note('T', of(fd), length, NULL, 0); \
        } \
        return real(fd, length); \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

static void note_longer(int fd, int64_t end) {
    struct stat status;
    if (of(fd) != NULL && fstat(fd, &status) == 0 && status.st_size < end) {
        note('T', of(fd), end, NULL, 0);
    }
}

#define POSIX_FALLOCATE(name) \
    int name(int fd, off_t offset, off_t length) { \
        REAL(int, #name, int, off_t, off_t) \
        if (fails(fd)) { \
            return errno; \
        } \
        note_longer(fd, offset + length); \
        return real(fd, offset, length); \
    }
POSIX_FALLOCATE(posix_fallocate)
POSIX_FALLOCATE(posix_fallocate64)

#define SYNC(name) \
    int name(int fd) { \
        REAL(int, #name, int) \
        if (fails(fd)) { \
            return -1; \
        } \
        int64_t before = end_of_journal(); \
        int result = real(fd); \
        if (result == 0 && of(fd) != NULL) { \
            note('S', of(fd), before, NULL, 0); \
        } \
        return result; \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    REAL(int, "unlink", const char *)
    char buffer[PATH_MAX];
    const char *file = noted(absolute(path, buffer));
    int result = real(path);
    if (result == 0 && file != NULL) {
        note('U', file, 0, NULL, 0);
    }
    return result;
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *)
    char one[PATH_MAX];
    char other[PATH_MAX];
    const char *old = noted(absolute(from, one));
    const char *new = noted(absolute(to, other));
    int result = real(from, to);
    if (result == 0 && old != NULL && new != NULL) {
        note('R', old, 0, new, (uint32_t)strlen(new));
    }
    return result;
}
