/*
 * dns_load_generate.h — $GENERATE START-STOP[/STEP] TEMPLATE, which BIND made
 * common: the template's line once for each number, with $ or
 * ${OFFSET,WIDTH,BASE} in it replaced. Loader process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_GENERATE_H
#define NETLAB_SERVICES_DNS_LOAD_GENERATE_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* Lines of one directive: a /12's worth; a slip of the finger in the
	 * range must not fill the memory. */
	DNS_LOAD_GENERATE_MAX = 1 << 20,
	/* Bytes that one line may take. */
	DNS_LOAD_GENERATE_LINE = 4096,
};

struct dns_load_generate {
	uint64_t next, stop, step;
	const char *template; /* borrowed */
	size_t template_len;
};

/* Reads the directive's arguments, LEN bytes at TEXT, which are borrowed as
 * long as GENERATE is used. Returns NULL or what is wrong, a static string. */
const char *dns_load_generate_open(struct dns_load_generate *generate,
    const char *text, size_t len) __attribute__((warn_unused_result));

/* Writes as many whole lines to OUT as fit. *ERROR becomes NULL or what is
 * wrong with the template. Returns the bytes written; 0: no more. OUT.cap ≥
 * DNS_LOAD_GENERATE_LINE. */
size_t dns_load_generate_next(
    struct dns_load_generate *generate, struct space out, const char **error);

#endif
