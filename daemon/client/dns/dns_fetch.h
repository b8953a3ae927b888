/* dns_fetch.h — a zone comes in, AXFR or IXFR. */
#ifndef NETLAB_CLIENT_DNS_DNS_FETCH_H
#define NETLAB_CLIENT_DNS_DNS_FETCH_H

#include "client/dns/dns_ask.h"

/* Asks for the zone by TCP, and prints its records as they come, however many
 * messages that takes. Returns an enum verb_exit, and has complained of what is
 * not good: VERB_NEGATIVE where the server does not give it, VERB_MALFORMED
 * where it ends too early. */
int dns_fetch(struct dns_ask *ask, const struct screen *screen)
    __attribute__((warn_unused_result));

#endif
