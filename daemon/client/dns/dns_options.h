/* dns_options.h — what EDNS says, as comments of a master file. */
#ifndef NETLAB_CLIENT_DNS_DNS_OPTIONS_H
#define NETLAB_CLIENT_DNS_DNS_OPTIONS_H

#include "client/screen.h"
#include "services/dns/dns_view.h"

/* A line for EDNS (which IS_THERE), and one for each of its options. */
void dns_options_print(
    const struct screen *screen, const struct dns_view_edns *edns);

#endif
