/* dns_load_file.h — a zone's file, read whole. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_FILE_H
#define NETLAB_SERVICES_DNS_LOAD_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct dns_load_file {
	char *text; /* owned; LEN bytes, no NUL */
	size_t len;
	dev_t device; /* which file it is, by whatever path */
	ino_t inode;
	uid_t owner;
};

/*
 * Reads PATH, a regular file, for the user NAMER who names it: 0 for what the
 * configuration does. It is copied, not mapped: a file that somebody truncates
 * meanwhile must not kill the loader. Root, who reads at the first start, does
 * not lend its eyes to others: a file that not everybody may read has to be the
 * namer's own, and a link in a folder that others write to leads to nothing
 * private. Returns NULL, or why not: a text that lasts until the next call
 * of strerror(3) or file_denial_text.
 */
const char *dns_load_file_read(const char *path, uid_t namer,
    struct dns_load_file *file) __attribute__((warn_unused_result));
void dns_load_file_release(struct dns_load_file *file);

#endif
