/* http_resource.c — the head that every answer with one file has in common. */
#include "services/http/http_resource.h"

#include <assert.h>

bool
http_resource_is_fresh(int64_t mtime, int64_t now)
{
	return mtime >= now - 1;
}

/* From all that changes when the content does: time, size, file (a rename over
 * it), and its coding, since two codings of one file are two contents. RFC 9110
 * §8.8.3. */
static void
write_etag(struct http_text *text, const struct http_resource_meta *meta)
{
	uint64_t time =
	    (uint64_t)meta->mtime * 1000000000 + (uint64_t)meta->mtime_ns;

	if (meta->etag.len > 0) {
		http_text_span(text, meta->etag);
		return;
	}
	if (http_resource_is_fresh(meta->mtime, meta->now))
		http_text_add(text, "W/");
	http_text_add(text, "\"");
	http_text_number(text, time, 16);
	http_text_add(text, "-");
	http_text_number(text, meta->size, 16);
	http_text_add(text, "-");
	http_text_number(text, meta->inode, 16);
	if (meta->coding != NULL) {
		http_text_add(text, "-");
		http_text_add(text, meta->coding);
	}
	http_text_add(text, "\"");
}

/* The line "NAME: VALUE"; none where VALUE is NULL. */
static void
write_field(struct http_text *text, const char *name, const char *value)
{
	if (value == NULL)
		return;
	http_text_add(text, name);
	http_text_add(text, ": ");
	http_text_add(text, value);
	http_text_add(text, "\r\n");
}

size_t
http_resource_head_space(const struct http_resource_meta *meta)
{
	/* What is the same for all: the status line, the names of the fields,
	 * two dates, a length; 207 bytes at most. */
	enum { FIXED = 256 };
	size_t etag = meta->etag.len > 0 ? meta->etag.len
	                                 : (size_t)HTTP_RESOURCE_ETAG_MAX;

	return FIXED + etag + meta->always.len + meta->fields.len +
	       strlen(meta->type) +
	       (meta->coding != NULL ? strlen(meta->coding) : 0) +
	       (meta->vary != NULL ? strlen(meta->vary) : 0);
}

/* The bytes of TEXT from START on. */
static struct span
since(const struct http_text *text, size_t start)
{
	return (struct span){text->space.data + start, text->len - start};
}

void
http_resource_build(struct http_resource *resource,
    const struct http_resource_meta *meta, struct space block)
{
	struct http_text text = {.space = block};
	char date[HTTP_DATE_LEN];

	/* RFC 9110 §8.8.2.1: never later than the Date beside it. */
	resource->mtime = meta->mtime < meta->now ? meta->mtime : meta->now;
	resource->is_undated = meta->is_undated;
	resource->is_coded = meta->coding != NULL;
	resource->media_type = meta->type;
	resource->size = meta->size;
	resource->status = HTTP_STATUS_OK;
	http_date_format(resource->mtime, date);

	http_text_add(&text, "HTTP/1.1 200 OK\r\nDate: ");
	assert(text.len == HTTP_RESOURCE_DATE_AT);
	http_text_bytes(&text, date, HTTP_DATE_LEN); /* put right when sent */
	http_text_add(&text, "\r\n");
	size_t start = text.len;

	http_text_span(&text, meta->always);
	http_text_span(&text, meta->fields);
	write_field(&text, "Vary", meta->vary);
	if (!meta->is_undated) {
		http_text_add(&text, "Last-Modified: ");
		http_text_bytes(&text, date, HTTP_DATE_LEN);
		http_text_add(&text, "\r\n");
	}
	http_text_add(&text, "ETag: ");
	size_t etag = text.len;

	write_etag(&text, meta);
	resource->etag = since(&text, etag);
	http_text_add(&text, "\r\nAccept-Ranges: bytes\r\n");
	resource->common = since(&text, start);
	start = text.len;
	write_field(&text, "Content-Type", meta->type);
	write_field(&text, "Content-Encoding", meta->coding);
	resource->type = since(&text, start);
	http_text_add(&text, "Content-Length: ");
	http_text_number(&text, meta->size, 10);
	http_text_add(&text, "\r\n\r\n");
	assert(!text.is_full);
	resource->head_len = text.len;
	resource->block = since(&text, 0);
}
