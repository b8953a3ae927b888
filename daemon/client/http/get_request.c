/* get_request.c — the request that is sent. */
#include "client/http/get_request.h"

#include "client/complain.h"
#include "client/verb.h"
#include "core/version.h"
#include "services/http/http_line.h"
#include "services/http/http_text.h"

/* Whether one of -H, number I, is called NAME (lower-case). */
static bool
is_given(const struct options *options, size_t i, const char *name)
{
	struct span given, value;

	return http_line_split(span_of(options->headers[i]), &given, &value) &&
	       http_char_equals(given, name, strlen(name));
}

static bool
is_private(const struct options *options, size_t i)
{
	return is_given(options, i, "authorization") ||
	       is_given(options, i, "cookie") || is_given(options, i, "host");
}

/* A field of ours, unless the user has it his way. */
static void
put_ours(struct http_text *text, const struct options *options,
    bool is_elsewhere, const char *lower, const char *name, const char *value)
{
	for (size_t i = 0; i < options->header_count; i++) {
		if (is_given(options, i, lower) &&
		    !(is_elsewhere && is_private(options, i)))
			return;
	}
	http_text_add(text, name);
	http_text_add(text, ": ");
	http_text_add(text, value);
	http_text_add(text, "\r\n");
}

/* -H number I. False: it is no field. */
static bool
put_theirs(struct http_text *text, const struct options *options, size_t i)
{
	struct span line = span_of(options->headers[i]), name, value;

	if (line.len == 0 || !http_line_split(line, &name, &value) ||
	    !http_line_is_value(value))
		return false;
	if (value.len == 0)
		return true;
	http_text_span(text, name);
	http_text_add(text, ": ");
	http_text_span(text, value);
	http_text_add(text, "\r\n");
	return true;
}

int
get_request_write(struct get_request *request, const struct get_url *url,
    const struct options *options, bool is_elsewhere)
{
	struct http_text text = {
	    .space = {request->bytes, sizeof(request->bytes)}};

	request->is_head = options_has(options, OPTIONS_HEAD);
	http_text_add(&text, request->is_head ? "HEAD " : "GET ");
	http_text_add(&text, url->target);
	http_text_add(&text, " HTTP/1.1\r\n");
	put_ours(&text, options, is_elsewhere, "host", "Host", url->authority);
	put_ours(&text, options, is_elsewhere, "user-agent", "User-Agent",
	    "netlab/" NETLABD_VERSION);
	put_ours(&text, options, is_elsewhere, "accept", "Accept", "*/*");
	put_ours(
	    &text, options, is_elsewhere, "connection", "Connection", "close");
	for (size_t i = 0; i < options->header_count; i++) {
		if (is_elsewhere && is_private(options, i))
			continue;
		if (!put_theirs(&text, options, i))
			return complain(VERB_USAGE,
			    "-H \"%s\" is no \"Name: value\"",
			    options->headers[i]);
	}
	http_text_add(&text, "\r\n");
	if (text.is_full)
		return complain(
		    VERB_USAGE, "the request is longer than 64 KiB");
	request->len = text.len;
	return VERB_GOOD;
}
