/* http_answer.c — status line, fields, and bodies that are in memory. */
#include "services/http/http_answer.h"
#include "services/http/http_condition.h"
#include "services/http/http_range.h"

#include <assert.h>

static const char *const connection_fields[] = {
    [HTTP_CONNECTION_STAYS] = "",
    [HTTP_CONNECTION_IS_KEPT] = "Connection: keep-alive\r\n",
    [HTTP_CONNECTION_CLOSES] = "Connection: close\r\n",
};

static struct http_text
begin(enum http_status status, const struct http_stamp *stamp, struct space out)
{
	struct http_text text = {.space = out};

	http_text_add(&text, "HTTP/1.1 ");
	http_text_add(&text, http_status_line(status));
	http_text_add(&text, "\r\nDate: ");
	http_text_bytes(&text, stamp->date, HTTP_DATE_LEN);
	http_text_add(&text, "\r\n");
	return text;
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

/* A page with a field of its own: NAME (": " included) and VALUE; NULL: none.
 */
static struct http_answer
page_with(enum http_status status, const char *why, bool is_head,
    const struct http_stamp *stamp, enum http_connection connection,
    const char *name, const struct http_text *value, struct space out)
{
	uint8_t bytes[1024];
	struct http_text page =
	    write_page(status, why, (struct space){bytes, sizeof(bytes)});
	struct http_text text = begin(status, stamp, out);

	http_text_span(&text, stamp->fields);
	if (name != NULL) {
		http_text_add(&text, name);
		http_text_bytes(&text, value->space.data, value->len);
		http_text_add(&text, "\r\n");
	}
	http_text_add(&text, "Content-Type: text/html; charset=utf-8\r\n"
	                     "Content-Length: ");
	http_text_number(&text, page.len, 10);
	http_text_add(&text, "\r\n");
	if (status != HTTP_STATUS_MOVED)
		http_text_add(&text, "Cache-Control: no-store\r\n");
	http_text_add(&text, connection_fields[connection]);
	http_text_add(&text, "\r\n");
	if (!is_head)
		http_text_bytes(&text, bytes, page.len);
	assert(!text.is_full);
	return (struct http_answer){.status = status, .made = text.len};
}

static const char allow[] = "GET, HEAD, OPTIONS";

struct http_answer
http_answer_page(enum http_status status, const char *why, bool is_head,
    const struct http_stamp *stamp, enum http_connection connection,
    struct space out)
{
	uint8_t copy[sizeof(allow)];
	struct http_text value = {.space = {copy, sizeof(copy)}};

	http_text_add(&value, allow);
	if (status != HTTP_STATUS_NO_CONTENT)
		return page_with(status, why, is_head, stamp, connection,
		    status == HTTP_STATUS_NOT_ALLOWED ? "Allow: " : NULL,
		    &value, out);

	/* RFC 9110 §15.3.5: no body, and no length to go with it. */
	struct http_text text = begin(status, stamp, out);

	http_text_span(&text, stamp->fields);
	http_text_add(&text, "Allow: ");
	http_text_add(&text, allow);
	http_text_add(&text, "\r\n");
	http_text_add(&text, connection_fields[connection]);
	http_text_add(&text, "\r\n");
	return (struct http_answer){.status = status, .made = text.len};
}

/* The folder's name with a slash behind it, and the query that was asked. */
static struct http_answer
answer_moved(const struct http_request *request,
    const struct http_resource *resource, const struct http_stamp *stamp,
    enum http_connection connection, struct space out)
{
	uint8_t bytes[HTTP_RESOURCE_INLINE_MAX];
	struct http_text location = {.space = {bytes, sizeof(bytes)}};

	http_text_span(&location, resource->moved_to);
	http_text_span(&location, request->query);
	if (location.is_full)
		return http_answer_page(HTTP_STATUS_TARGET_TOO_LONG,
		    "This is a folder, and its name with a slash behind it is "
		    "too long.",
		    request->method == HTTP_METHOD_HEAD, stamp, connection,
		    out);
	return page_with(HTTP_STATUS_MOVED,
	    "This is a folder: its name ends in a slash.",
	    request->method == HTTP_METHOD_HEAD, stamp, connection,
	    "Location: ", &location, out);
}

static struct http_answer
answer_not_modified(const struct http_resource *resource,
    const struct http_stamp *stamp, enum http_connection connection,
    struct space out)
{
	struct http_text text = begin(HTTP_STATUS_NOT_MODIFIED, stamp, out);

	http_text_span(&text, resource->common);
	http_text_add(&text, connection_fields[connection]);
	http_text_add(&text, "\r\n");
	return (struct http_answer){
	    .status = HTTP_STATUS_NOT_MODIFIED, .made = text.len};
}

/* RFC 9110 §15.5.17: says how long the file is. */
static struct http_answer
answer_unsatisfiable(const struct http_resource *resource,
    const struct http_stamp *stamp, enum http_connection connection,
    struct space out)
{
	uint8_t bytes[32];
	struct http_text value = {.space = {bytes, sizeof(bytes)}};

	http_text_add(&value, "bytes */");
	http_text_number(&value, resource->size, 10);
	return page_with(HTTP_STATUS_RANGE,
	    "The file has no bytes in the range that was asked for.", false,
	    stamp, connection, "Content-Range: ", &value, out);
}

static struct http_answer
answer_partial(const struct http_resource *resource,
    const struct http_range *range, const struct http_stamp *stamp,
    enum http_connection connection, struct space out)
{
	struct http_text text = begin(HTTP_STATUS_PARTIAL, stamp, out);
	struct http_answer answer = {.status = HTTP_STATUS_PARTIAL};
	uint64_t len = range->last - range->first + 1;

	http_text_span(&text, resource->common);
	http_text_span(&text, resource->type);
	http_text_add(&text, "Content-Range: bytes ");
	http_text_number(&text, range->first, 10);
	http_text_add(&text, "-");
	http_text_number(&text, range->last, 10);
	http_text_add(&text, "/");
	http_text_number(&text, resource->size, 10);
	http_text_add(&text, "\r\nContent-Length: ");
	http_text_number(&text, len, 10);
	http_text_add(&text, "\r\n");
	http_text_add(&text, connection_fields[connection]);
	http_text_add(&text, "\r\n");
	if (resource->is_inline) {
		http_text_bytes(&text,
		    resource->block.data + resource->head_len + range->first,
		    (size_t)len);
	} else {
		answer.offset = range->first;
		answer.len = len;
	}
	assert(!text.is_full);
	answer.made = text.len;
	return answer;
}

/* The way of nearly all requests: two copies, and the date put right. */
static struct http_answer
answer_whole(const struct http_request *request,
    const struct http_resource *resource, const struct http_stamp *stamp,
    enum http_connection connection, struct space out)
{
	struct http_answer answer = {.status = HTTP_STATUS_OK};
	bool has_body = request->method != HTTP_METHOD_HEAD;
	size_t head_len = resource->head_len;
	size_t len = has_body ? resource->block.len : head_len;

	assert(len + 64 <= out.cap);
	if (connection == HTTP_CONNECTION_STAYS) {
		memcpy(out.data, resource->block.data, len);
		answer.made = len;
	} else {
		struct http_text text = {.space = out};

		http_text_bytes(&text, resource->block.data, head_len - 2);
		http_text_add(&text, connection_fields[connection]);
		http_text_bytes(&text, resource->block.data + head_len - 2,
		    len - head_len + 2);
		answer.made = text.len;
	}
	memcpy(out.data + HTTP_RESOURCE_DATE_AT, stamp->date, HTTP_DATE_LEN);
	if (has_body && !resource->is_inline)
		answer.len = resource->size;
	return answer;
}

/* What the conditions and ranges of REQUEST make of a 200. */
static struct http_answer
answer_asked(const struct http_request *request,
    const struct http_resource *resource, const struct http_stamp *stamp,
    enum http_connection connection, struct space out)
{
	struct http_range range;

	switch (http_condition_check(request, resource, stamp->seconds)) {
	case HTTP_CONDITION_NOT_MODIFIED:
		return answer_not_modified(resource, stamp, connection, out);
	case HTTP_CONDITION_FAILED:
		return http_answer_page(HTTP_STATUS_PRECONDITION,
		    "The file is not the one that the request's condition "
		    "names.",
		    request->method == HTTP_METHOD_HEAD, stamp, connection,
		    out);
	case HTTP_CONDITION_WHOLE:
		break;
	case HTTP_CONDITION_RANGE:
		switch (http_range_read(request, resource->size, &range)) {
		case HTTP_RANGE_PART:
			return answer_partial(
			    resource, &range, stamp, connection, out);
		case HTTP_RANGE_NONE:
			return answer_unsatisfiable(
			    resource, stamp, connection, out);
		case HTTP_RANGE_WHOLE:
			break;
		}
		break;
	}
	return answer_whole(request, resource, stamp, connection, out);
}

struct http_answer
http_answer_resource(const struct http_request *request,
    const struct http_resource *resource, const struct http_stamp *stamp,
    enum http_connection connection, struct space out)
{
	if (resource->status == HTTP_STATUS_MOVED)
		return answer_moved(request, resource, stamp, connection, out);
	if (resource->status != HTTP_STATUS_OK)
		return http_answer_page(resource->status, resource->why,
		    request->method == HTTP_METHOD_HEAD, stamp, connection,
		    out);
	if (request->has != 0)
		return answer_asked(request, resource, stamp, connection, out);
	return answer_whole(request, resource, stamp, connection, out);
}
