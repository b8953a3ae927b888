/* dns_flag.h — "+tcp" and its like, as dig has them. */
#ifndef NETLAB_CLIENT_DNS_DNS_FLAG_H
#define NETLAB_CLIENT_DNS_DNS_FLAG_H

#include "client/dns/dns_task.h"

/* Does what WORD, which begins with "+", says to TASK. Returns VERB_GOOD, or
 * VERB_USAGE and has complained: it means nothing here. */
int dns_flag_read(struct dns_task *task, const char *word)
    __attribute__((warn_unused_result));

#endif
