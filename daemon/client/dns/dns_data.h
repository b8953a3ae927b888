/* dns_data.h — RDATA as text. */
#ifndef NETLAB_CLIENT_DNS_DNS_DATA_H
#define NETLAB_CLIENT_DNS_DNS_DATA_H

#include "core/span.h"
#include "services/dns/dns_view.h"

/* The RDATA of RECORD, of MESSAGE, as in a master file (dns_text_record.h):
 * ASCII, harmless. Static: until the next call. */
struct span dns_data_text(
    struct span message, const struct dns_view_record *record);

/* The same of its name, with the final dot. */
struct span dns_data_name(const struct dns_view_record *record);

#endif
