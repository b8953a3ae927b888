/* http_lab_answer.h — what a lab location is asked for → the answer. Pure. */
#ifndef NETLAB_SERVICES_HTTP_LAB_ANSWER_H
#define NETLAB_SERVICES_HTTP_LAB_ANSWER_H

#include "services/http/http_answer.h"
#include "services/http/http_lab.h"
#include "services/http/http_lab_echo.h"

enum {
	/* Room for the head of every answer of a lab. */
	HTTP_LAB_ANSWER_HEAD_MAX = HTTP_SITE_FIELDS_MAX + 2048,
	/* And for head and body: the longest is a request of 16 KiB with a
	 * body of HTTP_LAB_BODY_MAX as JSON. */
	HTTP_LAB_ANSWER_SPACE = 96 * 1024,
};

/*
 * The answer to CALL of ECHO's request, of a path in LOCATION. TO.out has
 * HTTP_LAB_ANSWER_SPACE bytes. Of HTTP_LAB_BYTES it is the head alone:
 * body_len bytes of http_lab_bytes go behind it. The delay is the caller's.
 */
struct http_answer http_lab_answer(const struct http_answer_to *to,
    const struct http_location *location, const struct http_lab_call *call,
    const struct http_lab_echo *echo);

/* What is said where CALL has another status than HTTP_STATUS_OK. */
struct http_answer http_lab_answer_refused(
    const struct http_answer_to *to, const struct http_lab_call *call);

#endif
