/*
 * chat_cookie.h — how a UDP peer proves its address before it joins, where a
 * sender may have forged it: it has to send back what was sent there. Nothing
 * is remembered of who has not done so. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_COOKIE_H
#define NETLAB_SERVICES_CHAT_CHAT_COOKIE_H

#include "core/addr.h"
#include "core/span.h"

#include <stdbool.h>

enum {
	CHAT_COOKIE_LEN = 8, /* hexadecimal digits */
	/* How long one is good, at the least; twice that at the most. */
	CHAT_COOKIE_MS = 60000,
	CHAT_COOKIE_CHALLENGE_MAX = 64,
};

enum chat_cookie_verdict {
	CHAT_COOKIE_NONE, /* no "/cookie" */
	CHAT_COOKIE_GOOD,
	CHAT_COOKIE_BAD, /* another's, an old one, or none behind the word */
};

/* What PEER's "/cookie XXXXXXXX REST" is worth at NOW_MS; sets REST, which lies
 * in BYTES, unless there is none of that. KEY: 128 secret bits. */
enum chat_cookie_verdict chat_cookie_read(const uint64_t key[2],
    const struct addr *peer, uint64_t now_ms, struct span bytes,
    struct span *rest);

/*
 * Writes to OUT, of any size, what PEER is asked for: a line with its cookie,
 * or where that does not fit, that it should send more, or nothing. Returns its
 * length: CHAT_COOKIE_CHALLENGE_MAX at the most.
 */
size_t chat_cookie_challenge(const uint64_t key[2], const struct addr *peer,
    uint64_t now_ms, struct space out);

/* The cookie, CHAT_COOKIE_LEN digits of LINE, that the one who was sent LINE by
 * chat_cookie_challenge is to send back; false: LINE asks for none. */
bool chat_cookie_find(struct span line, struct span *cookie);

#endif
