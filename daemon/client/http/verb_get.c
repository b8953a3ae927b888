/* verb_get.c — `netlab get`: fetch a page, and see how. */
#include "client/complain.h"
#include "client/http/get_report.h"
#include "client/verbs.h"

#include <stdlib.h>

enum { REDIRECTS_MAX = 10 };

struct get {
	const struct options *options;
	struct screen screen;
	struct exchange exchange;
	struct get_url url;
	unsigned redirects;
	bool is_elsewhere; /* than on the server that the user named */
	bool has_head;     /* the last response is there */
	struct get_fetch fetch;
	struct get_content content;
};

/* Where -L has to go from here; false: nowhere. */
static bool
find_location(const struct get *get, struct span *location)
{
	const struct http_response *response = &get->fetch.response;
	size_t at = 0;

	/* RFC 9110 §15.4: the others of 3xx are no redirects. */
	switch (response->code) {
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		return options_has(get->options, OPTIONS_LOCATION) &&
		       http_response_field(response, "location", &at, location);
	default:
		return false;
	}
}

static int
follow(struct get *get, struct span location)
{
	struct reach_place place = get->url.place;

	if (++get->redirects > REDIRECTS_MAX)
		return complain(VERB_NEGATIVE, "%s: more than %d redirects",
		    get->url.text, REDIRECTS_MAX);
	int result = get_url_follow(&get->url, location);

	get->is_elsewhere |= place.port != get->url.place.port ||
	                     strcmp(place.host, get->url.place.host) != 0;
	return result;
}

static bool
prints_head(const struct options *options)
{
	bool is_shown =
	    options->hex != OPTIONS_HEX_OFF || options->is_explained;

	return !options->is_json && !options->is_short && !is_shown &&
	       (options_has(options, OPTIONS_INCLUDE) ||
	           options_has(options, OPTIONS_HEAD));
}

static int
fetch_content(struct get *get)
{
	int result =
	    get_content_open(&get->content, get->options, &get->screen);

	if (result != VERB_GOOD)
		return result;
	result = get_fetch_content(&get->fetch, &get->content);
	int closed = get_content_close(&get->content);

	return result == VERB_GOOD ? closed : result;
}

/* One request; *LOCATION where the next is to go, which is part of what
 * get->fetch holds. */
static int
fetch_one(struct get *get, struct span *location)
{
	struct get_fetch *fetch = &get->fetch;
	int result = get_request_write(
	    &fetch->request, &get->url, get->options, get->is_elsewhere);

	*location = (struct span){NULL, 0};
	get->has_head = false;
	if (result != VERB_GOOD)
		return result;
	result = get_fetch_head(fetch);
	if (result == VERB_GOOD) {
		get->has_head = true;
		if (prints_head(get->options))
			get_report_head(&get->screen, fetch);
		if (!find_location(get, location))
			result = fetch_content(get);
	}
	get_fetch_close(fetch);
	return result;
}

/* RFC 9110 §15: what is beyond 599 is as bad as 5xx. */
static int
judge(const struct get *get)
{
	const struct http_response *response = &get->fetch.response;

	if (response->code < 400)
		return VERB_GOOD;
	return complain(
	    response->code < 500 ? VERB_HTTP_CLIENT : VERB_HTTP_SERVER,
	    "%s: %u %.*s", get->url.text, response->code,
	    (int)response->reason.len, (const char *)response->reason.data);
}

/* With --json, without a response: only what is malformed, where it is shown.
 */
static int
report(struct get *get, int result)
{
	const struct options *options = get->options;

	if (options->is_json && (get->has_head || get->exchange.count > 1)) {
		int printed = get_report_json(
		    &get->fetch, get->has_head, &get->content, get->redirects);

		return result == VERB_GOOD ? printed : result;
	}
	if (options->hex != OPTIONS_HEX_OFF || options->is_explained)
		get_report_more(&get->screen, &get->fetch);
	if (options->is_short && get->has_head)
		get_report_short(&get->screen, &get->fetch, &get->content);
	return result;
}

static int
run_get(struct get *get, const char *text)
{
	struct span location;
	int result = get_url_read(text, get->options, &get->url);

	if (result != VERB_GOOD)
		return result;
	screen_open(&get->screen, get->options);
	exchange_open(&get->exchange, get->options, &get->screen);
	get->fetch.options = get->options;
	get->fetch.exchange = &get->exchange;
	get->fetch.url = &get->url;
	do {
		result = fetch_one(get, &location);
		if (result == VERB_GOOD && location.data != NULL)
			result = follow(get, location);
	} while (result == VERB_GOOD && location.data != NULL);
	result = report(get, result);
	exchange_end(&get->exchange, NULL);
	return result == VERB_GOOD ? judge(get) : result;
}

static int
run(const struct options *options, char **arguments)
{
	struct get *get = calloc(1, sizeof(*get));

	if (get == NULL)
		return complain(VERB_MALFORMED, "no memory");
	get->options = options;
	int result = run_get(get, arguments[0]);

	free(get);
	return result;
}

const struct verb verb_get = {
    .name = "get",
    .usage = "URL",
    .summary = "fetch a page by HTTP/1.1",
    .help =
        "URL is http://HOST:PORT/PATH, or the same without http://; there is\n"
        "no TLS, hence no https. The content goes to standard output as it\n"
        "comes, unchanged; on a terminal as text that cannot harm it. --short\n"
        "prints the status and the content's length instead; --hex and\n"
        "--explain show the request, the head and the first 256 bytes of the\n"
        "content instead. The head goes to standard output (-i, -I), also\n"
        "with -o.\n"
        "\n"
        "--timeout is for all that precedes the content, then for each pause\n"
        "in it. The exit status is 4 for a status of 4xx and 5 for 5xx; the\n"
        "content is printed all the same. Redirects (-L) never lead out of\n"
        "http, and take -H's Authorization and Cookie to no other server.\n",
    .examples =
        "  netlab get 127.0.0.1:10080/\n"
        "  netlab get -I http://127.0.0.1:10080/HelloWorld.html\n"
        "  netlab get --explain 127.0.0.1:10080/lab/anything\n"
        "  netlab get -H 'Accept: text/plain' -o page 127.0.0.1:10080/\n",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_BIT(OPTIONS_SHORT) |
               OPTIONS_BIT(OPTIONS_HEAD) | OPTIONS_BIT(OPTIONS_HEADER) |
               OPTIONS_BIT(OPTIONS_INCLUDE) | OPTIONS_BIT(OPTIONS_LOCATION) |
               OPTIONS_BIT(OPTIONS_OUTPUT),
    .least = 1,
    .most = 1,
    .run = run,
};
