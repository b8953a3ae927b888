/* get_url.c — the URL that is fetched. */
#include "client/http/get_url.h"

#include "client/complain.h"
#include "client/verb.h"
#include "services/http/http_char.h"
#include "services/http/http_field.h"

#include <stdio.h>

/* "https:" and whatever else is no HTTP. */
static int
refuse_scheme(int status, struct span scheme)
{
	if (http_char_equals(scheme, "https", 5))
		return complain(status,
		    "https is not spoken, since there is no TLS here: try "
		    "http://");
	return complain(status, "\"%.*s\" is not spoken here: try http://",
	    (int)scheme.len, (const char *)scheme.data);
}

/* Where URL's AUTHORITY is, with OPTIONS' port where it has none. */
static int
read_authority(
    struct get_url *url, struct span authority, const struct options *options)
{
	char text[sizeof(url->authority)];

	if (authority.len > 0 &&
	    memchr(authority.data, '@', authority.len) != NULL)
		return complain(VERB_USAGE,
		    "a URL with a user in it: try -H \"Authorization: …\"");
	/* "host:" is a host without a port (RFC 3986 §3.2.3). */
	if (authority.len > 0 && authority.data[authority.len - 1] == ':')
		authority.len--;
	if (authority.len == 0 || authority.len >= sizeof(text) ||
	    !http_field_is_host(authority))
		return complain(VERB_USAGE, "\"%s\" names no host", url->text);
	memcpy(text, authority.data, authority.len);
	text[authority.len] = '\0';
	int result = reach_place_read(text, options, GET_URL_PORT, &url->place);

	if (result != VERB_GOOD)
		return result;
	bool is_v6 = strchr(url->place.host, ':') != NULL;
	int len = snprintf(url->authority, sizeof(url->authority), "%s%s%s",
	    is_v6 ? "[" : "", url->place.host, is_v6 ? "]" : "");

	/* The usual port is left out, as in RFC 9110 §4.2.1. */
	if (url->place.port != GET_URL_PORT)
		snprintf(url->authority + len,
		    sizeof(url->authority) - (size_t)len, ":%u",
		    url->place.port);
	return VERB_GOOD;
}

/* Fills in what follows from url->text, an "http:" URL; and writes that anew,
 * with its port and without a fragment. */
static int
read_text(struct get_url *url, const struct options *options)
{
	struct http_url parts;

	http_url_split(span_of(url->text), &parts);
	if (!http_char_equals(parts.scheme, "http", 4))
		return refuse_scheme(VERB_USAGE, parts.scheme);
	size_t len = http_url_target(&parts,
	    (struct space){(uint8_t *)url->target, sizeof(url->target) - 1});

	if (len == 0)
		return complain(VERB_USAGE, "the URL is longer than 8 KiB");
	url->target[len] = '\0';
	int result = read_authority(url, parts.authority, options);

	if (result != VERB_GOOD)
		return result;
	int made = snprintf(url->text, sizeof(url->text), "http://%s%s",
	    url->authority, url->target);

	return made > 0 && (size_t)made < sizeof(url->text)
	           ? VERB_GOOD
	           : complain(VERB_USAGE, "the URL is longer than 8 KiB");
}

int
get_url_read(
    const char *text, const struct options *options, struct get_url *url)
{
	/* A scheme only with "//": "localhost:80/x" has none. */
	size_t len = strcspn(text, ":/?#");
	bool has_scheme = strncmp(text + len, "://", 3) == 0;
	int made = snprintf(url->text, sizeof(url->text), "%s%s",
	    has_scheme ? "" : "http://", text);

	if (made < 0 || (size_t)made >= sizeof(url->text))
		return complain(VERB_USAGE, "the URL is longer than 8 KiB");
	return read_text(url, options);
}

int
get_url_follow(struct get_url *url, struct span location)
{
	/* -p is that of the first URL alone. */
	static const struct options none = {0};
	char text[HTTP_URL_MAX];
	struct http_url parts;
	size_t len = http_url_resolve(span_of(url->text), location,
	    (struct space){(uint8_t *)text, sizeof(text) - 1});

	if (len == 0)
		return complain(
		    VERB_MALFORMED, "the redirect's URL is longer than 8 KiB");
	text[len] = '\0';
	http_url_split((struct span){(uint8_t *)text, len}, &parts);
	if (!http_char_equals(parts.scheme, "http", 4))
		return refuse_scheme(VERB_NEGATIVE, parts.scheme);
	memcpy(url->text, text, len + 1);
	return read_text(url, &none) == VERB_GOOD ? VERB_GOOD : VERB_MALFORMED;
}
