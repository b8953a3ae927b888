/*
 * dns_answer_referral.h — the end of a walk at a delegation (RFC 1034 §4.3.2
 * step 3b). Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_ANSWER_REFERRAL_H
#define NETLAB_SERVICES_DNS_ANSWER_REFERRAL_H

#include "services/dns/dns_walk.h"

/*
 * Ends the answer of WALK with the NS of FOUND's node in AUTHORITY, its DS or
 * the proof that it has none (RFC 4035 §3.1.4), and the addresses of its name
 * servers in ADDITIONAL (RFC 9471 §3). AA stays set only where an alias of ours
 * led here. Returns REFERRAL, TRUNCATED or SERVFAIL.
 */
enum dns_outcome dns_answer_referral(
    struct dns_walk *walk, const struct dns_lookup *found);

#endif
