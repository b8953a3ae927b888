/* http_listing.c — the view, the order, and JSON. */
#include "services/http/http_listing.h"

#include "core/ascii.h"
#include "services/http/http_char.h"
#include "services/http/http_date.h"
#include "services/http/http_json.h"
#include "services/http/http_listing_html.h"
#include "services/http/http_weight.h"

/* What a parameter of the query may be. */
struct choice {
	const char *text; /* "sort=size" */
	uint8_t mask;     /* the bits of the view that it decides */
	uint8_t bits;
	bool is_format;
};

static const struct choice choices[] = {
    {"sort=name", HTTP_LISTING_ORDER, HTTP_LISTING_BY_NAME, false},
    {"sort=size", HTTP_LISTING_ORDER, HTTP_LISTING_BY_SIZE, false},
    {"sort=date", HTTP_LISTING_ORDER, HTTP_LISTING_BY_DATE, false},
    {"order=asc", HTTP_LISTING_DESCENDING, 0, false},
    {"order=desc", HTTP_LISTING_DESCENDING, HTTP_LISTING_DESCENDING, false},
    {"format=html", HTTP_LISTING_JSON, 0, true},
    {"format=json", HTTP_LISTING_JSON, HTTP_LISTING_JSON, true},
};

/* Puts PARAMETER into VIEW, unless DECIDED (bits of the view) has it. */
static void
choose(struct span parameter, uint8_t *view, uint8_t *decided)
{
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		const struct choice *choice = &choices[i];

		if (!http_char_equals(
		        parameter, choice->text, strlen(choice->text)) ||
		    (*decided & choice->mask) != 0)
			continue;
		*view |= choice->bits;
		*decided |= choice->mask;
	}
}

/* RFC 9110 §12.5.1, for the two types that there are. A program that names JSON
 * gets it though it takes anything as well; a browser names HTML. */
static bool
prefers_json(const struct http_request *request)
{
	int html = 0, json = 0;
	struct span list, element;
	size_t at = 0;

	while (http_request_field(request, "accept", &at, &list)) {
		while (http_char_next_element(&list, &element)) {
			int weight;

			(void)http_weight_split(&element, &weight);
			if (http_char_equals(element, "text/html", 9))
				html = weight;
			else if (http_char_equals(
			             element, "application/json", 16))
				json = weight;
		}
	}
	return json > html;
}

uint8_t
http_listing_view(const struct http_request *request)
{
	struct span query = request->query;
	uint8_t view = 0, decided = 0;

	while (query.len > 0) {
		/* Each begins with the "?" or "&" before it. */
		const uint8_t *mark =
		    memchr(query.data + 1, '&', query.len - 1);
		size_t len =
		    mark != NULL ? (size_t)(mark - query.data) : query.len;

		choose((struct span){query.data + 1, len - 1}, &view, &decided);
		query = (struct span){query.data + len, query.len - len};
	}
	if ((decided & HTTP_LISTING_JSON) == 0 &&
	    (request->has & HTTP_REQUEST_HAS_ACCEPT) != 0 &&
	    prefers_json(request))
		view |= HTTP_LISTING_JSON;
	return view;
}

const char *
http_listing_type(uint8_t view)
{
	return (view & HTTP_LISTING_JSON) != 0 ? "application/json"
	                                       : "text/html; charset=utf-8";
}

/* As a reader looks for names: whatever their case; but "a" and "A" are two. */
static int
compare_names(struct span a, struct span b)
{
	size_t len = a.len < b.len ? a.len : b.len;

	for (size_t i = 0; i < len; i++) {
		int difference =
		    ascii_lower(a.data[i]) - ascii_lower(b.data[i]);

		if (difference != 0)
			return difference;
	}
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return len > 0 ? memcmp(a.data, b.data, len) : 0;
}

int
http_listing_compare(uint8_t view, const struct http_listing_entry *a,
    const struct http_listing_entry *b)
{
	int order = 0;

	if (a->is_folder != b->is_folder)
		return a->is_folder ? -1 : 1;
	if ((view & HTTP_LISTING_ORDER) == HTTP_LISTING_BY_SIZE)
		order = (a->size > b->size) - (a->size < b->size);
	else if ((view & HTTP_LISTING_ORDER) == HTTP_LISTING_BY_DATE)
		order = (a->mtime > b->mtime) - (a->mtime < b->mtime);
	if (order == 0)
		order = compare_names(a->name, b->name);
	return (view & HTTP_LISTING_DESCENDING) != 0 ? -order : order;
}

/* HREF leads to the file also where NAME cannot say its bytes. */
static void
add_json(struct http_text *text, const struct http_listing_entry *entry)
{
	char date[HTTP_DATE_ISO_LEN];

	http_text_add(text, "{\"name\": ");
	http_json_string(text, entry->name);
	http_text_add(text, ", \"type\": ");
	http_text_add(text, entry->is_folder ? "\"directory\"" : "\"file\"");
	http_text_add(text, ", \"size\": ");
	if (entry->is_folder)
		http_text_add(text, "null");
	else
		http_text_number(text, entry->size, 10);
	http_date_format_iso(entry->mtime, date);
	http_text_add(text, ", \"mtime\": \"");
	http_text_bytes(text, date, sizeof(date));
	http_text_add(text, "\", \"href\": \"./");
	http_listing_html_link(text, entry->name);
	http_text_add(text, entry->is_folder ? "/\"}" : "\"}");
}

void
http_listing_begin(struct http_text *text, uint8_t view, struct span path)
{
	if ((view & HTTP_LISTING_JSON) != 0)
		http_text_add(text, "[");
	else
		http_listing_html_begin(text, view, path);
}

void
http_listing_add(struct http_text *text, uint8_t view,
    const struct http_listing_entry *entry, bool is_first)
{
	if ((view & HTTP_LISTING_JSON) == 0) {
		http_listing_html_add(text, entry);
		return;
	}
	http_text_add(text, is_first ? "\n" : ",\n");
	add_json(text, entry);
}

void
http_listing_end(
    struct http_text *text, uint8_t view, uint64_t more, bool more_is_least)
{
	if ((view & HTTP_LISTING_JSON) == 0) {
		http_listing_html_end(text, more, more_is_least);
		return;
	}
	if (more > 0) {
		/* It may stand alone, where memory was short at once. */
		bool is_first =
		    text->len == 0 || text->space.data[text->len - 1] == '[';

		http_text_add(text, is_first ? "\n" : ",\n");
		http_text_add(text, "{\"type\": \"more\", \"count\": ");
		http_text_number(text, more, 10);
		http_text_add(text, more_is_least ? ", \"exact\": false}"
		                                  : ", \"exact\": true}");
	}
	http_text_add(text, "\n]\n");
}
