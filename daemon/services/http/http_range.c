/* http_range.c — "bytes=0-499", "bytes=500-", "bytes=-500". */
#include "services/http/http_range.h"
#include "services/http/http_char.h"

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

enum http_range_result
http_range_read(
    const struct http_request *request, uint64_t size, struct http_range *range)
{
	struct span set, element, second;
	size_t at = 0;
	unsigned inside = 0;

	/* RFC 9110 §14.2: two fields are no valid Range; a unit that is not
	 * known is ignored. */
	if (size == 0 || !http_request_field(request, "range", &at, &set) ||
	    set.len < 6 ||
	    !http_char_equals((struct span){set.data, 6}, "bytes=", 6) ||
	    http_request_field(request, "range", &at, &second))
		return HTTP_RANGE_WHOLE;
	set = (struct span){set.data + 6, set.len - 6};
	while (http_char_next_element(&set, &element)) {
		struct http_range found;

		if (element.len == 0)
			continue;
		switch (read_spec(element, size, &found)) {
		case SPEC_BAD:
			return HTTP_RANGE_NONE;
		case SPEC_OUTSIDE:

			break;
		case SPEC_INSIDE:
			inside++;
			*range = found;
			break;
		}
	}
	if (inside == 1)
		return HTTP_RANGE_PART;
	/* DEVIATES from what a client may hope for: several ranges get the
	 * whole file, as RFC 9110 §14.2 allows. */
	return inside == 0 ? HTTP_RANGE_NONE : HTTP_RANGE_WHOLE;
}
