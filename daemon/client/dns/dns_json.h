/* dns_json.h — responses as JSON, by the names of RFC 8427. */
#ifndef NETLAB_CLIENT_DNS_DNS_JSON_H
#define NETLAB_CLIENT_DNS_DNS_JSON_H

#include "client/dns/dns_ask.h"

/* Prints ASK's response, and the messages of its exchange, as one object in a
 * line. Returns VERB_GOOD or VERB_MALFORMED, as member_print. */
int dns_json_print(struct dns_ask *ask) __attribute__((warn_unused_result));

#endif
