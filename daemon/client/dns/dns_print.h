/*
 * dns_print.h — responses on the screen: records as lines of a master file, and
 * all else as its comments. What is malformed is printed as far as it goes.
 */
#ifndef NETLAB_CLIENT_DNS_DNS_PRINT_H
#define NETLAB_CLIENT_DNS_DNS_PRINT_H

#include "client/dns/dns_ask.h"
#include "services/dns/dns_view.h"

/* All of ASK's response: header, EDNS, question, sections, and who sent it. */
void dns_print_response(const struct screen *screen, const struct dns_ask *ask);

/* The data of the answers alone, one a line. */
void dns_print_short(const struct screen *screen, struct span message);

/* What the header, where there is one, and EDNS say; one record, of MESSAGE. */
void dns_print_head(const struct screen *screen, struct span message);
void dns_print_record(const struct screen *screen, struct span message,
    const struct dns_view_record *record);

#endif
