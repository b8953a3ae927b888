/* options_take.c — what is typed for an option, as the verbs have it. */
#include "client/options_take.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* VALUE as a whole number of LEAST … MOST, decimal or with 0x before it. */
static bool
read_number(const char *value, uint64_t least, uint64_t most, uint64_t *number)
{
	bool is_hexadecimal = value[0] == '0' && value[1] == 'x';
	char *end;

	if (*value < '0' || *value > '9')
		return false;
	errno = 0;
	*number = strtoull(value, &end, is_hexadecimal ? 16 : 10);
	return *end == '\0' && errno == 0 && *number >= least &&
	       *number <= most;
}

/* VALUE, seconds, as milliseconds. */
static bool
read_seconds(const char *value, int *ms)
{
	char *end;
	double seconds = strtod(value, &end);

	if (end == value || *end != '\0' || !(seconds >= 0.001) ||
	    seconds > 3600)
		return false;
	*ms = (int)(seconds * 1000 + 0.5);
	return true;
}

/* The index of VALUE in LIST, which ends in NULL; -1: not in it. */
static int
read_word(const char *value, const char *const *list)
{
	for (int i = 0; list[i] != NULL; i++)
		if (strcmp(value, list[i]) == 0)
			return i;
	return -1;
}

static bool
read_hex(struct options *options, const char *value)
{
	static const char *const words[] = {"off", "plain", "fields", NULL};
	int word = value == NULL ? OPTIONS_HEX_FIELDS : read_word(value, words);

	options->hex = word < 0 ? OPTIONS_HEX_OFF : (enum options_hex)word;
	return word >= 0;
}

static bool
read_color(struct options *options, const char *value)
{
	static const char *const words[] = {"auto", "always", "never", NULL};
	int word =
	    value == NULL ? OPTIONS_COLOR_ALWAYS : read_word(value, words);

	options->color =
	    word < 0 ? OPTIONS_COLOR_AUTO : (enum options_color)word;
	return word >= 0;
}

static bool
read_port(const char *value, uint16_t *port)
{
	uint64_t number = 0;
	bool is_good = read_number(value, 1, 65535, &number);

	*port = (uint16_t)number;
	return is_good;
}

static bool
read_bufsize(const char *value, uint16_t *size)
{
	uint64_t number = 0;
	bool is_good = read_number(value, 512, 65535, &number);

	*size = (uint16_t)number;
	return is_good;
}

static bool
read_version(const char *value, unsigned *version)
{
	uint64_t number = 0;
	bool is_good = read_number(value, 1, 4, &number);

	*version = (unsigned)number;
	return is_good;
}

static bool
read_watch(const char *value, int *ms)
{
	*ms = 2000;
	return value == NULL || read_seconds(value, ms);
}

/* Where the text is kept that option ID has, as it stands on the command line;
 * NULL: it has something else, or nothing. */
static const char **
place_of_text(struct options *options, enum options_id id)
{
	switch ((unsigned)id) {
	case OPTIONS_CLASS:
		return &options->class_name;
	case OPTIONS_HEADER:
		return &options->headers[options->header_count++];
	case OPTIONS_OUTPUT:
		return &options->output;
	case OPTIONS_NAME:
		return &options->name;
	case OPTIONS_PEER:
		return &options->peer;
	case OPTIONS_INTERFACE:
		return &options->interface;
	case OPTIONS_READ:
		return &options->read_file;
	case OPTIONS_WRITE:
		return &options->write_file;
	case OPTIONS_CONFIG:
		return &options->config;
	default:
		return NULL;
	}
}

/* Options whose VALUE, or lack of one, is read. */
static bool
take_value(struct options *options, enum options_id id, const char *value)
{
	switch ((unsigned)id) {
	case OPTIONS_PORT:
		return read_port(value, &options->port);
	case OPTIONS_TIMEOUT:
		return read_seconds(value, &options->timeout_ms);
	case OPTIONS_HEX:
		return read_hex(options, value);
	case OPTIONS_COLOR:
		return read_color(options, value);
	case OPTIONS_SEED:
		return read_number(value, 0, UINT64_MAX, &options->seed);
	case OPTIONS_BUFSIZE:
		return read_bufsize(value, &options->bufsize);
	case OPTIONS_COUNT:
		return read_number(value, 1, UINT32_MAX, &options->count);
	case OPTIONS_VERSION:
		return read_version(value, &options->version);
	case OPTIONS_LISTEN:
		return value == NULL || read_port(value, &options->listen);
	case OPTIONS_WATCH:
		return read_watch(value, &options->watch_ms);
	default:
		return true;
	}
}

bool
options_take(struct options *options, enum options_id id, const char *value)
{
	const char **text = place_of_text(options, id);

	if (text != NULL) {
		*text = value;
		return true;
	}
	switch ((unsigned)id) {
	case OPTIONS_IPV4:
		options->family = AF_INET;
		return true;
	case OPTIONS_IPV6:
		options->family = AF_INET6;
		return true;
	case OPTIONS_UDP:
		options->transport = OPTIONS_BY_UDP;
		return true;
	case OPTIONS_TCP:
		options->transport = OPTIONS_BY_TCP;
		return true;
	case OPTIONS_SHORT:
		return options->is_short = true;
	case OPTIONS_JSON:
		return options->is_json = true;
	case OPTIONS_EXPLAIN:
		return options->is_explained = true;
	case OPTIONS_FAIL:
		return options->fails = true;
	default:
		return take_value(options, id, value);
	}
}
