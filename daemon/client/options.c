/* options.c — the options of all verbs: one table, and its reader. */
#include "client/options.h"

#include "client/complain.h"
#include "client/options_take.h"
#include "client/verb.h"

#include <assert.h>
#include <string.h>

const struct options_row options_rows[] = {
    [OPTIONS_IPV4] = {'4', "ipv4", NULL, "by IPv4 alone"},
    [OPTIONS_IPV6] = {'6', "ipv6", NULL, "by IPv6 alone"},
    [OPTIONS_UDP] = {'u', "udp", NULL, "by UDP"},
    [OPTIONS_TCP] = {'t', "tcp", NULL, "by TCP"},
    [OPTIONS_PORT] = {'p', "port", "N", "the server's port"},
    [OPTIONS_TIMEOUT] = {0, "timeout", "S",
        "wait S seconds in all, 0.001 to 3600 (5)"},
    [OPTIONS_SHORT] = {'s', "short", NULL, "the answer alone"},
    [OPTIONS_JSON] = {'j', "json", NULL, "one JSON object a line"},
    [OPTIONS_HEX] = {0, "hex", "[=plain|fields|off]",
        "show the bytes of all messages (fields)"},
    [OPTIONS_EXPLAIN] = {0, "explain", NULL, "show each field of all messages"},
    [OPTIONS_COLOR] = {0, "color", "[=auto|always|never]",
        "use colours: auto; without a word always"},
    [OPTIONS_FAIL] = {'f', "fail", NULL,
        "exit with 2 when there is no such name or no data"},
    [OPTIONS_SEED] = {0, "seed", "N",
        "make message ids of N, to have them twice"},
    [OPTIONS_REVERSE] = {'x', "reverse", NULL,
        "NAME is an address: its PTR records"},
    [OPTIONS_DNSSEC] = {'D', "dnssec", NULL, "ask for signatures (DO)"},
    [OPTIONS_NSID] = {0, "nsid", NULL, "ask which server it is"},
    [OPTIONS_BUFSIZE] = {0, "bufsize", "N",
        "say that N bytes of UDP are taken (1232)"},
    [OPTIONS_NO_EDNS] = {0, "no-edns", NULL, "ask without EDNS"},
    [OPTIONS_NO_RECURSE] = {0, "no-recurse", NULL, "do not set RD"},
    [OPTIONS_NO_RETRY] = {0, "no-retry", NULL,
        "no TCP after a truncated answer"},
    [OPTIONS_CLASS] = {0, "class", "C", "ask in class C: in, ch, any (in)"},
    [OPTIONS_LECTURE] = {0, "lecture", NULL,
        "ask for names, and answer, as the lecture's client"},
    [OPTIONS_HEAD] = {'I', "head", NULL, "HEAD instead of GET"},
    [OPTIONS_HEADER] = {'H', "header", "LINE",
        "send this field too; without a value: not at all"},
    [OPTIONS_INCLUDE] = {'i', "include", NULL, "print the head as well"},
    [OPTIONS_LOCATION] = {'L', "location", NULL,
        "follow redirects, 10 at most"},
    [OPTIONS_OUTPUT] = {'o', "output", "FILE", "write the content to FILE"},
    [OPTIONS_COUNT] = {'c', "count", "N", "end after N"},
    [OPTIONS_VERSION] = {0, "version", "N", "version 1, 2, 3 or 4 (4)"},
    [OPTIONS_NAME] = {'n', "name", "NAME", "what you are called"},
    [OPTIONS_LISTEN] = {'l', "listen", "[=PORT]",
        "wait for another netlab (31622)"},
    [OPTIONS_PEER] = {0, "peer", "HOST[:PORT]",
        "chat with another netlab; @NAME: find it"},
    [OPTIONS_DISCOVER] = {'d', "discover", NULL,
        "look for others on this network"},
    [OPTIONS_INTERFACE] = {'i', "interface", "IF", "listen there (any)"},
    [OPTIONS_READ] = {0, "read", "FILE", "packets of FILE"},
    [OPTIONS_WRITE] = {'w', "write", "FILE", "keep the packets in FILE"},
    [OPTIONS_CONFIG] = {0, "config", "FILE", "the daemon's configuration"},
    [OPTIONS_WATCH] = {'w', "watch", "[=S]", "again every S seconds (2)"},
};

static_assert(
    sizeof(options_rows) / sizeof(options_rows[0]) == OPTIONS_ID_COUNT,
    "a row for each option");
static_assert(OPTIONS_ID_COUNT <= 64, "a bit for each option");

static bool
needs_argument(const struct options_row *row)
{
	return row->argument != NULL && *row->argument != '[';
}

static int
wrong(const struct options_row *row, const char *value)
{
	/* "plain|fields|off" of "[=plain|fields|off]". */
	const char *may_be = row->argument + (needs_argument(row) ? 0 : 2);

	return complain(VERB_USAGE, "--%s: \"%s\" is not %.*s: %s", row->name,
	    value, (int)strcspn(may_be, "]"), may_be, row->help);
}

/* The arguments that are left: AT is the next one. */
struct reader {
	const struct verb *verb;
	char **at;
	struct options *options;
};

/* Gives option ID its VALUE, NULL: what follows it, if it needs any. */
static int
give(struct reader *reader, enum options_id id, const char *value)
{
	const struct options_row *row = &options_rows[id];

	if (value == NULL && needs_argument(row)) {
		value = *reader->at;
		if (value == NULL)
			return complain(VERB_USAGE, "--%s needs %s", row->name,
			    row->argument);
		reader->at++;
	}
	if (id == OPTIONS_HEADER &&
	    reader->options->header_count == OPTIONS_HEADER_MAX)
		return complain(VERB_USAGE, "--%s: there may be %d", row->name,
		    OPTIONS_HEADER_MAX);
	reader->options->given |= OPTIONS_BIT(id);
	return options_take(reader->options, id, value) ? VERB_GOOD
	                                                : wrong(row, value);
}

static bool
takes(const struct verb *verb, unsigned id)
{
	return (verb->options & OPTIONS_BIT(id)) != 0;
}

static int
unknown(const struct reader *reader, const char *what)
{
	return complain(VERB_USAGE, "%s takes no %s: try netlab help %s",
	    reader->verb->name, what, reader->verb->name);
}

/* "--name", "--name=value", "--name value". */
static int
read_long(struct reader *reader, const char *word)
{
	const char *name = word + 2, *value = strchr(name, '=');
	size_t len = value == NULL ? strlen(name) : (size_t)(value - name);

	for (unsigned id = 0; id < OPTIONS_ID_COUNT; id++) {
		const struct options_row *row = &options_rows[id];

		if (!takes(reader->verb, id) || strlen(row->name) != len ||
		    memcmp(row->name, name, len) != 0)
			continue;
		if (value != NULL && row->argument == NULL)
			return complain(
			    VERB_USAGE, "--%s takes no value", row->name);
		return give(reader, (enum options_id)id,
		    value == NULL ? NULL : value + 1);
	}
	return unknown(reader, word);
}

/* "-4u", "-p 53", "-p53". */
static int
read_letters(struct reader *reader, const char *word)
{
	for (const char *letter = word + 1; *letter != '\0'; letter++) {
		char what[] = {'-', *letter, '\0'};
		unsigned id = 0;

		while (id < OPTIONS_ID_COUNT &&
		       !(takes(reader->verb, id) &&
		           options_rows[id].letter == *letter))
			id++;
		if (id == OPTIONS_ID_COUNT)
			return unknown(reader, what);
		bool is_last = needs_argument(&options_rows[id]);
		const char *value =
		    is_last && letter[1] != '\0' ? letter + 1 : NULL;
		int result = give(reader, (enum options_id)id, value);

		if (result != VERB_GOOD || is_last)
			return result;
	}
	return VERB_GOOD;
}

static int
count_arguments(const struct verb *verb, unsigned count)
{
	if (count >= verb->least && count <= verb->most)
		return VERB_GOOD;
	return complain(VERB_USAGE, "too %s arguments: netlab %s%s%s",
	    count < verb->least ? "few" : "many", verb->name,
	    *verb->usage == '\0' ? "" : " ", verb->usage);
}

int
options_read(const struct verb *verb, char **arguments, struct options *options)
{
	struct reader reader = {verb, arguments, options};
	unsigned count = 0;
	bool is_over = false;

	*options = (struct options){.timeout_ms = OPTIONS_TIMEOUT_MS};
	while (*reader.at != NULL) {
		char *word = *reader.at++;
		int result = VERB_GOOD;

		if (is_over || word[0] != '-' || word[1] == '\0')
			arguments[count++] = word;
		else if (strcmp(word, "--") == 0)
			is_over = true;
		else if (word[1] == '-')
			result = read_long(&reader, word);
		else
			result = read_letters(&reader, word);
		if (result != VERB_GOOD)
			return result;
	}
	arguments[count] = NULL;
	return count_arguments(verb, count);
}
