/*
 * verb.h — THE contract between netlab's main and a verb (`netlab dns`, `netlab
 * ntp` …): what it is called, which options it takes, and how it ends. verbs.c
 * lists them.
 */
#ifndef NETLAB_CLIENT_VERB_H
#define NETLAB_CLIENT_VERB_H

#include "client/options.h"

#include <stdint.h>

/* Exit statuses: scripts rely on them, netlab(1) has them. */
enum verb_exit {
	VERB_GOOD = 0,     /* an answer, also one that says "there is none" */
	VERB_USAGE = 1,    /* a wrong option or argument, a local file */
	VERB_NEGATIVE = 2, /* an answer that refuses, or is not to be trusted:
	                      SERVFAIL, kiss-o'-death, LI=3; with --fail also
	                      NXDOMAIN and no data */
	VERB_HTTP_CLIENT = 4, /* HTTP 4xx */
	VERB_HTTP_SERVER = 5, /* HTTP 5xx */
	VERB_NO_REPLY = 9,    /* refused, unreachable, no name, --timeout */
	VERB_MALFORMED = 10,  /* a reply that is none; or a fault of our own */
};

struct verb {
	const char *name;
	const char *usage;   /* the arguments: "NAME [TYPE] [@SERVER]" */
	const char *summary; /* one line, begins in lower case */
	const char *help;    /* paragraphs below the options, lines with ends */
	const char *examples; /* lines for `netlab help VERB`, "  netlab …" */
	uint64_t options;     /* OPTIONS_BIT of each that it takes */
	unsigned least, most; /* arguments, for "too few", "too many" */
	/* Does it, in the only process: returns an enum verb_exit. Whoever
	 * returns another than VERB_GOOD has complained. ARGUMENTS end in
	 * NULL. */
	int (*run)(const struct options *options, char **arguments);
};

#endif
