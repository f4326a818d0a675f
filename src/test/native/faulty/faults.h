/* What the rules do to a call. */
#ifndef FAULTS_H
#define FAULTS_H

#include "control.h"

/* Makes the call, or whatever the rules in force make of it. */
word call_with_faults(enum called which, const word *arguments);

#endif
