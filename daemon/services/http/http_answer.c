/* http_answer.c — status line, fields, and the pages that explain a status. */
#include "services/http/http_answer.h"

#include <assert.h>

static const char *const connection_fields[] = {
    [HTTP_CONNECTION_STAYS] = "",
    [HTTP_CONNECTION_IS_KEPT] = "Connection: keep-alive\r\n",
    [HTTP_CONNECTION_CLOSES] = "Connection: close\r\n",
};

struct http_text
http_answer_begin(const struct http_answer_to *to, enum http_status status)
{
	return http_answer_begin_line(to, http_status_line(status));
}

struct http_text
http_answer_begin_line(const struct http_answer_to *to, const char *line)
{
	struct http_text text = {.space = to->out};

	http_text_add(&text, "HTTP/1.1 ");
	http_text_add(&text, line);
	http_text_add(&text, "\r\nDate: ");
	http_text_bytes(&text, to->stamp->date, HTTP_DATE_LEN);
	http_text_add(&text, "\r\n");
	return text;
}

void
http_answer_end(const struct http_answer_to *to, struct http_text *text)
{
	http_text_add(text, connection_fields[to->connection]);
	http_text_add(text, "\r\n");
}

/* The body of a page. Its texts are ours: nothing of the request is in it. */
static struct http_text
write_page(enum http_status status, const char *why, struct space space)
{
	struct http_text text = {.space = space};
	const char *line = http_status_line(status);

	http_text_add(&text,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n"
	    "<title>");
	http_text_add(&text, line);
	http_text_add(&text, "</title>\n<style>:root{color-scheme:light dark}"
	                     "body{font:1.1rem/1.5 sans-serif;max-width:36rem;"
	                     "margin:4rem auto;padding:0 1rem}</style>\n<h1>");
	http_text_add(&text, line);
	http_text_add(&text, "</h1>\n<p>");
	http_text_add(&text, why);
	http_text_add(&text, "</p>\n</html>\n");
	assert(!text.is_full);
	return text;
}

/* Ends ANSWER, of which TEXT is there, with the lines about a page's content,
 * TYPE among them, and BODY. */
static void
finish_page(const struct http_answer_to *to, struct http_answer *answer,
    struct http_text *text, struct span type, struct span body)
{
	answer->page_at = text->len;
	http_text_span(text, type);
	http_text_add(text, "Content-Length: ");
	http_text_number(text, body.len, 10);
	http_text_add(text, "\r\n");
	/* A redirection is as lasting as its status says. */
	if (http_status_code(answer->status) >= 400)
		http_text_add(text, "Cache-Control: no-store\r\n");
	http_answer_end(to, text);
	if (!to->is_head) {
		http_text_span(text, body);
		answer->body_len = body.len;
	}
	assert(!text->is_full);
	answer->made = text->len;
}

static void
add_field(struct http_text *text, const struct http_answer_field *field)
{
	if (field == NULL)
		return;
	http_text_add(text, field->name);
	http_text_add(text, ": ");
	http_text_span(text, field->value);
	http_text_add(text, "\r\n");
}

struct http_answer
http_answer_page_with(const struct http_answer_to *to, enum http_status status,
    const char *why, const struct http_answer_field *field)
{
	static const char type[] = "Content-Type: text/html; charset=utf-8\r\n";
	struct http_answer answer = {.status = status};
	struct http_text text = http_answer_begin(to, status);
	uint8_t bytes[2048];

	http_text_span(&text, to->stamp->fields);
	add_field(&text, field);
	if (status == HTTP_STATUS_NO_CONTENT) {
		/* RFC 9110 §8.6: no body, and no length to go with it. */
		http_answer_end(to, &text);
		assert(!text.is_full);
		answer.made = text.len;
		return answer;
	}
	struct http_text page =
	    write_page(status, why, (struct space){bytes, sizeof(bytes)});

	finish_page(to, &answer, &text,
	    (struct span){(const uint8_t *)type, sizeof(type) - 1},
	    (struct span){bytes, page.len});
	return answer;
}

struct http_answer
http_answer_page(
    const struct http_answer_to *to, enum http_status status, const char *why)
{
	static const struct http_answer_field allow = {
	    "Allow", {(const uint8_t *)"GET, HEAD, OPTIONS", 18}};
	bool has_allow = status == HTTP_STATUS_NOT_ALLOWED ||
	                 status == HTTP_STATUS_NO_CONTENT;

	return http_answer_page_with(
	    to, status, why, has_allow ? &allow : NULL);
}

struct http_answer
http_answer_unauthorized(const struct http_answer_to *to, struct span realm)
{
	uint8_t bytes[2 * HTTP_ANSWER_REALM_MAX + 64];
	struct http_text value = {.space = {bytes, sizeof(bytes)}};

	http_text_add(&value, "Basic realm=\"");
	for (size_t i = 0; i < realm.len; i++) {
		/* RFC 9110 §5.6.4: a quoted-pair. */
		if (realm.data[i] == '"' || realm.data[i] == '\\')
			http_text_add(&value, "\\");
		http_text_bytes(&value, realm.data + i, 1);
	}
	http_text_add(&value, "\", charset=\"UTF-8\"");
	assert(!value.is_full);
	return http_answer_page_with(to, HTTP_STATUS_UNAUTHORIZED,
	    "This place asks for a name and a password that it knows.",
	    &(struct http_answer_field){
	        "WWW-Authenticate", {bytes, value.len}});
}

void
http_answer_dress(const struct http_answer_to *to, struct http_answer *answer,
    const struct http_resource *resource)
{
	struct http_text text = {.space = to->out, .len = answer->page_at};

	assert(answer->page_at > 0 && resource->is_inline);
	finish_page(to, answer, &text, resource->type,
	    (struct span){resource->block.data + resource->head_len,
	        (size_t)resource->size});
}
