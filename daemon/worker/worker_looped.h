/*
 * worker_looped.h — a reply that comes back with the stamp of its departure:
 * the kernel hands us the frame as the device got it, headers and all. Pure.
 */
#ifndef NETLAB_WORKER_WORKER_LOOPED_H
#define NETLAB_WORKER_WORKER_LOOPED_H

#include "core/addr.h"
#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* What may stand before the IP header: nothing, Ethernet, tags of
	 * VLANs, the outer headers of a tunnel. */
	WORKER_LOOPED_PREFIX_MAX = 96,
	/* The longest that WORKER_LOOPED_PREFIX_MAX leaves before the bytes of
	 * a datagram without IP options. */
	WORKER_LOOPED_HEADERS_MAX = WORKER_LOOPED_PREFIX_MAX + 40 + 8,
};

/*
 * Takes FRAME apart, a whole one whose last header is of UDP in IPv4 or IPv6,
 * without fragments. False: it is not that, or did not leave from PORT.
 * Otherwise BYTES are the datagram's, within FRAME, and PEER is where it went
 * to; without a scope, which is not in the frame.
 */
bool worker_looped_read(struct span frame, uint16_t port, struct span *bytes,
    struct addr *peer) __attribute__((warn_unused_result));

#endif
