/* get_url.h — the URL that is fetched: where it lies, and what is asked there.
 */
#ifndef NETLAB_CLIENT_HTTP_GET_URL_H
#define NETLAB_CLIENT_HTTP_GET_URL_H

#include "client/options.h"
#include "client/reach.h"
#include "core/span.h"
#include "services/http/http_url.h"

enum { GET_URL_PORT = 80 };

struct get_url {
	char text[HTTP_URL_MAX]; /* "http://host:port/path?query" */
	struct reach_place place;
	char authority[REACH_HOST_MAX + 8]; /* of the Host field */
	char target[HTTP_URL_MAX];          /* "/path?query" */
};

/*
 * Reads what the user typed: "http://host:port/path", or "host/path" alone; a
 * port in it wins over OPTIONS' (-p). Returns VERB_GOOD, or VERB_USAGE and has
 * complained: another scheme, no host.
 */
int get_url_read(const char *text, const struct options *options,
    struct get_url *url) __attribute__((warn_unused_result));

/*
 * Makes URL what LOCATION, of a response to URL, refers to. Returns VERB_GOOD;
 * VERB_NEGATIVE and has complained: it leads out of HTTP, which is not
 * followed; VERB_MALFORMED: it leads nowhere.
 */
int get_url_follow(struct get_url *url, struct span location)
    __attribute__((warn_unused_result));

#endif
