/* dns_text_svcb.h — the parameters of SVCB and HTTPS (RFC 9460 §2.1). Pure; any
 * process. */
#ifndef NETLAB_SERVICES_DNS_TEXT_SVCB_H
#define NETLAB_SERVICES_DNS_TEXT_SVCB_H

#include "services/dns/dns_text_field.h"

/* All that is left as parameters; false as dns_text_field. */
bool dns_text_svcb(struct dns_text *text, struct dns_text_rest *rest)
    __attribute__((warn_unused_result));

#endif
