/* http_reply.c — request → resource → answer. */
#include "services/http/http_reply.h"
#include "services/http/http_answer_resource.h"
#include "services/http/http_multipart.h"

static const char why_not_allowed[] =
    "Files can be read here, and not written: the methods are GET, HEAD and "
    "OPTIONS.";

/* The answer to GET or HEAD, with its file. */
static struct stream_step
reply_file(
    const struct http_turn *turn, size_t used, enum http_connection connection)
{
	const struct http_store *store = turn->store;
	const struct http_request *request = turn->request;
	const struct http_wanted wanted = {
	    .site = http_site_of(store->sites, request->host),
	    .path = request->path,
	};
	const struct http_resource *resource =
	    store->find(store->context, &wanted);
	struct http_answer_to to = http_turn_to(turn, connection);
	struct http_answer answer =
	    http_answer_resource(&to, request, resource);

	if (answer.len == 0)
		return http_turn_answer(turn, &to, &answer, used);
	int fd = store->take(store->context, resource);

	if (fd == -1)
		return http_turn_refuse(turn, HTTP_STATUS_UNAVAILABLE,
		    "Too many files are open. Try again in a moment.");
	struct stream_step step = http_turn_answer(turn, &to, &answer, used);

	step.body = (struct stream_body){
	    .fd = fd, .offset = answer.offset, .len = answer.len};
	if (answer.has_parts) {
		http_session_parts_begin(&turn->session->parts, resource,
		    http_multipart_tag(store->stamp->seed, resource), &step);
		turn->session->state = HTTP_SESSION_PARTS;
	}
	/* A long file is sent before the next request is looked at. */
	if (step.verdict == VERDICT_READ)
		step.verdict = VERDICT_WRITE;
	return step;
}

struct stream_step
http_reply(const struct http_turn *turn, size_t used)
{
	enum http_connection connection = http_turn_connection(turn);

	switch (turn->request->method) {
	case HTTP_METHOD_GET:
	case HTTP_METHOD_HEAD:
		return reply_file(turn, used, connection);
	case HTTP_METHOD_OPTIONS:
		return http_turn_page(
		    turn, HTTP_STATUS_NO_CONTENT, "", used, connection);
	case HTTP_METHOD_CONNECT:
	case HTTP_METHOD_OTHER:
		break;
	}
	return http_turn_page(
	    turn, HTTP_STATUS_NOT_ALLOWED, why_not_allowed, used, connection);
}
