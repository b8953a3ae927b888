/* http_range.c — "bytes=0-499", "bytes=500-", "bytes=-500", and lists of them.
 */
#include "services/http/http_range.h"
#include "services/http/http_char.h"

#include <limits.h>

/* Takes digits off the start of TEXT; a number that is too large stays at the
 * largest. False: there are none. */
static bool
take_number(struct span *text, uint64_t *value)
{
	size_t count = 0;

	*value = 0;
	for (; count < text->len && text->data[count] >= '0' &&
	       text->data[count] <= '9';
	     count++) {
		unsigned digit = text->data[count] - (unsigned)'0';

		if (*value > (UINT64_MAX - digit) / 10)
			*value = UINT64_MAX;
		else
			*value = *value * 10 + digit;
	}
	text->data += count;
	text->len -= count;
	return count > 0;
}

enum spec {
	SPEC_BAD,
	SPEC_OUTSIDE, /* RFC 9110 §14.1.2: unsatisfiable */
	SPEC_INSIDE,
};

/* One range of the set, for a file of SIZE > 0 bytes. */
static enum spec
read_spec(struct span text, uint64_t size, struct http_range *range)
{
	uint64_t first, last = UINT64_MAX;
	bool has_first = take_number(&text, &first);

	if (text.len == 0 || text.data[0] != '-')
		return SPEC_BAD;
	text = (struct span){text.data + 1, text.len - 1};
	bool has_last = text.len > 0 && take_number(&text, &last);

	if (text.len > 0 || (!has_first && !has_last))
		return SPEC_BAD;
	if (!has_first) { /* a suffix: the last LAST bytes */
		if (last == 0)
			return SPEC_OUTSIDE;
		*range = (struct http_range){
		    last < size ? size - last : 0, size - 1};
		return SPEC_INSIDE;
	}
	if (first > last)
		return SPEC_BAD;
	if (first >= size)
		return SPEC_OUTSIDE;
	*range = (struct http_range){first, last < size ? last : size - 1};
	return SPEC_INSIDE;
}

/* A and B overlap, or so little lies between them that one part is shorter
 * than two. */
static bool
are_near(const struct http_range *a, const struct http_range *b)
{
	if (b->first > a->last)
		return b->first - a->last <= HTTP_RANGE_GAP;
	if (a->first > b->last)
		return a->first - b->last <= HTTP_RANGE_GAP;
	return true;
}

/* Adds RANGE to SET, at the place of the first range that it becomes one with,
 * or at the end. SET is not full. */
static void
add(struct http_range_set *set, struct http_range range)
{
	struct http_range *ranges = set->ranges;
	unsigned place = set->count;

	for (unsigned i = 0; i < set->count; i++) {
		if (!are_near(&ranges[i], &range))
			continue;
		if (ranges[i].first < range.first)
			range.first = ranges[i].first;
		if (ranges[i].last > range.last)
			range.last = ranges[i].last;
		if (i < place)
			place = i;
		set->count--;
		memmove(ranges + i, ranges + i + 1,
		    (set->count - i) * sizeof(*ranges));
		i = UINT_MAX; /* being longer, it may be near to more */
	}
	memmove(ranges + place + 1, ranges + place,
	    (set->count - place) * sizeof(*ranges));
	ranges[place] = range;
	set->count++;
}

/* The value of REQUEST's Range behind "bytes=". RFC 9110 §14.2: two fields are
 * no valid Range; a unit that is not known is ignored. */
static bool
find_bytes(const struct http_request *request, struct span *list)
{
	static const char unit[] = "bytes=";
	enum { UNIT_LEN = sizeof(unit) - 1 };
	struct span second;
	size_t at = 0;

	if (!http_request_field(request, "range", &at, list) ||
	    list->len < UNIT_LEN ||
	    !http_char_equals(
	        (struct span){list->data, UNIT_LEN}, unit, UNIT_LEN) ||
	    http_request_field(request, "range", &at, &second))
		return false;
	*list = (struct span){list->data + UNIT_LEN, list->len - UNIT_LEN};
	return true;
}

enum http_range_result
http_range_read(const struct http_request *request, uint64_t size,
    struct http_range_set *set)
{
	struct span list, element;
	unsigned asked = 0;

	set->count = 0;
	if (size == 0 || !find_bytes(request, &list))
		return HTTP_RANGE_WHOLE;
	while (http_char_next_element(&list, &element)) {
		struct http_range range;

		if (element.len == 0)
			continue;
		asked++;
		switch (read_spec(element, size, &range)) {
		case SPEC_BAD:
			return HTTP_RANGE_NONE;
		case SPEC_OUTSIDE:
			break;
		case SPEC_INSIDE:
			if (asked <= HTTP_RANGE_MAX)
				add(set, range);
			break;
		}
	}
	if (asked > HTTP_RANGE_MAX)
		return HTTP_RANGE_WHOLE;
	return set->count == 0 ? HTTP_RANGE_NONE : HTTP_RANGE_SOME;
}

void
http_range_write(
    struct http_text *text, const struct http_range *range, uint64_t size)
{
	http_text_add(text, "Content-Range: bytes ");
	http_text_number(text, range->first, 10);
	http_text_add(text, "-");
	http_text_number(text, range->last, 10);
	http_text_add(text, "/");
	http_text_number(text, size, 10);
	http_text_add(text, "\r\n");
}
