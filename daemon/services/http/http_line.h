/* http_line.h — the lines of a head, of requests and of responses alike (RFC
 * 9112 §2.2, §5). Inline, because every line of every request passes here.
 * Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_LINE_H
#define NETLAB_SERVICES_HTTP_LINE_H

#include "services/http/http_char.h"

enum http_line_result {
	HTTP_LINE_MORE,
	HTTP_LINE_WHOLE,
	HTTP_LINE_TOO_LONG,
	HTTP_LINE_BARE_LF,
};

/*
 * Takes the line at AT of BYTES, without its end, into LINE and its length
 * with its end into LEN. MAX: bytes that it may have, end included.
 */
static inline enum http_line_result
http_line_take(struct span bytes, size_t at, size_t max, bool accepts_bare_lf,
    struct span *line, size_t *len)
{
	size_t left = bytes.len - at;
	size_t window = left < max ? left : max;
	const uint8_t *start = bytes.data + at;
	const uint8_t *end = window > 0 ? memchr(start, '\n', window) : NULL;

	if (end == NULL)
		return left < max ? HTTP_LINE_MORE : HTTP_LINE_TOO_LONG;
	*len = (size_t)(end - start) + 1;
	*line = (struct span){start, *len - 1};
	if (line->len > 0 && start[line->len - 1] == '\r')
		line->len--;
	else if (!accepts_bare_lf)
		return HTTP_LINE_BARE_LF;
	return HTTP_LINE_WHOLE;
}

/* LINE, not empty, would go on with the one before it (obs-fold, RFC 9112
 * §5.2). */
static inline bool
http_line_is_folded(struct span line)
{
	return line.data[0] == ' ' || line.data[0] == '\t';
}

/* Splits a field line into its name and its trimmed value. False: it is none,
 * or a space stands before the colon (RFC 9112 §5.1). */
static inline bool
http_line_split(struct span line, struct span *name, struct span *value)
{
	size_t len = 0;

	while (len < line.len && http_char_token[line.data[len]])
		len++;
	if (len == 0 || len == line.len || line.data[len] != ':')
		return false;
	*name = (struct span){line.data, len};
	*value = http_char_trim(
	    (struct span){line.data + len + 1, line.len - len - 1});
	return true;
}

/* RFC 9110 §5.5: tabs are the only control characters in a value. */
static inline bool
http_line_is_value(struct span value)
{
	if (!http_char_has_control(value))
		return true;
	for (size_t i = 0; i < value.len; i++) {
		uint8_t byte = value.data[i];

		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return false;
	}
	return true;
}

/* Takes the field line at *AT of FIELDS, well-formed lines with their ends, and
 * moves *AT behind it. False: no more. */
static inline bool
http_line_next(
    struct span fields, size_t *at, struct span *name, struct span *value)
{
	if (*at >= fields.len)
		return false;
	const uint8_t *line = fields.data + *at;
	const uint8_t *end = memchr(line, '\n', fields.len - *at);
	const uint8_t *colon = memchr(line, ':', fields.len - *at);

	*at = (size_t)(end - fields.data) + 1;
	if (end > line && end[-1] == '\r')
		end--;
	*name = (struct span){line, (size_t)(colon - line)};
	*value =
	    http_char_trim((struct span){colon + 1, (size_t)(end - colon - 1)});
	return true;
}

#endif
