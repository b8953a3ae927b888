/* qotd_set.h — the quotes that a worker has: the room's part of the image.
 * Pure.
 */
#ifndef NETLAB_SERVICES_QOTD_SET_H
#define NETLAB_SERVICES_QOTD_SET_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

/* A quote as it is sent. */
struct qotd_set_entry {
	uint32_t offset; /* from the part's start */
	uint32_t len;
};

/* The part begins so; behind the entries lie the bytes. */
struct qotd_set {
	uint32_t count;                  /* never 0 */
	struct qotd_set_entry entries[]; /* the shorter, the earlier */
};

/* One of the quotes of at most MOST bytes, drawn by the number RANDOM; if there
 * is none, the shortest. Within the part, which SET begins. */
struct span qotd_set_draw(
    const struct qotd_set *set, size_t most, uint64_t random);

/* Whether BYTES are one of the quotes, in letters of any case: who answers that
 * may talk to another server for ever (CVE-2024-2169). */
bool qotd_set_has(const struct qotd_set *set, struct span bytes);

#endif
