/* dns_text_loc.h — the data of LOC: a place on Earth (RFC 1876 §3). Pure; any
 * process. */
#ifndef NETLAB_SERVICES_DNS_TEXT_LOC_H
#define NETLAB_SERVICES_DNS_TEXT_LOC_H

#include "services/dns/dns_text_field.h"

/* Exact to the thousandth of a second and to the centimetre; false as
 * dns_text_field. */
bool dns_text_loc(struct dns_text *text, struct dns_text_rest *rest)
    __attribute__((warn_unused_result));

#endif
