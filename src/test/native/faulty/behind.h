/* The module that the faulty one stands before. */
#ifndef BEHIND_H
#define BEHIND_H

#include <stdbool.h>

#include "cryptoki.h"

/* Loads it; on failure says why. */
bool behind_load(const char *path);

const unsigned char *behind_version(void);

word call(enum called which, const word *arguments);

#define CALL(which, ...) call(which, (word[MOST_ARGUMENTS]){__VA_ARGS__})

/* What others do to it behind the application's back. */
void close_all_sessions(void);
void reinitialize(void);

#endif
