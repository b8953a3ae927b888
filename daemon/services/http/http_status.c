/* http_status.c — the table of statuses (RFC 9110 §15). */
#include "services/http/http_status.h"

#include <stddef.h>

static const char *const lines[HTTP_STATUS_COUNT] = {
    [HTTP_STATUS_OK] = "200 OK",
    [HTTP_STATUS_NO_CONTENT] = "204 No Content",
    [HTTP_STATUS_PARTIAL] = "206 Partial Content",
    [HTTP_STATUS_MOVED] = "301 Moved Permanently",
    [HTTP_STATUS_FOUND] = "302 Found",
    [HTTP_STATUS_NOT_MODIFIED] = "304 Not Modified",
    [HTTP_STATUS_TEMPORARY] = "307 Temporary Redirect",
    [HTTP_STATUS_PERMANENT] = "308 Permanent Redirect",
    [HTTP_STATUS_BAD_REQUEST] = "400 Bad Request",
    [HTTP_STATUS_UNAUTHORIZED] = "401 Unauthorized",
    [HTTP_STATUS_FORBIDDEN] = "403 Forbidden",
    [HTTP_STATUS_NOT_FOUND] = "404 Not Found",
    [HTTP_STATUS_NOT_ALLOWED] = "405 Method Not Allowed",
    [HTTP_STATUS_NOT_ACCEPTABLE] = "406 Not Acceptable",
    [HTTP_STATUS_TIMEOUT] = "408 Request Timeout",
    [HTTP_STATUS_PRECONDITION] = "412 Precondition Failed",
    [HTTP_STATUS_BODY_TOO_LARGE] = "413 Content Too Large",
    [HTTP_STATUS_TARGET_TOO_LONG] = "414 URI Too Long",
    [HTTP_STATUS_RANGE] = "416 Range Not Satisfiable",
    [HTTP_STATUS_EXPECTATION] = "417 Expectation Failed",
    [HTTP_STATUS_HEAD_TOO_LARGE] = "431 Request Header Fields Too Large",
    [HTTP_STATUS_INTERNAL] = "500 Internal Server Error",
    [HTTP_STATUS_NOT_IMPLEMENTED] = "501 Not Implemented",
    [HTTP_STATUS_UNAVAILABLE] = "503 Service Unavailable",
    [HTTP_STATUS_VERSION] = "505 HTTP Version Not Supported",
};

const char *const http_status_outcomes[HTTP_STATUS_COUNT + 1] = {
    [HTTP_STATUS_OK] = "ok_200",
    [HTTP_STATUS_NO_CONTENT] = "options_204",
    [HTTP_STATUS_PARTIAL] = "partial_206",
    [HTTP_STATUS_MOVED] = "redirect_301",
    [HTTP_STATUS_FOUND] = "redirect_302",
    [HTTP_STATUS_NOT_MODIFIED] = "not_modified_304",
    [HTTP_STATUS_TEMPORARY] = "redirect_307",
    [HTTP_STATUS_PERMANENT] = "redirect_308",
    [HTTP_STATUS_BAD_REQUEST] = "bad_request_400",
    [HTTP_STATUS_UNAUTHORIZED] = "unauthorized_401",
    [HTTP_STATUS_FORBIDDEN] = "forbidden_403",
    [HTTP_STATUS_NOT_FOUND] = "not_found_404",
    [HTTP_STATUS_NOT_ALLOWED] = "not_allowed_405",
    [HTTP_STATUS_NOT_ACCEPTABLE] = "not_acceptable_406",
    [HTTP_STATUS_TIMEOUT] = "timeout_408",
    [HTTP_STATUS_PRECONDITION] = "precondition_412",
    [HTTP_STATUS_BODY_TOO_LARGE] = "too_large_413",
    [HTTP_STATUS_TARGET_TOO_LONG] = "target_too_long_414",
    [HTTP_STATUS_RANGE] = "range_416",
    [HTTP_STATUS_EXPECTATION] = "expectation_417",
    [HTTP_STATUS_HEAD_TOO_LARGE] = "head_too_large_431",
    [HTTP_STATUS_INTERNAL] = "internal_500",
    [HTTP_STATUS_NOT_IMPLEMENTED] = "not_implemented_501",
    [HTTP_STATUS_UNAVAILABLE] = "unavailable_503",
    [HTTP_STATUS_VERSION] = "version_505",
    [HTTP_STATUS_LAB] = "lab",
};

const char *
http_status_line(enum http_status status)
{
	return lines[status];
}

unsigned
http_status_code(enum http_status status)
{
	const char *line = lines[status];

	if (line == NULL)
		return 0;
	return (unsigned)(line[0] - '0') * 100 +
	       (unsigned)(line[1] - '0') * 10 + (unsigned)(line[2] - '0');
}

enum http_status
http_status_of(unsigned code)
{
	for (unsigned i = 0; i < HTTP_STATUS_LAB; i++)
		if (http_status_code((enum http_status)i) == code)
			return (enum http_status)i;
	return (enum http_status)HTTP_STATUS_COUNT;
}
