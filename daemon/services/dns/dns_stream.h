/*
 * dns_stream.h — DNS over TCP: messages with their length before them (RFC
 * 1035 §4.2.2, RFC 7766). Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_STREAM_H
#define NETLAB_SERVICES_DNS_STREAM_H

#include "service.h"
#include "services/dns/dns_wire.h"

enum {
	DNS_STREAM_PREFIX = 2, /* the length before each message */
	/* From a message's first byte to its last: who dribbles bytes holds
	 * a place no longer than who is idle. */
	DNS_STREAM_MESSAGE_MS = 5000,
};

/* One connection. Zeroed at STREAM_OPEN; owned by the worker. */
struct dns_stream {
	bool is_partial; /* a message has begun: its deadline runs */
};

/* Who answers a connection's messages, and how long it may be idle. */
struct dns_stream_server {
	/* As struct service's answer, without the datagram. */
	struct reply (*answer)(
	    void *state, struct span query, struct space out);
	void *state;
	/* RFC 7766 §6.2.3 asks for seconds, not minutes: idle connections cost
	 * every client a place. */
	uint32_t idle_ms;
};

/*
 * One step of the connection, as struct service's input: has SERVER answer the
 * oldest whole message in STREAM, if there is one, and writes length and answer
 * to OUT, which has room for DNS_STREAM_PREFIX + DNS_TCP_MAX bytes. Answers
 * come in the order of the questions (RFC 7766 §6.2.1.1 allows any), and no
 * message is answered in two pieces (§8): the worker sends what it has gathered
 * of them at once. A frame too short for a header closes the connection, since
 * what follows cannot be trusted to be a frame. When the peer has shut down its
 * side, what it has asked is answered first.
 */
struct stream_step dns_stream_step(struct dns_stream *session,
    const struct stream *stream, struct space out,
    const struct dns_stream_server *server);

#endif
