/* http_file_watch.c — watches set, events read. */
#include "services/http/http_file_watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static const uint32_t watched_events =
    IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
    IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

enum {
	/* After so many reads in one turn it is cheaper to forget all than to
	 * follow: somebody rewrites the site. */
	READS_MAX = 16,
};

bool
http_file_watch_open(struct http_file_watch *watch)
{
	memset(watch, 0, sizeof(*watch));
	watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	return watch->fd != -1;
}

void
http_file_watch_close(struct http_file_watch *watch)
{
	if (watch->fd != -1)
		close(watch->fd);
	watch->fd = -1;
}

/* Lets every mark fall. Watches go too: those of folders that nobody asks for
 * again would stay for ever. Events of theirs that are still on their way find
 * no slot and mean nothing: watch numbers are not used again. */
static void
forget_all(struct http_file_watch *watch)
{
	for (unsigned i = 0; i < HTTP_FILE_WATCH_SLOTS; i++) {
		if (watch->slots[i].wd != 0)
			(void)inotify_rm_watch(watch->fd, watch->slots[i].wd);
	}
	memset(watch->slots, 0, sizeof(watch->slots));
	watch->count = 0;
	watch->epoch++;
}

/* The slot of WD, or the free one where it would be. */
static uint32_t
slot_of(const struct http_file_watch *watch, int wd)
{
	uint32_t slot = (uint32_t)wd * 2654435769u % HTTP_FILE_WATCH_SLOTS;

	while (watch->slots[slot].wd != 0 && watch->slots[slot].wd != wd)
		slot = (slot + 1) % HTTP_FILE_WATCH_SLOTS;
	return slot;
}

void
http_file_watch_add(
    struct http_file_watch *watch, int dir, struct http_file_mark *mark)
{
	char path[32];

	if (!mark->is_whole)
		return;
	mark->is_whole = false;
	if (watch->fd == -1)
		return;
	/* inotify takes names alone; this one is the open folder itself,
	 * wherever it has gone meanwhile. */
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", dir);
	int wd = inotify_add_watch(watch->fd, path, watched_events);

	if (wd == -1)
		return;
	uint32_t slot = slot_of(watch, wd);

	if (watch->slots[slot].wd == 0) {
		if (watch->count == HTTP_FILE_WATCH_MAX) {
			/* MARK's epoch is past now: what is found under it is
			 * found again when it is asked for next. */
			forget_all(watch);
			(void)inotify_rm_watch(watch->fd, wd);
			mark->is_whole = true;
			return;
		}
		watch->slots[slot].wd = wd;
		watch->count++;
	}
	mark->is_whole = true;
	mark->slot = slot;
	mark->generation = watch->slots[slot].generation;
}

/*
 * A change of a name's file concerns what was found in that folder. A change of
 * a watched folder itself (its place, its rights, its end) concerns all that
 * lies beneath it too, which only EPOCH reaches. The same is told by the folder
 * above, which was watched first: so a change between the opening of a folder
 * and its watch is not missed. (A new folder replaces nothing.)
 */
static bool
concerns_all(const struct inotify_event *event)
{
	return (event->mask & IN_Q_OVERFLOW) || event->len == 0 ||
	       ((event->mask & IN_ISDIR) && !(event->mask & IN_CREATE));
}

static void
read_event(struct http_file_watch *watch, const struct inotify_event *event)
{
	uint32_t slot = slot_of(watch, event->wd);
	bool is_known = watch->slots[slot].wd != 0;

	if (!is_known && !(event->mask & IN_Q_OVERFLOW))
		return;
	if (concerns_all(event))
		forget_all(watch);
	else
		watch->slots[slot].generation++;
}

void
http_file_watch_read(struct http_file_watch *watch)
{
	_Alignas(struct inotify_event) char events[16384];

	for (unsigned reads = 0; reads < READS_MAX; reads++) {
		ssize_t len = read(watch->fd, events, sizeof(events));

		if (len == -1 && errno == EINTR)
			continue;
		if (len <= 0)
			return;
		for (size_t at = 0; at < (size_t)len;) {
			struct inotify_event event;

			memcpy(&event, events + at, sizeof(event));
			read_event(watch, &event);
			at += sizeof(event) + event.len;
		}
	}
	forget_all(watch);
}
