/* dissect_dns_tsig.h — the RDATA of TSIG (RFC 8945 §4.2). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_TSIG_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_TSIG_H

#include "client/dissect/dissect_dns_walk.h"

/* Takes the RDATA up to END, whole, whatever it is. */
void dissect_dns_tsig(struct dissect_dns_walk *walk, size_t end);

#endif
