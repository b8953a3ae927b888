/* dns_text_date.h — dates of RRSIG (RFC 4034 §3.2). Pure; any process. */
#ifndef NETLAB_SERVICES_DNS_TEXT_DATE_H
#define NETLAB_SERVICES_DNS_TEXT_DATE_H

#include "services/dns/dns_text.h"

/* SECONDS since 1970 as YYYYMMDDHHmmSS, in UTC. */
void dns_text_date(struct dns_text *text, uint32_t seconds);

#endif
