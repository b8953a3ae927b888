/*
 * http_file_entry.h — a resource with all that is needed to know whether it is
 * still true: what the cache keeps. Impure: part of the door. Worker process.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_ENTRY_H
#define NETLAB_SERVICES_HTTP_FILE_ENTRY_H

#include "services/http/http_file_find.h"
#include "services/http/http_mime.h"
#include "services/http/http_resource.h"
#include "services/http/http_store.h"

#include <time.h>

enum {
	/* What is older is looked at again. */
	HTTP_FILE_ENTRY_MS = 1000,
	/* A long list, which takes some ten milliseconds to make, in a folder
	 * that is watched: what inotify does not tell of it is the time of a
	 * folder in it. */
	HTTP_FILE_ENTRY_LIST_MS = 5000,
};

/* What stat(2) knows of a file that changes when the file does. */
struct http_file_id {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime, ctime;
};

struct http_file_entry {
	struct http_resource resource;
	struct http_file_mark mark;
	uint32_t valid_ms; /* how long it is used without another look */
	/* The cache's own: when it was last known to be true, its last use,
	 * counted in uses of the cache, and whether it had more than one. */
	uint64_t checked_ms;
	uint32_t used;
	bool is_proven;
	uint8_t view;          /* as in the wanted */
	uint8_t forms, coding; /* as in the found */
	const struct http_site *site;
	struct http_file_id id; /* of a file with HTTP_STATUS_OK */
	size_t weight;          /* all bytes of memory that it holds */
	uint32_t key_len;
	uint8_t bytes[]; /* the key (the wanted path), then what the resource's
	                    spans show */
};

/* What entries are made of. All is borrowed. */
struct http_file_source {
	struct http_file_watch *watch;
	const struct http_mimes *mimes;
	struct span always; /* struct http_stamp.fields */
	int64_t now;        /* seconds since 1970 */
};

/*
 * Looks for WANTED: its location's answer, or the disk's. OLD: the entry that
 * it had, or NULL; it is returned, with a new mark, when it is still true. Else
 * a new one, the caller's to free. NULL: no memory.
 */
struct http_file_entry *http_file_entry_look(
    const struct http_file_source *source, const struct http_wanted *wanted,
    struct http_file_entry *old);

/* An entry for WANTED with SPACE bytes behind the key, of which *SPACE_AT is
 * the start; no resource yet. NULL: no memory. */
struct http_file_entry *http_file_entry_new(
    const struct http_wanted *wanted, size_t space, uint8_t **space_at);

/* An entry for WANTED that says STATUS and WHY. NULL: no memory. */
struct http_file_entry *http_file_entry_error(
    const struct http_wanted *wanted, enum http_status status, const char *why);

/* ENTRY may be NULL. Closes its descriptor. */
void http_file_entry_free(struct http_file_entry *entry);

/* ENTRY stands for WANTED. */
static inline bool
http_file_entry_is(
    const struct http_file_entry *entry, const struct http_wanted *wanted)
{
	return entry->site == wanted->site && entry->view == wanted->view &&
	       entry->key_len == wanted->path.len &&
	       http_file_find_form(entry->forms, wanted->codings) ==
	           entry->coding &&
	       memcmp(entry->bytes, wanted->path.data, wanted->path.len) == 0;
}

#endif
