/* http_session_lab.c — a lab's requests. While one waits for its body or its
 * time it lies unused in the input, and is read again in the end. */
#include "services/http/http_session_lab.h"
#include "services/http/http_lab_answer.h"
#include "services/http/http_reply.h"
#include "services/http/http_session_body.h"

enum {
	/* A body's chunks with their framing. Together with the longest head
	 * it is less than the worker keeps of a connection's input. */
	FRAMED_MAX = 3 * HTTP_LAB_BODY_MAX / 2,
	/* What one step makes of many bytes. */
	BYTES_PER_STEP = 64 * 1024,
};

static const char why_too_large[] =
    "A body that is to be echoed is at most 32 KiB long, and at most 48 KiB "
    "with the framing of its chunks.";

static bool
has_body(const struct http_request *request)
{
	return request->is_chunked || request->body_len > 0;
}

/* The method as the request line has it. */
static struct span
method_of(const struct http_turn *turn)
{
	const uint8_t *start = turn->stream->bytes.data + turn->request->start;
	size_t len = 0;

	while (start[len] != ' ')
		len++;
	return (struct span){start, len};
}

/* The body of turn->request, which ends at USED. One in chunks is decoded to
 * the end of OUT. */
static struct span
body_of(const struct http_turn *turn, size_t used)
{
	const struct http_request *request = turn->request;
	struct span body = {turn->stream->bytes.data + request->head_len,
	    used - request->head_len};

	if (!request->is_chunked)
		return body;
	struct space space = {
	    turn->out.data + HTTP_LAB_ANSWER_SPACE, HTTP_LAB_BODY_MAX};

	return (struct span){space.data, http_chunk_decode(body, space)};
}

/* Sends what CALL asks for, by a request that ends at USED. */
static struct stream_step
answer_now(
    struct http_turn *turn, const struct http_lab_call *call, size_t used)
{
	struct http_session *session = turn->session;
	struct http_answer_to to =
	    http_turn_to(turn, http_turn_connection(turn, used));
	const struct http_lab_echo echo = {
	    .request = turn->request,
	    .method = method_of(turn),
	    .body = body_of(turn, used),
	    .peer = turn->stream->peer,
	};

	to.out.cap = HTTP_LAB_ANSWER_SPACE;
	struct http_answer answer =
	    http_lab_answer(&to, turn->resource->location, call, &echo);
	struct stream_step step = http_turn_answer(turn, &to, &answer, used);

	if (call->kind != HTTP_LAB_BYTES || answer.body_len == 0)
		return step;
	session->state = HTTP_SESSION_LAB_BYTES;
	session->is_last = to.connection == HTTP_CONNECTION_CLOSES;
	session->bytes.seed = call->seed;
	session->bytes.at = 0;
	session->bytes.left = call->len;
	step.verdict = VERDICT_WRITE;
	return step;
}

/* The request is whole and ends at USED: now, or later. */
static struct stream_step
answer(struct http_turn *turn, size_t used)
{
	struct http_session *session = turn->session;
	struct http_lab_call call =
	    http_lab_read(turn->request, turn->resource->rest);

	if (call.kind != HTTP_LAB_DELAY || call.delay_ms == 0 ||
	    session->state == HTTP_SESSION_LAB_LATE)
		return answer_now(turn, &call, used);
	struct stream_step step = http_turn_read(0, call.delay_ms);

	session->state = HTTP_SESSION_LAB_LATE;
	session->has_deadline = false;
	session->held = (uint32_t)used;
	step.verdict = VERDICT_WAIT;
	return step;
}

/* Reads the request that has been held to USED again. False: there is no
 * memory to find its place, and STEP says so. */
static bool
find_again(struct http_turn *turn, size_t used, struct stream_step *step)
{
	if (http_turn_parse(turn) == HTTP_REQUEST_MORE) {
		*step = http_turn_end(turn); /* not so: it was whole before */
		return false;
	}
	http_reply_find(turn);
	if (http_reply_is_lab(turn))
		return true;
	*step = http_reply(turn, used);
	return false;
}

/* How far the body has come, in chunks, after FRESH more bytes of it. */
static enum http_chunk_result
read_chunks(struct http_session *session, struct span bytes, size_t *fresh)
{
	size_t end =
	    bytes.len < session->held_max ? bytes.len : session->held_max;
	enum http_chunk_result result = http_chunk_skip(&session->chunk,
	    (struct span){bytes.data + session->held, end - session->held},
	    fresh, &session->body_read);

	session->held += (uint32_t)*fresh;
	return result;
}

/* The same for one of known length. */
static enum http_chunk_result
read_length(struct http_session *session, struct span bytes, size_t *fresh)
{
	size_t end =
	    bytes.len < session->held_max ? bytes.len : session->held_max;

	*fresh = end - session->held;
	session->held = (uint32_t)end;
	return end == session->held_max ? HTTP_CHUNK_DONE : HTTP_CHUNK_MORE;
}

struct stream_step
http_session_lab_body(struct http_turn *turn)
{
	struct http_session *session = turn->session;
	struct stream_step step;
	size_t fresh = 0;
	enum http_chunk_result result =
	    session->is_chunked
	        ? read_chunks(session, turn->stream->bytes, &fresh)
	        : read_length(session, turn->stream->bytes, &fresh);
	bool is_too_large =
	    session->is_chunked && (session->body_read > HTTP_LAB_BODY_MAX ||
	                               (result == HTTP_CHUNK_MORE &&
	                                   session->held == session->held_max));

	if (result == HTTP_CHUNK_MORE && !is_too_large)
		return http_session_body_wait(turn, 0, fresh);
	if (!find_again(turn, session->held, &step))
		return step;
	if (is_too_large)
		return http_turn_refuse(
		    turn, HTTP_STATUS_BODY_TOO_LARGE, why_too_large);
	if (result == HTTP_CHUNK_BAD)
		return http_session_body_refuse(turn);
	return answer(turn, session->held);
}

/* Waits for a body. RFC 9110 §10.1.1: a client that expects it is told so now,
 * even when the body is there already, so that how it came makes no
 * difference. */
static struct stream_step
begin_body(struct http_turn *turn)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	struct http_session *session = turn->session;
	const struct http_request *request = turn->request;

	http_session_body_hold(turn, request->is_chunked
	                                 ? (size_t)FRAMED_MAX
	                                 : (size_t)request->body_len);
	session->state = HTTP_SESSION_LAB_BODY;
	session->is_chunked = request->is_chunked;
	if (!request->expects_continue)
		return http_session_lab_body(turn);
	struct stream_step step = http_session_body_wait(turn, 0, 0);

	if (step.verdict == VERDICT_READ) {
		step.made = sizeof(go_on) - 1;
		memcpy(turn->out.data, go_on, step.made);
	}
	return step;
}

struct stream_step
http_session_lab_begin(struct http_turn *turn)
{
	const struct http_request *request = turn->request;
	struct http_lab_call call =
	    http_lab_read(request, turn->resource->rest);

	if (call.status != HTTP_STATUS_OK) {
		struct http_answer_to to = http_turn_to(
		    turn, http_turn_connection(turn, request->head_len));
		struct http_answer refusal =
		    http_lab_answer_refused(&to, &call);
		struct stream_step step =
		    http_turn_answer(turn, &to, &refusal, request->head_len);

		return http_session_body_skip(turn, step);
	}
	if (!has_body(request))
		return answer(turn, request->head_len);
	if (request->body_len > HTTP_LAB_BODY_MAX)
		return http_turn_refuse(
		    turn, HTTP_STATUS_BODY_TOO_LARGE, why_too_large);
	return begin_body(turn);
}

struct stream_step
http_session_lab_late(struct http_turn *turn)
{
	struct stream_step step;

	if (find_again(turn, turn->session->held, &step))
		return answer(turn, turn->session->held);
	return step;
}

struct stream_step
http_session_lab_bytes(const struct http_turn *turn)
{
	struct http_session *session = turn->session;
	size_t len = session->bytes.left < BYTES_PER_STEP
	                 ? (size_t)session->bytes.left
	                 : (size_t)BYTES_PER_STEP;
	struct stream_step step =
	    http_turn_read(0, turn->store->limits.idle_ms);

	http_lab_bytes(session->bytes.seed, session->bytes.at,
	    (struct space){turn->out.data, len});
	session->bytes.at += len;
	session->bytes.left -= len;
	step.made = len;
	step.verdict = VERDICT_WRITE;
	if (session->bytes.left > 0)
		return step;
	session->state = HTTP_SESSION_HEAD;
	step.verdict = session->is_last ? VERDICT_CLOSE : VERDICT_READ;
	if (session->is_last)
		step.used = turn->stream->bytes.len;
	return step;
}
