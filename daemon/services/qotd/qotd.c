/* qotd.c — the door of the qotd room: the Quote of the Day Protocol, RFC 865.
 * Of the day it is not: each client gets another one, so that a lab sees that
 * its requests arrive. */
#include "services/qotd/qotd.h"

#include "core/siphash.h"
#include "services/qotd/qotd_load.h"
#include "services/qotd/qotd_set.h"

#include <stdlib.h>
#include <string.h>

enum outcome {
	OUTCOME_ANSWERED,
	OUTCOME_OWN_FORMAT, /* silence to what another server answers */
};

static const char *const outcomes[] = {
    [OUTCOME_ANSWERED] = "answered",
    [OUTCOME_OWN_FORMAT] = "own_format",
    NULL,
};

enum {
	DATAGRAM_MAX = 65507, /* all that UDP can carry: it is hardly looked
	                         at */
};

struct qotd {
	const struct qotd_set *set;
	const uint64_t *key;
	uint64_t answered; /* what quotes are drawn by */
	unsigned slot;
};

static void *
start(const struct service_start *start)
{
	struct qotd *room = calloc(1, sizeof(*room));

	if (room == NULL || start->part.len < sizeof(*room->set)) {
		free(room);
		return NULL;
	}
	room->set = (const void *)start->part.data;
	room->key = start->key;
	room->slot = start->slot;
	return room;
}

/* Where no quote is short enough, the worker keeps back the one that is too
 * long, and counts that. */
static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	struct qotd *room = state;

	if (qotd_set_has(room->set, question->bytes))
		return (struct reply){
		    .is_silent = true, .outcome = OUTCOME_OWN_FORMAT};
	struct span quote = qotd_set_draw(room->set, question->reply_max,
	    siphash_15(room->key, room->answered++, room->slot));

	memcpy(out.data, quote.data, quote.len);
	return (struct reply){.len = quote.len, .outcome = OUTCOME_ANSWERED};
}

const struct service qotd_service = {
    .name = "qotd",
    .role = ROLE_LAB,
    .listen = {{.key = "qotd",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_SHORT_REPLY,
    .outcomes = outcomes,
    .options = qotd_load_options,
    .datagram_max = DATAGRAM_MAX,
    .load = qotd_load,
    .start = start,
    .answer = answer,
};
