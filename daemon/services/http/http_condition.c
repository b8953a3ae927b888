/* http_condition.c — entity tags and dates, compared. */
#include "services/http/http_condition.h"
#include "services/http/http_char.h"

enum comparison {
	COMPARE_STRONG, /* RFC 9110 §8.8.3.2: weak tags never match */
	COMPARE_WEAK,
};

static bool
is_weak(struct span tag)
{
	return tag.len >= 2 && tag.data[0] == 'W' && tag.data[1] == '/';
}

static bool
tags_match(struct span a, struct span b, enum comparison comparison)
{
	bool has_weak = is_weak(a) || is_weak(b);

	if (has_weak && comparison == COMPARE_STRONG)
		return false;
	if (is_weak(a))
		a = (struct span){a.data + 2, a.len - 2};
	if (is_weak(b))
		b = (struct span){b.data + 2, b.len - 2};
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

/* Takes the next entity tag off LIST. Commas may stand inside the quotes, so
 * that the list cannot be split first. False: no more, or no tag. */
static bool
next_tag(struct span *list, struct span *tag)
{
	while (list->len > 0 && (list->data[0] == ',' || list->data[0] == ' ' ||
	                            list->data[0] == '\t')) {
		list->data++;
		list->len--;
	}
	size_t quote = is_weak(*list) ? 2 : 0;

	if (quote >= list->len || list->data[quote] != '"')
		return false;
	const uint8_t *end =
	    memchr(list->data + quote + 1, '"', list->len - quote - 1);

	if (end == NULL)
		return false;
	size_t len = (size_t)(end - list->data) + 1;

	*tag = (struct span){list->data, len};
	list->data += len;
	list->len -= len;
	return true;
}

/* One of the tags in all fields NAME of REQUEST is TAG; "*" is any. */
static bool
names_tag(const struct http_request *request, const char *name, struct span tag,
    enum comparison comparison)
{
	struct span list, other;
	size_t at = 0;

	while (http_request_field(request, name, &at, &list)) {
		if (list.len == 1 && list.data[0] == '*')
			return true;
		while (next_tag(&list, &other)) {
			if (tags_match(tag, other, comparison))
				return true;
		}
	}
	return false;
}

/* The date in field NAME. False: there is none, or more than one, or no date,
 * which is as no field (RFC 9110 §13.1.3, §13.1.4). */
static bool
date_of(const struct http_request *request, const char *name, int64_t now,
    int64_t *seconds)
{
	struct span value, second;
	size_t at = 0;

	return http_request_field(request, name, &at, &value) &&
	       !http_request_field(request, name, &at, &second) &&
	       http_date_parse(value, now, seconds);
}

/* RFC 9110 §13.1.5: a tag, or a date that stands for one version only: one
 * that lies far enough back from now. */
static bool
range_applies(const struct http_request *request,
    const struct http_resource *resource, int64_t now)
{
	struct span value, second;
	int64_t seconds;
	size_t at = 0;

	if (!http_request_field(request, "if-range", &at, &value))
		return true;
	if (http_request_field(request, "if-range", &at, &second))
		return false;
	if (value.len > 0 && (value.data[0] == '"' || is_weak(value)))
		return tags_match(value, resource->etag, COMPARE_STRONG);
	return !resource->is_undated && http_date_parse(value, now, &seconds) &&
	       seconds == resource->mtime &&
	       !http_resource_is_fresh(seconds, now);
}

enum http_condition
http_condition_check(const struct http_request *request,
    const struct http_resource *resource, int64_t now)
{
	unsigned has = request->has;
	int64_t seconds;

	if (has & HTTP_REQUEST_HAS_IF_MATCH) {
		if (!names_tag(
		        request, "if-match", resource->etag, COMPARE_STRONG))
			return HTTP_CONDITION_FAILED;
	} else if ((has & HTTP_REQUEST_HAS_IF_UNMODIFIED_SINCE) != 0 &&
	           !resource->is_undated) {
		if (date_of(request, "if-unmodified-since", now, &seconds) &&
		    resource->mtime > seconds)
			return HTTP_CONDITION_FAILED;
	}
	if (has & HTTP_REQUEST_HAS_IF_NONE_MATCH) {
		if (names_tag(
		        request, "if-none-match", resource->etag, COMPARE_WEAK))
			return HTTP_CONDITION_NOT_MODIFIED;
	} else if ((has & HTTP_REQUEST_HAS_IF_MODIFIED_SINCE) != 0 &&
	           !resource->is_undated) {
		if (date_of(request, "if-modified-since", now, &seconds) &&
		    resource->mtime <= seconds)
			return HTTP_CONDITION_NOT_MODIFIED;
	}
	/* RFC 9110 §14.2: Range is for GET alone. */
	if ((has & HTTP_REQUEST_HAS_RANGE) == 0 ||
	    request->method != HTTP_METHOD_GET ||
	    !range_applies(request, resource, now))
		return HTTP_CONDITION_WHOLE;
	return HTTP_CONDITION_RANGE;
}
