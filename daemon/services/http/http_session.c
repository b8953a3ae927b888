/* http_session.c — the states of a connection. */
#include "services/http/http_reply.h"
#include "services/http/http_session_body.h"
#include "services/http/http_session_lab.h"

#include <assert.h>

/* The head has ended too early or is not there to its end. */
static struct stream_step
wait_head(const struct http_turn *turn)
{
	const struct stream *stream = turn->stream;
	size_t start = turn->head->start;
	bool is_empty = start == stream->bytes.len;

	if (stream->event == STREAM_EOF) {
		if (is_empty)
			return http_turn_end(turn);
		return http_turn_refuse(turn, HTTP_STATUS_BAD_REQUEST,
		    "The request ends before the empty line that ends its "
		    "head.");
	}
	if (!is_empty)
		return http_turn_wait(turn, start);
	return http_turn_read(start,
	    stream->event == STREAM_ROOM ? turn->store->limits.idle_ms : 0);
}

static struct stream_step
step_head(struct http_turn *turn)
{
	if (http_turn_parse(turn) == HTTP_REQUEST_MORE)
		return wait_head(turn);
	const struct http_request *request = turn->request;

	if (request == NULL)
		return http_turn_refuse(
		    turn, turn->head->status, turn->head->why);
	bool has_body = request->is_chunked || request->body_len > 0;

	/* Empty lines before it would take up the room that it needs. */
	if (has_body && request->start > 0)
		return http_turn_read(request->start, 0);
	http_reply_find(turn);
	if (http_reply_is_lab(turn))
		return http_session_lab_begin(turn);
	if (has_body)
		return http_session_body_begin(turn);
	return http_reply(turn, request->head_len);
}

/* The next of several ranges; at the end, the wait for the next request. */
static struct stream_step
step_parts(struct http_turn *turn)
{
	struct http_session *session = turn->session;

	(void)http_turn_parse(turn); /* as it did when it was answered */
	assert(turn->request != NULL);
	struct stream_step step = http_session_parts_step(
	    &session->parts, turn->request, turn->stream->bytes, turn->out);

	if (step.verdict != VERDICT_WRITE) {
		session->state = HTTP_SESSION_HEAD;
		step.timeout_ms = turn->store->limits.idle_ms;
	}
	return step;
}

/* RFC 9112 §9.5: silence to who asked nothing, or has been answered. */
static struct stream_step
step_timeout(struct http_turn *turn)
{
	if (turn->session->state == HTTP_SESSION_LAB_LATE)
		return http_session_lab_late(turn);
	if (!turn->session->has_deadline)
		return http_turn_end(turn);
	(void)http_turn_parse(turn); /* whose body it is that is late */
	return http_turn_refuse(
	    turn, HTTP_STATUS_TIMEOUT, "The request took too long to arrive.");
}

struct stream_step
http_session_step(struct http_session *session, const struct http_store *store,
    const struct stream *stream, struct space out)
{
	struct http_request head;
	struct http_turn turn = {session, store, stream, out, .head = &head,
	    .login = HTTP_LOGIN_KNOWN};

	head.method = HTTP_METHOD_GET;
	head.start = 0;
	switch (stream->event) {
	case STREAM_OPEN:
		return http_turn_read(0, store->limits.idle_ms);
	case STREAM_TIMEOUT:
		return step_timeout(&turn);
	case STREAM_BYTES:
	case STREAM_EOF:
	case STREAM_ROOM:
	case STREAM_WAKE:
		break;
	}
	switch ((enum http_session_state)session->state) {
	case HTTP_SESSION_HEAD:
		return step_head(&turn);
	case HTTP_SESSION_HELD:
		return http_session_body_held(&turn);
	case HTTP_SESSION_LENGTH:
		return http_session_body_length(&turn);
	case HTTP_SESSION_CHUNKED:
		return http_session_body_chunked(&turn);
	case HTTP_SESSION_PARTS:
		return step_parts(&turn);
	case HTTP_SESSION_LAB_BODY:
		return http_session_lab_body(&turn);
	case HTTP_SESSION_LAB_LATE:
		return http_session_lab_late(&turn);
	case HTTP_SESSION_LAB_BYTES:
		return http_session_lab_bytes(&turn);
	}
	return http_turn_end(&turn);
}

int
http_session_release(const struct http_session *session)
{
	return session->state == HTTP_SESSION_PARTS ? session->parts.fd : -1;
}
