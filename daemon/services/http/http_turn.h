/*
 * http_turn.h — one step of a connection: what it works with, and the ways in
 * which it ends. Private to http_session*.c and http_reply.c. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_TURN_H
#define NETLAB_SERVICES_HTTP_TURN_H

#include "services/http/http_session.h"

struct http_turn {
	struct http_session *session;
	const struct http_store *store;
	const struct stream *stream;
	struct space out;
	struct http_request *head; /* room for what http_turn_parse reads */
	/* What is answered: HEAD; NULL: there is none, or one that was not
	 * understood. */
	const struct http_request *request;
	/* What it is about (http_reply_find); NULL: nothing was looked for. */
	const struct http_resource *resource;
	enum http_login login; /* whether it may be had */
	/* Whose users were asked for; NULL: it is for everybody. */
	const struct http_location *guard;
};

/* Reads the head at the start of the input into turn->head; when it is whole
 * and well formed, it becomes turn->request. */
enum http_request_result http_turn_parse(struct http_turn *turn);

/* Goes on reading after USED bytes; 0: the deadline stays as it is. */
struct stream_step http_turn_read(size_t used, uint32_t timeout_ms);

/* Waits for the rest of a head, until one deadline for all of it. */
struct stream_step http_turn_wait(const struct http_turn *turn, size_t used);

/* The end, without an answer: nothing was asked, or half of it. */
struct stream_step http_turn_end(const struct http_turn *turn);

/* Whether the connection goes on after the answer to turn->request, which uses
 * USED bytes of the input (RFC 9112 §9.3). */
enum http_connection http_turn_connection(
    const struct http_turn *turn, size_t used);

/* Where the answer of this turn goes. */
struct http_answer_to http_turn_to(
    const struct http_turn *turn, enum http_connection connection);

/* Sends ANSWER, which went to TO and ends a request that uses USED bytes. */
struct stream_step http_turn_answer(const struct http_turn *turn,
    const struct http_answer_to *to, struct http_answer *answer, size_t used);

/* Sends a page that says STATUS and WHY in the same way. */
struct stream_step http_turn_page(const struct http_turn *turn,
    enum http_status status, const char *why, size_t used,
    enum http_connection connection);

/* Ends the connection with such a page, since where a next request would begin
 * is not known. */
struct stream_step http_turn_refuse(
    const struct http_turn *turn, enum http_status status, const char *why);

#endif
