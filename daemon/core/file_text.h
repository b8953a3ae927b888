/* file_text.h — a small file that the configuration names, read whole. Loader
 * process (and -t) only. */
#ifndef NETLAB_CORE_FILE_TEXT_H
#define NETLAB_CORE_FILE_TEXT_H

#include <stddef.h>
#include <sys/stat.h>

struct file_text {
	char *text; /* LEN bytes, a NUL behind them; owned */
	size_t len;
	struct stat st; /* of the file as it was opened */
};

/* Opens PATH to be read; a FIFO, which could hold up a reload, is not waited
 * for. -1: errno. */
int file_text_open(const char *path) __attribute__((warn_unused_result));

/*
 * Reads all that FD, a regular file just opened, has into FILE, at most MOST
 * bytes; the file may change meanwhile. Returns NULL, or what is wrong: FILE is
 * empty then. FD stays the caller's.
 */
const char *file_text_read(int fd, size_t most, struct file_text *file)
    __attribute__((warn_unused_result));

/* The same of PATH. */
const char *file_text_load(const char *path, size_t most,
    struct file_text *file) __attribute__((warn_unused_result));

/* Wipes what was read, which may be secret, and frees it. FILE is empty. */
void file_text_release(struct file_text *file);

#endif
