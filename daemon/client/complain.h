/* complain.h — what went wrong, in one line on standard error. */
#ifndef NETLAB_CLIENT_COMPLAIN_H
#define NETLAB_CLIENT_COMPLAIN_H

/* Prints "netlab: …" without what a terminal would take for a command, and
 * returns STATUS, an enum verb_exit, so that `return complain(…)` is all. */
int complain(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
