/* dns_outcome.h — how a query can end. Pure; used in workers. */
#ifndef NETLAB_SERVICES_DNS_OUTCOME_H
#define NETLAB_SERVICES_DNS_OUTCOME_H

/* Each query ends in exactly one of these ways. */
enum dns_outcome {
	DNS_OUTCOME_NOERROR,   /* answered with records */
	DNS_OUTCOME_NODATA,    /* the name exists, the type does not */
	DNS_OUTCOME_NXDOMAIN,  /* the name does not exist */
	DNS_OUTCOME_REFERRAL,  /* delegated to other servers */
	DNS_OUTCOME_TRUNCATED, /* TC: the rest is to be had by TCP */
	DNS_OUTCOME_YXDOMAIN, /* a DNAME made the name too long (RFC 6672 §2.2)
	                       */
	DNS_OUTCOME_REFUSED,  /* not our zone or class, a transfer, a change */
	DNS_OUTCOME_SERVFAIL, /* our zone, but it never loaded, or what is not
	                         there cannot be proven */
	DNS_OUTCOME_FORMERR,
	DNS_OUTCOME_NOTIMP,    /* another opcode, a meta type */
	DNS_OUTCOME_NOTAUTH,   /* signed with a key that we do not have */
	DNS_OUTCOME_BADVERS,   /* EDNS above version 0 */
	DNS_OUTCOME_COOKIE,    /* no question: a cookie was all it asked for */
	DNS_OUTCOME_BADCOOKIE, /* to be asked again, with the cookie given */
	DNS_OUTCOME_SILENT,    /* no header, or a response: dropped */
	DNS_OUTCOME_COUNT,
};

#endif
