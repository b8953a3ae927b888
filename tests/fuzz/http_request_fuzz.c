/*
 * http_request_fuzz.c — any bytes as a request's head: no prefix is judged
 * otherwise than the whole, and what is well formed keeps its promises.
 */
#include "services/http/http_request.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum http_request_result
parse(const uint8_t *data, size_t size, bool bare_lf,
    struct http_request *request, uint8_t **copy)
{
	*copy = malloc(size > 0 ? size : 1);
	assert(*copy != NULL);
	memcpy(*copy, data, size);
	return http_request_parse((struct span){*copy, size}, bare_lf, request);
}

static void
check_request(const struct http_request *request, size_t size)
{
	static const char *const names[] = {
	    "host", "if-none-match", "range", "connection"};

	assert(request->head_len <= size);
	assert(request->head_len - request->start <= HTTP_REQUEST_HEAD_MAX);
	assert(request->path.len > 0);
	assert(request->path.data[0] == '/' ||
	       (request->path.len == 1 && request->path.data[0] == '*'));
	assert(memchr(request->path.data, '?', request->path.len) == NULL);
	assert(!request->is_chunked || request->body_len == 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct span value;
		size_t at = 0, count = 0;

		while (http_request_field(request, names[i], &at, &value)) {
			assert(value.len == 0 ||
			       memchr(value.data, '\r', value.len) == NULL);
			count++;
		}
		assert(count <= HTTP_REQUEST_FIELD_MAX);
		assert(i != 0 || request->is_http10 || count == 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct http_request whole, part;
	uint8_t *copy, *part_copy;

	for (unsigned bare_lf = 0; bare_lf < 2; bare_lf++) {
		bool is_done = parse(data, size, bare_lf, &whole, &copy) ==
		               HTTP_REQUEST_DONE;

		if (is_done && whole.status == HTTP_STATUS_OK)
			check_request(&whole, size);
		/* Some cuts, spread over the input. */
		for (size_t cut = 0; cut < size; cut += 1 + size / 64) {
			if (parse(data, cut, bare_lf, &part, &part_copy) ==
			    HTTP_REQUEST_DONE) {
				assert(is_done);
				assert(part.status == whole.status);
				assert(part.why == whole.why);
				assert(part.head_len == whole.head_len);
			}
			free(part_copy);
		}
		free(copy);
	}
	return 0;
}
