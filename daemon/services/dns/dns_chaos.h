/*
 * dns_chaos.h — class CH: what the server says of itself (RFC 4892). Pure; used
 * in workers.
 */
#ifndef NETLAB_SERVICES_DNS_CHAOS_H
#define NETLAB_SERVICES_DNS_CHAOS_H

#include "services/dns/dns_answer.h"
#include "services/dns/dns_reply.h"

/*
 * Answers REPLY's question, of class CH: version.bind, version.server,
 * hostname.bind and id.server have a TXT record each where SETTINGS give them
 * a text. All else is refused, other types at these names too.
 */
enum dns_outcome dns_chaos_answer(
    const struct dns_settings *settings, struct dns_reply *reply);

#endif
