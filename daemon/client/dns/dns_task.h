/* dns_task.h — what `netlab dns` is to ask: words and options, read. */
#ifndef NETLAB_CLIENT_DNS_DNS_TASK_H
#define NETLAB_CLIENT_DNS_DNS_TASK_H

#include "client/options.h"
#include "services/dns/dns_wire.h"

#include <stdbool.h>
#include <stdint.h>

struct dns_task {
	struct options options; /* with what dig's +flags say */
	const char *server;     /* behind "@", borrowed; NULL: resolv.conf's */
	uint8_t name[DNS_NAME_MAX];
	uint16_t type, class;
	uint32_t serial; /* of IXFR=SERIAL */
	bool has_no_cookie;
};

/*
 * Reads ARGUMENTS, in any order: NAME, TYPE, CLASS, @SERVER, +flags. A word
 * that is a type or a class is that, else it is the name. Returns VERB_GOOD, or
 * VERB_USAGE and has complained.
 */
int dns_task_read(struct dns_task *task, const struct options *options,
    char **arguments) __attribute__((warn_unused_result));

/* Reads TEXT as TASK's name. Returns as above. */
int dns_task_read_name(struct dns_task *task, const char *text)
    __attribute__((warn_unused_result));

#endif
