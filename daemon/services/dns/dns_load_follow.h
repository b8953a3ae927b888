/* dns_load_follow.h — where names in RDATA lead within the zone, and what is
 * wrong with that. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_FOLLOW_H
#define NETLAB_SERVICES_DNS_LOAD_FOLLOW_H

#include "services/dns/dns_load_report.h"
#include "services/dns/dns_load_target.h"

/* Warns of TARGETS, which dns_load_target_find has found in ZONE: servers and
 * hosts that are aliases or have no address, glue that is missing, aliases that
 * lead nowhere or in a circle. */
void dns_load_follow(const struct dns_zone *zone,
    const struct dns_load_targets *targets, struct dns_load_report *report);

#endif
