/* http_json.h — strings as JSON has them (RFC 8259 §7), and the UTF-8 that they
 * have to be (RFC 3629). Pure. */
#ifndef NETLAB_SERVICES_HTTP_JSON_H
#define NETLAB_SERVICES_HTTP_JSON_H

#include "services/http/http_text.h"

/* Bytes of the well-formed UTF-8 sequence that BYTES (not empty) begin with: 1
 * … 4; 0: they begin with none. */
size_t http_json_utf8(struct span bytes);

/* Writes BYTES as a JSON string, with its quotes. Whatever they are, it is
 * valid: each byte that belongs to no UTF-8 sequence becomes U+FFFD. A byte
 * becomes six at most: "\u001f". */
void http_json_string(struct http_text *text, struct span bytes);

#endif
