/* http_multipart.c — what stands between the parts. */
#include "services/http/http_multipart.h"
#include "core/siphash.h"

#include <assert.h>

uint64_t
http_multipart_tag(const uint64_t seed[2], const struct http_resource *resource)
{
	return siphash(seed, resource->etag);
}

static void
write_boundary(const struct http_multipart *multipart, struct http_text *text)
{
	http_text_add(text, "netlabd-");
	http_text_number(text, multipart->tag, 16);
}

void
http_multipart_write_type(
    const struct http_multipart *multipart, struct http_text *text)
{
	http_text_add(text, "Content-Type: multipart/byteranges; boundary=");
	write_boundary(multipart, text);
	http_text_add(text, "\r\n");
}

void
http_multipart_write_lines(const struct http_multipart *multipart,
    unsigned index, struct http_text *text)
{
	/* RFC 2046 §5.1.1: the line end before a boundary belongs to it. */
	http_text_add(text, index > 0 ? "\r\n--" : "--");
	write_boundary(multipart, text);
	if (index == multipart->ranges.count) {
		http_text_add(text, "--\r\n");
		return;
	}
	http_text_add(text, "\r\nContent-Type: ");
	http_text_add(text, multipart->type);
	http_text_add(text, "\r\n");
	http_range_write(
	    text, &multipart->ranges.ranges[index], multipart->size);
	http_text_add(text, "\r\n");
}

uint64_t
http_multipart_len(const struct http_multipart *multipart)
{
	uint8_t lines[HTTP_MULTIPART_LINES_MAX];
	uint64_t len = 0;

	if (strlen(multipart->type) > HTTP_MULTIPART_TYPE_MAX)
		return UINT64_MAX;
	for (unsigned i = 0; i <= multipart->ranges.count; i++) {
		struct http_text text = {.space = {lines, sizeof(lines)}};

		/* No two ranges overlap: their sum is at most the size. */
		if (i < multipart->ranges.count)
			len += http_range_len(&multipart->ranges.ranges[i]);
		http_multipart_write_lines(multipart, i, &text);
		assert(!text.is_full);
		len += text.len;
	}
	return len;
}
