/* get_fetch.c — one request and its response. */
#include "client/http/get_fetch.h"

#include "client/complain.h"
#include "client/dissect/dissect_http.h"
#include "client/verb.h"
#include "services/http/http_chunk.h"

#include <inttypes.h>
#include <time.h>

enum {
	PIECE_MAX = 65536,
	/* RFC 9110 §15.2 has no limit; no server has a use for so many. */
	INTERIM_MAX = 32,
};

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct span
received(const struct get_fetch *fetch)
{
	return (struct span){fetch->bytes, fetch->have};
}

/* ------------------------------------------------------------------ its head
 */

static int
connect_and_send(struct get_fetch *fetch)
{
	struct span request = {fetch->request.bytes, fetch->request.len};
	int result = reach_open(
	    &fetch->reach, fetch->options, &fetch->url->place, TRANSPORT_TCP);

	if (result != VERB_GOOD)
		return result;
	fetch->connected = now() - fetch->begun;
	exchange_sent(fetch->exchange, "Request", fetch->reach.name, request,
	    dissect_http);
	return reach_send(&fetch->reach, request);
}

/* Reads what comes next behind what is there. */
static int
read_more(struct get_fetch *fetch)
{
	struct space space = {
	    fetch->bytes + fetch->have, HTTP_RESPONSE_HEAD_MAX - fetch->have};
	size_t len;
	int result = reach_receive(&fetch->reach, space, &len);

	if (result != VERB_GOOD)
		return result;
	if (fetch->first == 0)
		fetch->first = now() - fetch->begun;
	fetch->have += len;
	if (len > 0)
		return VERB_GOOD;
	if (fetch->have == 0)
		return complain(VERB_NO_REPLY, "%s: closed without an answer",
		    fetch->reach.name);
	return complain(VERB_MALFORMED,
	    "%s: the response is truncated, in its head", fetch->reach.name);
}

/* The interim response is shown and taken off. */
static void
pass_over(struct get_fetch *fetch)
{
	size_t len = fetch->response.head_len;

	exchange_received(fetch->exchange, "Interim response",
	    fetch->reach.name, (struct span){fetch->bytes, len}, dissect_http);
	fetch->have -= len;
	memmove(fetch->bytes, fetch->bytes + len, fetch->have);
}

int
get_fetch_head(struct get_fetch *fetch)
{
	fetch->reach.fd = -1;
	fetch->have = 0;
	fetch->more = 0;
	fetch->is_shown = false;
	fetch->first = 0;
	fetch->begun = now();
	unsigned interim = 0;
	int result = connect_and_send(fetch);

	while (result == VERB_GOOD) {
		if (fetch->have == 0 ||
		    http_response_parse(received(fetch), &fetch->response) ==
		        HTTP_RESPONSE_MORE) {
			result = read_more(fetch);
			continue;
		}
		if (fetch->response.why != NULL)
			return complain(VERB_MALFORMED,
			    "%s: the response is malformed: %s",
			    fetch->reach.name, fetch->response.why);
		if (!http_response_is_interim(&fetch->response))
			break;
		if (interim++ == INTERIM_MAX)
			return complain(VERB_MALFORMED,
			    "%s: more than %d interim responses",
			    fetch->reach.name, (int)INTERIM_MAX);
		pass_over(fetch);
	}
	fetch->last = now() - fetch->begun;
	return result;
}

/* --------------------------------------------------------------- its content
 */

static void
show(struct get_fetch *fetch)
{
	if (fetch->is_shown || fetch->have == 0)
		return;
	fetch->is_shown = true;
	exchange_received(fetch->exchange, "Response", fetch->reach.name,
	    received(fetch),
	    fetch->request.is_head ? dissect_http_to_head : dissect_http);
}

/* Keeps of PIECE what is to be shown, and shows that when it is all. */
static void
note(struct get_fetch *fetch, struct span piece)
{
	size_t max = fetch->response.head_len + GET_FETCH_SHOWN_MAX;
	size_t room = fetch->have < max ? max - fetch->have : 0;
	size_t len = piece.len < room ? piece.len : room;

	memcpy(fetch->bytes + fetch->have, piece.data, len);
	fetch->have += len;
	fetch->more += piece.len - len;
	if (fetch->have >= max)
		show(fetch);
}

/* Where the content is. */
struct body {
	enum http_response_framing framing;
	uint64_t left; /* BY_LENGTH */
	struct http_chunk chunk;
	bool is_over;
};

static int
take_chunks(struct get_fetch *fetch, struct body *body, struct span piece,
    struct get_content *content)
{
	uint8_t data[PIECE_MAX];
	size_t used, len;
	enum http_chunk_result chunks = http_chunk_read(&body->chunk, piece,
	    &used, (struct space){data, sizeof(data)}, &len);
	int result = get_content_take(content, (struct span){data, len});

	body->is_over = chunks == HTTP_CHUNK_DONE;
	if (result == VERB_GOOD && chunks == HTTP_CHUNK_BAD)
		return complain(VERB_MALFORMED,
		    "%s: the content is malformed: its chunks are broken",
		    fetch->reach.name);
	return result;
}

/* Gives what of PIECE, PIECE_MAX bytes at most, is content to CONTENT. */
static int
take(struct get_fetch *fetch, struct body *body, struct span piece,
    struct get_content *content)
{
	switch (body->framing) {
	case HTTP_RESPONSE_BY_CHUNKS:
		return take_chunks(fetch, body, piece, content);
	case HTTP_RESPONSE_BY_LENGTH:
		if (piece.len > body->left)
			piece.len = (size_t)body->left;
		body->left -= piece.len;
		body->is_over = body->left == 0;
		break;
	case HTTP_RESPONSE_NO_CONTENT:
		body->is_over = true;
		return VERB_GOOD;
	case HTTP_RESPONSE_BY_CLOSE:
		break;
	}
	return get_content_take(content, piece);
}

/* The connection has ended. */
static int
finish(const struct get_fetch *fetch, const struct body *body,
    const struct get_content *content)
{
	if (body->framing == HTTP_RESPONSE_BY_CLOSE)
		return VERB_GOOD;
	if (body->framing == HTTP_RESPONSE_BY_CHUNKS)
		return complain(VERB_MALFORMED,
		    "%s: the content is truncated: its last chunk is missing",
		    fetch->reach.name);
	return complain(VERB_MALFORMED,
	    "%s: the content is truncated: %" PRIu64 " of %" PRIu64 " bytes",
	    fetch->reach.name, content->len, fetch->response.length);
}

int
get_fetch_content(struct get_fetch *fetch, struct get_content *content)
{
	uint8_t bytes[PIECE_MAX];
	size_t head_len = fetch->response.head_len;
	struct span piece = {bytes, fetch->have - head_len};
	struct body body = {
	    .framing =
	        http_response_framing(&fetch->response, fetch->request.is_head),
	    .left = fetch->response.length,
	};

	/* What came with the head. */
	memcpy(bytes, fetch->bytes + head_len, piece.len);
	fetch->have = head_len;
	for (;;) {
		note(fetch, piece);
		int result = take(fetch, &body, piece, content);

		fetch->last = now() - fetch->begun;
		if (result != VERB_GOOD || body.is_over)
			return result;
		reach_renew(&fetch->reach, fetch->options);
		result = reach_receive(&fetch->reach,
		    (struct space){bytes, sizeof(bytes)}, &piece.len);
		if (result != VERB_GOOD)
			return result;
		if (piece.len == 0)
			return finish(fetch, &body, content);
	}
}

void
get_fetch_close(struct get_fetch *fetch)
{
	show(fetch);
	reach_close(&fetch->reach);
}
