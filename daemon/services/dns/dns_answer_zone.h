/*
 * dns_answer_zone.h — the answer that one zone has: from the question's name
 * over aliases to data, a referral or nothing (RFC 1034 §4.3.2). Pure; used in
 * workers.
 */
#ifndef NETLAB_SERVICES_DNS_ANSWER_ZONE_H
#define NETLAB_SERVICES_DNS_ANSWER_ZONE_H

#include "services/dns/dns_walk.h"

/* Answers the question at which WALK stands and says how that ended. */
enum dns_outcome dns_answer_zone(struct dns_walk *walk);

#endif
