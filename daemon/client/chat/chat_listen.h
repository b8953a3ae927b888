/*
 * chat_listen.h — waits for another netlab, or for a client as the lectures
 * have them, by TCP or UDP, at all addresses. One is taken at a time.
 */
#ifndef NETLAB_CLIENT_CHAT_LISTEN_H
#define NETLAB_CLIENT_CHAT_LISTEN_H

#include "client/options.h"
#include "client/reach.h"
#include "core/span.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_LISTEN_PORT = 31622,
	CHAT_LISTEN_FDS_MAX = 2, /* IPv4, IPv6 */
	/* UDP: at most one is told in that time that we are busy, since whoever
	 * has sent the datagram may not be where it seems to come from. */
	CHAT_LISTEN_BUSY_MS = 1000,
};

/* What others are told while one is taken: no name, for the blank in it. */
#define CHAT_LISTEN_BUSY "! busy: somebody else is here\n"

struct chat_listen {
	enum transport transport;
	uint16_t port;
	unsigned count;
	int fds[CHAT_LISTEN_FDS_MAX];
	int64_t busy_ms;
};

/* Binds OPTIONS' port (--listen=PORT, -p; CHAT_LISTEN_PORT) of OPTIONS' family.
 * Returns VERB_GOOD, or VERB_USAGE and has complained. */
int chat_listen_open(struct chat_listen *listener,
    const struct options *options) __attribute__((warn_unused_result));

/* Closes what is open. */
void chat_listen_close(struct chat_listen *listener);

/* For poll: fills FDS (CHAT_LISTEN_FDS_MAX), returns how many. */
unsigned chat_listen_watch(
    const struct chat_listen *listener, struct pollfd *fds);

/* Takes one that has come: REACH is connected with it; by UDP its first
 * datagram is in SPACE, *LEN bytes. False: nobody has. */
bool chat_listen_take(struct chat_listen *listener, struct reach *reach,
    struct space space, size_t *len);

/* Tells those that have come that we are busy, with PEER. */
void chat_listen_refuse(struct chat_listen *listener, const struct addr *peer);

#endif
