/* dissect_dns_walk.h — what the parts of dissect_dns share: how far a message
 * has been read. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_WALK_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_WALK_H

#include "client/dissect/dissect.h"

/* Offsets are those of dissect->bytes. */
struct dissect_dns_walk {
	struct dissect *dissect;
	size_t begin, end; /* of the message: pointers count from BEGIN */
	size_t at;         /* what comes next */
	uint16_t flags;    /* of the header */
};

/* Takes the integer of SIZE bytes that comes next. False: END comes before its
 * end; what is left is a bad field NAME. */
static inline bool
dissect_dns_walk_take(struct dissect_dns_walk *walk, size_t end, size_t size,
    const char *name, uint64_t *value)
{
	size_t left = end - walk->at;

	*value = 0;
	if (size > left) {
		dissect_bad(walk->dissect, walk->at, left, name,
		    "truncated: %zu of %zu bytes are there", left, size);
		walk->at = end;
		return false;
	}
	for (size_t i = 0; i < size; i++)
		*value = *value << 8 | walk->dissect->bytes.data[walk->at + i];
	walk->at += size;
	return true;
}

#endif
