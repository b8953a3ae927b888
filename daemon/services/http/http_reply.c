/* http_reply.c — request → resource → answer. */
#include "services/http/http_reply.h"
#include "services/http/http_answer_resource.h"
#include "services/http/http_coding.h"
#include "services/http/http_listing.h"
#include "services/http/http_multipart.h"

static const char why_not_allowed[] =
    "Files can be read here, and not written: the methods are GET, HEAD and "
    "OPTIONS.";

static bool
is_read(enum http_method method)
{
	return method == HTTP_METHOD_GET || method == HTTP_METHOD_HEAD;
}

void
http_reply_find(struct http_turn *turn)
{
	const struct http_store *store = turn->store;
	const struct http_request *request = turn->request;
	const struct http_site *site =
	    http_site_of(store->sites, request->host);
	struct http_wanted wanted = {.site = site, .path = request->path};

	/* Files answer all other methods alike; "*" has no path. */
	if (!is_read(request->method) &&
	    (request->path.data[0] != '/' || http_site_is_all_files(site)))
		return;
	if ((request->has & HTTP_REQUEST_HAS_ACCEPT_ENCODING) != 0 &&
	    site->has_variants)
		wanted.codings = http_coding_read(request);
	if (request->path.data[request->path.len - 1] == '/' &&
	    http_site_has_listings(site))
		wanted.view = http_listing_view(request);
	turn->resource = store->find(store->context, &wanted);
	const struct http_location *location = turn->resource->location;

	if (location == NULL || location->user_count == 0)
		return;
	turn->guard = location;
	turn->login = store->login == NULL
	                  ? HTTP_LOGIN_UNKNOWN
	                  : store->login(store->context, location, request);
}

bool
http_reply_is_lab(const struct http_turn *turn)
{
	const struct http_resource *resource = turn->resource;

	return resource != NULL && resource->status == HTTP_STATUS_OK &&
	       turn->login == HTTP_LOGIN_KNOWN && resource->location != NULL &&
	       resource->location->is_lab;
}

/* A location that is moved is so for every method. */
static bool
is_moved(const struct http_resource *resource)
{
	return resource != NULL && resource->location != NULL &&
	       resource->location->redirect.len > 0 &&
	       resource->status == resource->location->redirect_status;
}

/* The answer that turn->resource gives, with its file. */
static struct stream_step
reply_resource(
    const struct http_turn *turn, size_t used, enum http_connection connection)
{
	const struct http_store *store = turn->store;
	const struct http_resource *resource = turn->resource;
	struct http_answer_to to = http_turn_to(turn, connection);
	struct http_answer answer =
	    http_answer_resource(&to, turn->request, resource);

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

/* To one who may not see what he asks for. */
static struct stream_step
reply_login(
    const struct http_turn *turn, size_t used, enum http_connection connection)
{
	static const struct http_answer_field retry = {
	    "Retry-After", {(const uint8_t *)"1", 1}};
	struct http_answer_to to = http_turn_to(turn, connection);
	struct http_answer answer;

	if (turn->login == HTTP_LOGIN_BUSY)
		answer = http_answer_page_with(&to, HTTP_STATUS_UNAVAILABLE,
		    "Too many passwords were tried lately. Try again in a "
		    "moment.",
		    &retry);
	else
		answer = http_answer_unauthorized(
		    &to, turn->resource->location->realm);
	return http_turn_answer(turn, &to, &answer, used);
}

struct stream_step
http_reply(const struct http_turn *turn, size_t used)
{
	enum http_connection connection = http_turn_connection(turn, used);

	if (turn->login != HTTP_LOGIN_KNOWN)
		return reply_login(turn, used, connection);
	if (is_read(turn->request->method) || is_moved(turn->resource))
		return reply_resource(turn, used, connection);
	if (turn->request->method == HTTP_METHOD_OPTIONS)
		return http_turn_page(
		    turn, HTTP_STATUS_NO_CONTENT, "", used, connection);
	return http_turn_page(
	    turn, HTTP_STATUS_NOT_ALLOWED, why_not_allowed, used, connection);
}
