/* http_base64.h — bytes ↔ base64 (RFC 4648 §4). Pure. */
#ifndef NETLAB_SERVICES_HTTP_BASE64_H
#define NETLAB_SERVICES_HTTP_BASE64_H

#include "services/http/http_text.h"

/* Bytes of text that LEN bytes become. */
static inline size_t
http_base64_len(size_t len)
{
	return (len + 2) / 3 * 4;
}

void http_base64_write(struct http_text *text, struct span bytes);

/*
 * Writes what TEXT stands for to OUT and its length to *LEN. False: TEXT is not
 * exactly what http_base64_write writes (its length, its alphabet, the padding,
 * or the bits that nothing stands for), or does not fit.
 */
bool http_base64_read(struct span text, struct space out, size_t *len)
    __attribute__((warn_unused_result));

#endif
