/* dissect_dns_time.h — times in messages, for people. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_TIME_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_TIME_H

#include "client/dissect/dissect.h"

/* The last field means so many SECONDS: "4 min 20 s"; under a minute it needs
 * no word. */
void dissect_dns_time_span(struct dissect *dissect, uint64_t seconds);

/* It means a date, SECONDS since 1970: "2026-11-21 12:00:00 UTC". */
void dissect_dns_time_date(struct dissect *dissect, uint32_t seconds);

#endif
