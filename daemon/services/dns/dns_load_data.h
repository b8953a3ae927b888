/* dns_load_data.h — what a name holds: its records as RRsets in the block.
 * Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_DATA_H
#define NETLAB_SERVICES_DNS_LOAD_DATA_H

#include "services/dns/dns_load_block.h"

/* Renders the block's group as the RRsets of a node whose list is at offset
 * LIST. What breaks the rules is told. false: no memory. */
bool dns_load_data_put(struct dns_load_block *block, size_t list)
    __attribute__((warn_unused_result));

/* RFC 2308 §3: what negative answers carry. The group is the apex's still; no
 * SOA in it has been told. */
void dns_load_data_put_negative(struct dns_load_block *block);

#endif
