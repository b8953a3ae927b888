/* dissect_http_field.c — the fields that are met every day. */
#include "client/dissect/dissect_http_field.h"

#include "core/ascii.h"

#include <stdbool.h>

/* In the order of the alphabet, as people look for them. */
static const struct dissect_http_field fields[] = {
    {"Accept", "the kinds that are wanted", "RFC 9110 §12.5.1", STYLE_TYPE},
    {"Accept-Encoding", "in what codings content may come", "RFC 9110 §12.5.3",
        STYLE_TYPE},
    {"Accept-Language", "in what languages it is wanted", "RFC 9110 §12.5.4",
        STYLE_TYPE},
    {"Accept-Ranges", "whether a part may be asked for", "RFC 9110 §14.3",
        STYLE_FLAGS},
    {"Age", "seconds that it has been in caches", "RFC 9111 §5.1", STYLE_TTL},
    {"Allow", "the methods that this resource takes", "RFC 9110 §10.2.1",
        STYLE_TYPE},
    {"Authorization", "who asks, and the proof of it", "RFC 9110 §11.6.2",
        STYLE_ID},
    {"Cache-Control", "what caches may do with it", "RFC 9111 §5.2",
        STYLE_FLAGS},
    {"Connection", "what becomes of this connection", "RFC 9110 §7.6.1",
        STYLE_FLAGS},
    {"Content-Encoding", "how content is coded", "RFC 9110 §8.4", STYLE_TYPE},
    {"Content-Language", "what language it is in", "RFC 9110 §8.5", STYLE_TYPE},
    {"Content-Length", "bytes of content", "RFC 9110 §8.6", STYLE_LENGTH},
    {"Content-Location", "where this content lies by itself", "RFC 9110 §8.7",
        STYLE_POINTER},
    {"Content-Range", "which part of the whole this is", "RFC 9110 §14.4",
        STYLE_COUNT},
    {"Content-Type", "what kind of content it is", "RFC 9110 §8.3", STYLE_TYPE},
    {"Cookie", "what this server gave us to keep", "RFC 6265 §5.4", STYLE_ID},
    {"Date", "when it was sent", "RFC 9110 §6.6.1", STYLE_TTL},
    {"ETag", "names this version of the content", "RFC 9110 §8.8.3", STYLE_ID},
    {"Expect", "what the server has to do first", "RFC 9110 §10.1.1",
        STYLE_FLAGS},
    {"Expires", "until when it is fresh", "RFC 9111 §5.3", STYLE_TTL},
    {"From", "whom to write to", "RFC 9110 §10.1.2", STYLE_NAME},
    {"Host", "the site that is asked", "RFC 9110 §7.2", STYLE_NAME},
    {"If-Match", "only if it is still this version", "RFC 9110 §13.1.1",
        STYLE_ID},
    {"If-Modified-Since", "only if it is newer", "RFC 9110 §13.1.3", STYLE_TTL},
    {"If-None-Match", "only if it is another version", "RFC 9110 §13.1.2",
        STYLE_ID},
    {"If-Range", "a part only of this version", "RFC 9110 §13.1.5", STYLE_ID},
    {"If-Unmodified-Since", "only if it is no newer", "RFC 9110 §13.1.4",
        STYLE_TTL},
    {"Keep-Alive", "how long it stays open", "RFC 2068 §19.7.1.1", STYLE_TTL},
    {"Last-Modified", "when it was changed", "RFC 9110 §8.8.2", STYLE_TTL},
    {"Location", "where to go", "RFC 9110 §10.2.2", STYLE_POINTER},
    {"Origin", "which site makes this request", "RFC 6454 §7", STYLE_NAME},
    {"Range", "which part is wanted", "RFC 9110 §14.2", STYLE_COUNT},
    {"Referer", "the page that led here", "RFC 9110 §10.1.3", STYLE_POINTER},
    {"Retry-After", "when to try again", "RFC 9110 §10.2.3", STYLE_TTL},
    {"Server", "what software answers", "RFC 9110 §10.2.4", STYLE_NAME},
    {"Set-Cookie", "to be kept, and sent with each request", "RFC 6265 §5.2",
        STYLE_ID},
    {"TE", "in what codings it may be transferred", "RFC 9110 §10.1.4",
        STYLE_TYPE},
    {"Trailer", "the fields that follow content", "RFC 9110 §6.6.2",
        STYLE_NAME},
    {"Transfer-Encoding", "how content is framed", "RFC 9112 §6.1",
        STYLE_LENGTH},
    {"Upgrade", "another protocol that could be spoken", "RFC 9110 §7.8",
        STYLE_TYPE},
    {"User-Agent", "what software asks", "RFC 9110 §10.1.5", STYLE_NAME},
    {"Vary", "what of the request the content depends on", "RFC 9110 §12.5.5",
        STYLE_NAME},
    {"Via", "what it has passed through", "RFC 9110 §7.6.3", STYLE_NAME},
    {"WWW-Authenticate", "how to prove who asks", "RFC 9110 §11.6.1", STYLE_ID},
};

static bool
is_equal(const char *name, struct span other)
{
	if (strlen(name) != other.len)
		return false;
	for (size_t i = 0; i < other.len; i++) {
		if (ascii_lower((uint8_t)name[i]) != ascii_lower(other.data[i]))
			return false;
	}
	return true;
}

const struct dissect_http_field *
dissect_http_field(struct span name)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (is_equal(fields[i].name, name))
			return &fields[i];
	}
	return NULL;
}
