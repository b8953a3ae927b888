/*
 * dns_edns.h — the options of EDNS: what those of a query ask for, and what
 * those of the reply say. Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_EDNS_H
#define NETLAB_SERVICES_DNS_EDNS_H

#include "services/dns/dns_answer.h"
#include "services/dns/dns_reply.h"

/* What the options mean for the answer. */
enum dns_edns_verdict {
	DNS_EDNS_ANSWER,    /* nothing: it is answered as without them */
	DNS_EDNS_FORMERR,   /* one is not as its RFC says; none is answered */
	DNS_EDNS_BADCOOKIE, /* the client shall ask again, with the cookie that
	                       the reply gives it (RFC 7873 §5.2.4) */
};

/*
 * Heeds the options of REPLY's query, KIND, which has some that we know: adds
 * to REPLY, before any record, cookie, keepalive and NSID as far as CONTEXT
 * has them and there is room.
 */
enum dns_edns_verdict dns_edns_answer(const struct dns_context *context,
    enum dns_message_kind kind, struct dns_reply *reply)
    __attribute__((warn_unused_result));

#endif
