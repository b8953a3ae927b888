/* get_report.c — what is said about a response. */
#include "client/http/get_report.h"

#include "client/member.h"
#include "services/http/http_line.h"

#include <inttypes.h>

void
get_report_head(const struct screen *screen, const struct get_fetch *fetch)
{
	const struct http_response *response = &fetch->response;
	struct span name, value;
	size_t at = 0;

	if (!screen->is_terminal && !screen->has_color) {
		fwrite(fetch->bytes, 1, response->head_len, screen->out);
		return;
	}
	screen_print(screen, STYLE_DATA, "HTTP/1.%c %u ",
	    response->is_http10 ? '0' : '1', response->code);
	screen_bytes(screen, STYLE_DATA, response->reason);
	fputc('\n', screen->out);
	while (http_line_next(response->fields, &at, &name, &value)) {
		screen_bytes(screen, STYLE_NAME, name);
		fputs(": ", screen->out);
		screen_bytes(screen, STYLE_PLAIN, value);
		fputc('\n', screen->out);
	}
	fputc('\n', screen->out);
}

void
get_report_short(const struct screen *screen, const struct get_fetch *fetch,
    const struct get_content *content)
{
	screen_print(screen, STYLE_DATA, "%u", fetch->response.code);
	fprintf(screen->out, " %" PRIu64 "\n", content->len);
}

void
get_report_more(const struct screen *screen, const struct get_fetch *fetch)
{
	if (fetch->more == 0)
		return;
	screen_print(screen, STYLE_NOTE,
	    "… and %" PRIu64 " bytes of content, not shown", fetch->more);
	fputc('\n', screen->out);
}

static json_t *
list_fields(const struct http_response *response)
{
	json_t *list = json_array();
	struct span name, value;
	size_t at = 0;

	while (http_line_next(response->fields, &at, &name, &value)) {
		json_t *pair = json_array();

		json_array_append_new(pair, member_string(name));
		json_array_append_new(pair, member_string(value));
		json_array_append_new(list, pair);
	}
	return list;
}

/* The content, where it is there and text. */
static void
add_content(json_t *object, const struct get_content *content)
{
	member_number(object, "length", (int64_t)content->len);
	if (content->place != GET_CONTENT_KEPT ||
	    content->len > sizeof(content->kept))
		return;
	/* NULL where it is no UTF-8: then there is no such member. */
	json_t *text =
	    json_stringn((const char *)content->kept, (size_t)content->len);

	if (text != NULL)
		json_object_set_new(object, "content", text);
}

static void
add_response(json_t *object, const struct http_response *response)
{
	member_text(object, "version", response->is_http10 ? "1.0" : "1.1");
	member_number(object, "status", (int64_t)response->code);
	member_bytes(object, "reason", response->reason);
	json_object_set_new(object, "fields", list_fields(response));
}

/* To the microsecond: what is beyond that is noise. */
static void
add_time(json_t *object, const char *key, double seconds)
{
	member_real(object, key, (double)(int64_t)(seconds * 1e6) / 1e3);
}

static void
add_times(json_t *object, const struct get_fetch *fetch)
{
	add_time(object, "connect_ms", fetch->connected);
	add_time(object, "first_byte_ms", fetch->first);
	add_time(object, "total_ms", fetch->last);
}

int
get_report_json(const struct get_fetch *fetch, bool has_head,
    const struct get_content *content, unsigned redirects)
{
	json_t *object = json_object();

	member_text(object, "url", fetch->url->text);
	member_text(object, "method", fetch->request.is_head ? "HEAD" : "GET");
	member_text(object, "server", fetch->reach.name);
	member_number(object, "redirects", redirects);
	if (has_head) {
		add_response(object, &fetch->response);
		add_content(object, content);
		add_times(object, fetch);
	}
	exchange_end(fetch->exchange, object);
	return member_print(object);
}
