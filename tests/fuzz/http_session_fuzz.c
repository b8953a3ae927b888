/*
 * http_session_fuzz.c — any bytes on a connection: however they are cut, the
 * same answers. The first byte says how they are; what a path stands for is in
 * its last letter.
 */
#include "services/http/http_session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	OUTPUT_MAX = 1 << 18,
	SMALL_LEN = 16,
	LARGE_LEN = 100000,
	/* Steps without new input: more is a loop. */
	STEPS_MAX = 100000,
};

/* What find() finds. */
enum kind {
	KIND_SMALL, /* a file in memory: any path but those below */
	KIND_LARGE, /* l: a file that is not */
	KIND_MOVED, /* m */
	KIND_GONE,  /* e: not there */
	KIND_SHUT,  /* a: a file in memory, for those who say who they are */
	KIND_LAB,   /* x */
	KIND_COUNT,
};

struct run {
	struct http_session session;
	uint8_t output[OUTPUT_MAX];
	size_t len;
	enum verdict verdict;
	size_t record_count, answer_count;
};

static uint8_t blocks[KIND_COUNT][HTTP_RESOURCE_HEAD_MAX + SMALL_LEN];
static struct http_resource resources[KIND_COUNT];
static uint8_t rest[HTTP_REQUEST_LINE_MAX];

static struct http_stamp stamp = {
    .seconds = 784111777,
    .fields = {(const uint8_t *)"Server: x\r\n", 11},
};

static const struct http_user users[] = {
    {.name = {(const uint8_t *)"a", 1}, .hash = "x"}};

enum { LOCATION_LAB, LOCATION_SHUT, LOCATION_OPEN, LOCATION_COUNT };

static const struct http_location locations[LOCATION_COUNT] = {
    [LOCATION_LAB] = {.is_lab = true, .prefix = {(const uint8_t *)"x", 1}},
    [LOCATION_SHUT] = {.realm = {(const uint8_t *)"x", 1},
        .users = users,
        .user_count = 1},
};

static const struct http_error_page error_page = {
    .status = HTTP_STATUS_NOT_FOUND, .path = {(const uint8_t *)"/p", 2}};
static const struct http_site site = {
    .locations = locations,
    .location_count = LOCATION_COUNT,
    .error_pages = &error_page,
    .error_page_count = 1,
};
static const struct http_sites sites = {.sites = &site, .site_count = 1};

static const struct http_resource *
find(void *context, const struct http_wanted *wanted)
{
	struct span path = wanted->path;

	(void)context;
	assert(wanted->site == &site);
	assert(path.len > 0 && path.data[0] == '/');
	switch (path.data[path.len - 1]) {
	case 'l':
		return &resources[KIND_LARGE];
	case 'm':
		return &resources[KIND_MOVED];
	case 'e':
		return &resources[KIND_GONE];
	case 'a':
		return &resources[KIND_SHUT];
	case 'x':
		/* A hundred megabytes of /bytes/N take their time. */
		if (path.len > 13 &&
		    memmem(path.data, path.len, "bytes/", 6) != NULL)
			return &resources[KIND_GONE];
		/* /lab/status/404x: what stands between. */
		assert(path.len <= sizeof(rest));
		memcpy(rest, path.data, path.len);
		resources[KIND_LAB].rest = (struct span){rest, path.len - 1};
		return &resources[KIND_LAB];
	default:
		return &resources[KIND_SMALL];
	}
}

static int
take(void *context, const struct http_resource *taken)
{
	(void)context;
	assert(taken == &resources[KIND_LARGE]);
	return 3;
}

static enum http_login
login(void *context, const struct http_location *location,
    const struct http_request *request)
{
	struct span value;
	size_t at = 0;

	(void)context;
	assert(location == &locations[LOCATION_SHUT]);
	if (!http_request_field(request, "authorization", &at, &value))
		return HTTP_LOGIN_UNKNOWN;
	return value.len > 8 ? HTTP_LOGIN_BUSY : HTTP_LOGIN_KNOWN;
}

static void
record(void *context, const struct http_record *line)
{
	struct run *run = context;
	volatile uint8_t last;

	assert(line->code >= 200 && line->code < 600);
	if (line->line.len > 0)
		last = line->line.data[line->line.len - 1];
	(void)last;
	run->record_count++;
}

static void
build(void)
{
	const struct http_resource_meta small = {
	    .type = "text/plain", .vary = "Accept-Encoding", .size = SMALL_LEN};
	const struct http_resource_meta large = {
	    .type = "text/plain", .coding = "gzip", .size = LARGE_LEN};

	http_date_format(stamp.seconds, stamp.date);
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		struct http_resource *resource = &resources[kind];

		http_resource_build(resource,
		    kind == KIND_LARGE ? &large : &small,
		    (struct space){blocks[kind], HTTP_RESOURCE_HEAD_MAX});
		resource->location = &locations[LOCATION_OPEN];
		if (kind == KIND_LARGE)
			continue;
		memset(blocks[kind] + resource->head_len, 'x', SMALL_LEN);
		resource->is_inline = true;
		resource->block.len += SMALL_LEN;
	}
	resources[KIND_SHUT].location = &locations[LOCATION_SHUT];
	resources[KIND_LAB].location = &locations[LOCATION_LAB];
	resources[KIND_GONE] = (struct http_resource){
	    .status = HTTP_STATUS_NOT_FOUND,
	    .why = "It is gone.",
	    .location = &locations[LOCATION_OPEN],
	    .fd = -1,
	};
	resources[KIND_MOVED] = (struct http_resource){
	    .status = HTTP_STATUS_MOVED,
	    .location = &locations[LOCATION_OPEN],
	    .moved_to = {(const uint8_t *)"/x/", 3},
	    .fd = -1,
	};
}

static void
add_output(struct run *run, const void *bytes, size_t len)
{
	if (len <= OUTPUT_MAX - run->len) {
		memcpy(run->output + run->len, bytes, len);
		run->len += len;
	}
}

/* What the worker asserts of a step over LEN bytes. */
static void
check_step(const struct stream_step *made, size_t len)
{
	assert(made->used <= len && made->made <= HTTP_SESSION_SPACE);
	assert(
	    made->outcome == OUTCOME_NONE || made->outcome < HTTP_STATUS_COUNT);
	assert(made->verdict != VERDICT_WAIT || made->timeout_ms > 0);
	if (made->body.fd != -1 && made->body.len > 0)
		assert(made->body.offset + made->body.len <= LARGE_LEN);
}

/* One step over DATA, of which *USED bytes are used up; false when the next has
 * to wait for more. */
static bool
step(struct run *run, enum stream_event event, const uint8_t *data, size_t len,
    size_t *used)
{
	static uint8_t out[HTTP_SESSION_SPACE];
	static const struct addr nobody;
	const struct http_store store = {
	    .find = find,
	    .take = take,
	    .login = login,
	    .record = record,
	    .context = run,
	    .sites = &sites,
	    .stamp = &stamp,
	    .limits = {1000, 1000, 1000},
	};
	uint8_t *copy = malloc(len > 0 ? len : 1);

	assert(copy != NULL);
	memcpy(copy, data, len);
	/* What is sent at once leaves room at once; time goes by at once. */
	struct stream stream = {
	    .event = run->verdict == VERDICT_WRITE  ? STREAM_ROOM
	             : run->verdict == VERDICT_WAIT ? STREAM_TIMEOUT
	                                            : event,
	    .bytes = {copy, len},
	    .peer = &nobody,
	    .local = &nobody,
	};
	struct stream_step made = http_session_step(
	    &run->session, &store, &stream, (struct space){out, sizeof(out)});

	check_step(&made, len);
	free(copy);
	add_output(run, out, made.made);
	if (made.body.fd != -1 && made.body.len > 0)
		add_output(run, &made.body, sizeof(made.body));
	run->answer_count += made.outcome != OUTCOME_NONE;
	*used = made.used;
	run->verdict = made.verdict;
	return made.verdict == VERDICT_WRITE || made.verdict == VERDICT_WAIT ||
	       (made.verdict == VERDICT_READ && made.used + made.made > 0);
}

/* Steps over DATA until it needs more; returns how much was used. */
static size_t
step_all(
    struct run *run, enum stream_event event, const uint8_t *data, size_t len)
{
	size_t at = 0, used = 0;
	unsigned count = 0;

	while (step(run, event, data + at, len - at, &used)) {
		at += used;
		assert(++count < STEPS_MAX);
	}
	return at + used;
}

/* Feeds DATA in pieces of PIECE bytes, and the end. */
static void
feed(struct run *run, const uint8_t *data, size_t size, size_t piece)
{
	size_t at = 0, there = 0;

	memset(run, 0, sizeof(*run));
	while (there < size && run->verdict == VERDICT_READ) {
		there += size - there < piece ? size - there : piece;
		at += step_all(run, STREAM_BYTES, data + at, there - at);
	}
	if (run->verdict == VERDICT_READ)
		step_all(run, STREAM_EOF, data + at, there - at);
	assert(run->verdict != VERDICT_READ);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct run whole, cut;

	if (size == 0)
		return 0;
	build();
	size_t piece = 1 + (size_t)(data[0] >> 1);

	feed(&whole, data + 1, size - 1, size);
	feed(&cut, data + 1, size - 1, piece);
	/* Who says more behind its last request is lingered for, when that
	 * shows in time. */
	assert(cut.verdict == whole.verdict ||
	       (cut.verdict == VERDICT_DONE && whole.verdict == VERDICT_CLOSE));
	assert(cut.len == whole.len);
	assert(memcmp(cut.output, whole.output, whole.len) == 0);
	assert(cut.record_count == whole.record_count);
	assert(cut.answer_count == whole.answer_count);
	return 0;
}
