/* http_url.c — URLs taken apart, and put together again. */
#include "services/http/http_url.h"

#include "services/http/http_char.h"
#include "services/http/http_text.h"

/* Takes what stands before the first byte of ENDS off TEXT. */
static struct span
take_until(struct span *text, const char *ends)
{
	struct span part = {text->data, 0};

	while (part.len < text->len &&
	       (text->data[part.len] == '\0' ||
	           strchr(ends, text->data[part.len]) == NULL))
		part.len++;
	text->data += part.len;
	text->len -= part.len;
	return part;
}

static struct span
skip(struct span text, size_t len)
{
	return (struct span){text.data + len, text.len - len};
}

/* Letters, digits, "+", "-", "."; a letter first (RFC 3986 §3.1). */
static bool
is_scheme(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.data[i], lower = byte | 0x20;
		bool is_letter = lower >= 'a' && lower <= 'z';
		bool is_other = (byte >= '0' && byte <= '9') || byte == '+' ||
		                byte == '-' || byte == '.';

		if (!is_letter && (i == 0 || !is_other))
			return false;
	}
	return text.len > 0;
}

void
http_url_split(struct span text, struct http_url *url)
{
	struct span rest = text, scheme = take_until(&rest, ":/?#");

	*url = (struct http_url){0};
	if (span_begins(rest, ":") && is_scheme(scheme)) {
		url->scheme = scheme;
		text = skip(rest, 1);
	}
	if (span_begins(text, "//")) {
		text = skip(text, 2);
		url->authority = take_until(&text, "/?#");
	}
	url->path = take_until(&text, "?#");
	if (span_begins(text, "?")) {
		text = skip(text, 1);
		url->query = take_until(&text, "#");
	}
	if (span_begins(text, "#"))
		url->fragment = skip(text, 1);
}

/* Takes the last segment of what was written from START on off OUT. */
static void
climb(struct http_text *out, size_t start)
{
	while (out->len > start && out->space.data[--out->len] != '/')
		;
}

/* Writes PATH without its dot segments (RFC 3986 §5.2.4), the letters being
 * that section's. */
static void
put_path(struct http_text *out, struct span path)
{
	size_t start = out->len;
	static const uint8_t slash[] = "/";

	while (path.len > 0) {
		if (span_begins(path, "../")) { /* A */
			path = skip(path, 3);
		} else if (span_begins(path, "./")) {
			path = skip(path, 2);
		} else if (span_begins(path, "/./")) { /* B */
			path = skip(path, 2);
		} else if (path.len == 2 && span_begins(path, "/.")) {
			path = (struct span){slash, 1};
		} else if (span_begins(path, "/../")) { /* C */
			path = skip(path, 3);
			climb(out, start);
		} else if (path.len == 3 && span_begins(path, "/..")) {
			path = (struct span){slash, 1};
			climb(out, start);
		} else if ((path.len == 1 && span_begins(path, ".")) ||
		           (path.len == 2 && span_begins(path, ".."))) { /* D */
			return;
		} else { /* E */
			struct span rest = skip(path, 1);
			size_t len = 1 + take_until(&rest, "/").len;

			http_text_bytes(out, path.data, len);
			path = rest;
		}
	}
}

/* The directory of BASE's path, and PATH in it (RFC 3986 §5.2.3), dots removed
 * from both at once, since those of the second climb in the first. */
static void
put_merged(struct http_text *out, const struct http_url *base, struct span path)
{
	struct span directory = base->path;
	uint8_t merged[HTTP_URL_MAX];
	struct http_text text = {.space = {merged, sizeof(merged)}};

	while (directory.len > 0 && directory.data[directory.len - 1] != '/')
		directory.len--;
	if (base->authority.data != NULL && base->path.len == 0)
		directory = span_of("/");
	http_text_span(&text, directory);
	http_text_span(&text, path);
	out->is_full |= text.is_full;
	put_path(out, (struct span){merged, text.len});
}

size_t
http_url_resolve(struct span base_text, struct span reference, struct space out)
{
	struct http_url base, url;
	struct http_text text = {.space = out};

	http_url_split(base_text, &base);
	http_url_split(reference, &url);
	bool is_absolute = url.scheme.data != NULL;
	bool has_authority = is_absolute || url.authority.data != NULL;
	struct span authority = has_authority ? url.authority : base.authority;

	http_text_span(&text, is_absolute ? url.scheme : base.scheme);
	http_text_add(&text, ":");
	if (authority.data != NULL) {
		http_text_add(&text, "//");
		http_text_span(&text, authority);
	}
	if (has_authority || span_begins(url.path, "/"))
		put_path(&text, url.path);
	else if (url.path.len > 0)
		put_merged(&text, &base, url.path);
	else
		http_text_span(&text, base.path);
	if (!has_authority && url.path.len == 0 && url.query.data == NULL)
		url.query = base.query;
	if (url.query.data != NULL) {
		http_text_add(&text, "?");
		http_text_span(&text, url.query);
	}
	if (url.fragment.data != NULL) {
		http_text_add(&text, "#");
		http_text_span(&text, url.fragment);
	}
	return text.is_full ? 0 : text.len;
}

static void
put_escaped(struct http_text *out, struct span part)
{
	for (size_t i = 0; i < part.len; i++) {
		uint8_t byte = part.data[i];

		if (byte <= ' ' || byte >= 0x7f ||
		    strchr("\"<>\\^`{|}", byte) != NULL)
			http_text_escape(out, byte);
		else
			http_text_bytes(out, &byte, 1);
	}
}

size_t
http_url_target(const struct http_url *url, struct space out)
{
	struct http_text text = {.space = out};

	if (!span_begins(url->path, "/"))
		http_text_add(&text, "/");
	put_escaped(&text, url->path);
	if (url->query.data != NULL) {
		http_text_add(&text, "?");
		put_escaped(&text, url->query);
	}
	return text.is_full ? 0 : text.len;
}
