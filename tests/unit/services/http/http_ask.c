/* http_ask.c — requests and resources made for tests. */
#include "http_ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const struct http_stamp http_ask_stamp = {
    .seconds = HTTP_ASK_NOW,
    .date = {'S', 'u', 'n', ',', ' ', '0', '6', ' ', 'N', 'o', 'v', ' ', '1',
        '9', '9', '4', ' ', '0', '8', ':', '4', '9', ':', '3', '7', ' ', 'G',
        'M', 'T'},
    .fields = {(const uint8_t *)"Server: netlabd\r\n", 17},
    .seed = {1, 2},
};

struct span
http_ask_span(const char *text)
{
	return (struct span){(const uint8_t *)text, strlen(text)};
}

struct http_request
http_ask_request(const char *method, const char *fields)
{
	static char head[HTTP_REQUEST_HEAD_MAX];
	struct http_request request;
	int len = snprintf(head, sizeof(head),
	    "%s /?q HTTP/1.1\r\nHost: a\r\n%s\r\n", method, fields);

	assert_true(len > 0 && (size_t)len < sizeof(head));
	assert_int_equal(
	    http_request_parse(
	        (struct span){(uint8_t *)head, (size_t)len}, false, &request),
	    HTTP_REQUEST_DONE);
	if (request.status != HTTP_STATUS_OK)
		fail_msg("%s: %s", fields, request.why);
	return request;
}

uint8_t
http_ask_byte(uint64_t offset)
{
	return (uint8_t)(offset ^ offset >> 7 ^ offset >> 13);
}

struct http_resource
http_ask_build(const struct http_resource_meta *meta)
{
	static uint8_t
	    blocks[8][HTTP_RESOURCE_HEAD_MAX + HTTP_RESOURCE_INLINE_MAX];
	static unsigned next;
	uint8_t *block = blocks[next++ % 8];
	struct http_resource resource = {.fd = -1};

	assert_true(meta->size <= HTTP_RESOURCE_INLINE_MAX);
	http_resource_build(&resource, meta,
	    (struct space){block, http_resource_head_space(meta)});
	for (size_t i = 0; i < meta->size; i++)
		block[resource.head_len + i] = http_ask_byte(i);
	resource.block.len += (size_t)meta->size;
	resource.is_inline = true;
	return resource;
}

struct http_answer
http_ask(const struct http_resource *resource, const char *method,
    const char *fields, const char **text)
{
	static uint8_t bytes[HTTP_ANSWER_SPACE + 1];
	struct http_request request = http_ask_request(method, fields);
	struct http_answer_to to = {
	    .stamp = &http_ask_stamp,
	    .connection = HTTP_CONNECTION_STAYS,
	    .is_head = request.method == HTTP_METHOD_HEAD,
	    .out = {bytes, HTTP_ANSWER_SPACE},
	};
	struct http_answer answer =
	    http_answer_resource(&to, &request, resource);

	assert_true(answer.made <= HTTP_ANSWER_SPACE);
	bytes[answer.made] = '\0';
	*text = (const char *)bytes;
	return answer;
}

enum http_status
http_ask_status(const struct http_resource *resource, const char *fields)
{
	const char *text;

	return http_ask(resource, "GET", fields, &text).status;
}
