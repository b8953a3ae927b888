/* dissect_dns_opt.h — the OPT record of EDNS (RFC 6891 §6.1). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_OPT_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_OPT_H

#include "client/dissect/dissect_dns_walk.h"

/* Takes what stands in place of CLASS and TTL. False: it is cut short. */
bool dissect_dns_opt_fixed(struct dissect_dns_walk *walk)
    __attribute__((warn_unused_result));

/* Takes the options, up to END, whole, whatever they are. */
void dissect_dns_opt(struct dissect_dns_walk *walk, size_t end);

#endif
