/* worker_sent.c — when replies left: the socket's error queue. */
#include "worker/worker_sent.h"

#include "worker/worker_cmsg.h"
#include "worker/worker_looped.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum {
	STAMPS_MAX = 8, /* read at a time */
	FRAME_MAX = WORKER_LOOPED_HEADERS_MAX + WORKER_SENT_BYTES_MAX,
};

/* Where the kernel writes the stamps. */
struct stamps {
	struct mmsghdr messages[STAMPS_MAX];
	struct iovec frames[STAMPS_MAX];
	/* A stamp, and an error that stands for it: ip(7), IP_RECVERR. */
	struct {
		_Alignas(struct cmsghdr) char bytes[256];
	} control[STAMPS_MAX];
	uint8_t bytes[STAMPS_MAX][FRAME_MAX];
};

/*
 * SO_TIMESTAMPNS, which is set for the sake of arrivals, has the kernel put
 * SCM_TIMESTAMPNS on what it queues here as well: the moment at which the
 * device got the frame. SO_TIMESTAMPING, the documented way to ask, would put
 * a second stamp on every datagram that arrives.
 */
static uint64_t
read_stamp(struct msghdr *header)
{
	struct sock_extended_err error = {0};
	uint64_t sent_ns = 0;

	for (struct cmsghdr *message = CMSG_FIRSTHDR(header); message != NULL;
	     message = CMSG_NXTHDR(header, message)) {
		if (message->cmsg_level == SOL_SOCKET &&
		    message->cmsg_type == SCM_TIMESTAMPNS)
			sent_ns = worker_cmsg_stamp(message);
		else if ((message->cmsg_level == IPPROTO_IP &&
		             message->cmsg_type == IP_RECVERR) ||
		         (message->cmsg_level == IPPROTO_IPV6 &&
		             message->cmsg_type == IPV6_RECVERR))
			memcpy(&error, CMSG_DATA(message), sizeof(error));
	}
	return error.ee_origin == SO_EE_ORIGIN_TIMESTAMPING &&
	               error.ee_info == SCM_TSTAMP_SND
	           ? sent_ns
	           : 0;
}

static void
tell(const struct worker_listener *listener, struct msghdr *header, size_t len)
{
	const struct worker_service *service = listener->service;
	struct addr peer;
	struct sending sending = {
	    .peer = &peer,
	    .sent_ns = read_stamp(header),
	};

	if (sending.sent_ns != 0 &&
	    (header->msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 &&
	    worker_looped_read((struct span){header->msg_iov->iov_base, len},
	        addr_port(&listener->addr), &sending.bytes, &peer))
		service->service->sent(service->state, &sending);
}

void
worker_sent_read(const struct worker_listener *listener)
{
	struct stamps stamps;

	for (size_t i = 0; i < STAMPS_MAX; i++) {
		stamps.frames[i] = (struct iovec){stamps.bytes[i], FRAME_MAX};
		stamps.messages[i].msg_hdr = (struct msghdr){
		    .msg_iov = &stamps.frames[i],
		    .msg_iovlen = 1,
		    .msg_control = stamps.control[i].bytes,
		    .msg_controllen = sizeof(stamps.control[i].bytes),
		};
	}
	/* An error of another kind is no message here: it waits for the next
	 * recvmmsg, which it fails, and is gone. */
	int count = recvmmsg(listener->source.fd, stamps.messages, STAMPS_MAX,
	    MSG_ERRQUEUE | MSG_DONTWAIT, NULL);

	for (int i = 0; i < count; i++)
		tell(listener, &stamps.messages[i].msg_hdr,
		    stamps.messages[i].msg_len);
}
