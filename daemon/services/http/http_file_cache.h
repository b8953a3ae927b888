/*
 * http_file_cache.h — resources that were asked for lately, by the very bytes
 * of the target's path: what comes again costs no system call and no decoding.
 * Impure: part of the door. One per worker.
 *
 * Coherent with the disk: an entry is used while its mark holds
 * (http_file_watch.h) and for a second at most (a long list of a watched folder
 * for five); then the file is looked for again, and the entry is kept only when
 * it is the same one in every respect that stat(2) knows, or when there is no
 * descriptor to look with and inotify has seen no change. So a change that
 * inotify sees is seen by the worker's next turn; a change by another way, one
 * behind a symbolic link or in a folder that may not be watched, within a
 * second.
 *
 * Bounded in entries, bytes and descriptors. What was used more than once makes
 * room only when it has not been used since the table last looked for room
 * there: whoever asks for many names, each once, displaces nothing but such.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_CACHE_H
#define NETLAB_SERVICES_HTTP_FILE_CACHE_H

#include "services/http/http_file_entry.h"
#include "services/http/http_store.h"

enum {
	/* Places that a path may have. */
	HTTP_FILE_CACHE_WAYS = 4,
	/* Descriptors that are kept open for files too large to copy. */
	HTTP_FILE_CACHE_OPEN_MAX = 128,
	/* A longer path is found anew each time. */
	HTTP_FILE_CACHE_KEY_MAX = 512,
};

struct http_file_way {
	uint64_t hash;
	struct http_file_entry *entry; /* NULL: free */
};

struct http_file_cache {
	struct http_file_way (*sets)[HTTP_FILE_CACHE_WAYS];
	uint32_t set_count;
	struct http_file_entry *passing; /* not kept: until the next find */
	uint64_t seed;  /* of the hash: collisions cannot be prepared */
	uint32_t clock; /* counts uses */
	uint32_t hand;  /* the way where room is looked for next */
	size_t bytes, bytes_max;
	unsigned open_count;
	struct http_file_watch watch;
	struct span always;      /* struct http_stamp.fields; the caller's */
	struct http_mimes mimes; /* the caller's as well */
};

/* CACHE is zeroed but for what is the caller's. It keeps about ENTRIES
 * resources, of BYTES in all, at most. SEED is random. False: no memory. */
bool http_file_cache_open(struct http_file_cache *cache, uint64_t seed,
    uint32_t entries, size_t bytes) __attribute__((warn_unused_result));

/* Drops all that is held. */
void http_file_cache_close(struct http_file_cache *cache);

/* The resource of WANTED at NOW_MS (monotonic) and NOW (seconds since 1970).
 * Never NULL; valid until the next call. */
const struct http_resource *http_file_cache_find(struct http_file_cache *cache,
    const struct http_wanted *wanted, uint64_t now_ms, int64_t now);

#endif
