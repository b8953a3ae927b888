/*
 * dns_additional.h — addresses of the names in NS, MX and SRV data, put behind
 * an answer or referral (RFC 1034 §4.3.2 step 6, RFC 9471). Pure; used in
 * workers.
 */
#ifndef NETLAB_SERVICES_DNS_ADDITIONAL_H
#define NETLAB_SERVICES_DNS_ADDITIONAL_H

#include "services/dns/dns_reply.h"

/*
 * Appends what addresses fit for the names in RRSET, whose first byte lies at
 * AT in the message. They are a courtesy: what does not fit is left out without
 * TC (RFC 2181 §9).
 */
void dns_additional_data(struct dns_reply *reply, const struct dns_zone *zone,
    const struct dns_rrset *rrset, size_t at);

/*
 * The same for the NS of a referral. Returns false when an address did not fit
 * without which the referral would lead nowhere: of a name server at or below
 * the cut (RFC 9471 §3.1). The reply is then to say TC.
 */
bool dns_additional_glue(struct dns_reply *reply, const struct dns_zone *zone,
    const struct dns_rrset *rrset, size_t at)
    __attribute__((warn_unused_result));

#endif
