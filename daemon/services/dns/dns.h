/* dns.h — the door of the dns room. */
#ifndef NETLAB_SERVICES_DNS_H
#define NETLAB_SERVICES_DNS_H

#include "service.h"

extern const struct service dns_service;

#endif
