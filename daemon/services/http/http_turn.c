/* http_turn.c — what a step of a connection comes to. */
#include "services/http/http_turn.h"
#include "services/http/http_auth.h"

enum http_request_result
http_turn_parse(struct http_turn *turn)
{
	enum http_request_result result = http_request_parse(
	    turn->stream->bytes, turn->store->accepts_bare_lf, turn->head);

	if (result == HTTP_REQUEST_DONE && turn->head->status == HTTP_STATUS_OK)
		turn->request = turn->head;
	return result;
}

struct stream_step
http_turn_read(size_t used, uint32_t timeout_ms)
{
	return (struct stream_step){
	    .verdict = VERDICT_READ,
	    .used = used,
	    .body = {.fd = -1},
	    .timeout_ms = timeout_ms,
	    .outcome = OUTCOME_NONE,
	};
}

struct stream_step
http_turn_wait(const struct http_turn *turn, size_t used)
{
	uint32_t timeout_ms =
	    turn->session->has_deadline ? 0 : turn->store->limits.head_ms;

	turn->session->has_deadline = true;
	return http_turn_read(used, timeout_ms);
}

struct stream_step
http_turn_end(const struct http_turn *turn)
{
	struct stream_step step = http_turn_read(turn->stream->bytes.len, 0);

	step.verdict = VERDICT_DONE;
	return step;
}

/* REQUEST has a body, and it is not among the USED bytes. */
static bool
has_body_left(const struct http_request *request, size_t used)
{
	return (request->is_chunked || request->body_len > 0) &&
	       used <= request->head_len;
}

/* The client has said that it asks nothing more (RFC 9112 §9.6, §9.3). */
static bool
is_last(const struct http_request *request)
{
	return request->wants_close ||
	       (request->is_http10 && !request->wants_keep_alive);
}

enum http_connection
http_turn_connection(const struct http_turn *turn, size_t used)
{
	const struct http_request *request = turn->request;

	if (is_last(request) || turn->stream->is_draining ||
	    turn->session->request_count + 1 >= HTTP_SESSION_REQUEST_MAX)
		return HTTP_CONNECTION_CLOSES;
	/* RFC 9110 §10.1.1: after a final answer the client may or may not
	 * send the body that it has announced; nobody can tell which. */
	if (request->expects_continue && has_body_left(request, used))
		return HTTP_CONNECTION_CLOSES;
	return request->is_http10 ? HTTP_CONNECTION_IS_KEPT
	                          : HTTP_CONNECTION_STAYS;
}

/* How a connection closes after an answer that used USED bytes. */
static enum verdict
close_after(const struct http_turn *turn, size_t used)
{
	const struct http_request *request = turn->request;

	/* It has said that nothing follows, and nothing does: there is nobody
	 * whom a reset could keep from reading our answer. */
	if (request != NULL && is_last(request) &&
	    used == turn->stream->bytes.len && !has_body_left(request, used))
		return VERDICT_DONE;
	return VERDICT_CLOSE;
}

struct http_answer_to
http_turn_to(const struct http_turn *turn, enum http_connection connection)
{
	return (struct http_answer_to){
	    .stamp = turn->store->stamp,
	    .connection = connection,
	    /* RFC 9110 §9.3.2: a HEAD that is refused halfway is one, too. */
	    .is_head = turn->head->method == HTTP_METHOD_HEAD,
	    .out = turn->out,
	};
}

/* Puts the site's own page, if it has one for this status, in the place of
 * ours. What may not be had, is no file or is not in memory is left alone: it
 * never leads to another page. */
static void
dress(const struct http_turn *turn, const struct http_answer_to *to,
    struct http_answer *answer)
{
	const struct http_store *store = turn->store;
	const struct http_site *site =
	    turn->request != NULL
	        ? http_site_of(store->sites, turn->request->host)
	        : &store->sites->sites[0];
	struct http_wanted wanted = {
	    .site = site,
	    .path = http_site_error_page(site, answer->status),
	};

	if (wanted.path.len == 0)
		return;
	const struct http_resource *resource =
	    store->find(store->context, &wanted);

	if (resource->status == HTTP_STATUS_OK && resource->is_inline)
		http_answer_dress(to, answer, resource);
}

/* The first line of the input, or what there is of it. */
static struct span
first_line(const struct http_turn *turn)
{
	struct span line = turn->stream->bytes;
	size_t start = turn->head->start;

	line = (struct span){line.data + start, line.len - start};
	const uint8_t *end =
	    line.len > 0 ? memchr(line.data, '\n', line.len) : NULL;

	if (end != NULL)
		line.len = (size_t)(end - line.data);
	if (line.len > 0 && line.data[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* Tells the access log of ANSWER. */
static void
record(const struct http_turn *turn, const struct http_answer_to *to,
    const struct http_answer *answer)
{
	const struct http_store *store = turn->store;
	const struct http_request *request = turn->request;
	struct http_record line = {
	    .request = request,
	    .line = first_line(turn),
	    .peer = turn->stream->peer,
	    .site = request != NULL ? http_site_of(store->sites, request->host)
	                            : NULL,
	    .code = answer->status == HTTP_STATUS_LAB
	                ? answer->code
	                : http_status_code(answer->status),
	    .body_len = to->is_head ? 0 : answer->body_len,
	};

	if (turn->guard != NULL && turn->login == HTTP_LOGIN_KNOWN)
		line.user = http_auth_name(turn->guard, request);
	store->record(store->context, &line);
}

struct stream_step
http_turn_answer(const struct http_turn *turn, const struct http_answer_to *to,
    struct http_answer *answer, size_t used)
{
	struct http_session *session = turn->session;
	struct stream_step step =
	    http_turn_read(used, turn->store->limits.idle_ms);

	if (answer->page_at > 0)
		dress(turn, to, answer);
	if (turn->store->record != NULL)
		record(turn, to, answer);
	session->request_count++;
	session->has_deadline = false;
	session->state = HTTP_SESSION_HEAD;
	step.made = answer->made;
	step.outcome = answer->status;
	if (to->connection == HTTP_CONNECTION_CLOSES) {
		/* RFC 9112 §9.6: nothing behind it is looked at. */
		step.verdict = close_after(turn, used);
		step.used = turn->stream->bytes.len;
	}
	return step;
}

struct stream_step
http_turn_page(const struct http_turn *turn, enum http_status status,
    const char *why, size_t used, enum http_connection connection)
{
	struct http_answer_to to = http_turn_to(turn, connection);
	struct http_answer answer = http_answer_page(&to, status, why);

	return http_turn_answer(turn, &to, &answer, used);
}

struct stream_step
http_turn_refuse(
    const struct http_turn *turn, enum http_status status, const char *why)
{
	return http_turn_page(turn, status, why, 0, HTTP_CONNECTION_CLOSES);
}
