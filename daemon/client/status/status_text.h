/* status_text.h — what the daemon says of itself (core/status.h), understood.
 * Pure: the text may be anything. */
#ifndef NETLAB_CLIENT_STATUS_STATUS_TEXT_H
#define NETLAB_CLIENT_STATUS_STATUS_TEXT_H

#include "core/settings.h"
#include "core/span.h"
#include "core/stats.h"
#include "core/status.h"

#include <stdbool.h>
#include <stdint.h>

struct status_text_role {
	struct span name;
	uint64_t workers, running;
};

struct status_text_worker {
	struct span role, state;
	uint64_t slot, generation, restarts;
	uint64_t hangs; /* 0 where an older daemon does not say */
	bool has_pid;   /* one runs: PID and UPTIME_MS */
	uint64_t pid, uptime_ms;
	bool has_next; /* none runs; the next comes in NEXT_MS */
	uint64_t next_ms;
	bool is_lent; /* its sockets, to slot LENT_TO meanwhile */
	uint64_t lent_to;
};

struct status_text_listener {
	struct span transport, addr, service, role;
	uint64_t first, last; /* slots */
	uint64_t is_proxied;
};

enum status_text_kind {
	STATUS_TEXT_REFUSAL,
	STATUS_TEXT_GUARD,
	STATUS_TEXT_OUTCOME,
};

enum {
	STATUS_TEXT_KIND_COUNT = 3,
	STATUS_TEXT_COUNTER_MAX = STATS_REFUSAL_MAX + STATS_OUTCOME_MAX,
};

struct status_text_counter {
	enum status_text_kind kind;
	struct span name;
	uint64_t count;
};

struct status_text_service {
	struct span name, role;
	uint64_t received, sent, send_errors, connections;
	size_t counter_count;
	struct status_text_counter counters[STATUS_TEXT_COUNTER_MAX];
};

/* Spans are of the text that was read. Some 200 KiB. */
struct status_text {
	struct span version, state, file;
	uint64_t pid, generation, uptime_ms, now_ms;
	struct span broken; /* empty: nothing is */
	bool has_reload;
	struct span reload_outcome, reload_text;
	uint64_t reload_ago_ms;
	size_t role_count, worker_count, listener_count, service_count;
	struct status_text_role roles[ROLE_COUNT];
	struct status_text_worker workers[STATUS_WORKER_MAX];
	struct status_text_listener listeners[SETTINGS_LISTEN_MAX];
	struct status_text_service services[STATS_SERVICE_MAX];
};

/* Reads TEXT, which STATUS borrows. false: it is not what core/status.h
 * describes, not whole, or has more than there can be. */
bool status_text_read(struct span text, struct status_text *status)
    __attribute__((warn_unused_result));

static inline bool
status_text_is(struct span span, const char *word)
{
	return span.len == strlen(word) &&
	       memcmp(span.data, word, span.len) == 0;
}

/* The service that is called NAME; NULL: there is none. */
const struct status_text_service *status_text_service(
    const struct status_text *status, struct span name);

/* What the counter of KIND called NAME says; 0 where there is none. */
uint64_t status_text_count(const struct status_text_service *service,
    enum status_text_kind kind, struct span name);

#endif
