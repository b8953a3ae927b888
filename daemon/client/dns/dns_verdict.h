/* dns_verdict.h — how a response ends `netlab dns`. */
#ifndef NETLAB_CLIENT_DNS_DNS_VERDICT_H
#define NETLAB_CLIENT_DNS_DNS_VERDICT_H

#include "client/dns/dns_ask.h"

/* VERB_GOOD; VERB_NEGATIVE: an RCODE that says that there is no answer to be
 * had, with --fail also no such name and no data; VERB_MALFORMED. Has
 * complained of what is not good. */
int dns_verdict(const struct dns_ask *ask) __attribute__((warn_unused_result));

#endif
