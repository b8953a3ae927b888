/* http_session_fixture.h — connections over two sites in memory: for the tests
 * of sessions. A test program includes it once. */
#ifndef NETLAB_TESTS_HTTP_SESSION_FIXTURE_H
#define NETLAB_TESTS_HTTP_SESSION_FIXTURE_H

#include "services/http/http_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	OUTPUT_MAX = 1 << 20,
	NOW = 784111777, /* Sun, 06 Nov 1994 08:49:37 GMT */
	MTIME = NOW - 1000,
	LARGE = 100000,
	LARGE_FD = 77,
};

/* What one connection was given, and has given. */
struct peer {
	struct http_session session;
	char *output;
	size_t len;
	unsigned outcomes[HTTP_STATUS_COUNT];
	unsigned answers;
	uint64_t deadline_ms; /* 0: never set */
	uint64_t now_ms;
	struct stream_body body; /* the last one */
	enum verdict verdict;    /* that ended it, or VERDICT_READ */
	bool is_draining, accepts_bare_lf, has_no_descriptors;
};

static uint8_t small_block[HTTP_RESOURCE_HEAD_MAX + 16];
static uint8_t own_block[HTTP_RESOURCE_HEAD_MAX + 16];
static uint8_t large_block[HTTP_RESOURCE_HEAD_MAX];
static struct http_resource small, large, missing, folder, lab, moved, own;
static struct http_stamp stamp = {
    .seconds = NOW, .fields = {(const uint8_t *)"Server: netlabd\r\n", 17}};

/* What the site has beside its files: /lab, /moved, /shut/ with a login. */
enum location {
	LOCATION_LAB,
	LOCATION_MOVED,
	LOCATION_SHUT,
	LOCATION_REST,
	LOCATION_COUNT,
};

static const struct http_user a_user = {
    .name = {(const uint8_t *)"a", 1}, .hash = "x"};

static const struct http_location locations[LOCATION_COUNT] = {
    [LOCATION_LAB] = {.prefix = {(const uint8_t *)"lab", 3},
        .fields = {(const uint8_t *)"X-Lab: y\r\n", 10},
        .is_lab = true},
    [LOCATION_MOVED] = {.prefix = {(const uint8_t *)"moved", 5},
        .redirect = {(const uint8_t *)"/there", 6},
        .redirect_status = HTTP_STATUS_PERMANENT},
    [LOCATION_SHUT] = {.prefix = {(const uint8_t *)"shut", 4},
        .realm = {(const uint8_t *)"the \"lab\"", 9},
        .users = &a_user,
        .user_count = 1},
};

/* The first has only files; the second, "full", all of these, and a page of its
 * own for 404. */
static const struct http_error_page a_page = {
    .status = HTTP_STATUS_NOT_FOUND, .path = {(const uint8_t *)"/own", 4}};
static const struct http_site two_sites[] = {
    {.locations = &locations[LOCATION_REST], .location_count = 1},
    {.index = 1,
        .locations = locations,
        .location_count = LOCATION_COUNT,
        .error_pages = &a_page,
        .error_page_count = 1},
};
static const struct http_host a_host = {{(const uint8_t *)"full", 4}, 1};
static const struct http_sites sites = {
    .sites = two_sites, .site_count = 2, .hosts = &a_host, .host_count = 1};

static inline bool
begins(struct span path, const char *prefix)
{
	return path.len >= strlen(prefix) &&
	       memcmp(path.data, prefix, strlen(prefix)) == 0;
}

static inline int
build(void **state)
{
	struct http_resource_meta meta = {.type = "text/plain",
	    .size = 10,
	    .mtime = MTIME,
	    .now = NOW,
	    .always = stamp.fields};

	(void)state;
	http_date_format(NOW, stamp.date);
	http_resource_build(
	    &small, &meta, (struct space){small_block, HTTP_RESOURCE_HEAD_MAX});
	memcpy(small_block + small.head_len, "0123456789", 10);
	small.block.len += 10;
	small.is_inline = true;
	small.fd = -1;
	meta.size = LARGE;
	http_resource_build(
	    &large, &meta, (struct space){large_block, sizeof(large_block)});
	large.fd = LARGE_FD;
	missing = (struct http_resource){
	    .status = HTTP_STATUS_NOT_FOUND, .why = "None.", .fd = -1};
	folder = (struct http_resource){.status = HTTP_STATUS_MOVED,
	    .moved_to = {(const uint8_t *)"/dir/", 5},
	    .fd = -1};
	meta.size = 3;
	http_resource_build(
	    &own, &meta, (struct space){own_block, HTTP_RESOURCE_HEAD_MAX});
	memcpy(own_block + own.head_len, "own", 3);
	own.block.len += 3;
	own.is_inline = true;
	lab = (struct http_resource){
	    .location = &locations[LOCATION_LAB], .fd = -1};
	moved = (struct http_resource){.status = HTTP_STATUS_PERMANENT,
	    .location = &locations[LOCATION_MOVED],
	    .moved_to = {(const uint8_t *)"/there", 6},
	    .fd = -1};
	return 0;
}

static inline const struct http_resource *
find(void *context, const struct http_wanted *wanted)
{
	static struct http_resource shut;
	struct span path = wanted->path;

	(void)context;
	if (wanted->site->index == 1 && begins(path, "/lab")) {
		lab.rest = (struct span){path.data + 4, path.len - 4};
		return &lab;
	}
	if (wanted->site->index == 1 && begins(path, "/moved"))
		return &moved;
	if (wanted->site->index == 1 && begins(path, "/shut/")) {
		shut = begins(path, "/shut/none") ? missing : small;
		shut.location = &locations[LOCATION_SHUT];
		return &shut;
	}
	if (begins(path, "/large"))
		return &large;
	if (begins(path, "/own"))
		return &own;
	if (begins(path, "/dir"))
		return &folder;
	return path.len == 1 ? &small : &missing;
}

/* "1" is known, "2" is one too many. */
static inline enum http_login
login(void *context, const struct http_location *location,
    const struct http_request *request)
{
	struct span value;
	size_t at = 0;

	(void)context;
	assert_ptr_equal(location, &locations[LOCATION_SHUT]);
	if (!http_request_field(request, "authorization", &at, &value) ||
	    value.len != 1)
		return HTTP_LOGIN_UNKNOWN;
	return value.data[0] == '1'   ? HTTP_LOGIN_KNOWN
	       : value.data[0] == '2' ? HTTP_LOGIN_BUSY
	                              : HTTP_LOGIN_UNKNOWN;
}

static inline int
take(void *context, const struct http_resource *resource)
{
	const struct peer *peer = context;

	return peer->has_no_descriptors ? -1 : resource->fd;
}

static inline struct stream_step
step(struct peer *peer, enum stream_event event, const char *bytes, size_t len)
{
	static const struct addr somebody = {
	    .in4 = {.sin_family = AF_INET, .sin_addr = {0x0100007f}},
	    .len = sizeof(somebody.in4)};
	const struct http_store store = {
	    .find = find,
	    .take = take,
	    .login = login,
	    .context = peer,
	    .sites = &sites,
	    .stamp = &stamp,
	    .limits = {10000, 12000, 15000},
	    .accepts_bare_lf = peer->accepts_bare_lf,
	};
	uint8_t *copy = malloc(len > 0 ? len : 1);
	uint8_t *out = malloc(HTTP_SESSION_SPACE);

	assert_non_null(copy);
	assert_non_null(out);
	memcpy(copy, bytes, len);
	struct stream stream = {.event = event,
	    .is_draining = peer->is_draining,
	    .bytes = {copy, len},
	    .peer = &somebody,
	    .now_ms = peer->now_ms};
	struct stream_step made = http_session_step(&peer->session, &store,
	    &stream, (struct space){out, HTTP_SESSION_SPACE});

	assert_true(made.used <= len && made.made <= HTTP_SESSION_SPACE);
	assert_true(peer->len + made.made < OUTPUT_MAX);
	memcpy(peer->output + peer->len, out, made.made);
	peer->len += made.made;
	peer->output[peer->len] = '\0';
	if (made.body.len > 0) {
		assert_int_equal(made.body.fd, LARGE_FD);
		peer->body = made.body;
	} else {
		assert_int_equal(made.body.fd, -1);
	}
	if (made.timeout_ms > 0)
		peer->deadline_ms = peer->now_ms + made.timeout_ms;
	if (made.outcome != OUTCOME_NONE) {
		peer->outcomes[made.outcome]++;
		peer->answers++;
	}
	peer->verdict = made.verdict;
	free(copy);
	free(out);
	return made;
}

static inline void
connect_peer(struct peer *peer)
{
	*peer = (struct peer){.output = malloc(OUTPUT_MAX), .now_ms = 1000};
	assert_non_null(peer->output);
	peer->output[0] = '\0';
	(void)step(peer, STREAM_OPEN, "", 0);
}

static inline void
disconnect(struct peer *peer)
{
	free(peer->output);
}

/* Does as the worker does with LEN bytes that arrive in pieces of PIECE, and
 * then, when HAS_EOF, the end. */
static inline void
feed(struct peer *peer, const char *bytes, size_t len, size_t piece,
    bool has_eof)
{
	size_t at = 0, there = 0;
	enum stream_event event = STREAM_BYTES;

	while (peer->verdict == VERDICT_READ) {
		bool is_eof = false;

		if (there < len)
			there += len - there < piece ? len - there : piece;
		else if (has_eof)
			is_eof = true;
		else
			return;
		event = is_eof ? STREAM_EOF : STREAM_BYTES;
		for (;;) {
			struct stream_step made =
			    step(peer, event, bytes + at, there - at);

			at += made.used;
			if (made.verdict == VERDICT_WAIT) {
				peer->now_ms += made.timeout_ms;
				event = STREAM_TIMEOUT;
				continue;
			}
			if (made.verdict == VERDICT_WRITE) {
				event = STREAM_ROOM;
				continue;
			}
			if (made.verdict != VERDICT_READ ||
			    (made.used == 0 && made.made == 0))
				break;
			if (at == there && !is_eof)
				break;
			event = at < there ? STREAM_BYTES : STREAM_EOF;
		}
		if (is_eof)
			return;
	}
}

/* A connection that has sent TEXT, all at once. The caller disconnects. */
static inline struct peer
sent(const char *text)
{
	struct peer peer;

	connect_peer(&peer);
	feed(&peer, text, strlen(text), strlen(text) + 1, false);
	return peer;
}

static inline unsigned
count(const struct peer *peer, const char *text)
{
	unsigned found = 0;

	for (const char *at = peer->output; (at = strstr(at, text)) != NULL;
	     at++)
		found++;
	return found;
}

/* TEXT is answered with STATUS, and then the verdict is VERDICT. */
static inline void
expect(const char *text, enum http_status status, enum verdict verdict)
{
	struct peer peer = sent(text);

	if (peer.answers != 1 || peer.outcomes[status] != 1)
		fail_msg("%s: %s", text, peer.output);
	assert_int_equal(peer.verdict, verdict);
	assert_int_equal(
	    count(&peer, "Connection: close\r\n"), verdict != VERDICT_READ);
	disconnect(&peer);
}

#define GET "GET / HTTP/1.1\r\nHost: a\r\n"
#define END "\r\n"

#endif
