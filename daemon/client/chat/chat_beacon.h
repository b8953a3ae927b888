/*
 * chat_beacon.h — what netlabs say to find one another on a network: one line
 *of text in a datagram to CHAT_MULTICAST's groups. Pure.
 *
 *	netlab-chat 1 ?                       who is there? blanks up to 160
 *bytes netlab-chat 1 + 1a2b3c4d tcp 31622 anna     … is there netlab-chat 1 -
 *1a2b3c4d tcp 31622 anna     … is not any more
 *
 * The eight digits tell listeners from one another. A question is as long as
 *the longest answer, so that nobody's answers can be made to flood somebody
 *else.
 */
#ifndef NETLAB_CLIENT_CHAT_BEACON_H
#define NETLAB_CLIENT_CHAT_BEACON_H

#include "core/addr.h"
#include "core/span.h"
#include "services/chat/chat_name.h"

#include <stdbool.h>
#include <stdint.h>

enum { CHAT_BEACON_MAX = 160 }; /* bytes of a beacon; of a question, exactly */

enum chat_beacon_kind {
	CHAT_BEACON_QUESTION,
	CHAT_BEACON_HERE,
	CHAT_BEACON_GONE,
};

struct chat_beacon {
	enum chat_beacon_kind kind;
	/* Of HERE and GONE: */
	uint32_t id;
	enum transport transport;
	uint16_t port; /* host order */
	size_t name_len;
	uint8_t name[CHAT_NAME_SIZE];
};

/* Writes BEACON, whose name is good, to OUT: returns its length. */
size_t chat_beacon_write(
    const struct chat_beacon *beacon, uint8_t out[CHAT_BEACON_MAX]);

/* BYTES, a datagram, as BEACON. False: it is none, to the letter; the name is
 * good (chat_name.h), and so harmless. */
bool chat_beacon_read(struct span bytes, struct chat_beacon *beacon)
    __attribute__((warn_unused_result));

#endif
