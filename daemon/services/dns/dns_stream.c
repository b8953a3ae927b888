/* dns_stream.c — see dns_stream.h. */
#include "services/dns/dns_stream.h"

#include "core/bytes.h"

#include <assert.h>

/* The oldest message, its prefix taken off; false: it is not whole yet. */
static bool
next_message(struct span bytes, struct span *message)
{
	if (bytes.len < DNS_STREAM_PREFIX)
		return false;
	message->len = bytes_get16be(bytes.data);
	message->data = bytes.data + DNS_STREAM_PREFIX;
	return bytes.len - DNS_STREAM_PREFIX >= message->len;
}

/* Nothing to answer: wait for the rest, or end. */
static struct stream_step
wait_for_more(
    struct dns_stream *session, const struct stream *stream, uint32_t idle_ms)
{
	struct stream_step step = {
	    .verdict = VERDICT_READ,
	    .body.fd = -1,
	    .outcome = OUTCOME_NONE,
	};
	bool has_begun = stream->bytes.len != 0;
	if (stream->event == STREAM_EOF || stream->event == STREAM_TIMEOUT ||
	    (stream->is_draining && !has_begun))
		step.verdict = VERDICT_CLOSE;
	else if (has_begun && !session->is_partial)
		step.timeout_ms = DNS_STREAM_MESSAGE_MS;
	else if (stream->event == STREAM_OPEN)
		step.timeout_ms = idle_ms;
	session->is_partial = has_begun;
	return step;
}

struct stream_step
dns_stream_step(struct dns_stream *session, const struct stream *stream,
    struct space out, const struct dns_stream_server *server)
{
	struct span message;
	if (stream->event == STREAM_TIMEOUT ||
	    !next_message(stream->bytes, &message))
		return wait_for_more(session, stream, server->idle_ms);
	assert(out.cap >= DNS_STREAM_PREFIX + DNS_TCP_MAX);
	struct space body = {
	    .data = out.data + DNS_STREAM_PREFIX,
	    .cap = DNS_TCP_MAX,
	};
	struct reply reply = server->answer(server->state, message, body);
	struct stream_step step = {
	    .verdict = VERDICT_READ,
	    .used = DNS_STREAM_PREFIX + message.len,
	    .body.fd = -1,
	    .timeout_ms = server->idle_ms,
	    .outcome = reply.outcome,
	};
	session->is_partial = false;
	if (message.len < DNS_HEADER_SIZE)
		step.verdict = VERDICT_CLOSE;
	if (reply.is_silent)
		return step;
	bytes_put16be(out.data, (uint16_t)reply.len);
	step.made = DNS_STREAM_PREFIX + reply.len;
	return step;
}
