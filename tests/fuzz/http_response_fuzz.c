/*
 * http_response_fuzz.c — any bytes as a response: no prefix of its head is
 * judged otherwise than the whole, what is well formed keeps its promises, and
 * its chunks are the same wherever they are cut. The bytes as a URL, too.
 */
#include "services/http/http_chunk.h"
#include "services/http/http_response.h"
#include "services/http/http_url.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of its own size, so that a byte too far is seen. */
static uint8_t *
copy_of(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);

	assert(copy != NULL);
	memcpy(copy, data, size);
	return copy;
}

static size_t
count_fields(const struct http_response *response, const char *name)
{
	struct span value;
	size_t at = 0, count = 0;

	while (http_response_field(response, name, &at, &value)) {
		for (size_t i = 0; i < value.len; i++)
			assert(value.data[i] == '\t' || value.data[i] >= ' ');
		count++;
	}
	assert(count <= HTTP_RESPONSE_FIELD_MAX);
	return count;
}

/* RFC 9112 §6.3: whoever reads the fields alone sees the same content. */
static void
check_response(const struct http_response *response, size_t size)
{
	bool has_length = count_fields(response, "content-length") > 0;
	bool has_encoding = count_fields(response, "transfer-encoding") > 0;

	assert(response->head_len <= size);
	assert(response->head_len <= HTTP_RESPONSE_HEAD_MAX);
	assert(response->code >= 100 && response->code <= 999);
	assert(response->is_chunked == has_encoding);
	assert(response->has_length == has_length);
	assert(!has_length || !has_encoding);
	assert(!response->is_chunked || !response->is_http10);
	assert(
	    http_response_framing(response, true) == HTTP_RESPONSE_NO_CONTENT);
}

static void
check_head(const uint8_t *data, size_t size)
{
	struct http_response whole, part;
	uint8_t *copy = copy_of(data, size);
	bool is_done = http_response_parse((struct span){copy, size}, &whole) ==
	               HTTP_RESPONSE_DONE;

	if (is_done && whole.why == NULL)
		check_response(&whole, size);
	for (size_t cut = 0; cut < size; cut += 1 + size / 64) {
		uint8_t *beginning = copy_of(data, cut);

		if (http_response_parse((struct span){beginning, cut}, &part) ==
		    HTTP_RESPONSE_DONE) {
			assert(is_done);
			assert(part.why == whole.why);
			assert(part.head_len == whole.head_len);
		}
		free(beginning);
	}
	free(copy);
}

/* Reads BYTES in pieces of STEP; how it ended, and *LEN bytes in DATA. */
static enum http_chunk_result
read_chunks(struct span bytes, size_t step, uint8_t *data, size_t *len)
{
	struct http_chunk chunk = {0};
	enum http_chunk_result result = HTTP_CHUNK_MORE;

	*len = 0;
	while (bytes.len > 0 && result == HTTP_CHUNK_MORE) {
		size_t piece = bytes.len < step ? bytes.len : step, used, made;

		result =
		    http_chunk_read(&chunk, (struct span){bytes.data, piece},
		        &used, (struct space){data + *len, piece}, &made);
		assert(used <= piece && made <= used);
		*len += made;
		bytes.data += piece;
		bytes.len -= piece;
	}
	return result;
}

static void
check_chunks(const uint8_t *data, size_t size)
{
	uint8_t *whole = malloc(size + 1), *pieces = malloc(size + 1);
	size_t whole_len, len;

	assert(whole != NULL && pieces != NULL);
	enum http_chunk_result result =
	    read_chunks((struct span){data, size}, size, whole, &whole_len);

	for (size_t step = 1; step < 8; step++) {
		assert(read_chunks((struct span){data, size}, step, pieces,
		           &len) == result);
		assert(len == whole_len && memcmp(whole, pieces, len) == 0);
	}
	free(whole);
	free(pieces);
}

/* Whatever a reference is, what it leads to can be split, has the base's
 * scheme or its own, and fits a request line. */
static void
check_url(const uint8_t *data, size_t size)
{
	static uint8_t resolved[HTTP_URL_MAX], target[3 * HTTP_URL_MAX + 1];
	uint8_t *copy = copy_of(data, size);
	struct http_url url;
	size_t len = http_url_resolve(span_of("http://a/b/c/d;p?q"),
	    (struct span){copy, size}, (struct space){resolved, HTTP_URL_MAX});

	if (len > 0) {
		http_url_split((struct span){resolved, len}, &url);
		assert(url.scheme.len > 0);
		len = http_url_target(
		    &url, (struct space){target, sizeof(target)});
		assert(len > 0 && target[0] == '/');
		for (size_t i = 0; i < len; i++)
			assert(target[i] > ' ' && target[i] < 0x7f);
	}
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_head(data, size);
	check_chunks(data, size);
	check_url(data, size);
	return 0;
}
