/* http_ask.h — one request about one resource: for the tests of answers. */
#ifndef NETLAB_TESTS_HTTP_ASK_H
#define NETLAB_TESTS_HTTP_ASK_H

#include "services/http/http_answer_resource.h"

enum { HTTP_ASK_NOW = 784111777 }; /* Sun, 06 Nov 1994 08:49:37 GMT */

extern const struct http_stamp http_ask_stamp;

/* Text, written from the start of a process's life on: no two calls share it.
 */
struct span http_ask_span(const char *text);

/* A request of FIELDS, lines that each end in CRLF. METHOD: "GET". */
struct http_request http_ask_request(const char *method, const char *fields);

/* META's resource with a body of meta->size bytes, in memory: http_ask_byte. */
struct http_resource http_ask_build(const struct http_resource_meta *meta);

/* The byte at OFFSET of every body. */
uint8_t http_ask_byte(uint64_t offset);

/* The answer to METHOD with FIELDS; *TEXT is its bytes with a NUL behind them,
 * valid until the next call. */
struct http_answer http_ask(const struct http_resource *resource,
    const char *method, const char *fields, const char **text);

/* The same for GET, when only the status counts. */
enum http_status http_ask_status(
    const struct http_resource *resource, const char *fields);

#endif
