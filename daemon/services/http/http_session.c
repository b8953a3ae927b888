/* http_session.c — the steps of a connection. */
#include "services/http/http_session.h"
#include "services/http/http_answer_resource.h"

enum state {
	STATE_HEAD,    /* before or in a head */
	STATE_BODY,    /* answered; its body of known length is thrown away */
	STATE_CHUNKED, /* not allowed; answered when its body has ended */
};

static const char why_not_allowed[] =
    "Files can be read here, and not written: the methods are GET, HEAD and "
    "OPTIONS.";

/* All that a step works with. */
struct turn {
	struct http_session *session;
	const struct http_store *store;
	const struct stream *stream;
	struct space out;
};

static struct stream_step
step_read(size_t used, uint32_t timeout_ms)
{
	return (struct stream_step){
	    .verdict = VERDICT_READ,
	    .used = used,
	    .body = {.fd = -1},
	    .timeout_ms = timeout_ms,
	    .outcome = OUTCOME_NONE,
	};
}

/* The end, without an answer: nothing was asked, or half of it. */
static struct stream_step
step_end(const struct stream *stream)
{
	struct stream_step step = step_read(stream->bytes.len, 0);

	step.verdict = VERDICT_DONE;
	return step;
}

/* Sends ANSWER, which ends a request that used USED bytes. */
static struct stream_step
step_answer(const struct turn *turn, const struct http_answer *answer,
    size_t used, enum http_connection connection)
{
	struct stream_step step = step_read(used, turn->store->limits.idle_ms);

	turn->session->has_deadline = false;
	step.made = answer->made;
	step.outcome = answer->status;
	if (connection == HTTP_CONNECTION_CLOSES) {
		/* RFC 9112 §9.6: nothing behind it is looked at. */
		step.verdict = VERDICT_CLOSE;
		step.used = turn->stream->bytes.len;
	}
	return step;
}

/* Where the answer of this turn goes. */
static struct http_answer_to
answer_to(
    const struct turn *turn, enum http_connection connection, bool is_head)
{
	return (struct http_answer_to){
	    .stamp = turn->store->stamp,
	    .connection = connection,
	    .is_head = is_head,
	    .out = turn->out,
	};
}

/* Ends the connection with a page, since where a next request would begin is
 * not known. */
static struct stream_step
step_refuse(const struct turn *turn, enum http_status status, const char *why,
    bool is_head)
{
	struct http_answer_to to =
	    answer_to(turn, HTTP_CONNECTION_CLOSES, is_head);
	struct http_answer answer = http_answer_page(&to, status, why);

	return step_answer(turn, &answer, 0, HTTP_CONNECTION_CLOSES);
}

/* Waits for the rest of what has begun, until one deadline for all of it. */
static struct stream_step
step_wait(const struct turn *turn, size_t used)
{
	uint32_t timeout_ms =
	    turn->session->has_deadline ? 0 : turn->store->limits.head_ms;

	turn->session->has_deadline = true;
	return step_read(used, timeout_ms);
}

/* Whether the connection goes on after the answer to REQUEST (RFC 9112 §9.3).
 */
static enum http_connection
connection_after(const struct turn *turn, const struct http_request *request)
{
	bool has_body = request->is_chunked || request->body_len > 0;

	if (request->wants_close || turn->stream->is_draining ||
	    ++turn->session->request_count >= HTTP_SESSION_REQUEST_MAX)
		return HTTP_CONNECTION_CLOSES;
	/* RFC 9110 §10.1.1: after a final answer the client may or may not
	 * send the body that it has announced; nobody can tell which. */
	if (request->expects_continue && has_body)
		return HTTP_CONNECTION_CLOSES;
	if (!request->is_http10)
		return HTTP_CONNECTION_STAYS;
	return request->wants_keep_alive ? HTTP_CONNECTION_IS_KEPT
	                                 : HTTP_CONNECTION_CLOSES;
}

/* The answer to GET or HEAD, with its file. */
static struct stream_step
step_resource(const struct turn *turn, const struct http_request *request,
    size_t used, enum http_connection connection)
{
	const struct http_store *store = turn->store;
	const struct http_wanted wanted = {
	    .site = http_site_of(store->sites, request->host),
	    .path = request->path,
	};
	const struct http_resource *resource =
	    store->find(store->context, &wanted);
	struct http_answer_to to =
	    answer_to(turn, connection, request->method == HTTP_METHOD_HEAD);
	struct http_answer answer =
	    http_answer_resource(&to, request, resource);

	if (answer.len == 0)
		return step_answer(turn, &answer, used, connection);
	int fd = store->take(store->context, resource);

	if (fd == -1)
		return step_refuse(turn, HTTP_STATUS_UNAVAILABLE,
		    "Too many files are open. Try again in a moment.", false);
	struct stream_step step = step_answer(turn, &answer, used, connection);

	/* A long file is sent before the next request is looked at. */
	if (step.verdict == VERDICT_READ)
		step.verdict = VERDICT_WRITE;
	step.body = (struct stream_body){fd, answer.offset, answer.len};
	return step;
}

/* Answers REQUEST, of which USED bytes are there. */
static struct stream_step
answer_request(
    const struct turn *turn, const struct http_request *request, size_t used)
{
	enum http_connection connection = connection_after(turn, request);
	enum http_status status = HTTP_STATUS_NOT_ALLOWED;

	switch (request->method) {
	case HTTP_METHOD_GET:
	case HTTP_METHOD_HEAD:
		return step_resource(turn, request, used, connection);
	case HTTP_METHOD_OPTIONS:
		status = HTTP_STATUS_NO_CONTENT;
		break;
	case HTTP_METHOD_CONNECT:
	case HTTP_METHOD_OTHER:
		break;
	}
	struct http_answer_to to = answer_to(turn, connection, false);
	struct http_answer answer =
	    http_answer_page(&to, status, why_not_allowed);

	return step_answer(turn, &answer, used, connection);
}

/*
 * A chunked body is answered when it has ended, because broken framing in it
 * turns the answer into 400. One that belongs to a method with a target waits
 * for its end beside its head; others are 405 whatever comes.
 */
static struct stream_step
begin_chunked(const struct turn *turn, const struct http_request *request)
{
	struct http_session *session = turn->session;
	struct span rest = {turn->stream->bytes.data + request->head_len,
	    turn->stream->bytes.len - request->head_len};
	bool is_head = request->method == HTTP_METHOD_HEAD;

	session->chunk = (struct http_chunk){0};
	session->body_read = 0;
	if (request->method == HTTP_METHOD_OTHER ||
	    request->method == HTTP_METHOD_CONNECT) {
		session->state = STATE_CHUNKED;
		session->is_kept =
		    connection_after(turn, request) != HTTP_CONNECTION_CLOSES;
		return step_wait(turn, request->head_len);
	}
	bool is_full = rest.len >= HTTP_SESSION_HELD_MAX;
	size_t used = 0;

	rest.len = is_full ? HTTP_SESSION_HELD_MAX : rest.len;
	switch (http_chunk_skip(
	    &session->chunk, rest, &used, &session->body_read)) {
	case HTTP_CHUNK_DONE:
		return answer_request(turn, request, request->head_len + used);
	case HTTP_CHUNK_BAD:
		return step_refuse(turn, HTTP_STATUS_BAD_REQUEST,
		    "The body's chunks are not framed as chunks are.", is_head);
	case HTTP_CHUNK_MORE:
		break;
	}
	if (is_full)
		return step_refuse(turn, HTTP_STATUS_BODY_TOO_LARGE,
		    "A request for a file has no use for so long a body.",
		    is_head);
	if (turn->stream->event == STREAM_EOF)
		return step_end(turn->stream);
	return step_wait(turn, request->start);
}

/* RFC 9112 §9.6: a client that has named REQUEST its last, and has sent it
 * whole, sends nothing that a close at once could turn into a reset. */
static bool
is_all_said(const struct turn *turn, const struct http_request *request)
{
	bool is_last = request->wants_close ||
	               (request->is_http10 && !request->wants_keep_alive);

	return is_last && request->body_len == 0 && !request->is_chunked &&
	       request->head_len == turn->stream->bytes.len;
}

/* A request whose head is well formed. */
static struct stream_step
begin_request(const struct turn *turn, const struct http_request *request)
{
	if (request->body_len > HTTP_SESSION_BODY_MAX)
		return step_refuse(turn, HTTP_STATUS_BODY_TOO_LARGE,
		    "No body is read here that is longer than 1 MiB.",
		    request->method == HTTP_METHOD_HEAD);
	if (request->is_chunked && !request->expects_continue)
		return begin_chunked(turn, request);
	struct stream_step step =
	    answer_request(turn, request, request->head_len);

	if (is_all_said(turn, request) && step.verdict == VERDICT_CLOSE)
		step.verdict = VERDICT_DONE;
	if (request->body_len > 0 && step.verdict != VERDICT_CLOSE) {
		turn->session->state = STATE_BODY;
		turn->session->body_left = request->body_len;
	}
	return step;
}

static struct stream_step
step_head(const struct turn *turn)
{
	const struct stream *stream = turn->stream;
	struct http_request request;

	if (http_request_parse(stream->bytes, turn->store->accepts_bare_lf,
	        &request) == HTTP_REQUEST_DONE) {
		if (request.status == HTTP_STATUS_OK)
			return begin_request(turn, &request);
		return step_refuse(turn, request.status, request.why,
		    request.method == HTTP_METHOD_HEAD);
	}
	bool is_empty = request.start == stream->bytes.len;

	if (stream->event == STREAM_EOF) {
		if (is_empty)
			return step_end(stream);
		return step_refuse(turn, HTTP_STATUS_BAD_REQUEST,
		    "The request ends before the empty line that ends its "
		    "head.",
		    false);
	}
	if (!is_empty)
		return step_wait(turn, request.start);
	return step_read(request.start,
	    stream->event == STREAM_ROOM ? turn->store->limits.idle_ms : 0);
}

static struct stream_step
step_body(const struct turn *turn)
{
	struct http_session *session = turn->session;
	size_t len = turn->stream->bytes.len;

	if (len < session->body_left) {
		if (turn->stream->event == STREAM_EOF)
			return step_end(turn->stream);
		session->body_left -= len;
		return step_read(len, turn->stream->event == STREAM_ROOM
		                          ? turn->store->limits.idle_ms
		                          : 0);
	}
	session->state = STATE_HEAD;
	return step_read(
	    (size_t)session->body_left, turn->store->limits.idle_ms);
}

static struct stream_step
step_chunked(const struct turn *turn)
{
	struct http_session *session = turn->session;
	size_t used = 0;
	enum http_chunk_result result = http_chunk_skip(
	    &session->chunk, turn->stream->bytes, &used, &session->body_read);
	enum http_connection connection =
	    session->is_kept ? HTTP_CONNECTION_STAYS : HTTP_CONNECTION_CLOSES;

	if (session->body_read > HTTP_SESSION_BODY_MAX)
		return step_refuse(turn, HTTP_STATUS_BODY_TOO_LARGE,
		    "No body is read here that is longer than 1 MiB.", false);
	if (result == HTTP_CHUNK_BAD)
		return step_refuse(turn, HTTP_STATUS_BAD_REQUEST,
		    "The body's chunks are not framed as chunks are.", false);
	if (result == HTTP_CHUNK_MORE)
		return turn->stream->event == STREAM_EOF
		           ? step_end(turn->stream)
		           : step_read(used, 0);
	if (turn->stream->is_draining)
		connection = HTTP_CONNECTION_CLOSES;
	session->state = STATE_HEAD;
	struct http_answer_to to = answer_to(turn, connection, false);
	struct http_answer answer =
	    http_answer_page(&to, HTTP_STATUS_NOT_ALLOWED, why_not_allowed);

	return step_answer(turn, &answer, used, connection);
}

struct stream_step
http_session_step(struct http_session *session, const struct http_store *store,
    const struct stream *stream, struct space out)
{
	struct turn turn = {session, store, stream, out};

	switch (stream->event) {
	case STREAM_OPEN:
		return step_read(0, store->limits.idle_ms);
	case STREAM_TIMEOUT:
		/* RFC 9112 §9.5: silence to who asked nothing. */
		if (!session->has_deadline)
			return step_end(stream);
		return step_refuse(&turn, HTTP_STATUS_TIMEOUT,
		    "The request took too long to arrive.", false);
	case STREAM_BYTES:
	case STREAM_EOF:
	case STREAM_ROOM:
		break;
	}
	switch ((enum state)session->state) {
	case STATE_HEAD:
		return step_head(&turn);
	case STATE_BODY:
		return step_body(&turn);
	case STATE_CHUNKED:
		return step_chunked(&turn);
	}
	return step_end(stream);
}
