/*
 * http_range_fuzz.c — any Range of a file of any size, in memory or not: the
 * answer has the length that it says, is never longer than the file, and each
 * of its parts is the file's slice.
 *
 * The input: one byte of flags, eight of the size, then the field's value.
 */
#include "services/http/http_multipart.h"
#include "services/http/http_session.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	FLAG_INLINE = 1,
	FLAG_CLOSE = 2,
	FD = 3,
	VALUE_MAX = 8000,
	STEPS_MAX = HTTP_RANGE_MAX + 2,
};

/* What one request was answered with. */
struct result {
	uint8_t made[HTTP_ANSWER_SPACE * 2]; /* all that was in OUT */
	size_t len;
	struct stream_body bodies[STEPS_MAX];
	size_t at[STEPS_MAX]; /* where in MADE each body belongs */
	unsigned count;
};

static struct http_resource resource;
static uint8_t block[HTTP_RESOURCE_HEAD_MAX + HTTP_RESOURCE_INLINE_MAX];
static struct http_stamp stamp = {.seconds = 784111777, .seed = {1, 2}};

static uint8_t
byte_at(uint64_t offset)
{
	return (uint8_t)(offset * 7 ^ offset >> 8);
}

static void
build(uint64_t size, bool is_inline)
{
	struct http_resource_meta meta = {
	    .type = "text/plain", .size = size, .now = stamp.seconds};

	memset(stamp.date, 'd', sizeof(stamp.date));
	http_resource_build(
	    &resource, &meta, (struct space){block, HTTP_RESOURCE_HEAD_MAX});
	resource.is_inline = is_inline;
	resource.fd = is_inline ? -1 : FD;
	if (!is_inline)
		return;
	for (size_t i = 0; i < size; i++)
		block[resource.head_len + i] = byte_at(i);
	resource.block.len += (size_t)size;
}

static const struct http_resource *
find(void *context, const struct http_wanted *wanted)
{
	(void)context;
	(void)wanted;
	return &resource;
}

static int
take(void *context, const struct http_resource *taken)
{
	(void)context;
	return taken->fd;
}

/* Runs the session over REQUEST until it is answered. */
static void
ask(struct result *result, const uint8_t *request, size_t len)
{
	static const struct http_location location;
	static const struct http_site site = {
	    .locations = &location, .location_count = 1};
	static const struct http_sites sites = {
	    .sites = &site, .site_count = 1};
	const struct http_store store = {
	    .find = find, .take = take, .sites = &sites, .stamp = &stamp};
	struct http_session session;
	struct stream stream = {.event = STREAM_BYTES, .bytes = {request, len}};
	struct stream_step step;
	unsigned steps = 0;

	memset(&session, 0, sizeof(session));
	result->len = result->count = 0;
	do {
		step = http_session_step(&session, &store, &stream,
		    (struct space){
		        result->made + result->len, HTTP_ANSWER_SPACE});
		result->len += step.made;
		assert(result->len <= HTTP_ANSWER_SPACE);
		if (step.body.len > 0) {
			assert(step.body.fd == FD);
			result->at[result->count] = result->len;
			result->bodies[result->count++] = step.body;
		}
		assert(step.body.is_kept ==
		       (http_session_release(&session) != -1));
		assert(++steps <= STEPS_MAX);
		stream.event = STREAM_ROOM;
		if (step.used == len)
			break;
		assert(step.used == 0);
	} while (step.verdict == VERDICT_WRITE);
	assert(step.used == len);
}

/* The number behind NAME in the head of RESULT. */
static uint64_t
number_of(const struct result *result, const char *name)
{
	const uint8_t *found =
	    memmem(result->made, result->len, name, strlen(name));

	assert(found != NULL);
	return strtoull((const char *)found + strlen(name), NULL, 10);
}

static size_t
head_len(const struct result *result)
{
	const uint8_t *end = memmem(result->made, result->len, "\r\n\r\n", 4);

	assert(end != NULL);
	return (size_t)(end - result->made) + 4;
}

/* The part whose lines end at END begins with FIRST and has LEN bytes. */
static void
check_lines(
    const struct result *result, size_t end, const struct stream_body *body)
{
	char line[128];
	int len = snprintf(line, sizeof(line),
	    "\r\nContent-Range: bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64,
	    body->offset, body->offset + body->len - 1, resource.size);

	assert(end > (size_t)len);
	assert(memmem(result->made, end, line, (size_t)len) != NULL);
	assert(body->offset < resource.size);
	assert(body->len <= resource.size - body->offset);
}

/* Takes the parts out of a body in memory. */
static void
check_memory_parts(const struct result *result)
{
	const uint8_t *at = result->made + head_len(result);
	const uint8_t *end = result->made + result->len;
	static const char mark[] = "\r\nContent-Range: bytes ";

	for (;;) {
		const uint8_t *found =
		    memmem(at, (size_t)(end - at), mark, strlen(mark));
		uint64_t first, last, of;

		if (found == NULL)
			break;
		assert(sscanf((const char *)found + strlen(mark),
		           "%" SCNu64 "-%" SCNu64 "/%" SCNu64, &first, &last,
		           &of) == 3);
		assert(of == resource.size && first <= last && last < of);
		at = memmem(found, (size_t)(end - found), "\r\n\r\n", 4);
		assert(at != NULL);
		at += 4;
		for (uint64_t i = first; i <= last; i++)
			assert(*at++ == byte_at(i));
		assert(memcmp(at, "\r\n--netlabd-", 12) == 0);
	}
	assert(memcmp(end - 4, "--\r\n", 4) == 0);
}

static void
check(const struct result *result)
{
	const char *line = (const char *)result->made;
	bool is_partial = memcmp(line, "HTTP/1.1 206", 12) == 0;
	size_t head = head_len(result);
	uint64_t len = result->len - head, sent = 0;

	assert(is_partial || memcmp(line, "HTTP/1.1 200", 12) == 0 ||
	       memcmp(line, "HTTP/1.1 416", 12) == 0);
	for (unsigned i = 0; i < result->count; i++) {
		if (is_partial)
			check_lines(result, result->at[i], &result->bodies[i]);
		for (unsigned j = 0; j < i; j++)
			assert(
			    result->bodies[j].offset + result->bodies[j].len <=
			        result->bodies[i].offset ||
			    result->bodies[i].offset + result->bodies[i].len <=
			        result->bodies[j].offset);
		sent += result->bodies[i].len;
	}
	assert(number_of(result, "\r\nContent-Length: ") == len + sent);
	if (is_partial)
		assert(len + sent <= resource.size);
	if (is_partial && resource.is_inline &&
	    memmem(result->made, head, "multipart/", 10) != NULL)
		check_memory_parts(result);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct result result;
	static char request[VALUE_MAX + 128];
	uint64_t file_size;

	if (size < 9 || size > VALUE_MAX)
		return 0;
	memcpy(&file_size, data + 1, 8);
	bool is_inline = (data[0] & FLAG_INLINE) != 0;
	bool is_close = (data[0] & FLAG_CLOSE) != 0;

	file_size = is_inline ? file_size % (HTTP_RESOURCE_INLINE_MAX + 1)
	                      : file_size & INT64_MAX;
	build(file_size, is_inline);
	int len = snprintf(request, sizeof(request),
	    "GET / HTTP/1.1\r\nHost: a\r\n%sRange: bytes=",
	    is_close ? "Connection: close\r\n" : "");

	for (size_t i = 9; i < size; i++) {
		/* Nothing that ends the field: that is another target's. */
		bool is_text = data[i] >= ' ' && data[i] != 0x7f;

		request[len++] = is_text ? (char)data[i] : ' ';
	}
	memcpy(request + len, "\r\n\r\n", 5);
	uint8_t *copy = malloc((size_t)len + 4);

	assert(copy != NULL);
	memcpy(copy, request, (size_t)len + 4);
	ask(&result, copy, (size_t)len + 4);
	free(copy);
	check(&result);
	return 0;
}
