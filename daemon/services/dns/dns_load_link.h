/* dns_load_link.h — the NSEC3 chain's place in the block. Loader process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_LINK_H
#define NETLAB_SERVICES_DNS_LOAD_LINK_H

#include "services/dns/dns_load_block.h"

/* Puts all NSEC3 of the block's chain at its end, those of other chains behind
 * them. Names no longer matter. false: no memory. */
bool dns_load_link_put(struct dns_load_block *block)
    __attribute__((warn_unused_result));

#endif
