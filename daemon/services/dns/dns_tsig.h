/*
 * dns_tsig.h — TSIG (RFC 8945) as a server without keys meets it: whoever signs
 * is told that the key is not known. Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_TSIG_H
#define NETLAB_SERVICES_DNS_TSIG_H

#include "services/dns/dns_reply.h"

/* Is the TSIG record of QUERY, which has one, well-formed (RFC 8945 §4.2)? One
 * that is not gets FORMERR (§5.2). */
bool dns_tsig_is_whole(const struct dns_message *query);

/*
 * Appends to REPLY, finished and LEN bytes long, the record that answers its
 * query's TSIG, which is whole: error BADKEY, and no signature, since there is
 * no key to sign with (RFC 8945 §5.2.1, §5.3.2). Returns the new length, or LEN
 * where there is no room.
 */
size_t dns_tsig_append_badkey(struct dns_reply *reply, size_t len);

#endif
