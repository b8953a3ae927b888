/* http_answer_resource.c — what a resource is, or what the request's conditions
 * and ranges make of it. */
#include "services/http/http_answer_resource.h"
#include "services/http/http_condition.h"
#include "services/http/http_multipart.h"

#include <assert.h>

/* Behind a target that has a query itself, the request's is more of it. */
static void
add_query(struct http_text *location, struct span query)
{
	bool has_query = location->len > 0 &&
	                 memchr(location->space.data, '?', location->len);

	if (query.len == 0 || (has_query && query.len == 1))
		return;
	http_text_add(location, has_query ? "&" : "?");
	http_text_bytes(location, query.data + 1, query.len - 1);
}

static struct http_answer
answer_moved(const struct http_answer_to *to,
    const struct http_request *request, const struct http_resource *resource)
{
	uint8_t bytes[HTTP_RESOURCE_INLINE_MAX];
	struct http_text location = {.space = {bytes, sizeof(bytes)}};

	http_text_span(&location, resource->moved_to);
	add_query(&location, request->query);
	if (location.is_full)
		return http_answer_page(to, HTTP_STATUS_TARGET_TOO_LONG,
		    "What is asked for is elsewhere, and the target there "
		    "would be too long.");
	return http_answer_page_with(to, resource->status,
	    resource->why != NULL
	        ? resource->why
	        : "This is a folder: its name ends in a slash.",
	    &(struct http_answer_field){"Location", {bytes, location.len}});
}

static struct http_answer
answer_not_modified(
    const struct http_answer_to *to, const struct http_resource *resource)
{
	struct http_text text = http_answer_begin(to, HTTP_STATUS_NOT_MODIFIED);

	http_text_span(&text, resource->common);
	http_answer_end(to, &text);
	assert(!text.is_full);
	return (struct http_answer){
	    .status = HTTP_STATUS_NOT_MODIFIED, .made = text.len};
}

/* RFC 9110 §15.5.17: says how long the file is. */
static struct http_answer
answer_unsatisfiable(
    const struct http_answer_to *to, const struct http_resource *resource)
{
	uint8_t bytes[32];
	struct http_text value = {.space = {bytes, sizeof(bytes)}};

	http_text_add(&value, "bytes */");
	http_text_number(&value, resource->size, 10);
	return http_answer_page_with(to, HTTP_STATUS_RANGE,
	    "The file has no bytes in the range that was asked for.",
	    &(struct http_answer_field){"Content-Range", {bytes, value.len}});
}

static struct http_answer
answer_partial(const struct http_answer_to *to,
    const struct http_resource *resource, const struct http_range *range)
{
	struct http_text text = http_answer_begin(to, HTTP_STATUS_PARTIAL);
	struct http_answer answer = {.status = HTTP_STATUS_PARTIAL};
	uint64_t len = http_range_len(range);

	http_text_span(&text, resource->common);
	http_text_span(&text, resource->type);
	http_range_write(&text, range, resource->size);
	http_text_add(&text, "Content-Length: ");
	http_text_number(&text, len, 10);
	http_text_add(&text, "\r\n");
	http_answer_end(to, &text);
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
	answer.body_len = len;
	return answer;
}

/* Several ranges: all in memory, or the first of them. */
static struct http_answer
answer_parts(const struct http_answer_to *to,
    const struct http_resource *resource,
    const struct http_multipart *multipart)
{
	const struct http_range *ranges = multipart->ranges.ranges;
	struct http_text text = http_answer_begin(to, HTTP_STATUS_PARTIAL);
	struct http_answer answer = {
	    .status = HTTP_STATUS_PARTIAL,
	    .body_len = http_multipart_len(multipart),
	};

	http_text_span(&text, resource->common);
	http_multipart_write_type(multipart, &text);
	http_text_add(&text, "Content-Length: ");
	http_text_number(&text, answer.body_len, 10);
	http_text_add(&text, "\r\n");
	http_answer_end(to, &text);
	http_multipart_write_lines(multipart, 0, &text);
	if (resource->is_inline) {
		const uint8_t *body = resource->block.data + resource->head_len;

		for (unsigned i = 0; i < multipart->ranges.count; i++) {
			http_text_bytes(&text, body + ranges[i].first,
			    (size_t)http_range_len(&ranges[i]));
			http_multipart_write_lines(multipart, i + 1, &text);
		}
	} else {
		answer.offset = ranges[0].first;
		answer.len = http_range_len(&ranges[0]);
		answer.has_parts = true;
	}
	assert(!text.is_full);
	answer.made = text.len;
	return answer;
}

/* The way of nearly all requests: two copies, and the date put right. */
static struct http_answer
answer_whole(
    const struct http_answer_to *to, const struct http_resource *resource)
{
	struct http_answer answer = {.status = HTTP_STATUS_OK};
	struct space out = to->out;
	size_t head_len = resource->head_len;
	size_t len = to->is_head ? head_len : resource->block.len;

	assert(len + 64 <= out.cap);
	if (to->connection == HTTP_CONNECTION_STAYS) {
		memcpy(out.data, resource->block.data, len);
		answer.made = len;
	} else {
		struct http_text text = {.space = out};

		http_text_bytes(&text, resource->block.data, head_len - 2);
		http_answer_end(to, &text);
		http_text_bytes(
		    &text, resource->block.data + head_len, len - head_len);
		answer.made = text.len;
	}
	memcpy(
	    out.data + HTTP_RESOURCE_DATE_AT, to->stamp->date, HTTP_DATE_LEN);
	if (to->is_head)
		return answer;
	answer.body_len = resource->size;
	if (!resource->is_inline)
		answer.len = resource->size;
	return answer;
}

/* What the Range of REQUEST makes of a 200. */
static struct http_answer
answer_ranges(const struct http_answer_to *to,
    const struct http_request *request, const struct http_resource *resource)
{
	struct http_multipart multipart = {
	    .size = resource->size,
	    .type = resource->media_type,
	};

	switch (http_range_read(request, resource->size, &multipart.ranges)) {
	case HTTP_RANGE_NONE:
		return answer_unsatisfiable(to, resource);
	case HTTP_RANGE_WHOLE:
		return answer_whole(to, resource);
	case HTTP_RANGE_SOME:
		break;
	}
	if (multipart.ranges.count == 1)
		return answer_partial(
		    to, resource, &multipart.ranges.ranges[0]);
	/* The whole is a right answer to any Range (RFC 9110 §14.2). Parts
	 * have no field that could say that their bytes are a coding, and
	 * they are written while the request still waits to be used up, as one
	 * with a body cannot. */
	multipart.tag = http_multipart_tag(to->stamp->seed, resource);
	if (resource->is_coded || request->is_chunked ||
	    request->body_len > 0 ||
	    http_multipart_len(&multipart) >= resource->size)
		return answer_whole(to, resource);
	return answer_parts(to, resource, &multipart);
}

/* What the conditions and ranges of REQUEST make of a 200. */
static struct http_answer
answer_asked(const struct http_answer_to *to,
    const struct http_request *request, const struct http_resource *resource)
{
	switch (http_condition_check(request, resource, to->stamp->seconds)) {
	case HTTP_CONDITION_NOT_MODIFIED:
		return answer_not_modified(to, resource);
	case HTTP_CONDITION_FAILED:
		return http_answer_page(to, HTTP_STATUS_PRECONDITION,
		    "The file is not the one that the request's condition "
		    "names.");
	case HTTP_CONDITION_RANGE:
		return answer_ranges(to, request, resource);
	case HTTP_CONDITION_WHOLE:
		break;
	}
	return answer_whole(to, resource);
}

/* The page of what cannot be had. */
static struct http_answer
answer_error(
    const struct http_answer_to *to, const struct http_resource *resource)
{
	/* RFC 9110 §15.5.7, §12.5.5: to another who asks it might be. */
	static const struct http_answer_field vary = {
	    "Vary", {(const uint8_t *)"Accept-Encoding", 15}};

	if (resource->status == HTTP_STATUS_NOT_ACCEPTABLE)
		return http_answer_page_with(
		    to, resource->status, resource->why, &vary);
	return http_answer_page(to, resource->status, resource->why);
}

struct http_answer
http_answer_resource(const struct http_answer_to *to,
    const struct http_request *request, const struct http_resource *resource)
{
	/* RFC 9110 §13.2.1: conditions are of a success alone. */
	if (resource->status != HTTP_STATUS_OK)
		return http_status_code(resource->status) < 400
		           ? answer_moved(to, request, resource)
		           : answer_error(to, resource);
	if ((request->has & HTTP_REQUEST_HAS_CONDITION) != 0)
		return answer_asked(to, request, resource);
	return answer_whole(to, resource);
}
