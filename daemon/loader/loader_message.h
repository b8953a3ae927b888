/*
 * loader_message.h — what the loader's child tells the master, one packet each
 * over SOCK_SEQPACKET: lines of the report, then one end.
 */
#ifndef NETLAB_LOADER_MESSAGE_H
#define NETLAB_LOADER_MESSAGE_H

#include "loader/loader.h"

enum loader_message_kind {
	LOADER_MESSAGE_NONE,    /* nothing to read now */
	LOADER_MESSAGE_GONE,    /* the child is gone, or said nonsense */
	LOADER_MESSAGE_ERROR,   /* a line */
	LOADER_MESSAGE_WARNING, /* a line */
	LOADER_MESSAGE_DONE,    /* counts, with the image and directories */
	LOADER_MESSAGE_FAILED,  /* counts */
};

enum { LOADER_MESSAGE_TEXT = 1024 }; /* bytes of a line, NUL included */

struct loader_message {
	uint32_t kind; /* enum loader_message_kind */
	uint32_t errors, broken, warnings;
	uint32_t file_count[STATS_SERVICE_MAX]; /* DONE: directories, behind
	                                           the image */
	char text[LOADER_MESSAGE_TEXT];         /* lines: printable, ended */
};

/* Child: sends a line; blocks until there is room. */
void loader_message_line(int fd, bool is_error, const char *line);

/* Child: sends the end: LOADED, or NULL for a failure. False: errno. */
bool loader_message_end(int fd, const struct report *report,
    const struct loaded *loaded) __attribute__((warn_unused_result));

/*
 * Master: takes one message, never blocks and trusts nothing that is in it.
 * Fills LOADED on DONE only; its descriptors belong to the caller then.
 */
enum loader_message_kind loader_message_take(
    int fd, struct loader_message *message, struct loaded *loaded)
    __attribute__((warn_unused_result));

#endif
