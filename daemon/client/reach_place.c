/* reach_place.c — a place, as people write it. */
#include "client/reach_place.h"

#include "client/complain.h"
#include "client/verb.h"

#include <stdlib.h>
#include <string.h>

/* "port" behind the colon; 0: none that can be. */
static uint16_t
read_port(const char *text)
{
	char *end;
	unsigned long port = strtoul(text, &end, 10);

	return *text >= '0' && *text <= '9' && *end == '\0' && port <= 65535
	           ? (uint16_t)port
	           : 0;
}

/* Where the port begins in TEXT, behind its colon; NULL: it has none. Sets LEN,
 * that of the host, brackets included. */
static const char *
split(const char *text, size_t *len)
{
	const char *bracket = *text == '[' ? strchr(text, ']') : NULL;
	const char *colon = strchr(bracket == NULL ? text : bracket, ':');

	*len = strlen(text);
	/* Two colons and no bracket: IPv6, without a port. */
	if (colon == NULL ||
	    (bracket == NULL && strchr(colon + 1, ':') != NULL))
		return NULL;
	*len = (size_t)(colon - text);
	return colon + 1;
}

int
reach_place_read(const char *text, const struct options *options,
    uint16_t default_port, struct reach_place *place)
{
	size_t len;
	const char *port = split(text, &len), *host = text;

	place->port = options->port != 0 ? options->port : default_port;
	if (port != NULL)
		place->port = read_port(port);
	if (*host == '[' && len > 0 && host[len - 1] == ']') {
		host++;
		len -= 2;
	}
	if (len == 0 || *host == '[' || len >= sizeof(place->host) ||
	    place->port == 0)
		return complain(
		    VERB_USAGE, "\"%s\" is no HOST or HOST:PORT", text);
	memcpy(place->host, host, len);
	place->host[len] = '\0';
	return VERB_GOOD;
}
