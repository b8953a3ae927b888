/* bench_sources.h — one socket that asks as many hosts: each datagram leaves
 * from an address of its own out of 127.0.0.0/8, all of which are this host. */
#ifndef NETLAB_BENCH_SOURCES_H
#define NETLAB_BENCH_SOURCES_H

#include "bench_tool.h"

#include <stddef.h>
#include <sys/socket.h>

enum { SOURCES_MAX = 1 << 20 };

/* The control message that names the address. */
struct source_control {
	_Alignas(struct cmsghdr)
	    uint8_t bytes[CMSG_SPACE(sizeof(struct in_pktinfo))];
};

/*
 * Whose turn it is of COUNT sources when flow FLOW asks its question NUMBER:
 * all get the same share, and neighbours in time are none in the server's
 * table, because hosts that ask it in reality are not sorted either.
 */
static inline size_t
source_of(unsigned count, unsigned flow, uint16_t number)
{
	const uint32_t step = 40503, apart = 8191; /* odd */

	return (number * step + flow * apart) % count;
}

/* Makes MESSAGE to SERVER leave from source SOURCE: 127.1.0.0 and on. */
static inline void
source_set(struct msghdr *message, struct source_control *control,
    const struct sockaddr_in *server, size_t source)
{
	struct cmsghdr *head = (struct cmsghdr *)(void *)control->bytes;
	struct in_pktinfo info = {
	    .ipi_spec_dst.s_addr =
	        htonl(INADDR_LOOPBACK + (1 << 16) - 1 + (uint32_t)source),
	};

	head->cmsg_level = IPPROTO_IP;
	head->cmsg_type = IP_PKTINFO;
	head->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(head), &info, sizeof(info));
	message->msg_name = (void *)(uintptr_t)server;
	message->msg_namelen = sizeof(*server);
	message->msg_control = control->bytes;
	message->msg_controllen = sizeof(control->bytes);
}

#endif
