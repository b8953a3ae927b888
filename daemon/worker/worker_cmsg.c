/* worker_cmsg.c — control messages of datagrams. */
#include "worker/worker_cmsg.h"

#include <linux/net_tstamp.h>
#include <string.h>

static void
read_pktinfo4(
    const struct cmsghdr *message, struct worker_cmsg_arrival *arrival)
{
	struct in_pktinfo info;

	memcpy(&info, CMSG_DATA(message), sizeof(info));
	/* The header's destination differs from the local address that got it
	 * where it is a broadcast or multicast one: ip(7). */
	arrival->is_group = info.ipi_addr.s_addr != info.ipi_spec_dst.s_addr;
	arrival->local.in4.sin_addr = info.ipi_addr;
	arrival->pktinfo = message;
}

static void
read_pktinfo6(
    const struct cmsghdr *message, struct worker_cmsg_arrival *arrival)
{
	struct in6_pktinfo info;

	memcpy(&info, CMSG_DATA(message), sizeof(info));
	arrival->is_group = IN6_IS_ADDR_MULTICAST(&info.ipi6_addr);
	arrival->local.in6.sin6_addr = info.ipi6_addr;
	arrival->pktinfo = message;
}

uint64_t
worker_cmsg_stamp(const struct cmsghdr *message)
{
	struct timespec stamp;

	memcpy(&stamp, CMSG_DATA(message), sizeof(stamp));
	return (uint64_t)stamp.tv_sec * 1000000000 + (uint64_t)stamp.tv_nsec;
}

void
worker_cmsg_read(struct msghdr *header, struct worker_cmsg_arrival *arrival)
{
	for (struct cmsghdr *message = CMSG_FIRSTHDR(header); message != NULL;
	     message = CMSG_NXTHDR(header, message)) {
		if (message->cmsg_level == IPPROTO_IP &&
		    message->cmsg_type == IP_PKTINFO)
			read_pktinfo4(message, arrival);
		else if (message->cmsg_level == IPPROTO_IPV6 &&
		         message->cmsg_type == IPV6_PKTINFO)
			read_pktinfo6(message, arrival);
		else if (message->cmsg_level == SOL_SOCKET &&
		         message->cmsg_type == SCM_TIMESTAMPNS)
			arrival->received_ns = worker_cmsg_stamp(message);
	}
}

void
worker_cmsg_set_source(struct msghdr *reply,
    struct worker_cmsg_leaving *control, const struct cmsghdr *pktinfo)
{
	struct cmsghdr *message = (struct cmsghdr *)(void *)control->bytes;

	memcpy(control->bytes, pktinfo, pktinfo->cmsg_len);
	if (pktinfo->cmsg_level == IPPROTO_IP) {
		struct in_pktinfo info;

		memcpy(&info, CMSG_DATA(pktinfo), sizeof(info));
		info.ipi_spec_dst = info.ipi_addr;
		info.ipi_ifindex = 0;
		memcpy(CMSG_DATA(message), &info, sizeof(info));
		reply->msg_controllen = CMSG_SPACE(sizeof(info));
	} else {
		struct in6_pktinfo info;

		memcpy(&info, CMSG_DATA(pktinfo), sizeof(info));
		if (!IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr))
			info.ipi6_ifindex = 0;
		memcpy(CMSG_DATA(message), &info, sizeof(info));
		reply->msg_controllen = CMSG_SPACE(sizeof(info));
	}
	reply->msg_control = control->bytes;
}

static void
leave_from4(struct cmsghdr *header, const struct addr *local)
{
	const struct in_pktinfo info = {.ipi_spec_dst = local->in4.sin_addr};

	header->cmsg_level = IPPROTO_IP;
	header->cmsg_type = IP_PKTINFO;
	header->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(header), &info, sizeof(info));
}

static void
leave_from6(
    struct cmsghdr *header, const struct addr *local, const struct addr *peer)
{
	const struct in6_pktinfo info = {
	    .ipi6_addr = local->in6.sin6_addr,
	    /* Of a link-local address, LOCAL has no scope where it came out of
	     * a message: the peer is on the same link. */
	    .ipi6_ifindex = IN6_IS_ADDR_LINKLOCAL(&local->in6.sin6_addr)
	                        ? peer->in6.sin6_scope_id
	                        : 0,
	};

	header->cmsg_level = IPPROTO_IPV6;
	header->cmsg_type = IPV6_PKTINFO;
	header->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(header), &info, sizeof(info));
}

void
worker_cmsg_leave_from(struct msghdr *message,
    struct worker_cmsg_leaving *control, const struct addr *local,
    const struct addr *peer)
{
	struct cmsghdr *header = (struct cmsghdr *)(void *)control->bytes;

	message->msg_control = control->bytes;
	if (local->any.sa_family == AF_INET6) {
		leave_from6(header, local, peer);
		message->msg_controllen =
		    CMSG_SPACE(sizeof(struct in6_pktinfo));
	} else {
		leave_from4(header, local);
		message->msg_controllen = CMSG_SPACE(sizeof(struct in_pktinfo));
	}
}

void
worker_cmsg_watch(struct msghdr *reply, struct worker_cmsg_leaving *control)
{
	static const uint32_t flags = SOF_TIMESTAMPING_TX_SOFTWARE;
	struct cmsghdr *message =
	    (struct cmsghdr *)(void *)(control->bytes + reply->msg_controllen);

	message->cmsg_level = SOL_SOCKET;
	message->cmsg_type = SO_TIMESTAMPING;
	message->cmsg_len = CMSG_LEN(sizeof(flags));
	memcpy(CMSG_DATA(message), &flags, sizeof(flags));
	reply->msg_control = control->bytes;
	reply->msg_controllen += CMSG_SPACE(sizeof(flags));
}
