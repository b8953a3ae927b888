/* options.h — the options of all verbs: one table, so that `netlab help`, the
 * completion of shells and the parser cannot differ. */
#ifndef NETLAB_CLIENT_OPTIONS_H
#define NETLAB_CLIENT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows of the table, in its order. */
enum options_id {
	OPTIONS_IPV4,
	OPTIONS_IPV6,
	OPTIONS_UDP,
	OPTIONS_TCP,
	OPTIONS_PORT,
	OPTIONS_TIMEOUT,
	OPTIONS_SHORT,
	OPTIONS_JSON,
	OPTIONS_HEX,
	OPTIONS_EXPLAIN,
	OPTIONS_COLOR,
	OPTIONS_FAIL,
	OPTIONS_SEED,
	/* dns */
	OPTIONS_REVERSE,
	OPTIONS_DNSSEC,
	OPTIONS_NSID,
	OPTIONS_BUFSIZE,
	OPTIONS_NO_EDNS,
	OPTIONS_NO_RECURSE,
	OPTIONS_NO_RETRY,
	OPTIONS_CLASS,
	OPTIONS_LECTURE,
	/* get */
	OPTIONS_HEAD,
	OPTIONS_HEADER,
	OPTIONS_INCLUDE,
	OPTIONS_LOCATION,
	OPTIONS_OUTPUT,
	/* ntp */
	OPTIONS_COUNT,
	OPTIONS_VERSION,
	/* chat */
	OPTIONS_NAME,
	OPTIONS_LISTEN,
	OPTIONS_PEER,
	OPTIONS_DISCOVER,
	/* sniff */
	OPTIONS_INTERFACE,
	OPTIONS_READ,
	OPTIONS_WRITE,
	/* status */
	OPTIONS_CONFIG,
	OPTIONS_WATCH,
	OPTIONS_ID_COUNT,
};

#define OPTIONS_BIT(id) (UINT64_C(1) << (id))

/* What every verb takes that asks a host something over UDP or TCP. */
#define OPTIONS_OF_HOSTS                                                       \
	(OPTIONS_BIT(OPTIONS_IPV4) | OPTIONS_BIT(OPTIONS_IPV6) |               \
	    OPTIONS_BIT(OPTIONS_PORT) | OPTIONS_BIT(OPTIONS_TIMEOUT))
/* What every verb takes that shows messages. */
#define OPTIONS_OF_WIRE                                                        \
	(OPTIONS_BIT(OPTIONS_JSON) | OPTIONS_BIT(OPTIONS_HEX) |                \
	    OPTIONS_BIT(OPTIONS_EXPLAIN) | OPTIONS_BIT(OPTIONS_COLOR))
#define OPTIONS_OF_TRANSPORT                                                   \
	(OPTIONS_BIT(OPTIONS_UDP) | OPTIONS_BIT(OPTIONS_TCP))

enum options_transport {
	OPTIONS_ANY_TRANSPORT, /* the verb's usual one */
	OPTIONS_BY_UDP,
	OPTIONS_BY_TCP,
};

enum options_hex {
	OPTIONS_HEX_OFF,
	OPTIONS_HEX_PLAIN,  /* rows of bytes, as the lectures print them */
	OPTIONS_HEX_FIELDS, /* each field marked, and a legend */
};

enum options_color {
	OPTIONS_COLOR_AUTO,
	OPTIONS_COLOR_ALWAYS,
	OPTIONS_COLOR_NEVER,
};

enum {
	OPTIONS_TIMEOUT_MS = 5000, /* what is waited for an answer, in all */
	OPTIONS_HEADER_MAX = 32,   /* -H, each a field of the request */
};

/* What the user asked for. Strings are those of the command line. */
struct options {
	uint64_t given; /* OPTIONS_BIT of each that stood there */
	int family;     /* AF_UNSPEC, AF_INET, AF_INET6 */
	enum options_transport transport;
	uint16_t port; /* 0: the service's own */
	int timeout_ms;
	bool is_short, is_json, is_explained, fails;
	enum options_hex hex;
	enum options_color color;
	uint64_t seed; /* where OPTIONS_SEED is given */
	/* dns */
	uint16_t bufsize; /* of EDNS; 0: ours */
	const char *class_name;
	/* get */
	const char *headers[OPTIONS_HEADER_MAX];
	size_t header_count;
	const char *output;
	/* ntp, sniff */
	uint64_t count; /* 0: not given */
	unsigned version;
	/* chat */
	const char *name;
	uint16_t listen; /* 0: any port */
	const char *peer;
	/* sniff */
	const char *interface, *read_file, *write_file;
	/* status */
	const char *config;
	int watch_ms; /* 0: once */
};

struct options_row {
	int letter;           /* 0: none */
	const char *name;     /* "timeout" of --timeout */
	const char *argument; /* "S"; "[=S]" may be left out; NULL: takes none
	                       */
	const char *help;
};

/* The table, OPTIONS_ID_COUNT rows. */
extern const struct options_row options_rows[];

static inline bool
options_has(const struct options *options, enum options_id id)
{
	return (options->given & OPTIONS_BIT(id)) != 0;
}

struct verb;

/*
 * Reads ARGUMENTS (ending in NULL) of VERB, options and others in any order
 * ("--" ends the options; "-" alone and words with "+" are no options), into
 * OPTIONS; the others are left at the front of ARGUMENTS, which is reordered.
 * Returns VERB_GOOD, or VERB_USAGE and has complained.
 */
int options_read(const struct verb *verb, char **arguments,
    struct options *options) __attribute__((warn_unused_result));

#endif
