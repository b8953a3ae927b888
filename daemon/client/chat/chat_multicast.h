/*
 * chat_multicast.h — datagrams to all netlabs of the networks that this host is
 * on: to a group of IPv4 and one of IPv6, on each interface, one hop far.
 */
#ifndef NETLAB_CLIENT_CHAT_MULTICAST_H
#define NETLAB_CLIENT_CHAT_MULTICAST_H

#include "client/options.h"
#include "core/addr.h"
#include "core/span.h"

#include <poll.h>
#include <stdbool.h>

enum {
	CHAT_MULTICAST_PORT = 31623,
	CHAT_MULTICAST_INTERFACES_MAX = 32,
	CHAT_MULTICAST_FDS_MAX = 4,
};

/* RFC 2365 §6.2, organization-local; RFC 4291 §2.7 and RFC 3307 §4.3: of this
 * link, not permanently assigned. */
#define CHAT_MULTICAST_GROUP4 "239.255.42.99"
#define CHAT_MULTICAST_GROUP6 "ff12::c4a7:7b87"

struct chat_multicast {
	int senders[2];   /* IPv4, IPv6; -1: none. Answers come here as well */
	int receivers[2]; /* of the groups */
	unsigned count;
	unsigned interfaces[CHAT_MULTICAST_INTERFACES_MAX]; /* their indices */
};

/* On all interfaces that are up and have multicast (loopback does for those on
 * this host), or on --interface alone; by IPv4, IPv6 or both as OPTIONS have
 * it. Returns VERB_GOOD; VERB_USAGE, and has complained: no such interface, no
 * sockets. */
int chat_multicast_open(struct chat_multicast *multicast,
    const struct options *options) __attribute__((warn_unused_result));

void chat_multicast_close(struct chat_multicast *multicast);

/* For poll: fills FDS (CHAT_MULTICAST_FDS_MAX), returns how many. */
unsigned chat_multicast_watch(
    const struct chat_multicast *multicast, struct pollfd *fds);

/* BYTES to everybody. Interfaces that will not are passed over. */
void chat_multicast_send(
    const struct chat_multicast *multicast, struct span bytes);

/* BYTES to PEER alone, who has asked. */
void chat_multicast_answer(const struct chat_multicast *multicast,
    const struct addr *peer, struct span bytes);

/* Takes a datagram that was sent to a group, or that answers ours: *LEN bytes
 * in SPACE, from PEER. False: there is none. */
bool chat_multicast_receive(const struct chat_multicast *multicast,
    struct space space, size_t *len, struct addr *peer);

#endif
