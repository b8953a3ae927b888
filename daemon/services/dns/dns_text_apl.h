/* dns_text_apl.h — lists of address prefixes (RFC 3123 §5). Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_TEXT_APL_H
#define NETLAB_SERVICES_DNS_TEXT_APL_H

#include "services/dns/dns_text_field.h"

/* All that is left as items of APL; false as dns_text_field. */
bool dns_text_apl(struct dns_text *text, struct dns_text_rest *rest)
    __attribute__((warn_unused_result));

#endif
