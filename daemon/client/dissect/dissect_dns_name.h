/* dissect_dns_name.h — a name in a message: its labels and the pointer behind
 * them are fields. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_NAME_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_NAME_H

#include "client/dissect/dissect_dns_walk.h"
#include "services/dns/dns_name.h"

/*
 * Takes the name that comes next, none of whose own bytes lies beyond END.
 * TEXT, where not NULL, gets it as dns_name_format has it, or "?". False: where
 * it ends cannot be said, and all up to END is a bad field; a name that only
 * points to nonsense is a bad field too, but what follows it can be read.
 */
bool dissect_dns_name(struct dissect_dns_walk *walk, size_t end,
    const char *name, const char *rfc, char text[DNS_NAME_TEXT_MAX])
    __attribute__((warn_unused_result));

#endif
