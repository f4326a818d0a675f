#define _GNU_SOURCE
#include "behind.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct function_list *behind;

/* Calls hold it for reading; nothing is finalized beside a call, where real modules crash. */
static pthread_rwlock_t calls = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static const unsigned char arguments_of[] = {
#define AS_ARGUMENTS(name, arguments) arguments,
        CRYPTOKI_FUNCTIONS(AS_ARGUMENTS)};

static word call_unlocked(enum called which, const word *a) {
    function f = behind->functions[which];
    switch (arguments_of[which]) {
    case 1:
        return ((word(*)(word))f)(a[0]);
    case 2:
        return ((word(*)(word, word))f)(a[0], a[1]);
    case 3:
        return ((word(*)(word, word, word))f)(a[0], a[1], a[2]);
    case 4:
        return ((word(*)(word, word, word, word))f)(a[0], a[1], a[2], a[3]);
    case 5:
        return ((word(*)(word, word, word, word, word))f)(a[0], a[1], a[2], a[3], a[4]);
    case 6:
        return ((word(*)(word, word, word, word, word, word))f)(a[0], a[1], a[2], a[3], a[4], a[5]);
    default:
        return ((word(*)(word, word, word, word, word, word, word, word))f)(
                a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
    }
}

word call(enum called which, const word *arguments) {
    pthread_rwlock_rdlock(&calls);
    word answer = call_unlocked(which, arguments);
    pthread_rwlock_unlock(&calls);
    return answer;
}

bool behind_load(const char *path) {
    void *loaded = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *found = loaded == NULL ? NULL : dlsym(loaded, "C_GetFunctionList");
    if (found == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return false;
    }
    word (*get)(struct function_list **) = (word(*)(struct function_list **))(word)found;
    return get(&behind) == CKR_OK;
}

const unsigned char *behind_version(void) {
    return behind->version;
}

void close_all_sessions(void) {
    word slots[1024];
    word size = sizeof slots / sizeof *slots;
    if (CALL(GetSlotList, 1, (word)slots, (word)&size) == CKR_OK) {
        for (word i = 0; i < size; i++) {
            CALL(CloseAllSessions, slots[i]);
        }
    }
}

void reinitialize(void) {
    struct initialize_args args = {.flags = CKF_OS_LOCKING_OK};
    pthread_rwlock_wrlock(&calls);
    call_unlocked(Finalize, (word[]){0});
    call_unlocked(Initialize, (word[]){(word)&args});
    pthread_rwlock_unlock(&calls);
}
