/* small_lines.h — what is said: a word of the command line, or the lines of
 * standard input. */
#ifndef NETLAB_CLIENT_SMALL_SMALL_LINES_H
#define NETLAB_CLIENT_SMALL_SMALL_LINES_H

#include "core/span.h"

/*
 * Calls SAY with TEXT, or where that is NULL with each line of standard input
 * and its line feed (the last may have none), until it returns another than
 * VERB_GOOD. Returns that; VERB_USAGE and has complained: one is longer than
 * SMALL_TEXT_MAX, or standard input cannot be read.
 */
int small_lines(const char *text, int (*say)(void *context, struct span text),
    void *context) __attribute__((warn_unused_result));

#endif
