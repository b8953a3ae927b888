/* http_lab_status.c — a table of what is registered. */
#include "services/http/http_lab_status.h"

#include <stddef.h>

static const struct {
	unsigned code;
	const char *reason;
	const char *fields; /* NULL: none */
} statuses[] = {
    {200, "OK", NULL},
    {201, "Created", NULL},
    {202, "Accepted", NULL},
    {203, "Non-Authoritative Information", NULL},
    {204, "No Content", NULL},
    {205, "Reset Content", NULL},
    {206, "Partial Content", NULL},
    {207, "Multi-Status", NULL},
    {208, "Already Reported", NULL},
    {226, "IM Used", NULL},
    {300, "Multiple Choices", NULL},
    {301, "Moved Permanently", NULL},
    {302, "Found", NULL},
    {303, "See Other", NULL},
    {304, "Not Modified", NULL},
    {305, "Use Proxy", NULL},
    {307, "Temporary Redirect", NULL},
    {308, "Permanent Redirect", NULL},
    {400, "Bad Request", NULL},
    {401, "Unauthorized", "WWW-Authenticate: Basic realm=\"lab\"\r\n"},
    {402, "Payment Required", NULL},
    {403, "Forbidden", NULL},
    {404, "Not Found", NULL},
    {405, "Method Not Allowed", "Allow: GET, HEAD, OPTIONS\r\n"},
    {406, "Not Acceptable", NULL},
    {407, "Proxy Authentication Required",
        "Proxy-Authenticate: Basic realm=\"lab\"\r\n"},
    {408, "Request Timeout", NULL},
    {409, "Conflict", NULL},
    {410, "Gone", NULL},
    {411, "Length Required", NULL},
    {412, "Precondition Failed", NULL},
    {413, "Content Too Large", NULL},
    {414, "URI Too Long", NULL},
    {415, "Unsupported Media Type", NULL},
    {416, "Range Not Satisfiable", "Content-Range: bytes */0\r\n"},
    {417, "Expectation Failed", NULL},
    {418, "I'm a teapot", NULL},
    {421, "Misdirected Request", NULL},
    {422, "Unprocessable Content", NULL},
    {423, "Locked", NULL},
    {424, "Failed Dependency", NULL},
    {425, "Too Early", NULL},
    {426, "Upgrade Required", "Upgrade: HTTP/2.0\r\nConnection: Upgrade\r\n"},
    {428, "Precondition Required", NULL},
    {429, "Too Many Requests", "Retry-After: 1\r\n"},
    {431, "Request Header Fields Too Large", NULL},
    {451, "Unavailable For Legal Reasons", NULL},
    {500, "Internal Server Error", NULL},
    {501, "Not Implemented", NULL},
    {502, "Bad Gateway", NULL},
    {503, "Service Unavailable", "Retry-After: 1\r\n"},
    {504, "Gateway Timeout", NULL},
    {505, "HTTP Version Not Supported", NULL},
    {506, "Variant Also Negotiates", NULL},
    {507, "Insufficient Storage", NULL},
    {508, "Loop Detected", NULL},
    {511, "Network Authentication Required", NULL},
};

const char *
http_lab_status_reason(unsigned code)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].code == code)
			return statuses[i].reason;
	return "";
}

const char *
http_lab_status_fields(unsigned code)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].code == code && statuses[i].fields != NULL)
			return statuses[i].fields;
	return "";
}

bool
http_lab_status_has_body(unsigned code)
{
	return code != 204 && code != 205 && code != 304;
}

bool
http_lab_status_has_location(unsigned code)
{
	return code == 201 || (code >= 300 && code <= 308 && code != 304 &&
	                          code != 305 && code != 306);
}
