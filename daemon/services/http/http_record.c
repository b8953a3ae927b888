/* http_record.c — one request → one line of the access log. */
#include "services/http/http_record.h"
#include "services/http/http_json.h"

#include <assert.h>

static const char cut_mark[] = "...";

/* Writes BYTES in a format's own way, with quotes around them. */
typedef void write_string(struct http_text *text, struct span bytes);

/* BYTES, those that are not printable ASCII, are below FIRST or would end a
 * quoted field, as \xHH. */
static void
write_escaped(struct http_text *text, struct span bytes, uint8_t first)
{
	const char *digits = "0123456789ABCDEF";

	if (bytes.len == 0)
		return; /* nothing is added to a null pointer */
	for (size_t i = 0, start = 0; i <= bytes.len; i++) {
		uint8_t byte = i < bytes.len ? bytes.data[i] : 0;

		if (byte >= first && byte < 0x7f && byte != '"' && byte != '\\')
			continue;
		http_text_bytes(text, bytes.data + start, i - start);
		start = i + 1;
		if (i < bytes.len)
			http_text_bytes(text,
			    (const char[]){'\\', 'x', digits[byte >> 4],
			        digits[byte & 15]},
			    4);
	}
}

static void
write_quoted(struct http_text *text, struct span bytes)
{
	http_text_add(text, "\"");
	if (bytes.len == 0)
		http_text_add(text, "-");
	write_escaped(text, bytes, ' ');
	http_text_add(text, "\"");
}

/* The first half of BYTES, or a little less: it does not end within a
 * character of UTF-8. */
static struct span
halve(struct span bytes)
{
	size_t len = bytes.len / 2;

	for (int i = 0; i < 3 && len > 0; i++) {
		if ((bytes.data[len] & 0xc0) != 0x80)
			break;
		len--;
	}
	return (struct span){bytes.data, len};
}

/*
 * Writes BYTES by WRITE, in MAX bytes at most. How they swell depends on what
 * they are, so that they are cut by halves until they fit: no byte becomes more
 * than six.
 */
static void
write_cut(
    struct http_text *text, write_string *write, struct span bytes, size_t max)
{
	struct http_text field = {.space = {text->space.data + text->len, max}};
	bool is_cut = false;

	assert(max <= text->space.cap - text->len);
	if (bytes.len <= max)
		write(&field, bytes);
	while (bytes.len > max || field.is_full) {
		is_cut = true;
		bytes = halve(bytes);
		field = (struct http_text){
		    .space = {field.space.data, max - strlen(cut_mark)}};
		if (bytes.len <= max)
			write(&field, bytes);
	}
	text->len += field.len;
	if (is_cut) {
		text->len--; /* the quote goes behind the mark */
		http_text_add(text, cut_mark);
		http_text_add(text, "\"");
	}
}

static void
write_remote(struct http_text *text, const struct addr *peer)
{
	char host[ADDR_TEXT_MAX];

	http_text_add(text, addr_format_host(peer, host));
}

/* The first field NAME of REQUEST, which may be NULL; empty: none. */
static struct span
field_of(const struct http_request *request, const char *name)
{
	struct span value = {NULL, 0};
	size_t at = 0;

	if (request == NULL || !http_request_field(request, name, &at, &value))
		return (struct span){NULL, 0};
	return value;
}

/* "06/Nov/1994:08:49:37 +0000" from "Sun, 06 Nov 1994 08:49:37 GMT". */
static void
write_common_time(struct http_text *text, const char *date)
{
	http_text_bytes(text, date + 5, 2);
	http_text_add(text, "/");
	http_text_bytes(text, date + 8, 3);
	http_text_add(text, "/");
	http_text_bytes(text, date + 12, 4);
	http_text_add(text, ":");
	http_text_bytes(text, date + 17, 8);
	http_text_add(text, " +0000");
}

static void
write_combined(struct http_text *text, const struct http_record *record,
    const struct http_record_moment *moment)
{
	struct span user = record->user;

	write_remote(text, record->peer);
	http_text_add(text, " - ");
	if (user.len > HTTP_RECORD_NAME_MAX / 4)
		user.len = HTTP_RECORD_NAME_MAX / 4;
	if (user.len == 0)
		http_text_add(text, "-");
	write_escaped(text, user, '!');
	http_text_add(text, " [");
	write_common_time(text, moment->date);
	http_text_add(text, "] ");
	write_cut(text, write_quoted, record->line, HTTP_RECORD_TARGET_MAX);
	http_text_add(text, " ");
	http_text_number(text, record->code, 10);
	http_text_add(text, " ");
	http_text_number(text, record->body_len, 10);
	http_text_add(text, " ");
	write_cut(text, write_quoted, field_of(record->request, "referer"),
	    HTTP_RECORD_FIELD_MAX);
	http_text_add(text, " ");
	write_cut(text, write_quoted, field_of(record->request, "user-agent"),
	    HTTP_RECORD_FIELD_MAX);
}

/* "1994-11-06T08:49:37.042Z" (RFC 3339). */
static void
write_iso_time(struct http_text *text, const struct http_record_moment *moment)
{
	/* The milliseconds go before the "Z". */
	http_text_bytes(text, moment->iso, HTTP_DATE_ISO_LEN - 1);
	http_text_add(text, moment->milliseconds < 10    ? ".00"
	                    : moment->milliseconds < 100 ? ".0"
	                                                 : ".");
	http_text_number(text, moment->milliseconds, 10);
	http_text_add(text, "Z");
}

/* ,"NAME":"VALUE" in which VALUE has MAX bytes at most. */
static void
write_member(
    struct http_text *text, const char *name, struct span value, size_t max)
{
	http_text_add(text, ",\"");
	http_text_add(text, name);
	http_text_add(text, "\":");
	write_cut(text, http_json_string, value, max);
}

/* The same about a field, where there is one. */
static void
write_field(struct http_text *text, const struct http_request *request,
    const char *field, const char *name)
{
	struct span value = field_of(request, field);

	if (value.data != NULL)
		write_member(text, name, value, HTTP_RECORD_FIELD_MAX);
}

/* The three parts of a request line that was understood; of another, the line.
 */
static void
write_line(struct http_text *text, const struct http_record *record)
{
	struct span line = record->line;
	const uint8_t *first =
	    line.len > 0 ? memchr(line.data, ' ', line.len) : NULL;
	const uint8_t *last =
	    line.len > 0 ? memrchr(line.data, ' ', line.len) : NULL;

	if (record->request == NULL || first == last) {
		write_member(text, "line", line, HTTP_RECORD_TARGET_MAX);
		return;
	}
	const uint8_t *end = line.data + line.len;

	write_member(text, "method",
	    (struct span){line.data, (size_t)(first - line.data)},
	    HTTP_RECORD_NAME_MAX);
	write_member(text, "target",
	    (struct span){first + 1, (size_t)(last - first - 1)},
	    HTTP_RECORD_TARGET_MAX);
	write_member(text, "protocol",
	    (struct span){last + 1, (size_t)(end - last - 1)},
	    HTTP_RECORD_NAME_MAX);
}

static void
write_object(struct http_text *text, const struct http_record *record,
    const struct http_record_moment *moment)
{
	const struct http_request *request = record->request;

	http_text_add(text, "{\"time\":\"");
	write_iso_time(text, moment);
	http_text_add(text, "\",\"remote\":\"");
	write_remote(text, record->peer);
	http_text_add(text, "\"");
	if (request != NULL && request->host.len > 0)
		write_member(text, "host", request->host, HTTP_RECORD_NAME_MAX);
	if (record->site != NULL && record->site->name.len > 0)
		write_member(
		    text, "site", record->site->name, HTTP_RECORD_NAME_MAX);
	if (record->user.len > 0)
		write_member(text, "user", record->user, HTTP_RECORD_NAME_MAX);
	write_line(text, record);
	http_text_add(text, ",\"status\":");
	http_text_number(text, record->code, 10);
	http_text_add(text, ",\"bytes\":");
	http_text_number(text, record->body_len, 10);
	write_field(text, request, "referer", "referer");
	write_field(text, request, "user-agent", "user_agent");
	http_text_add(text, "}");
}

size_t
http_record_write(const struct http_record *record,
    enum http_record_format format, const struct http_record_moment *moment,
    struct space out)
{
	struct http_text text = {.space = out};

	assert(out.cap >= HTTP_RECORD_LINE_MAX);
	switch (format) {
	case HTTP_RECORD_COMBINED:
		write_combined(&text, record, moment);
		break;
	case HTTP_RECORD_JSON:
		write_object(&text, record, moment);
		break;
	}
	http_text_add(&text, "\n");
	assert(!text.is_full);
	return text.len;
}
