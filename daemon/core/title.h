/* title.h — what ps shows. Any process. */
#ifndef NETLAB_CORE_TITLE_H
#define NETLAB_CORE_TITLE_H

/* Finds the memory that ps reads, and moves the environment, which lies behind
 * the arguments, out of it. Call once, first in main: pointers into ARGV that
 * are still needed must be copied before the first title_set. */
void title_init(int argc, char **argv);

/* Sets the title, cut to the memory there is, and the name of the process
 * (PR_SET_NAME, 15 bytes) to it without "netlabd: ". */
void title_set(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
