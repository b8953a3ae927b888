/*
 * chat_outbox.h — messages that wait to leave for other hosts: a ring of fixed
 * size, so that a broker that takes nothing costs no more than that. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_OUTBOX_H
#define NETLAB_SERVICES_CHAT_CHAT_OUTBOX_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_OUTBOX_SIZE = 1024 * 1024, /* bytes: ten thousand short lines */
	CHAT_OUTBOX_PARTS = 3,
};

/* A message, as parts that the owner knows the meaning of. */
struct chat_outbox_message {
	struct span parts[CHAT_OUTBOX_PARTS];
};

struct chat_outbox {
	uint8_t *bytes;      /* CHAT_OUTBOX_SIZE; the owner's */
	uint32_t start, end; /* of what waits */
	uint32_t wrap; /* where it goes on at 0; not below END: it does not */
};

/* Empty, in the owner's BYTES. */
void chat_outbox_init(struct chat_outbox *outbox, uint8_t *bytes);

/* Appends a copy of MESSAGE. False: there is no room. */
bool chat_outbox_add(
    struct chat_outbox *outbox, const struct chat_outbox_message *message)
    __attribute__((warn_unused_result));

/* The oldest message, borrowed until it is dropped. False: there is none. */
bool chat_outbox_first(
    const struct chat_outbox *outbox, struct chat_outbox_message *message);

/* Drops the oldest message, which exists. */
void chat_outbox_drop(struct chat_outbox *outbox);

#endif
