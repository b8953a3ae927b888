/* http_coding.c — "gzip, br;q=0.9, *;q=0.1", put in order. */
#include "services/http/http_coding.h"
#include "services/http/http_char.h"
#include "services/http/http_weight.h"

#include <string.h>

static const char *const names[HTTP_CODING_COUNT] = {
    [HTTP_CODING_NONE] = NULL,
    [HTTP_CODING_ZSTD] = "zstd",
    [HTTP_CODING_BR] = "br",
    [HTTP_CODING_GZIP] = "gzip",
};

static const char *const suffixes[HTTP_CODING_COUNT] = {
    [HTTP_CODING_NONE] = "",
    [HTTP_CODING_ZSTD] = ".zst",
    [HTTP_CODING_BR] = ".br",
    [HTTP_CODING_GZIP] = ".gz",
};

enum {
	WEIGHT_UNSAID = -1,
};

/* What the fields say of each coding, HTTP_CODING_NONE for identity. */
struct weights {
	int of[HTTP_CODING_COUNT];
	int others; /* "*" */
};

const char *
http_coding_name(enum http_coding coding)
{
	return names[coding];
}

const char *
http_coding_suffix(enum http_coding coding)
{
	return suffixes[coding];
}

/* Where the weight of the coding NAME is kept; NULL: none of ours. */
static int *
weight_of(struct weights *weights, struct span name)
{
	if (name.len == 1 && name.data[0] == '*')
		return &weights->others;
	if (http_char_equals(name, "identity", 8))
		return &weights->of[HTTP_CODING_NONE];
	/* RFC 9110 §8.4.1.3: an old name. */
	if (http_char_equals(name, "x-gzip", 6))
		return &weights->of[HTTP_CODING_GZIP];
	for (unsigned i = HTTP_CODING_ZSTD; i < HTTP_CODING_COUNT; i++) {
		if (http_char_equals(name, names[i], strlen(names[i])))
			return &weights->of[i];
	}
	return NULL;
}

/* Of a coding that is named twice the first weight counts; an element that is
 * not well formed is as if it were not there. */
static void
read_list(struct weights *weights, struct span list)
{
	struct span element;

	while (http_char_next_element(&list, &element)) {
		int weight, *place;

		if (element.len == 0 || !http_weight_split(&element, &weight))
			continue;
		place = weight_of(weights, element);
		if (place != NULL && *place == WEIGHT_UNSAID)
			*place = weight;
	}
}

/* Puts "*" in the place of what was not named. Identity, which is acceptable
 * unless it is refused (RFC 9110 §12.5.3), comes behind all that was asked
 * for. */
static void
fill_up(struct weights *weights)
{
	for (unsigned i = 0; i < HTTP_CODING_COUNT; i++) {
		if (weights->of[i] == WEIGHT_UNSAID)
			weights->of[i] = weights->others;
	}
}

/* The codings that are worth having, the best first. */
static uint8_t
in_order(const struct weights *weights)
{
	unsigned codings = 0, place = 0;
	int least = weights->of[HTTP_CODING_NONE];

	if (least == 0)
		codings |= HTTP_CODING_NO_IDENTITY;
	if (least <= 0)
		least = 1;
	for (int weight = HTTP_WEIGHT_MAX; weight >= least;) {
		int next = 0;

		for (unsigned i = HTTP_CODING_ZSTD; i < HTTP_CODING_COUNT;
		     i++) {
			if (weights->of[i] == weight)
				codings |= i << 2 * place++;
			else if (weights->of[i] < weight &&
			         weights->of[i] > next)
				next = weights->of[i];
		}
		weight = next;
	}
	return (uint8_t)codings;
}

uint8_t
http_coding_read(const struct http_request *request)
{
	struct weights weights = {
	    .of = {WEIGHT_UNSAID, WEIGHT_UNSAID, WEIGHT_UNSAID, WEIGHT_UNSAID},
	    .others = WEIGHT_UNSAID,
	};
	struct span list;
	size_t at = 0;

	if ((request->has & HTTP_REQUEST_HAS_ACCEPT_ENCODING) == 0)
		return 0;
	while (http_request_field(request, "accept-encoding", &at, &list))
		read_list(&weights, list);
	fill_up(&weights);
	return in_order(&weights);
}
