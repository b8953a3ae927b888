/* dissect_dns_data.h — the RDATA of a record. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_DATA_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_DATA_H

#include "client/dissect/dissect_dns_walk.h"

/* Takes the RDATA of TYPE that lies up to END, whole, whatever it is. */
void dissect_dns_data(struct dissect_dns_walk *walk, uint16_t type, size_t end);

/* Takes what is left up to END as a field NAME in hexadecimal: "(none)" where
 * nothing is. */
void dissect_dns_data_hex(struct dissect_dns_walk *walk, size_t end,
    const char *name, const char *rfc);

#endif
