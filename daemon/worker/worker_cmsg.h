/*
 * worker_cmsg.h — control messages: what the kernel says of a datagram beside
 * its bytes, and what it is told of a reply. Pure.
 */
#ifndef NETLAB_WORKER_WORKER_CMSG_H
#define NETLAB_WORKER_WORKER_CMSG_H

#include "core/addr.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

/* Room for IP_PKTINFO or IPV6_PKTINFO, and a time stamp. */
struct worker_cmsg_arrived {
	_Alignas(
	    struct cmsghdr) char bytes[CMSG_SPACE(sizeof(struct in6_pktinfo)) +
	                               CMSG_SPACE(sizeof(struct timespec))];
};

/* Room for the former, and for what is to be stamped. */
struct worker_cmsg_leaving {
	_Alignas(
	    struct cmsghdr) char bytes[CMSG_SPACE(sizeof(struct in6_pktinfo)) +
	                               CMSG_SPACE(sizeof(uint32_t))];
};

/* What the kernel says of a datagram beside its bytes. */
struct worker_cmsg_arrival {
	struct addr local;    /* where it was sent to */
	uint64_t received_ns; /* CLOCK_REALTIME; 0: not stamped */
	bool is_group;        /* to a broadcast or multicast address */
	const struct cmsghdr *pktinfo;
};

/* Reads the messages of HEADER; what they do not say stays as it is. ARRIVAL
 * points into them. */
void worker_cmsg_read(
    struct msghdr *header, struct worker_cmsg_arrival *arrival);

/* Has REPLY leave from the address that was asked, as PKTINFO names it (RFC
 * 2181 §4.1); its control messages lie in CONTROL. The kernel routes it; only a
 * link-local address needs the interface named. */
void worker_cmsg_set_source(struct msghdr *reply,
    struct worker_cmsg_leaving *control, const struct cmsghdr *pktinfo);

/* Has MESSAGE, to PEER, leave from the address LOCAL, of the same family; its
 * control messages lie in CONTROL. */
void worker_cmsg_leave_from(struct msghdr *message,
    struct worker_cmsg_leaving *control, const struct addr *local,
    const struct addr *peer);

/* Has the kernel stamp REPLY as it leaves, behind what its control messages in
 * CONTROL say already. */
void worker_cmsg_watch(
    struct msghdr *reply, struct worker_cmsg_leaving *control);

/* The nanoseconds of the stamp in MESSAGE, SCM_TIMESTAMPNS. */
uint64_t worker_cmsg_stamp(const struct cmsghdr *message);

#endif
