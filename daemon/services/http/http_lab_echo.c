/* http_lab_echo.c — objects of JSON, two spaces deep for each. */
#include "services/http/http_lab_echo.h"
#include "core/utf8.h"
#include "services/http/http_base64.h"
#include "services/http/http_char.h"
#include "services/http/http_json.h"
#include "services/http/http_query.h"

enum { PAIR_MAX = HTTP_REQUEST_FIELD_MAX };

_Static_assert((int)HTTP_LAB_ECHO_ARGUMENT_MAX <= (int)PAIR_MAX, "pairs");

struct pair {
	struct span name, value;
	bool is_done;
};

struct pairs {
	struct pair pairs[PAIR_MAX];
	size_t count;
	bool is_lower; /* names are the same in any case */
};

static bool
is_same_name(const struct pairs *pairs, struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	if (!pairs->is_lower)
		return a.len == 0 || memcmp(a.data, b.data, a.len) == 0;
	for (size_t i = 0; i < a.len; i++) {
		/* Both are tokens: no two bytes of these are the same but for
		 * this bit, letters aside. */
		if ((a.data[i] | 0x20) != (b.data[i] | 0x20))
			return false;
	}
	return true;
}

/* The value of pair FIRST, or those of all pairs that are called so. */
static void
write_values(struct http_text *text, struct pairs *pairs, size_t first)
{
	const struct pair *pair = &pairs->pairs[first];
	unsigned count = 0;
	size_t start = text->len;

	for (size_t i = first; i < pairs->count; i++) {
		struct pair *other = &pairs->pairs[i];

		if (other->is_done ||
		    !is_same_name(pairs, other->name, pair->name))
			continue;
		other->is_done = true;
		if (count++ == 1) {
			/* Now it is an array. */
			text->len = start;
			http_text_add(text, "[");
			http_json_string(text, pair->value);
		}
		if (count > 1)
			http_text_add(text, ", ");
		http_json_string(text, other->value);
	}
	if (count > 1)
		http_text_add(text, "]");
}

/* "KEY": { … } */
static void
write_pairs(struct http_text *text, const char *key, struct pairs *pairs)
{
	bool is_first = true;

	http_text_add(text, "  \"");
	http_text_add(text, key);
	http_text_add(text, "\": {");
	for (size_t i = 0; i < pairs->count; i++) {
		if (pairs->pairs[i].is_done)
			continue;
		http_text_add(text, is_first ? "\n    " : ",\n    ");
		is_first = false;
		http_json_string(text, pairs->pairs[i].name);
		http_text_add(text, ": ");
		write_values(text, pairs, i);
	}
	http_text_add(text, is_first ? "}" : "\n  }");
}

static void
write_string(struct http_text *text, const char *key, struct span value)
{
	http_text_add(text, "  \"");
	http_text_add(text, key);
	http_text_add(text, "\": ");
	http_json_string(text, value);
	http_text_add(text, ",\n");
}

static void
write_number(struct http_text *text, const char *key, uint64_t value)
{
	http_text_add(text, "  \"");
	http_text_add(text, key);
	http_text_add(text, "\": ");
	http_text_number(text, value, 10);
	http_text_add(text, ",\n");
}

static void
write_headers(struct http_text *text, const struct http_request *request)
{
	struct pairs pairs = {.count = 0, .is_lower = true};
	struct span fields = request->fields;

	/* Each line has been found well formed. */
	while (fields.len > 0 && pairs.count < PAIR_MAX) {
		const uint8_t *end = memchr(fields.data, '\n', fields.len);
		const uint8_t *colon = memchr(fields.data, ':', fields.len);
		size_t len = (size_t)(end - fields.data);
		size_t value_len = (size_t)(end - colon) - 1;

		if (value_len > 0 && end[-1] == '\r')
			value_len--;
		pairs.pairs[pairs.count++] = (struct pair){
		    .name = {fields.data, (size_t)(colon - fields.data)},
		    .value =
		        http_char_trim((struct span){colon + 1, value_len}),
		};
		fields.data += len + 1;
		fields.len -= len + 1;
	}
	write_pairs(text, "headers", &pairs);
}

/* RAW, decoded behind what BYTES has already. */
static struct span
decode(struct http_text *bytes, struct span raw)
{
	size_t start = bytes->len;

	http_query_decode(bytes, raw);
	return (struct span){bytes->space.data + start, bytes->len - start};
}

static void
write_arguments(struct http_text *text, const struct http_request *request)
{
	uint8_t space[HTTP_REQUEST_LINE_MAX];
	struct http_text bytes = {.space = {space, sizeof(space)}};
	struct pairs pairs = {.count = 0};
	struct span query = http_query_begin(request->query), name, value;
	uint64_t left_out = 0;

	while (http_query_next(&query, &name, &value)) {
		if (pairs.count == HTTP_LAB_ECHO_ARGUMENT_MAX) {
			left_out++;
			continue;
		}
		pairs.pairs[pairs.count++] = (struct pair){
		    .name = decode(&bytes, name),
		    .value = decode(&bytes, value),
		};
	}
	write_pairs(text, "args", &pairs);
	http_text_add(text, ",\n");
	if (left_out > 0)
		write_number(text, "args_left_out", left_out);
}

/* BODY is text: UTF-8, without control characters but white space. */
static bool
is_text(struct span body)
{
	while (body.len > 0) {
		size_t len = utf8_len(body);
		uint8_t byte = body.data[0];

		if (len == 0 || byte == 0x7f ||
		    (byte < ' ' && byte != '\n' && byte != '\r' &&
		        byte != '\t'))
			return false;
		body.data += len;
		body.len -= len;
	}
	return true;
}

static void
write_body(struct http_text *text, struct span body)
{
	struct http_text start = *text;

	write_number(text, "data_length", body.len);
	start = *text;
	http_text_add(text, "  \"data_encoding\": \"text\",\n");
	write_string(text, "data", body);
	if (is_text(body) && !text->is_full &&
	    text->len - start.len <= HTTP_LAB_ECHO_TEXT_MAX)
		return;
	*text = start;
	http_text_add(text, "  \"data_encoding\": \"base64\",\n"
	                    "  \"data\": \"");
	http_base64_write(text, body);
	http_text_add(text, "\",\n");
}

static void
write_origin(struct http_text *text, const struct addr *peer)
{
	char host[ADDR_TEXT_MAX];

	/* No byte of an address has to be escaped. */
	http_text_add(text, "  \"origin\": \"");
	http_text_add(text, addr_format_host(peer, host));
	http_text_add(text, "\"");
}

static void
write_url(struct http_text *text, const struct http_request *request)
{
	uint8_t bytes[HTTP_REQUEST_HEAD_MAX]; /* both are of one head */
	struct http_text url = {.space = {bytes, sizeof(bytes)}};

	http_text_add(&url, "http://");
	http_text_span(&url, request->host);
	http_text_span(&url, request->path);
	http_text_span(&url, request->query);
	write_string(text, "url", (struct span){bytes, url.len});
}

void
http_lab_echo_all(struct http_text *text, const struct http_lab_echo *echo)
{
	const struct http_request *request = echo->request;
	const char *version = request->is_http10 ? "HTTP/1.0" : "HTTP/1.1";

	http_text_add(text, "{\n");
	write_string(text, "method", echo->method);
	write_url(text, request);
	write_string(text, "path", request->path);
	write_string(text, "query", http_query_begin(request->query));
	write_string(
	    text, "version", (struct span){(const uint8_t *)version, 8});
	write_arguments(text, request);
	write_headers(text, request);
	http_text_add(text, ",\n");
	write_body(text, echo->body);
	write_origin(text, echo->peer);
	http_text_add(text, "\n}\n");
}

void
http_lab_echo_headers(struct http_text *text, const struct http_lab_echo *echo)
{
	http_text_add(text, "{\n");
	write_headers(text, echo->request);
	http_text_add(text, "\n}\n");
}

void
http_lab_echo_ip(struct http_text *text, const struct http_lab_echo *echo)
{
	http_text_add(text, "{\n");
	write_origin(text, echo->peer);
	http_text_add(text, "\n}\n");
}
