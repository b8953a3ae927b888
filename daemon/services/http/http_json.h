/* http_json.h — strings as JSON has them (RFC 8259 §7). Pure. */
#ifndef NETLAB_SERVICES_HTTP_JSON_H
#define NETLAB_SERVICES_HTTP_JSON_H

#include "services/http/http_text.h"

/* Writes BYTES as a JSON string, with its quotes. Whatever they are, it is
 * valid: each byte that belongs to no UTF-8 sequence becomes U+FFFD. A byte
 * becomes six at most: "\u001f". */
void http_json_string(struct http_text *text, struct span bytes);

#endif
