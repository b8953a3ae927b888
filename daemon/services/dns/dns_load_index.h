/* dns_load_index.h — what lies behind the nodes: their order, the index of
 * names, NSEC, the zone's files. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_INDEX_H
#define NETLAB_SERVICES_DNS_LOAD_INDEX_H

#include "services/dns/dns_load_block.h"

/* All of it. */
void dns_load_index_put(struct dns_load_block *block);

#endif
