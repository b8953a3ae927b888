/*
 * http_session_fuzz.c — any bytes on a connection: however they are cut, the
 * same answers. The first byte says how they are.
 */
#include "services/http/http_session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUTPUT_MAX = 1 << 18 };

struct run {
	struct http_session session;
	uint8_t output[OUTPUT_MAX];
	size_t len;
	enum verdict verdict;
};

static uint8_t block[HTTP_RESOURCE_HEAD_MAX + 16];
static struct http_resource resource;
static struct http_stamp stamp = {.seconds = 784111777};

static const struct http_resource *
find(void *context, const struct http_wanted *wanted)
{
	(void)context;
	assert(wanted->path.len > 0 && wanted->path.data[0] == '/');
	return &resource;
}

static int
take(void *context, const struct http_resource *taken)
{
	(void)context;
	(void)taken;
	return 3;
}

static void
build(bool is_inline)
{
	struct http_resource_meta meta = {.type = "text/plain", .size = 16};

	http_date_format(stamp.seconds, stamp.date);
	http_resource_build(
	    &resource, &meta, (struct space){block, HTTP_RESOURCE_HEAD_MAX});
	memset(block + resource.head_len, 'x', 16);
	resource.is_inline = is_inline;
	if (is_inline)
		resource.block.len += 16;
}

/* One step over DATA, of which *USED bytes are used up; false when the next has
 * to wait for more. */
static bool
step(struct run *run, enum stream_event event, const uint8_t *data, size_t len,
    size_t *used)
{
	static uint8_t out[HTTP_ANSWER_SPACE];
	static const struct http_location location;
	static const struct http_site site = {
	    .locations = &location, .location_count = 1};
	static const struct http_sites sites = {
	    .sites = &site, .site_count = 1};
	const struct http_store store = {
	    .find = find, .take = take, .sites = &sites, .stamp = &stamp};
	uint8_t *copy = malloc(len > 0 ? len : 1);

	assert(copy != NULL);
	memcpy(copy, data, len);
	/* What is sent at once leaves room at once. */
	struct stream stream = {
	    .event = run->verdict == VERDICT_WRITE ? STREAM_ROOM : event,
	    .bytes = {copy, len},
	};
	struct stream_step made = http_session_step(
	    &run->session, &store, &stream, (struct space){out, sizeof(out)});

	free(copy);
	assert(made.used <= len && made.made <= sizeof(out));
	assert(
	    made.outcome == OUTCOME_NONE || made.outcome < HTTP_STATUS_COUNT);
	if (made.made <= OUTPUT_MAX - run->len) {
		memcpy(run->output + run->len, out, made.made);
		run->len += made.made;
	}
	*used = made.used;
	run->verdict = made.verdict;
	return made.verdict == VERDICT_WRITE ||
	       (made.verdict == VERDICT_READ && made.used + made.made > 0);
}

/* Feeds DATA in pieces of PIECE bytes, and the end. */
static void
feed(struct run *run, const uint8_t *data, size_t size, size_t piece)
{
	size_t at = 0, there = 0, used = 0;

	memset(run, 0, sizeof(*run));
	while (there < size && run->verdict == VERDICT_READ) {
		there += size - there < piece ? size - there : piece;
		while (step(run, STREAM_BYTES, data + at, there - at, &used))
			at += used;
		at += used;
	}
	while (run->verdict == VERDICT_READ &&
	       step(run, STREAM_EOF, data + at, there - at, &used))
		at += used;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct run whole, cut;

	if (size == 0)
		return 0;
	build((data[0] & 1) != 0);
	size_t piece = 1 + (size_t)(data[0] >> 1);

	feed(&whole, data + 1, size - 1, size);
	feed(&cut, data + 1, size - 1, piece);
	/* Who says more behind its last request is lingered for, when that
	 * shows in time. */
	assert(cut.verdict == whole.verdict ||
	       (cut.verdict == VERDICT_DONE && whole.verdict == VERDICT_CLOSE));
	assert(cut.len == whole.len);
	assert(memcmp(cut.output, whole.output, whole.len) == 0);
	return 0;
}
