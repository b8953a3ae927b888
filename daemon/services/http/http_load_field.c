/* http_load_field.c — the field lines that a location adds to its answers. */
#include "services/http/http_load_field.h"

#include "services/http/http_char.h"
#include "services/http/http_text.h"

#include <string.h>
#include <strings.h>

/* What the server says of the very answer: of its framing (RFC 9112 §6), of the
 * connection (RFC 9110 §7.6.1), of the content and its state (§8). */
static const char *const reserved[] = {
    "Accept-Ranges",
    "Allow",
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Content-Range",
    "Content-Type",
    "Date",
    "ETag",
    "Keep-Alive",
    "Last-Modified",
    "Location",
    "Server",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "WWW-Authenticate",
};

/* Cuts LINE at its colon. False: it has none. */
static bool
cut(struct span line, struct span *name, struct span *value)
{
	const uint8_t *colon = memchr(line.data, ':', line.len);

	if (colon == NULL)
		return false;
	size_t len = (size_t)(colon - line.data);

	*name = (struct span){line.data, len};
	*value = http_char_trim((struct span){colon + 1, line.len - len - 1});
	return true;
}

static bool
is_same_name(struct span a, struct span b)
{
	return a.len == b.len && strncasecmp((const char *)a.data,
	                             (const char *)b.data, a.len) == 0;
}

static bool
is_reserved(struct span name)
{
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (is_same_name(name, span_of(reserved[i])))
			return true;
	return false;
}

/* What is wrong with LINE, or NULL. */
static const char *
fault_of(struct span line)
{
	struct span name, value;

	if (http_char_has_control(line))
		return "a header is one line without control characters";
	if (!cut(line, &name, &value))
		return "a header is written \"Name: value\"";
	if (!http_char_is_token(name))
		return "the name of a header is letters, digits and hyphens, "
		       "and its colon follows at once";
	if (is_reserved(name))
		return "this header is the server's own to say";
	return NULL;
}

/* LINE has been found to be right. */
static void
add_line(struct http_text *text, struct span line)
{
	struct span name, value;

	if (!cut(line, &name, &value))
		return;
	http_text_span(text, name);
	http_text_add(text, ": ");
	http_text_span(text, value);
	http_text_add(text, "\r\n");
}

static void
add_cache_control(
    const struct http_load_job *job, cfg_t *section, struct http_text *text)
{
	const char *value = cfg_getstr(section, "cache_control");

	if (value == NULL)
		return;
	if (value[0] == '\0' || http_char_has_control(span_of(value))) {
		http_load_job_error(job, section, "cache_control", 0,
		    "'cache_control' is text like \"no-cache\" or "
		    "\"max-age=3600\", not \"%s\"",
		    value);
		return;
	}
	http_text_add(text, "Cache-Control: ");
	http_text_add(text, value);
	http_text_add(text, "\r\n");
}

struct span
http_load_field_lines(const struct http_load_job *job, cfg_t *section)
{
	uint8_t bytes[HTTP_SITE_FIELDS_MAX];
	struct http_text text = {.space = {bytes, sizeof(bytes)}};
	bool has_cache_control =
	    http_load_job_has(job, section, "cache_control");

	add_cache_control(job, section, &text);
	for (unsigned i = 0; i < cfg_size(section, "headers"); i++) {
		struct span line = span_of(cfg_getnstr(section, "headers", i)),
		            name, value;
		const char *fault = fault_of(line);

		if (fault == NULL && has_cache_control &&
		    cut(line, &name, &value) &&
		    is_same_name(name, span_of("Cache-Control")))
			fault = "'cache_control' says that already";
		if (fault == NULL)
			add_line(&text, line);
		else
			http_load_job_error(job, section, "headers", i,
			    "\"%.*s\": %s", (int)line.len,
			    (const char *)line.data, fault);
	}
	if (text.is_full)
		http_load_job_error(job, section, "headers", CONF_KEY,
		    "the headers of a location are at most %d bytes",
		    HTTP_SITE_FIELDS_MAX);
	return http_load_job_copy(job, bytes, text.len);
}

/* Takes the next line, its CRLF included, off LINES. False: there is none. */
static bool
next_line(struct span *lines, struct span *line)
{
	const uint8_t *end =
	    lines->len == 0 ? NULL : memchr(lines->data, '\n', lines->len);

	if (end == NULL)
		return false;
	*line = (struct span){lines->data, (size_t)(end + 1 - lines->data)};
	lines->data += line->len;
	lines->len -= line->len;
	return true;
}

static bool
has_name(struct span lines, struct span name)
{
	struct span line, other, value;

	while (next_line(&lines, &line))
		if (cut(line, &other, &value) && is_same_name(other, name))
			return true;
	return false;
}

struct span
http_load_field_merge(
    const struct http_load_job *job, struct span outer, struct span inner)
{
	uint8_t bytes[2 * HTTP_SITE_FIELDS_MAX];
	struct http_text text = {.space = {bytes, sizeof(bytes)}};
	struct span line, name, value;

	while (next_line(&outer, &line))
		if (cut(line, &name, &value) && !has_name(inner, name))
			http_text_span(&text, line);
	http_text_span(&text, inner);
	return http_load_job_copy(job, bytes, text.len);
}
