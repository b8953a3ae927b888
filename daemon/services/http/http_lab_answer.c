/* http_lab_answer.c — heads, and what of the bodies is no JSON. */
#include "services/http/http_lab_answer.h"
#include "services/http/http_lab_status.h"

#include <assert.h>

static const char type_json[] = "application/json";
static const char type_html[] = "text/html; charset=utf-8";
static const char type_text[] = "text/plain; charset=utf-8";
static const char type_bytes[] = "application/octet-stream";

/* What is the same for all: the status, when, the location's fields. */
static struct http_text
begin(const struct http_answer_to *to, const struct http_location *location,
    unsigned code)
{
	uint8_t line[64];
	struct http_text status = {.space = {line, sizeof(line) - 1}};

	http_text_number(&status, code, 10);
	http_text_add(&status, " ");
	http_text_add(&status, http_lab_status_reason(code));
	line[status.len] = '\0';

	struct http_text text = http_answer_begin_line(to, (const char *)line);

	http_text_span(&text, to->stamp->fields);
	http_text_span(&text, location->fields);
	return text;
}

/* Ends the head that TEXT is, of a body of LEN bytes of TYPE. */
static void
end(const struct http_answer_to *to, struct http_text *text, const char *type,
    uint64_t len)
{
	if (type != NULL) {
		http_text_add(text, "Content-Type: ");
		http_text_add(text, type);
		http_text_add(text, "\r\n");
	}
	http_text_add(text, "Content-Length: ");
	http_text_number(text, len, 10);
	http_text_add(text, "\r\nCache-Control: no-store\r\n");
	http_answer_end(to, text);
	assert(!text->is_full && text->len <= HTTP_LAB_ANSWER_HEAD_MAX);
}

/* The answer of HEAD, which is not ended yet, and BODY, of TYPE, which lies
 * behind the room for heads. */
static struct http_answer
answer_body(const struct http_answer_to *to, struct http_text head,
    const char *type, const struct http_text *body)
{
	struct http_answer answer = {.status = HTTP_STATUS_OK};

	if (body->is_full)
		return http_answer_page(to, HTTP_STATUS_HEAD_TOO_LARGE,
		    "The request is too long to be shown as JSON.");
	end(to, &head, type, body->len);
	answer.made = head.len;
	if (!to->is_head) {
		memmove(to->out.data + head.len, body->space.data, body->len);
		answer.made += body->len;
		answer.body_len = body->len;
	}
	return answer;
}

/* Where a body is written: behind the room for its head. */
static struct http_text
begin_body(const struct http_answer_to *to)
{
	return (struct http_text){
	    .space = {to->out.data + HTTP_LAB_ANSWER_HEAD_MAX,
	        to->out.cap - HTTP_LAB_ANSWER_HEAD_MAX}};
}

/* "/prefix/" as it stands in a target, and safely in a page: all bytes are
 * escaped that mean something in one of them. */
static void
add_prefix(struct http_text *text, const struct http_location *location)
{
	struct span prefix = location->prefix;

	http_text_add(text, "/");
	for (size_t i = 0; i < prefix.len; i++) {
		uint8_t byte = prefix.data[i], lower = byte | 0x20;

		if ((lower >= 'a' && lower <= 'z') ||
		    (byte >= '0' && byte <= '9') ||
		    (byte != '\0' && strchr("-._~/", byte) != NULL))
			http_text_bytes(text, &byte, 1);
		else
			http_text_escape(text, byte);
	}
	if (prefix.len > 0)
		http_text_add(text, "/");
}

static void
add_row(struct http_text *text, const struct http_location *location,
    const char *path, const char *says)
{
	http_text_add(text, "<dt><a href=\"");
	add_prefix(text, location);
	http_text_add(text, path);
	http_text_add(text, "\">/");
	http_text_add(text, path);
	http_text_add(text, "</a><dd>");
	http_text_add(text, says);
	http_text_add(text, "\n");
}

static struct http_answer
answer_index(
    const struct http_answer_to *to, const struct http_location *location)
{
	static const struct {
		const char *path, *says;
	} rows[] = {
	    {"status/404",
	        "An answer of that status, 200 to 599, by any method."},
	    {"delay/1.5", "This request as JSON, after so many seconds: up to "
	                  "10, by any method."},
	    {"headers", "This request's fields as JSON."},
	    {"ip", "Your address as JSON."},
	    {"bytes/1024?seed=1",
	        "So many bytes, up to 104857600, that look random. With the "
	        "same seed they are the same each time."},
	    {"anything?name=value",
	        "This request as JSON, as the server has understood it: by "
	        "any method, with any path behind it and a body of up to 32 "
	        "KiB."},
	};
	struct http_text text = begin_body(to);

	http_text_add(&text,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n"
	    "<title>The lab</title>\n"
	    "<style>:root{color-scheme:light dark}"
	    "body{font:1.1rem/1.5 sans-serif;max-width:36rem;"
	    "margin:4rem auto;padding:0 1rem}dd{margin:0 0 1rem}</style>\n"
	    "<h1>The lab</h1>\n<p>Answers made to measure, for those who test "
	    "a client.\n<dl>\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		add_row(&text, location, rows[i].path, rows[i].says);
	http_text_add(&text, "</dl>\n</html>\n");
	return answer_body(to, begin(to, location, 200), type_html, &text);
}

static struct http_answer
answer_status(const struct http_answer_to *to,
    const struct http_location *location, unsigned code)
{
	struct http_text head = begin(to, location, code);
	struct http_text text = begin_body(to);
	struct http_answer answer = {0};

	http_text_add(&head, http_lab_status_fields(code));
	if (http_lab_status_has_location(code)) {
		http_text_add(&head, "Location: ");
		add_prefix(&head, location);
		http_text_add(&head, "anything\r\n");
	}
	if (code == 205) {
		end(to, &head, NULL, 0); /* RFC 9110 §15.3.6 */
		answer.made = head.len;
	} else if (!http_lab_status_has_body(code)) {
		http_answer_end(to, &head);
		answer.made = head.len;
	} else {
		http_text_number(&text, code, 10);
		http_text_add(&text, " ");
		http_text_add(&text, http_lab_status_reason(code));
		http_text_add(&text, "\n");
		answer = answer_body(to, head, type_text, &text);
	}
	answer.status = HTTP_STATUS_LAB;
	answer.code = code;
	return answer;
}

static struct http_answer
answer_bytes(const struct http_answer_to *to,
    const struct http_location *location, uint64_t len)
{
	struct http_text head = begin(to, location, 200);

	end(to, &head, type_bytes, len);
	return (struct http_answer){
	    .status = HTTP_STATUS_OK,
	    .made = head.len,
	    .body_len = to->is_head ? 0 : len,
	};
}

static struct http_answer
answer_echo(const struct http_answer_to *to,
    const struct http_location *location, const struct http_lab_call *call,
    const struct http_lab_echo *echo)
{
	struct http_text head = begin(to, location, 200);
	struct http_text text = begin_body(to);

	if (call->kind == HTTP_LAB_HEADERS)
		http_lab_echo_headers(&text, echo);
	else if (call->kind == HTTP_LAB_IP)
		http_lab_echo_ip(&text, echo);
	else
		http_lab_echo_all(&text, echo);
	/* RFC 9110 §9.3.7: the one place where OPTIONS has a body. */
	if (echo->request->method == HTTP_METHOD_OPTIONS) {
		http_text_add(&head, "Allow: ");
		http_text_add(&head, call->allow);
		http_text_add(&head, "\r\n");
	}
	return answer_body(to, head, type_json, &text);
}

struct http_answer
http_lab_answer(const struct http_answer_to *to,
    const struct http_location *location, const struct http_lab_call *call,
    const struct http_lab_echo *echo)
{
	switch (call->kind) {
	case HTTP_LAB_INDEX:
		return answer_index(to, location);
	case HTTP_LAB_STATUS:
		return answer_status(to, location, call->code);
	case HTTP_LAB_BYTES:
		return answer_bytes(to, location, call->len);
	case HTTP_LAB_DELAY:
	case HTTP_LAB_HEADERS:
	case HTTP_LAB_IP:
	case HTTP_LAB_ANYTHING:
		break;
	}
	return answer_echo(to, location, call, echo);
}

struct http_answer
http_lab_answer_refused(
    const struct http_answer_to *to, const struct http_lab_call *call)
{
	const struct http_answer_field allow = {
	    "Allow", {(const uint8_t *)call->allow, strlen(call->allow)}};
	bool has_allow = call->status == HTTP_STATUS_NOT_ALLOWED ||
	                 call->status == HTTP_STATUS_NO_CONTENT;

	return http_answer_page_with(
	    to, call->status, call->why, has_allow ? &allow : NULL);
}
