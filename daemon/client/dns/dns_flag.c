/* dns_flag.c — "+tcp" and its like. */
#include "client/dns/dns_flag.h"

#include "client/complain.h"
#include "client/verb.h"

#include <stdlib.h>
#include <string.h>

enum {
	BUFSIZE_LEAST = DNS_UDP_PLAIN_MAX, /* RFC 6891 §6.2.3 */
	SECONDS_MOST = 3600,
};

/* What sets an option, or, with "no" before it, takes it back; the other way
 * round where it IS_NOT. */
static const struct {
	const char *word;
	enum options_id id;
	bool is_not;
} flags[] = {
    {"tcp", OPTIONS_TCP, false},
    {"vc", OPTIONS_TCP, false},
    {"short", OPTIONS_SHORT, false},
    {"json", OPTIONS_JSON, false},
    {"dnssec", OPTIONS_DNSSEC, false},
    {"do", OPTIONS_DNSSEC, false},
    {"nsid", OPTIONS_NSID, false},
    {"ignore", OPTIONS_NO_RETRY, false},
    {"edns", OPTIONS_NO_EDNS, true},
    {"rec", OPTIONS_NO_RECURSE, true},
    {"recurse", OPTIONS_NO_RECURSE, true},
    {"rdflag", OPTIONS_NO_RECURSE, true},
};

static void
set(struct options *options, enum options_id id, bool is_on)
{
	if (is_on)
		options->given |= OPTIONS_BIT(id);
	else
		options->given &= ~OPTIONS_BIT(id);
	if (id == OPTIONS_TCP)
		options->transport =
		    is_on ? OPTIONS_BY_TCP : OPTIONS_ANY_TRANSPORT;
	else if (id == OPTIONS_SHORT)
		options->is_short = is_on;
	else if (id == OPTIONS_JSON)
		options->is_json = is_on;
}

/* The whole number, LEAST … MOST, that stands behind NAME and "=" in WORD; 0:
 * not that. */
static unsigned
read_value(const char *word, const char *name, unsigned least, unsigned most)
{
	size_t len = strlen(name);
	char *end;

	if (strncmp(word, name, len) != 0 || word[len] != '=' ||
	    word[len + 1] < '0' || word[len + 1] > '9')
		return 0;
	unsigned long value = strtoul(word + len + 1, &end, 10);

	return *end == '\0' && value >= least && value <= most ? (unsigned)value
	                                                       : 0;
}

/* "bufsize=N", "time=N"; false: it is none of these. */
static bool
take_value(struct options *options, const char *word)
{
	unsigned size = read_value(word, "bufsize", BUFSIZE_LEAST, UINT16_MAX);
	unsigned seconds = read_value(word, "time", 1, SECONDS_MOST);

	if (seconds == 0)
		seconds = read_value(word, "timeout", 1, SECONDS_MOST);
	if (size > 0) {
		options->given |= OPTIONS_BIT(OPTIONS_BUFSIZE);
		options->bufsize = (uint16_t)size;
	}
	if (seconds > 0)
		options->timeout_ms = (int)seconds * 1000;
	return size > 0 || seconds > 0;
}

int
dns_flag_read(struct dns_task *task, const char *word)
{
	bool is_off = strncmp(word + 1, "no", 2) == 0;
	const char *name = word + (is_off ? 3 : 1);

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcmp(name, flags[i].word) == 0) {
			set(&task->options, flags[i].id,
			    is_off == flags[i].is_not);
			return VERB_GOOD;
		}
	if (strcmp(name, "cookie") == 0) {
		task->has_no_cookie = is_off;
		return VERB_GOOD;
	}
	if (!is_off && take_value(&task->options, name))
		return VERB_GOOD;
	return complain(VERB_USAGE,
	    "%s: not a flag here, or not in its range: try netlab help dns",
	    word);
}
