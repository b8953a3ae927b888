/* dns_load_dump.h — a zone out of the room's part, printed. Loader process
 * only, as it loads what it prints. */
#ifndef NETLAB_SERVICES_DNS_LOAD_DUMP_H
#define NETLAB_SERVICES_DNS_LOAD_DUMP_H

#include "service.h"

/* As struct service's dump: the name is that of a zone. */
bool dns_load_dump(const struct service_dump *dump)
    __attribute__((warn_unused_result));

#endif
