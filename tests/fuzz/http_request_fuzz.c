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

/* How many fields NAME there are. */
static size_t
count_fields(const struct http_request *request, const char *name)
{
	struct span value;
	size_t at = 0, count = 0;

	while (http_request_field(request, name, &at, &value)) {
		for (size_t i = 0; i < value.len; i++)
			assert(value.data[i] == '\t' || value.data[i] >= ' ');
		count++;
	}
	assert(count <= HTTP_REQUEST_FIELD_MAX);
	return count;
}

/* RFC 9112 §6: whoever reads the fields alone sees the same body. */
static void
check_framing(const struct http_request *request)
{
	size_t lengths = count_fields(request, "content-length");
	size_t encodings = count_fields(request, "transfer-encoding");

	assert(lengths <= 1 && (lengths == 0 || encodings == 0));
	assert(request->is_chunked == (encodings > 0));
	assert(!request->is_chunked || !request->is_http10);
	assert(request->body_len == 0 || lengths == 1);
}

static void
check_request(const struct http_request *request, size_t size)
{
	assert(request->head_len <= size);
	assert(request->head_len - request->start <= HTTP_REQUEST_HEAD_MAX);
	assert(request->path.len > 0);
	assert(request->path.data[0] == '/' ||
	       (request->path.len == 1 && request->path.data[0] == '*'));
	assert(memchr(request->path.data, '?', request->path.len) == NULL);
	for (size_t i = 0; i < request->path.len; i++)
		assert(request->path.data[i] > ' ' &&
		       request->path.data[i] < 0x7f);
	assert(count_fields(request, "host") == 1 || request->is_http10);
	check_framing(request);
}

/* What is taken strictly is taken leniently, too, and ends where it ended. */
static void
check_lenient(
    const struct http_request *strict, const uint8_t *data, size_t size)
{
	struct http_request request;
	enum http_request_result result =
	    http_request_parse((struct span){data, size}, true, &request);

	assert(result == HTTP_REQUEST_DONE);
	assert(request.status == HTTP_STATUS_OK);
	assert(request.head_len == strict->head_len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct http_request whole, part;
	uint8_t *copy, *part_copy;

	for (unsigned bare_lf = 0; bare_lf < 2; bare_lf++) {
		bool is_done = parse(data, size, bare_lf, &whole, &copy) ==
		               HTTP_REQUEST_DONE;

		if (is_done && whole.status == HTTP_STATUS_OK) {
			check_request(&whole, size);
			check_lenient(&whole, data, size);
		}
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
