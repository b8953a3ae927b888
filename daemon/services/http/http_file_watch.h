/*
 * http_file_watch.h — which folders have changed, by inotify(7). Impure: part
 * of the door. Worker process.
 *
 * What was found in a folder is known to be true as long as its mark holds:
 * the watch is set before the folder is looked into, so that every later change
 * of a name in it, of a file by a name in it, or of the folder's own place,
 * comes as an event. What inotify cannot tell (a write through a mapping or
 * through another hard link, a mount, a change on a network's other side) is
 * why what is kept is looked at again each second as well.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_WATCH_H
#define NETLAB_SERVICES_HTTP_FILE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

enum {
	/* Folders watched at once; beyond, all marks fall and it begins anew.
	 * The kernel allows a user 8192 and more. */
	HTTP_FILE_WATCH_MAX = 1024,
	HTTP_FILE_WATCH_SLOTS = 4096, /* a power of two, well above */
};

struct http_file_watch {
	int fd;         /* inotify; -1: there is none, no mark ever holds */
	uint32_t epoch; /* grows when every mark falls */
	unsigned count;
	struct {
		int wd;              /* 0: free; inotify counts from 1 */
		uint32_t generation; /* grows when a name in it changes */
	} slots[HTTP_FILE_WATCH_SLOTS];
};

/* A folder's state at a moment; and that of the folders above it. */
struct http_file_mark {
	uint32_t epoch;
	uint32_t slot;
	uint32_t generation;
	bool is_whole; /* no folder on the way to it had to be left out */
};

/* False: no inotify here (the rest works, a second later). */
bool http_file_watch_open(struct http_file_watch *watch);
void http_file_watch_close(struct http_file_watch *watch);

/* The state of no folder in particular: where a walk begins. */
static inline struct http_file_mark
http_file_watch_begin(const struct http_file_watch *watch)
{
	return (struct http_file_mark){
	    .epoch = watch->epoch,
	    .generation = watch->slots[0].generation,
	    .is_whole = true,
	};
}

/* Watches the folder open at DIR from now on and moves MARK, which stands for
 * the folder above it, to it. Where that cannot be, MARK stays where it is, now
 * and for all folders to come. */
void http_file_watch_add(
    struct http_file_watch *watch, int dir, struct http_file_mark *mark);

/* Nothing that MARK stands for has changed, so far as events were read. */
static inline bool
http_file_watch_holds(
    const struct http_file_watch *watch, const struct http_file_mark *mark)
{
	return mark->epoch == watch->epoch &&
	       mark->generation == watch->slots[mark->slot].generation;
}

/* Reads all events that wait. */
void http_file_watch_read(struct http_file_watch *watch);

#endif
