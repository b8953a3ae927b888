/* dns_text_gateway.h — the data of IPSECKEY (RFC 4025 §3). Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_TEXT_GATEWAY_H
#define NETLAB_SERVICES_DNS_TEXT_GATEWAY_H

#include "services/dns/dns_text_field.h"

/* All of it, since the form of the gateway, its fourth field, depends on the
 * second; false as dns_text_field. */
bool dns_text_gateway(struct dns_text *text, struct dns_text_rest *rest)
    __attribute__((warn_unused_result));

#endif
