/*
 * worker_limit.h — who gets how many answers: allow and deny, rates, the total
 * of a service, and how long a reply may be. What a service has of these is one
 * word, 0 for most, so that the others pay for none of it.
 */
#ifndef NETLAB_WORKER_WORKER_LIMIT_H
#define NETLAB_WORKER_WORKER_LIMIT_H

#include "core/limit.h"
#include "core/prefix_table.h"
#include "core/settings.h"
#include "core/shared.h"
#include "service.h"
#include "worker/worker_net.h"

#include <stdbool.h>
#include <stdint.h>

/* What is to be looked at for a service's datagrams, as bits. */
enum worker_limit_part {
	WORKER_LIMIT_SENDER = 1 << 0, /* addresses that nobody can have */
	WORKER_LIMIT_ACCESS = 1 << 1, /* allow, deny */
	WORKER_LIMIT_RATE = 1 << 2,   /* of one source */
	WORKER_LIMIT_TOTAL = 1 << 3,  /* of all its replies */
	WORKER_LIMIT_SHORT = 1 << 4,  /* replies no longer than questions */
};

struct worker_limit {
	const struct settings_limit *settings;
	struct shared *shared;
	struct limit_rate rate;
	struct prefix_table exempt; /* from rates */
	struct prefix_table access; /* enum access in worker_limit.c */
	struct worker_net net;
	/* Which of those beyond their rate are answered still: each throw is
	 * the hash of its number, so that no throw tells the next. */
	uint64_t dice_key[2], dice_thrown;
	/* Taken from the shared total, not used yet: by service. */
	unsigned granted[STATS_SERVICE_MAX];
	/* Of the batch in hand; 0: exempt. */
	uint64_t sources[SERVICE_BATCH_MAX];
};

/* Begins with what SETTINGS says; it and SHARED outlive LIMIT. false: no
 * randomness is to be had (errno). */
bool worker_limit_init(struct worker_limit *limit,
    const struct settings_limit *settings, struct shared *shared)
    __attribute__((warn_unused_result));

/* What SERVICE has of enum worker_limit_part. */
unsigned worker_limit_parts(
    const struct worker_limit *limit, const struct service *service);

/* Whether ADDR may ask at all: allow and deny; the longest prefix decides. */
bool worker_limit_allows(
    const struct worker_limit *limit, const struct addr *addr);

/* Finds out the sources of a batch from COUNT PEERS of service INDEX, which has
 * WORKER_LIMIT_RATE, and has the memory fetched that tells their rates. */
void worker_limit_ahead(struct worker_limit *limit, unsigned index,
    const struct addr *peers, unsigned count);

/* The outcome of datagram NUMBER of the batch, from PEER, that no room may see,
 * or OUTCOME_NONE. PARTS: of its service. */
unsigned worker_limit_admit(struct worker_limit *limit, unsigned parts,
    const struct addr *peer, unsigned number, uint64_t now_ms);

/* Whether datagram NUMBER, which was beyond its source's rate, is the one that
 * tells the source so. */
bool worker_limit_tells(
    struct worker_limit *limit, unsigned number, uint64_t now_ms);

/* How long a reply to QUESTION may be, of SERVICE with WORKER_LIMIT_SHORT. */
size_t worker_limit_reply_max(struct worker_limit *limit,
    const struct service *service, const struct datagram *question);

/* Takes one reply from the total of service INDEX, which has
 * WORKER_LIMIT_TOTAL. false: none is left at this moment. */
bool worker_limit_take(struct worker_limit *limit, unsigned index,
    uint64_t now_ms) __attribute__((warn_unused_result));

#endif
