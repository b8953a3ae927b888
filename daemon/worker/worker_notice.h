/* worker_notice.h — what is worth a line in the log, but not one each time.
 * Pure. */
#ifndef NETLAB_WORKER_WORKER_NOTICE_H
#define NETLAB_WORKER_WORKER_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

enum { WORKER_NOTICE_MS = 60 * 1000 }; /* from one line to the next */

/* One kind of event; begins zeroed. */
struct worker_notice {
	uint64_t next_ms; /* no line before */
	uint64_t unsaid;  /* events since the last line */
};

/* Takes note of an event at NOW_MS. True: it gets a line, which may say how
 * many before it, *UNSAID, had none. */
static inline bool
worker_notice_is_due(
    struct worker_notice *notice, uint64_t now_ms, uint64_t *unsaid)
{
	if (now_ms < notice->next_ms) {
		notice->unsaid++;
		return false;
	}
	*unsaid = notice->unsaid;
	*notice = (struct worker_notice){.next_ms = now_ms + WORKER_NOTICE_MS};
	return true;
}

#endif
